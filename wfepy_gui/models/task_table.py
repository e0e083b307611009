"""Every task of the instance as a row."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from wfepy_gui.models.roles import NAME_ROLE, SORT_ROLE, STATUS_ROLE
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import description, duration, label_of
from wfepy_gui.theme.status_icons import StatusIcons

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.records import Record
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHANGING = [
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ToolTipRole,
    SORT_ROLE,
    STATUS_ROLE,
]


class Column(enum.IntEnum):
    """The columns, left to right."""

    STATUS = 0
    TASK = 1
    REASON = 2
    SINCE = 3
    ATTEMPTS = 4
    ITERATIONS = 5
    STARTED = 6
    ENDED = 7


HEADINGS = {
    Column.STATUS: (
        "Status",
        "Where the task stands",
    ),
    Column.TASK: (
        "Task",
        "The name of its function",
    ),
    Column.REASON: (
        "Reason or error",
        "Why it waits, or what it raised",
    ),
    Column.SINCE: (
        "Waiting",
        "How long it waits; since when is in the tool tip",
    ),
    Column.ATTEMPTS: (
        "Attempts",
        "How often it was called",
    ),
    Column.ITERATIONS: (
        "Done",
        "How often it was done",
    ),
    Column.STARTED: (
        "Last start",
        "Start of its latest attempt",
    ),
    Column.ENDED: (
        "Last end",
        "End of its latest completed attempt",
    ),
}


class TaskTableModel(QAbstractTableModel):
    """Projection of a session's view; rows are in graph order."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._icons = StatusIcons(theme)
        self._view: InstanceView | None = None
        self._names: list[str] = []
        self._rows: dict[str, int] = {}
        theme.changed.connect(self._repaint)
        clock.changed.connect(self._tell_times_anew)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, view: InstanceView | None) -> None:
        """Show another instance."""
        self.beginResetModel()
        self._view = view
        self._names = list(view.statuses) if view else []
        self._rows = {name: row for row, name in enumerate(self._names)}
        self.endResetModel()

    def update(self, view: InstanceView, names: frozenset[str]) -> None:
        """Show what became of these tasks of the same graph."""
        self._view = view
        last = len(Column) - 1
        for first, end in runs(sorted(self._rows[name] for name in names if name in self._rows)):
            self.dataChanged.emit(self.index(first, 0), self.index(end - 1, last), _CHANGING)

    @property
    def names(self) -> list[str]:
        """The tasks, in the order of the rows."""
        return self._names

    def row_of(self, name: str) -> int:
        """The row of a task; -1: there is none."""
        return self._rows.get(name, -1)

    # -- Qt -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row a task."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """See `Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Captions, and what they mean."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(Column):
            heading, meaning = HEADINGS[Column(section)]
            if role == Qt.ItemDataRole.DisplayRole:
                return self.tr(heading)
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.tr(meaning)
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid() or self._view is None:
            return None
        name, column = self._names[index.row()], Column(index.column())
        status = self._view.statuses[name]
        if role in (NAME_ROLE, STATUS_ROLE):
            return name if role == NAME_ROLE else status
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons.icon(status) if column is Column.STATUS else None
        record = self._view.record(name)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(column, name, record)
        if role == SORT_ROLE:
            return self._sort_value(column, name, record, index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(column, description(status), record, self._clock)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.ATTEMPTS, Column.ITERATIONS):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, column: Column, name: str, record: Record) -> str:
        if column is Column.STATUS:
            return label_of(self._view.statuses[name]) if self._view else ""
        if column is Column.TASK:
            return name
        if column is Column.REASON:
            return _one_line(reason_of(record))
        if column is Column.SINCE:
            return duration(now() - record.waiting_since) if record.polls else ""
        if column is Column.ATTEMPTS:
            return str(record.attempts)
        if column is Column.ITERATIONS:
            return str(record.iterations)
        return self._clock.text(record.last_start if column is Column.STARTED else record.end)

    def _sort_value(self, column: Column, name: str, record: Record, row: int) -> Any:
        if column is Column.STATUS and self._view:
            return self._view.statuses[name].priority * 1_000_000 + row
        if column in (Column.TASK, Column.REASON):
            return self._text(column, name, record).casefold()
        return {
            Column.SINCE: record.waiting_since if record.polls else 0,
            Column.ATTEMPTS: record.attempts,
            Column.ITERATIONS: record.iterations,
            Column.STARTED: record.last_start,
        }.get(column, record.end)

    def _tell_times_anew(self) -> None:
        if self._names:
            corner = self.index(len(self._names) - 1, Column.ENDED)
            self.dataChanged.emit(self.index(0, Column.SINCE), corner, [Qt.ItemDataRole.DisplayRole])

    def _repaint(self) -> None:
        if self._names:
            corner = self.index(len(self._names) - 1, Column.STATUS)
            self.dataChanged.emit(self.index(0, Column.STATUS), corner, [Qt.ItemDataRole.DecorationRole])


class TaskFilter(QSortFilterProxyModel):
    """Sorts by the sort role, and keeps tasks whose name, status or reason contains a text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSortRole(SORT_ROLE)

    def set_text(self, text: str) -> None:
        """Keep only rows with this text; empty: all."""
        self.beginFilterChange()
        self._text = text.casefold().strip()
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Whether the text is in a row."""
        if not self._text:
            return True
        model = self.sourceModel()
        columns = (Column.STATUS, Column.TASK, Column.REASON)
        return any(
            self._text in str(model.data(model.index(row, column, parent)) or "").casefold()
            for column in columns
        )


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as half-open ranges of neighbours."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row:
            found[-1] = found[-1][0], row + 1
        else:
            found.append((row, row + 1))
    return found


def reason_of(record: Record) -> str:
    """Why a task waits, or what it raised, or who did it by hand."""
    if record.error is not None:
        return f"{record.error.type}: {record.error.message}"
    return record.reason


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _tip(column: Column, description: str, record: Record, clock: Clock) -> str | None:
    if column is Column.STATUS:
        return description
    if column is Column.REASON:
        return reason_of(record)[:2000] or None
    if column is Column.SINCE and record.polls:
        return clock.full_text(record.waiting_since, now())
    return None
