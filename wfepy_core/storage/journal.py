"""The journal of an instance as events: what is newer than its state file, and its history.

A line that is no event of this version (a torn one, one of a newer version) is passed over and counted: a
journal that lost a line still has the others.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.events import Event, decode
from wfepy_core.storage.journal_lines import journal_path, older_path, read_history, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.snapshot import Saved

MAX_BYTES = 4 << 20
"""A journal larger than this is moved away, in place of the one moved before, when the next pass begins."""


class History(NamedTuple):
    """What a journal holds.

    Attributes:
        events: oldest first.
        skipped: how many lines were no events of this version.
    """

    events: list[Event]
    skipped: int


def read_events(lines: Iterable[bytes]) -> History:
    """The events in journal lines."""
    events: list[Event] = []
    skipped = 0
    for line in lines:
        try:
            events.append(decode(line))
        except (ValueError, TypeError, AttributeError, RecursionError):
            skipped += 1
    return History(events, skipped)


def newer_events(state_path: str, saved: Saved) -> list[Event]:
    """Events that may be newer than a state file: those behind the size its journal had when it was saved.

    A journal that is shorter now, or another one, is read from its beginning; `snapshot.apply` passes over
    what the snapshot contains.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    lines = read_lines(journal_path(state_path), from_offset=saved.journal)
    return read_events(lines).events if lines else []


def history(state_path: str) -> History:
    """All events the journal of a state file still has, rotated lines included.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    return read_events(read_history(journal_path(state_path)))


def journal_size(state_path: str) -> int:
    """Size of the journal of a state file in bytes; 0 if there is none."""
    return size_of(journal_path(state_path))


def size_of(path: str) -> int:
    """Size of a file in bytes; 0 if there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def rotate(state_path: str, limit: int = MAX_BYTES) -> bool:
    """Move a journal larger than `limit` bytes away; True if it was moved.

    For the holder of the lock, when no line in it is newer than the state file.
    """
    path = journal_path(state_path)
    if journal_size(state_path) <= limit:
        return False
    os.replace(path, older_path(path))
    return True
