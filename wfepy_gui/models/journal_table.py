"""What happened to the instance, oldest first: its journal, and the events of the running pass."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wfepy_core.events import (
    ConditionFailed,
    Intervened,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    token_moves,
)
from wfepy_core.records import TAKEN
from wfepy_core.status import TaskState
from wfepy_gui.masking import Masking
from wfepy_gui.models.context_words import changes_text, of_keys
from wfepy_gui.models.roles import NAME_ROLE

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.events import Changes, Event
    from wfepy_gui.clock import Clock

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SECRETS = Masking()
MOST_TOLD = 12
"""Changed values of one edit that are told in its row."""
KEPT = 20_000
"""Rows shown; the oldest go first (the journal keeps them)."""


class Column(enum.IntEnum):
    """The columns, left to right."""

    TIME = 0
    WHAT = 1
    TASK = 2
    DETAILS = 3


_HEADINGS = {
    Column.TIME: "Time",
    Column.WHAT: "What",
    Column.TASK: "Task",
    Column.DETAILS: "Details",
}


class Line(NamedTuple):
    """One event in words."""

    what: str
    task: str = ""
    details: str = ""


_ENDS = {TaskState.COMPLETE: "done", TaskState.WAITING: "waits", TaskState.FAILED: "failed"}


def line_of(event: Event, clock: Clock) -> Line:
    """An event in words."""
    if isinstance(event, PassStarted):
        return Line("pass begins", "", f"by {event.by} on {event.host}, process {event.pid}")
    if isinstance(event, PassEnded):
        return Line("pass ends", "", f"{event.status}; saved as generation {event.generation}")
    if isinstance(event, TaskStarted):
        return Line("starts", event.task)
    if isinstance(event, TaskEnded):
        return Line(_ENDS.get(event.state, event.state.name.lower()), event.task, _end_details(event, clock))
    if isinstance(event, ConditionFailed):
        error = event.error
        return Line("condition failed", event.task, f"to {error.condition}: {error.type}: {error.message}")
    if isinstance(event, Intervened):
        parts = [f"by {event.by}", event.reason, *token_moves(event), _by_hand(event)]
        return Line(f"{event.kind} by hand", event.task, "; ".join(filter(None, parts)))
    taken = event.taken.count(TAKEN)
    decided = f"{taken} of {len(event.taken)} transitions taken"
    return Line("decided", event.task, "; ".join(filter(None, [decided, _changes(event.changes)])))


def _by_hand(event: Intervened) -> str:
    """Old and new values; journals of older versions may lack the old ones."""
    changes = event.changes
    if changes.whole or not event.old:
        return _changes(changes)
    found = of_keys(event.old, changes.set)
    told = changes_text(_SECRETS, found[:MOST_TOLD], 60)
    return ", ".join(told) + (f" and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else "")


def _end_details(event: TaskEnded, clock: Clock) -> str:
    error = f"{event.error.type}: {event.error.message}" if event.error else ""
    until = f"until {clock.text(event.until)}" if event.until else ""
    return "; ".join(filter(None, [error, event.reason, until, _changes(event.changes)]))


def _changes(changes: Changes) -> str:
    parts = [f"{key} = {_SECRETS.preview((key,), value, 60)}" for key, value in changes.set.items()]
    parts += [f"{key} removed" for key in changes.unset]
    if changes.whole:
        parts.append(f"context = {_SECRETS.preview((), changes.whole[0], 60)}")
    return ", ".join(parts)


class JournalModel(QAbstractTableModel):
    """Rows are only ever added at the end or taken from the end, so that a reader's place stays."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        clock.changed.connect(self._tell_times_anew)
        self._events: list[Event] = []

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, events: tuple[Event, ...]) -> None:
        """Show the history of another instance."""
        self.beginResetModel()
        self._events = list(events[-KEPT:])
        self.endResetModel()

    def update(self, events: tuple[Event, ...]) -> None:
        """Show the history as read anew: what is the same stays."""
        if len(events) > KEPT or not self._events or not events or self._events[0] != events[0]:
            self.show(events)
            return
        same = 0
        for old, new in zip(self._events, events, strict=False):
            if old != new:
                break
            same += 1
        if same < len(self._events):
            self.beginRemoveRows(QModelIndex(), same, len(self._events) - 1)
            del self._events[same:]
            self.endRemoveRows()
        self.add(events[same:])

    def add(self, events: tuple[Event, ...]) -> None:
        """What just happened."""
        if events:
            first = len(self._events)
            self.beginInsertRows(QModelIndex(), first, first + len(events) - 1)
            self._events.extend(events)
            self.endInsertRows()

    def _tell_times_anew(self) -> None:
        if self._events:
            corner = self.index(len(self._events) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [Qt.ItemDataRole.DisplayRole])

    # -- Qt -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row an event."""
        return 0 if parent.isValid() else len(self._events)

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
        event = self._events[index.row()]
        column = Column(index.column())
        if role == NAME_ROLE:
            return line_of(event, self._clock).task
        if role == Qt.ItemDataRole.DisplayRole:
            if column is Column.TIME:
                return self._clock.text(event.at)
            return line_of(event, self._clock)[column - 1]
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.DETAILS:
            return line_of(event, self._clock).details[:2000] or None
        return None
