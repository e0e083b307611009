"""The bar over the graph that finds tasks: a text, how many there are, next and previous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from wfepy_gui.views.graph.navigation import Navigation


class FindBar(QWidget):
    """Hidden until it is asked for.

    Signals:
        closed: the keyboard should go back to the graph.
    """

    closed = Signal()

    def __init__(self, navigation: Navigation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._navigation = navigation
        self._text = QLineEdit(self)
        self._count = QLabel(self)
        self._previous, self._next, self._close = (QToolButton(self) for _ in range(3))
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self._text.setPlaceholderText(self.tr("Find a task by name or label"))
        self._text.setAccessibleName(self.tr("Find in graph"))
        self._text.setClearButtonEnabled(True)
        self._text.installEventFilter(self)
        self._count.setAccessibleName(self.tr("Found"))
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance("000 of 000") + 8)
        for button, caption, tip in (
            (self._previous, "\u25b2", self.tr("Previous (Shift+F3)")),
            (self._next, "\u25bc", self.tr("Next (F3)")),
            (self._close, "\u2715", self.tr("Close (Esc)")),
        ):
            button.setText(caption)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.addWidget(self._text, 1)
        for widget in (self._count, self._previous, self._next, self._close):
            row.addWidget(widget)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._navigation.find)
        self._previous.clicked.connect(self._navigation.find_previous)
        self._next.clicked.connect(self._navigation.find_next)
        self._close.clicked.connect(self.close_bar)
        self._navigation.matches_changed.connect(self._show_count)

    @property
    def count_text(self) -> str:
        """What is told about how many there are, as `3 of 17`."""
        return self._count.text()

    def open_bar(self) -> None:
        """Show it with the keyboard in it; what was typed before is selected."""
        self.show()
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()
        self._navigation.find(self._text.text())

    def close_bar(self) -> None:
        """Hide it and its marks; the text stays for the next time."""
        self.hide()
        self._navigation.find("")
        self.closed.emit()

    def _show_count(self) -> None:
        at, count = self._navigation.found
        if not self._navigation.text.strip():
            text = ""
        elif not count:
            text = self.tr("none")
        else:
            text = tr("{} of {}").format(at, count) if at else tr("{} found").format(count)
        self._count.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next, Shift+Enter to the previous, Escape closes."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._navigation.find_previous() if is_back else self._navigation.find_next()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
