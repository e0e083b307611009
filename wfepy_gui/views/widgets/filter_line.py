"""The field over a list that leaves out what does not contain a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QAbstractItemView


class FilterLine(QLineEdit):
    """Down or Enter goes on to the list, Escape clears the field, or goes on if it is empty.

    Args:
        table: the list.
    """

    def __init__(self, table: QAbstractItemView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Down, Enter and Escape on to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        table, model = self._table, self._table.model()
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if model.rowCount() and not table.currentIndex().isValid():
            table.setCurrentIndex(model.index(0, 0))
