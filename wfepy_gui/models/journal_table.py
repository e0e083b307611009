"""What happened to the instance, oldest first: its journal, and the events of the running pass."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from wfepy_core.model.events import (
    ConditionFailed,
    Intervened,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    token_moves,
)
from wfepy_core.model.records import TAKEN
from wfepy_core.model.status import TaskState
from wfepy_gui.models.roles import NAME_ROLE
from wfepy_gui.text.secrets import Masking
from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.events import Changes, Event
    from wfepy_gui.text.time_format import Clock

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SECRETS = Masking()
MOST_TOLD = 12
"""Changed values of one edit that are told in its row."""
KEPT = 20_000
"""Rows shown; the oldest go first (the journal keeps them)."""
SLACK = 2000
"""Rows more than that while a pass runs, so that not each of its events takes one away."""


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


_ENDS = {
    TaskState.COMPLETE: QT_TR_NOOP("done"),
    TaskState.WAITING: QT_TR_NOOP("waits"),
    TaskState.FAILED: QT_TR_NOOP("failed"),
}
_BY_HAND = {
    "complete": QT_TR_NOOP("complete by hand"),
    "skip": QT_TR_NOOP("skip by hand"),
    "retry": QT_TR_NOOP("retry by hand"),
    "context": QT_TR_NOOP("context by hand"),
    "tokens": QT_TR_NOOP("tokens by hand"),
}


def line_of(event: Event, clock: Clock) -> Line:
    """An event in words."""
    if isinstance(event, PassStarted):
        return Line(
            tr("pass begins"), "", tr("by {} on {}, process {}").format(event.by, event.host, event.pid)
        )
    if isinstance(event, PassEnded):
        return Line(
            tr("pass ends"),
            "",
            tr("{}; saved as generation {}").format(tr(event.status), event.generation),
        )
    if isinstance(event, TaskStarted):
        return Line(tr("starts"), event.task)
    if isinstance(event, TaskEnded):
        return Line(
            tr(_ENDS.get(event.state, event.state.name.lower())), event.task, _end_details(event, clock)
        )
    if isinstance(event, ConditionFailed):
        error = event.error
        return Line(
            tr("condition failed"),
            event.task,
            tr("to {}: {}: {}").format(error.condition, error.type, error.message),
        )
    if isinstance(event, Intervened):
        by = tr("by {}").format(event.by)
        parts = [by, event.reason, *token_moves(event), _old_and_new(event)]
        return Line(_by_hand(event.kind), event.task, "; ".join(filter(None, parts)))
    taken = event.taken.count(TAKEN)
    decided = tr("{} of {} transitions taken").format(taken, len(event.taken))
    return Line(tr("decided"), event.task, "; ".join(filter(None, [decided, _changes(event.changes)])))


def _by_hand(kind: str) -> str:
    return tr(_BY_HAND[kind]) if kind in _BY_HAND else tr("{} by hand").format(kind)


def _same(one: Event, other: Event) -> bool:
    """Whether it is the same event; mostly it is the same object, which is quick to see."""
    return one is other or one == other


def _old_and_new(event: Intervened) -> str:
    """Old and new values; journals of older versions may lack the old ones."""
    changes = event.changes
    if changes.whole or not event.old:
        return _changes(changes)
    from wfepy_gui.models.context.diff_text import changes_text, of_keys  # noqa: PLC0415  start of the first pass

    found = of_keys(event.old, changes.set)
    told = changes_text(_SECRETS, found[:MOST_TOLD], 60)
    text = ", ".join(told)
    return tr("{} and {} more").format(text, len(found) - MOST_TOLD) if len(found) > MOST_TOLD else text


def _end_details(event: TaskEnded, clock: Clock) -> str:
    error = f"{event.error.type}: {event.error.message}" if event.error else ""
    until = tr("until {}").format(clock.text(event.until)) if event.until else ""
    return "; ".join(filter(None, [error, event.reason, until, _changes(event.changes)]))


def _changes(changes: Changes) -> str:
    parts = [f"{key} = {_SECRETS.preview((key,), value, 60)}" for key, value in changes.set.items()]
    parts += [tr("{} removed").format(key) for key in changes.unset]
    if changes.whole:
        parts.append(tr("context = {}").format(_SECRETS.preview((), changes.whole[0], 60)))
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
        events = events[-KEPT:]
        gone = (
            next((row for row, old in enumerate(self._events) if _same(old, events[0])), -1) if events else -1
        )
        if gone < 0:
            self.show(events)
            return
        self._remove(0, gone)
        pairs = zip(self._events, events, strict=False)
        end = min(len(self._events), len(events))
        same = next((row for row, (old, new) in enumerate(pairs) if not _same(old, new)), end)
        self._remove(same, len(self._events))
        self.add(events[same:])

    def _remove(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._events[first:end]
            self.endRemoveRows()

    def add(self, events: tuple[Event, ...]) -> None:
        """What just happened."""
        if events:
            first = len(self._events)
            self.beginInsertRows(QModelIndex(), first, first + len(events) - 1)
            self._events.extend(events)
            self.endInsertRows()
            if len(self._events) > KEPT + SLACK:
                self._remove(0, len(self._events) - KEPT)

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
