"""The history of an instance: closed segments of its journal, compressed, and the journal itself.

    NAME.wfstate.journal.1           older lines, as versions before the segments kept them; plain
    NAME.wfstate.journal.000001.gz   closed segments, numbered in order; a number is never used again
    NAME.wfstate.journal             the open one

Each segment begins with a snapshot of the instance, which names its number. Closing one is two steps: its
compressed copy is put beside it, then a new journal replaces it. A crash between the two leaves a copy of the
open one, which readers pass over and the next closing replaces. Nothing is deleted but by `prune`.
"""

from __future__ import annotations

import os
import re
import zlib
from collections import deque

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import StateFileError
from wfepy_core.model.events import SnapshotTaken, encode
from wfepy_core.storage.atomic_file import replace_file, sync_folder_of
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.journal_lines import journal_path, open_for_reading, read_lines, split_lines
from wfepy_core.storage.os_errors import disk_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_READ_CHUNK = 1 << 18
_GZIP = 31  # window bits of zlib: the largest, with gzip's header
_NAME = re.compile(r"\.([0-9]{6,})\.gz")


class Segment(NamedTuple):
    """One part of a journal.

    Attributes:
        number: from 1 in order; 0: what an older version moved away.
        path: its file.
        is_open: whether lines are still appended to it.
    """

    number: int
    path: str
    is_open: bool = False


def segments_of(state_path: str) -> list[Segment]:
    """All parts of the journal of a state file that are there, oldest first.

    Raises:
        StateFileError: a folder or a file cannot be read.
    """
    journal = journal_path(state_path)
    # Asked for before the folder is listed: a segment that is closed in between is then seen twice, not lost.
    has_open, number = os.path.exists(journal), _number_of(journal)
    closed = _closed(journal)
    if has_open and number is None and _is_copy(closed[-1:], journal):
        number = closed[-1].number
    found = [segment for segment in closed if not has_open or segment.number != number]
    if has_open:
        found.append(Segment(number or _next_number(closed), journal, is_open=True))
    return found


def lines_of(segment: Segment) -> Iterator[bytes]:
    """The complete lines of a segment.

    Raises:
        StateFileError: it cannot be read; of a damaged one, after the lines that can.
    """
    if not segment.path.endswith(".gz"):
        yield from read_lines(segment.path)
        return
    yield from split_lines(_decompressed(segment.path), segment.path)


def latest_lines(state_path: str, most: int) -> list[bytes]:
    """The last lines of the history, oldest first: of older segments no more is read than is needed.

    Raises:
        StateFileError: a file is there and cannot be read.
    """
    found: deque[bytes] = deque()
    for segment in reversed(segments_of(state_path)):
        found.extendleft(reversed(deque(lines_of(segment), most - len(found))))
        if len(found) == most:
            break
    return list(found)


def first_event(segment: Segment) -> SnapshotTaken | None:
    """The snapshot that a segment begins with; None where it has none."""
    line = next(lines_of(segment), b"")
    event = read_event(line)
    return event if isinstance(event, SnapshotTaken) else None


# -- writing, under the lock --------------------------------------------------------------------------------


def begin_segment(state_path: str, snapshot: SnapshotTaken, *, like: str | None = None) -> int:
    """Close what a journal holds, and begin it anew with a snapshot. For the holder of the lock.

    Args:
        state_path: the state file.
        snapshot: its first line; the number is filled in here.
        like: a file whose permissions a journal gets that was not there; normally the state file.

    Returns:
        The size of the new journal in bytes.

    Raises:
        StateFileError: it could not be done; the journal is as it was.
    """
    journal = journal_path(state_path)
    number = _close(journal)
    line = encode(snapshot._replace(segment=number)) + b"\n"
    replace_file(journal, line, backup=None, like=like)
    return len(line)


def remove_segments(segments: Sequence[Segment]) -> None:
    """Delete closed segments, the oldest first, so that what is left has no gap.

    Raises:
        StateFileError: one cannot be deleted; those after it are there.
    """
    for segment in segments:
        try:
            os.unlink(segment.path)
            sync_folder_of(segment.path)
        except OSError as error:
            raise disk_error("remove", segment.path, error) from error


def _close(journal: str) -> int:
    """Put the compressed copy of a journal beside it; the number of the segment after it."""
    closed = _closed(journal)
    if not os.path.exists(journal):
        return _next_number(closed)
    number = _number_of(journal)
    if number is None and _is_copy(closed[-1:], journal):
        number = closed[-1].number
    same = [segment for segment in closed if segment.number == number]
    if number is None or (same and not _is_copy(same, journal)):
        number = _next_number(closed)
    compressor = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    parts = [compressor.compress(line + b"\n") for line in read_lines(journal)]
    parts.append(compressor.flush())
    replace_file(f"{journal}.{number:06}.gz", parts, backup=None, like=journal)
    return max(number + 1, _next_number(closed))


def _closed(journal: str) -> list[Segment]:
    """The closed segments beside a journal, oldest first."""
    folder, name = os.path.split(journal)
    try:
        names = os.listdir(folder or ".")
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise disk_error("list", folder, error) from error
    found = [Segment(0, f"{journal}.1")] if f"{name}.1" in names else []
    found.extend(
        Segment(int(match[1]), os.path.join(folder, other))
        for other in names
        if other.startswith(name) and (match := _NAME.fullmatch(other, len(name)))
    )
    return sorted(found)


def _next_number(closed: Sequence[Segment]) -> int:
    return max((segment.number for segment in closed), default=0) + 1


def _number_of(journal: str) -> int | None:
    """The number that a journal says it has; None where it says none."""
    snapshot = first_event(Segment(0, journal))
    return snapshot.segment or None if snapshot is not None else None


def _is_copy(closed: Sequence[Segment], journal: str) -> bool:
    """Whether a closed segment holds the beginning of a journal: its closing was interrupted then."""
    if not closed or not closed[0].path.endswith(".gz"):
        return False
    lines = read_lines(journal)
    return all(line == next(lines, None) for line in lines_of(closed[0]))


def _decompressed(path: str) -> Iterator[bytes]:
    """The text of a compressed segment, in parts.

    Raises:
        StateFileError: it cannot be read, or is damaged.
    """
    try:
        descriptor = open_for_reading(path)
        if descriptor is None:
            return  # pruned in between
        decompressor = zlib.decompressobj(_GZIP)
        try:
            while data := os.read(descriptor, _READ_CHUNK):
                while data:
                    yield decompressor.decompress(data, _READ_CHUNK << 2)
                    data = decompressor.unconsumed_tail
            yield decompressor.flush()
        finally:
            os.close(descriptor)
    except OSError as error:
        raise disk_error("read", path, error) from error
    except zlib.error as error:
        raise StateFileError(
            f"{path} is damaged: {error}", path=path, hint="bring that file back from a backup"
        ) from None
    if not decompressor.eof:
        raise StateFileError(
            f"{path} is damaged: its end is missing", path=path, hint="bring that file back from a backup"
        )
