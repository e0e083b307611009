"""Every task of the instance as a row."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QSortFilterProxyModel,
    Qt,
)

from wfepy_gui.models.rows_model import NAME_ROLE, SORT_ROLE, STATUS_ROLE, Heading, RowsModel
from wfepy_gui.text.time_format import now
from wfepy_gui.text.translation import QT_TR_NOOP, description, duration, label_of
from wfepy_gui.theme.status_icons import StatusIcons

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.records import Record
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.models.rows_model import Index
    from wfepy_gui.text.time_format import Clock
    from wfepy_gui.theme import Theme

_CHANGING = [
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ToolTipRole,
    SORT_ROLE,
    STATUS_ROLE,
]


class TaskColumn(enum.IntEnum):
    """The columns, left to right."""

    STATUS = 0
    TASK = 1
    REASON = 2
    SINCE = 3
    ATTEMPTS = 4
    ITERATIONS = 5
    STARTED = 6
    ENDED = 7


_HEADINGS: Final[dict[int, Heading]] = {
    TaskColumn.STATUS: Heading(QT_TR_NOOP("Status"), QT_TR_NOOP("Where the task stands")),
    TaskColumn.TASK: Heading(QT_TR_NOOP("Task"), QT_TR_NOOP("The name of its function")),
    TaskColumn.REASON: Heading(QT_TR_NOOP("Reason or error"), QT_TR_NOOP("Why it waits, or what it raised")),
    TaskColumn.SINCE: Heading(
        QT_TR_NOOP("Waiting"), QT_TR_NOOP("How long it waits; since when is in the tool tip")
    ),
    TaskColumn.ATTEMPTS: Heading(QT_TR_NOOP("Attempts"), QT_TR_NOOP("How often it was called")),
    TaskColumn.ITERATIONS: Heading(QT_TR_NOOP("Done"), QT_TR_NOOP("How often it was done")),
    TaskColumn.STARTED: Heading(QT_TR_NOOP("Last start"), QT_TR_NOOP("Start of its latest attempt")),
    TaskColumn.ENDED: Heading(QT_TR_NOOP("Last end"), QT_TR_NOOP("End of its latest completed attempt")),
}


class TaskTableModel(RowsModel[str]):
    """Projection of a session's view; a row is the name of a task, in graph order."""

    def __init__(self, theme: Theme, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self._clock = clock
        self._icons = StatusIcons(theme)
        self._view: InstanceView | None = None
        self._numbers: dict[str, int] = {}
        theme.changed.connect(self._on_theme_changed)
        clock.changed.connect(self._on_clock_changed)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, view: InstanceView | None) -> None:
        """Show another instance."""
        names = list(view.statuses) if view else []
        self._view = view
        self._numbers = {name: row for row, name in enumerate(names)}
        self._reset(names)

    def update(self, view: InstanceView, names: frozenset[str]) -> None:
        """Show what became of these tasks of the same graph."""
        self._view = view
        numbers = self._numbers
        for first, end in group_neighbours(sorted(numbers[name] for name in names if name in numbers)):
            self._announce_rows(first, end, _CHANGING)

    def row_of(self, name: str) -> int:
        """The row of a task; -1: there is none."""
        return self._numbers.get(name, -1)

    # -- cells --------------------------------------------------------------------------------------------

    def _cell(self, row: str, column: int, role: int) -> Any:
        if self._view is None:
            return None
        name, column = row, TaskColumn(column)
        status = self._view.statuses[name]
        if role in (NAME_ROLE, STATUS_ROLE):
            return name if role == NAME_ROLE else status
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons.icon(status) if column is TaskColumn.STATUS else None
        record = self._view.record(name)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(column, name, record)
        if role == SORT_ROLE:
            return self._sort_value(column, name, record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(column, description(status), record, self._clock)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (
            TaskColumn.ATTEMPTS,
            TaskColumn.ITERATIONS,
        ):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, column: TaskColumn, name: str, record: Record) -> str:
        if column is TaskColumn.STATUS:
            return label_of(self._view.statuses[name]) if self._view else ""
        if column is TaskColumn.TASK:
            return name
        if column is TaskColumn.REASON:
            return _one_line(reason_of(record))
        if column is TaskColumn.SINCE:
            return duration(now() - record.waiting_since) if record.polls else ""
        if column is TaskColumn.ATTEMPTS:
            return str(record.attempts)
        if column is TaskColumn.ITERATIONS:
            return str(record.iterations)
        moments = {TaskColumn.STARTED: record.last_start, TaskColumn.ENDED: record.end}
        return self._clock.text(moments[column])

    def _sort_value(self, column: TaskColumn, name: str, record: Record) -> Any:
        if column is TaskColumn.STATUS:
            priority = self._view.statuses[name].priority if self._view else 0
            return priority * 1_000_000 + self._numbers[name]
        if column in (TaskColumn.TASK, TaskColumn.REASON):
            return self._text(column, name, record).casefold()
        return {
            TaskColumn.SINCE: record.waiting_since if record.polls else 0,
            TaskColumn.ATTEMPTS: record.attempts,
            TaskColumn.ITERATIONS: record.iterations,
            TaskColumn.STARTED: record.last_start,
            TaskColumn.ENDED: record.end,
        }[column]

    def _on_clock_changed(self) -> None:
        self._announce_columns(TaskColumn.SINCE, TaskColumn.ENDED, Qt.ItemDataRole.DisplayRole)

    def _on_theme_changed(self) -> None:
        self._announce_columns(TaskColumn.STATUS, TaskColumn.STATUS, Qt.ItemDataRole.DecorationRole)


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
        columns = (TaskColumn.STATUS, TaskColumn.TASK, TaskColumn.REASON)
        return any(
            self._text in str(model.data(model.index(row, column, parent)) or "").casefold()
            for column in columns
        )


def group_neighbours(rows: list[int]) -> list[tuple[int, int]]:
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


def _tip(column: TaskColumn, description: str, record: Record, clock: Clock) -> str | None:
    if column is TaskColumn.STATUS:
        return description
    if column is TaskColumn.REASON:
        return reason_of(record) or None
    if column is TaskColumn.SINCE and record.polls:
        return clock.full_text(record.waiting_since, now())
    return None
