"""What the pending changes come to: one row a value or task that will be another, old beside new."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import Qt

from wfepy_core.model.derived_status import task_statuses
from wfepy_gui.models.context.diff import differences, path_text, value_text
from wfepy_gui.models.rows_model import Heading, RowsModel
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.text.secrets import Masking

_SHORT, _LONG = 300, 3000


class PendingColumn(enum.IntEnum):
    """The columns, left to right."""

    WHERE = 0
    BEFORE = 1
    AFTER = 2


_HEADINGS: Final[dict[int, Heading]] = {
    PendingColumn.WHERE: Heading(QT_TR_NOOP("What")),
    PendingColumn.BEFORE: Heading(QT_TR_NOOP("Saved")),
    PendingColumn.AFTER: Heading(QT_TR_NOOP("Will be")),
}


class PendingRow(NamedTuple):
    """One difference in words; the long forms are for tool tips."""

    where: str
    before: str
    after: str
    long_before: str = ""
    long_after: str = ""


def rows_of(saved: Snapshot, preview: Snapshot, masking: Masking) -> list[PendingRow]:
    """What differs between the instance as it is saved and as it will be; secrets are masked."""
    rows = [
        PendingRow(
            where=path_text(each.keys),
            before=value_text(masking, each.keys, each.before, _SHORT),
            after=value_text(masking, each.keys, each.after, _SHORT),
            long_before=value_text(masking, each.keys, each.before, _LONG),
            long_after=value_text(masking, each.keys, each.after, _LONG),
        )
        for each in differences(saved.context, preview.context)
    ]
    if saved.tokens != preview.tokens or saved.records is not preview.records:
        before, after = task_statuses(saved), task_statuses(preview)
        rows += [
            PendingRow(tr("task {}").format(name), label_of(before[name]), label_of(status))
            for name, status in after.items()
            if before[name] is not status
        ]
    return rows


class PendingTable(RowsModel[PendingRow]):
    """Rows of `rows_of`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)

    def show(self, rows: list[PendingRow]) -> None:
        """Show these rows."""
        if rows != self._rows:
            self._reset(rows)

    def _cell(self, row: PendingRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return row[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            before, after = row.long_before or row.before, row.long_after or row.after
            return f"{row.where}\n{before}\n→ {after}"
        return None
