"""A table of rows of one kind under headings: what every table of the desktop has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtCore import QObject


SORT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""A value to sort by, where the text on screen does not sort."""

NAME_ROLE: Final = SORT_ROLE + 1
"""The task name, or the path, of a row."""

STATUS_ROLE: Final = SORT_ROLE + 2
"""The status (an enum) of a row."""


Index = QModelIndex | QPersistentModelIndex
DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
_TEXTS = DISPLAY_ROLE, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole

T = TypeVar("T")


class Heading(NamedTuple):
    """Of a column: its caption and what it means, for a tool tip; both as `QT_TR_NOOP` texts."""

    caption: str
    meaning: str = ""


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows in a list. A subclass says in `_cell` what is seen of a row, and decides when rows change.

    Args:
        headings: by column, from 0 without gaps.
        parent: owns it.
    """

    def __init__(self, headings: Mapping[int, Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: list[T] = []

    @property
    def rows(self) -> Sequence[T]:
        """What is shown, in order; not to be changed."""
        return self._rows

    def _cell(self, row: T, column: int, role: int) -> Any:
        """What a role of a cell is; None for nothing."""
        raise NotImplementedError

    # -- changing rows ------------------------------------------------------------------------------------

    def _reset(self, rows: Iterable[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def _insert(self, at: int, rows: Sequence[T]) -> None:
        """Put rows in front of row `at`."""
        if rows:
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows[at:at] = rows
            self.endInsertRows()

    def _remove(self, first: int, end: int) -> None:
        """Take away the rows from `first` to before `end`."""
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()

    def _announce_rows(self, first: int, end: int, roles: Sequence[int] = ()) -> None:
        """Rows from `first` to before `end` look different now, in all columns; no roles: in all roles."""
        corner = self.index(end - 1, len(self._headings) - 1)
        self.dataChanged.emit(self.index(first, 0), corner, roles)

    def _announce_columns(self, first: int, last: int, role: Qt.ItemDataRole) -> None:
        """All rows look different now in one role of the columns from `first` to `last`."""
        if self._rows:
            corner = self.index(len(self._rows) - 1, last)
            self.dataChanged.emit(self.index(0, first), corner, [role])

    def _announce_cell(self, row: int, column: int, roles: Sequence[int]) -> None:
        """One cell looks different now."""
        cell = self.index(row, column)
        self.dataChanged.emit(cell, cell, roles)

    # -- Qt -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section not in self._headings:
            return None
        heading = self._headings[section]
        if role == DISPLAY_ROLE:
            return tr(heading.caption)
        return tr(heading.meaning) if role == Qt.ItemDataRole.ToolTipRole and heading.meaning else None

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if not index.isValid():
            return None
        value = self._cell(self._rows[index.row()], index.column(), role)
        if role in _TEXTS and isinstance(value, str):
            return plain_tip(value) if role == Qt.ItemDataRole.ToolTipRole else bounded(value)
        return value
