"""The journal of an instance as events: what is newer than its state file.

A line that is no event of this version (a torn one, one of a newer version) is passed over: a journal that
lost a line still has the others. What was closed and compressed is read by `segments`.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.events import decode
from wfepy_core.storage.journal_lines import journal_path, open_for_reading, read_lines
from wfepy_core.storage.os_errors import disk_error, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Saved

MAX_BYTES = 4 << 20
"""A journal larger than this is closed and compressed when somebody next writes to it."""
SNAPSHOT_START = b'{"e":"snapshot",'
"""How the first line of a journal begins that can be replayed from its beginning."""


def read_event(line: bytes) -> Event | None:
    """The event in a journal line; None where it is no event of this version."""
    try:
        return decode(line)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def newer_events(state_path: str, saved: Saved) -> Iterator[Event]:
    """Events that may be newer than a state file: those behind the size its journal had when it was saved.

    A journal that is shorter now, or another one, is read from its beginning; `snapshot.apply` passes over
    what the snapshot contains.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    for line in read_lines(journal_path(state_path), from_offset=saved.journal):
        event = read_event(line)
        if event is not None:
            yield event


def journal_size(state_path: str) -> int:
    """Size of the journal of a state file in bytes; 0 if there is none."""
    return size_of(journal_path(state_path))


def begins_with_snapshot(journal: str) -> bool:
    """Whether the first line of a journal is a snapshot of the instance.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    try:
        descriptor = open_for_reading(journal)
        if descriptor is None:
            return False
        try:
            return os.read(descriptor, len(SNAPSHOT_START)) == SNAPSHOT_START
        finally:
            os.close(descriptor)
    except OSError as error:
        raise disk_error("read the journal", journal, error) from error
