"""The row that searches: a text, which hit of how many is shown, next and previous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from wfepy_gui.views.widgets.labels import PlainLabel, by_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

MOST_HITS = 1000
"""Hits in a text that are counted; nobody walks through more. 1 MB with as many takes some 35 ms."""
SETTLE_MS = 150


class SearchBar(QWidget):
    """Asks for a text and shows what whoever searches answers with `show_count`.

    Enter in the field goes to the next hit, Shift+Enter to the previous, Escape closes a bar that closes.

    Signals:
        text_changed: the operator searches for another text; empty: for nothing.
        next_wanted, previous_wanted: the operator wants to see another hit.
        close_wanted: Escape, or the button.

    Attributes:
        field: where the text is typed.
        count: tells which hit of how many is shown.
    """

    text_changed = Signal(str)
    next_wanted = Signal()
    previous_wanted = Signal()
    close_wanted = Signal()

    def __init__(
        self,
        *,
        name: str,
        placeholder: str = "",
        next_keys: str = "",
        previous_keys: str = "",
        closes: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build a bar.

        Args:
            name: of the field, for a screen reader.
            placeholder: shown in the empty field; `name` if there is none.
            next_keys: keys of the window that do the same as the button, for its tip.
            previous_keys: likewise.
            closes: whether it has a button to close it; whoever shows it hides it.
            parent: the widget it is in.
        """
        super().__init__(parent)
        self._closes = closes
        self.field = QLineEdit(self)
        self.count = PlainLabel(parent=self)
        self._previous = self._button("◂", self.tr("Previous hit"), previous_keys)
        self._next = self._button("▸", self.tr("Next hit"), next_keys)
        self._close = self._button("✕", self.tr("Close"), "Esc")
        self._close.setVisible(closes)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder or name)
        self._build()
        self._connect()

    def _button(self, caption: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(caption)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})" if keys else name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setMinimumWidth(by_font(button, 26))
        return button

    def _build(self) -> None:
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.count.setAccessibleName(self.tr("Found"))
        self.setFocusProxy(self.field)
        self._enable_buttons(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        for widget in (self.count, self._previous, self._next, self._close):
            row.addWidget(widget)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.text_changed)
        self._next.clicked.connect(self.next_wanted)
        self._previous.clicked.connect(self.previous_wanted)
        self._close.clicked.connect(self.close_wanted)

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.field.text()

    def start(self) -> None:
        """Move the keyboard to the field; what was typed before is selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, at: int, count: int, *, is_capped: bool = False) -> None:
        """Tell how many hits there are.

        Args:
            at: number of the hit that is shown, from 1; 0: none is.
            count: hits in all.
            is_capped: there are more.
        """
        number = f"{count:,}" + ("+" if is_capped else "")
        if not count:
            text = self.tr("not found")
        else:
            text = self.tr("{} of {}").format(at, number) if at else self.tr("{} found").format(number)
        self.count.setText(text)
        self._enable_buttons(bool(count))

    def clear_count(self) -> None:
        """Nothing is searched for."""
        self.count.clear()
        self._enable_buttons(False)

    def _enable_buttons(self, has_hits: bool) -> None:
        for button in (self._previous, self._next):
            button.setEnabled(has_hits)

    # -- Qt -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the field, see the class."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                (self.previous_wanted if is_back else self.next_wanted).emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self._closes:
                self.close_wanted.emit()
                return True
        return super().eventFilter(watched, event)


class TextSearchBar(SearchBar):
    """Searches the text of an editor, upper and lower case alike; the text may grow meanwhile."""

    def __init__(self, editor: QPlainTextEdit, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._editor = editor
        self._hits: list[tuple[int, int]] = []
        self._hit = -1
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._find_hits)
        self.text_changed.connect(self._on_text_changed)
        self.next_wanted.connect(self.go_next)
        self.previous_wanted.connect(self.go_previous)
        editor.textChanged.connect(self._on_editor_changed)

    def go_next(self) -> None:
        """Show the next hit; after the last one comes the first."""
        self._go(1)

    def go_previous(self) -> None:
        """Show the hit before; before the first one is the last."""
        self._go(-1)

    def _on_text_changed(self) -> None:
        self._hit = -1
        self._settle.start()

    def _on_editor_changed(self) -> None:
        if self.text and not self._settle.isActive():
            self._settle.start()

    def _find_hits(self) -> None:
        self._settle.stop()
        self._hits = self._places_of(self.text) if self.text else []
        self._hit = min(self._hit, len(self._hits) - 1)
        self._show_hit_count()

    def _places_of(self, text: str) -> list[tuple[int, int]]:
        """Where a text begins and ends in the document; at most `MOST_HITS`."""
        document = self._editor.document()
        places: list[tuple[int, int]] = []
        found = document.find(text)
        while not found.isNull() and len(places) < MOST_HITS:
            places.append((found.selectionStart(), found.selectionEnd()))
            found = document.find(text, found)
        return places

    def _go(self, step: int) -> None:
        if self._settle.isActive():
            self._find_hits()
        if not self._hits:
            return
        # The newest output is what one looks for first: backwards from the end.
        start = 0 if step > 0 else len(self._hits) - 1
        self._hit = (self._hit + step) % len(self._hits) if self._hit >= 0 else start
        begin, end = self._hits[self._hit]
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._show_hit_count()

    def _show_hit_count(self) -> None:
        if self.text:
            count = len(self._hits)
            self.show_count(self._hit + 1, count, is_capped=count == MOST_HITS)
        else:
            self.clear_count()
