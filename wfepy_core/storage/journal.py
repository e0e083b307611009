"""The journal of an instance as events: what is newer than its state file.

A line that is no event of this version (a torn one, one of a newer version) is passed over: a journal that
lost a line still has the others. What was closed and compressed is read by `segments`.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.events import decode
from wfepy_core.storage.file_access import disk_error, size_of
from wfepy_core.storage.journal_lines import journal_path, open_for_reading, read_lines
from wfepy_core.storage.state_serialization import ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Saved

MAX_BYTES = 4 << 20
"""A journal larger than this is closed and compressed when somebody next writes to it."""
SNAPSHOT_START = b'{"e":"snapshot",'
"""How the first line of a journal begins that can be replayed from its beginning."""
_START_BYTES = 160  # hold the id, which stands before the snapshot itself


def read_event(line: bytes) -> Event | None:
    """The event in a journal line; None where it is no event of this version."""
    try:
        return decode(line)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def newer_events(state_path: str, saved: Saved, identity: str, generation: int) -> Iterator[Event]:
    """Events that may be newer than a state file: those behind the size its journal had when it was saved.

    A journal that is shorter now, or was begun anew, is read from its beginning; `snapshot.apply` passes over
    what the snapshot contains. In that of another instance nothing is newer.

    Args:
        state_path: the state file.
        saved: its last save; `Saved()`: from the beginning.
        identity: id of the instance; empty: not known.
        generation: of the state file. A journal that was begun after it has none of its lines, even where it
            has grown as large: an older copy of the file was put back.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    journal = journal_path(state_path)
    start = _start_of(journal)
    if is_of_another(owner_in(start), identity):
        return
    offset = saved.journal if _first_generation(start) <= generation else 0
    for line in read_lines(journal, from_offset=offset):
        event = read_event(line)
        if event is not None:
            yield event


def journal_size(state_path: str) -> int:
    """Size of the journal of a state file in bytes; see `size_of` for where there is none."""
    return size_of(journal_path(state_path))


def begins_with_snapshot(journal: str) -> bool:
    """Whether the first line of a journal is a snapshot of the instance.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    return _start_of(journal).startswith(SNAPSHOT_START)


def owner_of(journal: str) -> str:
    """The id of the instance whose history a journal is; empty where it does not say, or there is none.

    Raises:
        StateFileError: the journal is there and cannot be read.
    """
    return owner_in(_start_of(journal))


def owner_in(start: bytes) -> str:
    """The id in the beginning of a journal's first line; empty where it names none as we write it."""
    parts = start[:_START_BYTES].split(b",", 4)  # what it is, generation, time, id, and the rest
    if not start.startswith(SNAPSHOT_START) or len(parts) < 5:
        return ""
    name, _, quoted = parts[3].partition(b":")
    identity = quoted.strip(b'"').decode("ascii", "replace")
    # Any other text may have been cut at a comma of its own.
    return identity if name == b'"id"' and len(identity) == ID_LENGTH and identity.isalnum() else ""


def _first_generation(start: bytes) -> int:
    """The generation that a journal begins with; 0 where it does not say."""
    number = start.removeprefix(SNAPSHOT_START + b'"g":').partition(b",")[0]
    return int(number) if number.isdigit() else 0


def is_of_another(owner: str, identity: str) -> bool:
    """Whether something that names its owner does not belong to an instance; what is not known may belong."""
    return bool(owner and identity) and owner != identity


def _start_of(journal: str) -> bytes:
    try:
        descriptor = open_for_reading(journal)
        if descriptor is None:
            return b""
        try:
            return os.read(descriptor, _START_BYTES)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise disk_error("read the journal", journal, error) from error
