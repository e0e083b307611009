"""What happened to the instance, oldest first: its journal, and the events of the running pass."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import Qt

from wfepy_core.explain.event_text import event_text
from wfepy_core.explain.list_text import names_and_more
from wfepy_gui.models.rows_model import NAME_ROLE, Heading, RowsModel
from wfepy_gui.text.secrets import Masking
from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from wfepy_core.model.events import Changes, Event
    from wfepy_gui.text.time_format import Clock

_SECRETS = Masking()
MOST_CHANGES = 12
"""Changed values of one edit that its row names."""
MOST_EVENTS = 20_000
"""Rows shown; the oldest go first (the journal keeps them)."""
SLACK = 2000
"""Rows more than that while a pass runs, so that not each of its events takes one away."""


class JournalColumn(enum.IntEnum):
    """The columns, left to right."""

    TIME = 0
    WHAT = 1
    TASK = 2
    DETAILS = 3


_HEADINGS: Final[dict[int, Heading]] = {
    JournalColumn.TIME: Heading(QT_TR_NOOP("Time")),
    JournalColumn.WHAT: Heading(QT_TR_NOOP("What")),
    JournalColumn.TASK: Heading(QT_TR_NOOP("Task")),
    JournalColumn.DETAILS: Heading(QT_TR_NOOP("Details")),
}


class Line(NamedTuple):
    """One event in words."""

    what: str
    task: str = ""
    details: str = ""


def line_of(event: Event, clock: Clock) -> Line:
    """An event in words."""
    text = event_text(event, _changes_text, tr, clock.text)
    if not text.by:
        return Line(text.what, text.task, "; ".join(text.details))
    details = (tr("by {}").format(text.by), *text.details)
    return Line(tr("{} by hand").format(text.what), text.task, "; ".join(details))


def _is_same(one: Event, other: Event) -> bool:
    """Whether it is the same event; mostly it is the same object, which is quick to see."""
    return one is other or one == other


def _changes_text(changes: Changes, old: Mapping[str, Any]) -> str:
    """New values, with the old ones where they are known; secrets are masked."""
    if changes.whole or not old:
        return _new_values(changes)
    from wfepy_gui.models.context.diff import changes_text, of_keys  # noqa: PLC0415  start of the first pass

    differences = of_keys(old, changes.set)
    shown = changes_text(_SECRETS, differences[:MOST_CHANGES], 60)
    return names_and_more(shown, len(differences) - MOST_CHANGES, tr)


def _new_values(changes: Changes) -> str:
    parts = [f"{key} = {_SECRETS.preview((key,), value, 60)}" for key, value in changes.set.items()]
    parts += [tr("{} removed").format(key) for key in changes.unset]
    if changes.whole:
        parts.append(tr("context = {}").format(_SECRETS.preview((), changes.whole[0], 60)))
    return ", ".join(parts)


class JournalModel(RowsModel["Event"]):
    """Rows are only ever added at the end or taken from the end, so that a reader's place stays."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(_HEADINGS, parent)
        self._clock = clock
        clock.changed.connect(self._on_clock_changed)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, events: tuple[Event, ...]) -> None:
        """Show the history of another instance."""
        self._reset(events[-MOST_EVENTS:])

    def update(self, events: tuple[Event, ...]) -> None:
        """Show the history as read anew: what is the same stays."""
        events = events[-MOST_EVENTS:]
        rows = enumerate(self._rows)
        first = next((row for row, old in rows if _is_same(old, events[0])), -1) if events else -1
        if first < 0:
            self.show(events)
            return
        self._remove(0, first)
        pairs = zip(self._rows, events, strict=False)
        end = min(len(self._rows), len(events))
        same = next((row for row, (old, new) in enumerate(pairs) if not _is_same(old, new)), end)
        self._remove(same, len(self._rows))
        self.add(events[same:])

    def add(self, events: tuple[Event, ...]) -> None:
        """Show what just happened."""
        self._insert(len(self._rows), events)
        if len(self._rows) > MOST_EVENTS + SLACK:
            self._remove(0, len(self._rows) - MOST_EVENTS)

    def _on_clock_changed(self) -> None:
        self._announce_columns(JournalColumn.TIME, JournalColumn.DETAILS, Qt.ItemDataRole.DisplayRole)

    def _cell(self, row: Event, column: int, role: int) -> Any:
        if role == NAME_ROLE:
            return line_of(row, self._clock).task
        if role == Qt.ItemDataRole.DisplayRole:
            if column == JournalColumn.TIME:
                return self._clock.text(row.at)
            return line_of(row, self._clock)[column - 1]
        if role == Qt.ItemDataRole.ToolTipRole and column == JournalColumn.DETAILS:
            return line_of(row, self._clock).details or None
        return None
