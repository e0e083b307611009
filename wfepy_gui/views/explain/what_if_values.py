"""The context values to try: what is there now, and what an operator types beside it. Secrets stay dots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from wfepy_gui.models.explanations.preflight_rows import Tried, json_or_text
from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.secrets import DOTS, names_a_secret

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY, _NOW, _TRY = range(3)


class WhatIfValues(QTableWidget):
    """A row a key; what is typed in the last column is tried. `itemChanged` tells of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName(self.tr("Context values to try"))
        self.setAccessibleDescription(self.tr("Tried on a copy; nothing is saved."))
        self.setHorizontalHeaderLabels([self.tr("Key"), self.tr("Now"), self.tr("Try (JSON or text)")])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setMinimumHeight(self.fontMetrics().height() + 8)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Unseen(self))

    def offer(self, offered: Sequence[Tried]) -> None:
        """Show what these keys hold now; what was typed beside them stays."""
        rows = {self._text(row, _KEY): row for row in range(self.rowCount())}
        for tried in offered:
            if tried.key not in rows:
                self._append(tried)
            else:
                now = self._cell(rows[tried.key], _NOW)
                now.setText(bounded(tried.shown))
                now.setToolTip(plain_tip(tried.shown))

    def try_value(self, key: str, typed: str) -> None:
        """Put a value beside its key, in a new row where there is none."""
        row = next((row for row in range(self.rowCount()) if self._text(row, _KEY) == key), -1)
        if row < 0:
            row = self._append(Tried(key, self.tr("(not there)")))
        self._cell(row, _TRY).setText(typed)

    def add_key(self) -> None:
        """Begin a row for a key that no condition is known to read."""
        row = self._append(Tried("", ""))
        self.setCurrentCell(row, _KEY)
        self.editItem(self._cell(row, _KEY))

    def tries(self) -> tuple[tuple[str, Any], ...]:
        """Places in the context and the values to try there, in JSON form."""
        rows = [(self._text(row, _KEY), self._text(row, _TRY)) for row in range(self.rowCount())]
        return tuple((key, json_or_text(typed)) for key, typed in rows if key and typed)

    def _append(self, tried: Tried) -> int:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in ((_KEY, tried.key), (_NOW, tried.shown)):
            cell = QTableWidgetItem(text)
            cell.setToolTip(plain_tip(text))
            if column == _NOW or text:
                cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(row, column, cell)
        self.setItem(row, _TRY, _TryCell())
        return row

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.item(row, column)
        if cell is None:  # a row is being built
            cell = _TryCell() if column == _TRY else QTableWidgetItem("")
            self.setItem(row, column, cell)
        return cell

    def _text(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return str(cell.data(Qt.ItemDataRole.EditRole) or "").strip() if cell is not None else ""


class _TryCell(QTableWidgetItem):
    """What is typed; dots where its key names a secret."""

    def data(self, role: int) -> Any:
        typed = super().data(role)
        if role == Qt.ItemDataRole.DisplayRole and typed and self._is_secret():
            return DOTS
        return typed

    def _is_secret(self) -> bool:
        table = self.tableWidget()
        key = table.item(self.row(), _KEY) if table is not None else None
        return key is not None and names_a_secret(key.text())


class _Unseen(QStyledItemDelegate):
    """Nobody reads over the shoulder what is typed for a secret."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        key = index.sibling(index.row(), _KEY).data()
        if index.column() == _TRY and isinstance(editor, QLineEdit) and names_a_secret(str(key or "")):
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        return editor
