"""What the pending changes come to: one row a value or task that will be another, old beside new."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wfepy_core.model.derived_status import task_statuses
from wfepy_gui.models.context.diff import differences, path_text
from wfepy_gui.models.context.diff_text import value_text
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.text.secrets import Masking

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SHORT, _LONG = 300, 3000


class Column(enum.IntEnum):
    """The columns, left to right."""

    WHERE = 0
    BEFORE = 1
    AFTER = 2


_HEADINGS = {Column.WHERE: "What", Column.BEFORE: "Saved", Column.AFTER: "Will be"}


class Row(NamedTuple):
    """One difference in words; the long forms are for tool tips."""

    where: str
    before: str
    after: str
    long_before: str = ""
    long_after: str = ""


def rows_of(saved: Snapshot, preview: Snapshot, masking: Masking) -> list[Row]:
    """What differs between the instance as it is saved and as it will be; secrets are masked."""
    rows = []
    for each in differences(saved.context, preview.context):
        short = [value_text(masking, each.keys, value, _SHORT) for value in (each.before, each.after)]
        long = [value_text(masking, each.keys, value, _LONG) for value in (each.before, each.after)]
        rows.append(Row(path_text(each.keys), *short, *long))
    if saved.tokens != preview.tokens or saved.records is not preview.records:
        before, after = task_statuses(saved), task_statuses(preview)
        rows += [
            Row(tr("task {}").format(name), label_of(before[name]), label_of(status))
            for name, status in after.items()
            if before[name] is not status
        ]
    return rows


class PendingTable(QAbstractTableModel):
    """Rows of `rows_of`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Show these rows."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One a difference."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Captions."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(Column):
            return self.tr(_HEADINGS[Column(section)])
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            before, after = row.long_before or row.before, row.long_after or row.after
            return f"{row.where}\n{before}\n→ {after}"
        return None
