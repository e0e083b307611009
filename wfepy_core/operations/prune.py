"""Letting go of old history: whole closed segments, told before and noted in what is left."""

from __future__ import annotations

import os
import time

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.actor import user_name
from wfepy_core.model.events import Intervened
from wfepy_core.model.status import InterventionKind
from wfepy_core.storage.iso_time import to_iso
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.locked_state import LockedState
from wfepy_core.storage.segments import lines_of, remove_segments, segments_of

if TYPE_CHECKING:
    from wfepy_core.storage.segments import Segment


class Outdated(NamedTuple):
    """Closed segments that are older than a time.

    Attributes:
        segments: oldest first.
        lines: how many lines of history they hold.
        size: of their files in bytes.
        begins: when their first event took place, microseconds since 1970 UTC; 0: there are none.
        ends: when what is kept begins; 0: there are none.
    """

    segments: tuple[Segment, ...] = ()
    lines: int = 0
    size: int = 0
    begins: int = 0
    ends: int = 0


def outdated(path: str, before: int) -> Outdated:
    """The closed segments of an instance whose events all took place before a time.

    A segment goes as a whole, and the open one never does: what is kept begins with a snapshot, or with the
    oldest segment there is.

    Args:
        path: the state file.
        before: the time, microseconds since 1970 UTC.

    Raises:
        StateFileError: a segment cannot be read.
    """
    segments = segments_of(path)
    begins = [_begin_of(segment) for segment in segments]
    # A segment ends where the next one begins; an empty one does not tell.
    count = next((place for place, at in enumerate(begins[1:]) if at > before), len(begins[1:]))
    if not count:
        return Outdated()
    gone = tuple(segments[:count])
    return Outdated(
        gone,
        sum(1 for segment in gone for _ in lines_of(segment)),
        sum(os.path.getsize(segment.path) for segment in gone),
        begins[0],
        begins[count],
    )


def prune(path: str, before: int, *, reason: str = "", by: str = "") -> Outdated:
    """Delete the closed segments that are older than a time; what went is noted in the history.

    Args:
        path: the state file.
        before: the time, microseconds since 1970 UTC.
        reason: why.
        by: who; default: the user of this process.

    Returns:
        What went; nothing is done where there is nothing.

    Raises:
        LockedError: a pass or an edit holds the instance.
        StateFileError: a segment cannot be read or deleted, or the note not be written.
    """
    with LockedState(path, purpose="prune") as locked:
        gone = outdated(locked.path, before)
        if gone.segments:
            told = f"{gone.lines} lines up to {to_iso(gone.ends)}"
            why = f"{told}; {reason}" if reason else told
            head = locked.document.head
            at = time.time_ns() // 1000
            # Noted before it is done: a crash in between leaves some of what the note says is gone.
            locked.note(
                Intervened(head.generation, at, InterventionKind.PRUNE, by or user_name(), reason=why)
            )
            remove_segments(gone.segments)
        return gone


def _begin_of(segment: Segment) -> int:
    for line in lines_of(segment):
        event = read_event(line)
        if event is not None:
            return event.at
    return 0
