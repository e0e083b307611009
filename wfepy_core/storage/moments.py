"""An instance as it was: at any generation or time that its history reaches back to."""

from __future__ import annotations

import time

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import HistoryError, StateFileError
from wfepy_core.model.events import PassEnded, SnapshotTaken
from wfepy_core.model.snapshot import Saved, Snapshot, recover
from wfepy_core.model.status import Origin
from wfepy_core.storage.iso_time import END_OF_TIME, to_iso
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.segments import first_event, lines_of, segments_of
from wfepy_core.storage.versions import read_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.events import Event
    from wfepy_core.storage.segments import Segment

_SECOND = 1_000_000
_NAMED = 5  # so many missing parts are named


class Moment(NamedTuple):
    """A moment in the life of an instance.

    Attributes:
        generation: as it was saved under that number; None: at a time.
        at: as it was at that time, microseconds since 1970 UTC; None: under a generation.
    """

    generation: int | None = None
    at: int | None = None

    def contains(self, event: Event) -> bool:
        """Whether an event took place up to that moment."""
        if self.at is not None:
            return event.at <= self.at
        if isinstance(event, PassEnded | SnapshotTaken):
            return event.generation <= (self.generation or 0)
        return event.generation < (self.generation or 0)

    def __str__(self) -> str:
        return f"generation {self.generation}" if self.at is None else to_iso(self.at)


class Past(NamedTuple):
    """An instance as it was, and what happened to it since.

    Attributes:
        snapshot: the instance then; what it names as running was running.
        since: events after that moment, oldest first.
    """

    snapshot: Snapshot
    since: list[Event]


def look_back(state_path: str, moment: Moment) -> Past:
    """The instance at a moment, from its journal; of older segments no more is read than is needed.

    Raises:
        HistoryError: the history does not reach back that far, or not so far yet.
        StateFileError: a part of the journal that is needed cannot be read.
    """
    past = _replay(state_path, moment)
    if not past.since:
        _refuse_future(state_path, moment, past.snapshot)
    if moment.generation is None:
        return past
    return past._replace(snapshot=past.snapshot._replace(generation=moment.generation))


def latest(state_path: str) -> Snapshot:
    """The instance as its journal has it last.

    Raises:
        HistoryError, StateFileError: as `look_back`.
    """
    return _replay(state_path, Moment(at=END_OF_TIME)).snapshot


def _replay(state_path: str, moment: Moment) -> Past:
    """The instance after the last event up to a moment."""
    since: list[list[Event]] = []
    first: SnapshotTaken | None = None
    newer = 0  # the number of the segment after this one; 0: this is the newest
    for segment in reversed(segments_of(state_path)):
        first = first_event(segment)
        events = _events(segment)
        if first is None:
            raise _out_of_reach(state_path, moment, "what is older cannot be replayed")
        _refuse_other_place(segment, first)
        if moment.contains(first):
            break
        since.append(events)
        newer = segment.number
        if first.origin is not Origin.SEGMENT:
            raise _out_of_reach(
                state_path, moment, f"it began as generation {first.generation}, {to_iso(first.at)}"
            )
    else:
        raise _out_of_reach(state_path, moment, "what is older is not there any more")
    count = _contained(events, moment)
    since.append(events[count:])
    snapshot = _replayed(state_path, first, events[:count], moment)
    missing = range(segment.number + 1, newer)
    if missing and count == len(events) and _is_later(moment, snapshot):
        numbers = ", ".join(f"{number:06}" for number in missing[:_NAMED])
        raise _out_of_reach(state_path, moment, f"parts of its journal are not there: {numbers}")
    return Past(snapshot, [event for part in reversed(since) for event in part])


def _refuse_other_place(segment: Segment, first: SnapshotTaken) -> None:
    """A segment under the number of another one would tell its lines at the wrong time."""
    if first.segment not in (0, segment.number):
        raise StateFileError(
            f"{segment.path} is part {first.segment:06} of that journal, under the number of another one",
            path=segment.path,
            hint="give it its own number again, or move it away if it is a copy",
        )


def _is_later(moment: Moment, newest: Snapshot) -> bool:
    """Whether a moment lies behind everything that led to an instance."""
    if moment.at is None:
        return (moment.generation or 0) > newest.generation
    return moment.at > newest.saved.at


def _events(segment: Segment) -> list[Event]:
    """The events of a segment behind its snapshot."""
    lines = lines_of(segment)
    next(lines, None)
    return [event for event in map(read_event, lines) if event is not None]


def _contained(events: Sequence[Event], moment: Moment) -> int:
    """How many events took place up to a moment. A clock that was wrong once does not hide what follows."""
    for count in range(len(events), 0, -1):
        if moment.contains(events[count - 1]):
            return count
    return 0


def _replayed(state_path: str, first: SnapshotTaken, events: Sequence[Event], moment: Moment) -> Snapshot:
    begin = read_version(first.version)
    if begin is None:
        raise _out_of_reach(state_path, moment, "the snapshot before it makes no sense")
    saved = Saved(at=first.at, by=first.by)
    snapshot = recover(begin._replace(generation=first.generation, saved=saved), events, read_version)
    return snapshot._replace(saved=saved._replace(at=events[-1].at) if events else saved)


def _refuse_future(state_path: str, moment: Moment, newest: Snapshot) -> None:
    """A moment after everything that is known must not be later than the present."""
    if moment.at is None:
        is_future = (moment.generation or 0) > newest.generation
    else:
        # All of the present second has come: times are printed, and named, by the second.
        is_future = moment.at // _SECOND > max(time.time_ns() // 1000, newest.saved.at) // _SECOND
    if is_future:
        raise HistoryError(
            f"the history of {state_path} has not come to {moment} yet: the newest is generation"
            f" {newest.generation}, {to_iso(newest.saved.at)}",
            hint=f"`wfepy history {state_path}` shows what there is",
        )


def _out_of_reach(state_path: str, moment: Moment, why: str) -> HistoryError:
    return HistoryError(
        f"the history of {state_path} does not reach back to {moment}: {why}",
        hint=f"`wfepy history {state_path}` shows what there is",
    )
