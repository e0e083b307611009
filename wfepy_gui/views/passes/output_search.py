"""A search row for a long text: count, next and previous; the text may grow meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from wfepy_gui.models.text_hits import MOST_HITS, document_position, hits_in
from wfepy_gui.views.widgets.labels import by_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit

SETTLE_MS = 150


class OutputSearch(QWidget):
    """Searches the text of an editor."""

    def __init__(self, editor: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._text = ""
        self._hits: list[tuple[int, int]] = []
        self._hit = -1
        self._wanted, self._count = QLineEdit(self), QLabel(self)
        self._previous, self._next = QPushButton("◂", self), QPushButton("▸", self)
        self._settle = QTimer(self)
        self._build()
        self._settle.timeout.connect(self._find)
        self._wanted.textChanged.connect(self._start_anew)
        self._wanted.returnPressed.connect(self.go_next)
        self._next.clicked.connect(self.go_next)
        self._previous.clicked.connect(self.go_previous)
        editor.textChanged.connect(self._find_later)

    def _build(self) -> None:
        self._wanted.setPlaceholderText(self.tr("Search in output"))
        self._wanted.setAccessibleName(self.tr("Search in output"))
        self._wanted.setClearButtonEnabled(True)
        self._wanted.setMaximumWidth(by_font(self, 260))
        for button, name in ((self._previous, self.tr("Previous hit")), (self._next, self.tr("Next hit"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFixedWidth(by_font(button, 30))
            button.setEnabled(False)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        back = QShortcut(QKeySequence("Shift+Return"), self._wanted)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.go_previous)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._wanted, self._previous, self._next, self._count):
            row.addWidget(widget)

    def start(self) -> None:
        """Move the keyboard to the field."""
        self._wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._wanted.selectAll()

    def go_next(self) -> None:
        """Show the next hit; after the last one comes the first."""
        self._go(1)

    def go_previous(self) -> None:
        """Show the hit before; before the first one is the last."""
        self._go(-1)

    def _start_anew(self) -> None:
        self._hit = -1
        self._settle.start()

    def _find_later(self) -> None:
        if self._wanted.text() and not self._settle.isActive():
            self._settle.start()

    def _find(self) -> None:
        self._settle.stop()
        self._text = self._editor.toPlainText() if self._wanted.text() else ""
        self._hits = hits_in(self._text, self._wanted.text())
        self._hit = min(self._hit, len(self._hits) - 1)
        for button in (self._previous, self._next):
            button.setEnabled(bool(self._hits))
        self._tell()

    def _go(self, step: int) -> None:
        if self._settle.isActive():
            self._find()
        if not self._hits:
            return
        # The newest output is what one looks for first: backwards from the end.
        start = 0 if step > 0 else len(self._hits) - 1
        self._hit = (self._hit + step) % len(self._hits) if self._hit >= 0 else start
        begin, end = self._hits[self._hit]
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(document_position(self._text, begin))
        cursor.setPosition(document_position(self._text, end), QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._tell()

    def _tell(self) -> None:
        count = f"{len(self._hits):,}" + ("+" if len(self._hits) == MOST_HITS else "")
        if not self._wanted.text():
            self._count.clear()
        elif self._hit >= 0:
            self._count.setText(self.tr("{} of {}").format(self._hit + 1, count))
        else:
            self._count.setText(self.tr("{} found").format(count) if self._hits else self.tr("not found"))
