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
from wfepy_core.storage.file_access import disk_error
from wfepy_core.storage.journal import is_of_another, owner_in, read_event
from wfepy_core.storage.journal_lines import journal_path, open_for_reading, read_lines, split_lines
from wfepy_core.storage.state_head import quick_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_READ_CHUNK = 1 << 18
_HEAD_BYTES = 4096
_GZIP = 31  # window bits of zlib: the largest, with gzip's header
_NAME = re.compile(r"\.([0-9]{6,})\.gz")


class Segment(NamedTuple):
    """One part of a journal.

    Attributes:
        number: from 1 in order; 0: what an older version moved away.
        path: its file.
        is_open: whether lines are still appended to it.
        begins: the first line of an open one, by which it is known again; of others empty.
    """

    number: int
    path: str
    is_open: bool = False
    begins: bytes = b""


def segments_of(state_path: str) -> list[Segment]:
    """All parts of the journal of a state file that are there, oldest first.

    What an earlier instance of that name left is not among them.

    Raises:
        StateFileError: a folder or a file cannot be read.
    """
    journal = journal_path(state_path)
    begins = _first_line(journal)
    while True:
        closed = _closed(journal)
        number, copies = _place_among(closed, journal, begins)
        found = [segment for segment in closed if segment not in copies]
        # Whoever closes it meanwhile puts another in its place: the list may have it as neither.
        before, begins = begins, _first_line(journal)
        if begins == before:
            break
    if begins is not None:
        found.append(Segment(number, journal, is_open=True, begins=begins))
    identity = identity_of(state_path)
    return [segment for segment in found if not is_of_another(_owner_of(segment), identity)]


def parts_of_others(state_path: str, identity: str) -> list[str]:
    """The files of a journal that belong to another instance; the open one comes last.

    Args:
        state_path: the state file.
        identity: id of the instance; empty: none of them belong to it.

    Raises:
        StateFileError: a folder or a file cannot be read.
    """
    journal = journal_path(state_path)
    found = _closed(journal)
    if os.path.lexists(journal):
        found.append(Segment(_next_number(found), journal))
    return [part.path for part in found if not identity or is_of_another(_owner_of(part), identity)]


def _owner_of(segment: Segment) -> str:
    """The id of the instance that a segment belongs to; empty where it does not say.

    Raises:
        StateFileError: it cannot be read.
    """
    if segment.begins or not segment.path.endswith(".gz"):
        return owner_in(segment.begins or next(read_lines(segment.path), b""))
    try:
        return owner_in(next(_decompressed(segment.path), b""))
    except StateFileError:
        return ""  # whoever reads it says so


def identity_of(path: str) -> str:
    """The id that a state file names; empty where it names none as we write it."""
    try:
        descriptor = open_for_reading(path)
        if descriptor is None:
            return ""
        try:
            head = quick_head(os.read(descriptor, _HEAD_BYTES))
        finally:
            os.close(descriptor)
    except OSError:
        return ""  # whoever reads it says so
    return head.id if head is not None else ""


def lines_of(segment: Segment) -> Iterator[bytes]:
    """The complete lines of a segment, also of one that was closed after it was listed as the open one.

    Raises:
        StateFileError: it cannot be read; of a damaged one, after the lines that can.
    """
    if segment.path.endswith(".gz"):
        yield from split_lines(_decompressed(segment.path), segment.path)
        return
    lines = read_lines(segment.path)
    if segment.begins:
        first = next(lines, b"")
        if first != segment.begins:
            yield from lines_of(Segment(segment.number, _closed_path(segment.path, segment.number)))
            return
        yield first
    yield from lines


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
    replace_file(journal, line, backup=None, like=like, is_sidecar=True)
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
    if not os.path.lexists(journal):
        return _next_number(closed)
    number, _ = _place_among(closed, journal, _first_line(journal))
    compressor = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    parts = [compressor.compress(line + b"\n") for line in read_lines(journal)]
    parts.append(compressor.flush())
    replace_file(_closed_path(journal, number), parts, backup=None, like=journal, is_sidecar=True)
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


def _closed_path(journal: str, number: int) -> str:
    return f"{journal}.{number:06}.gz"


def _first_line(journal: str) -> bytes | None:
    """What a journal begins with: empty where it has no line, None where there is no journal."""
    for line in read_lines(journal):
        return line
    return b"" if os.path.lexists(journal) else None


def _place_among(
    closed: Sequence[Segment], journal: str, begins: bytes | None
) -> tuple[int, Sequence[Segment]]:
    """The number of an open journal, and its copy among the closed ones: its closing was interrupted then."""
    event = read_event(begins) if begins else None
    said = event.segment if isinstance(event, SnapshotTaken) else 0
    same = [segment for segment in closed if segment.number == said] if said else closed[-1:]
    if begins is not None and _is_copy(same, journal):
        return same[0].number, same
    return said if said and not same else _next_number(closed), ()


def _is_copy(closed: Sequence[Segment], journal: str) -> bool:
    """Whether a closed segment holds the beginning of a journal: its closing was interrupted then."""
    if not closed or not closed[0].path.endswith(".gz"):
        return False
    lines = read_lines(journal)
    try:
        return all(line == next(lines, None) for line in lines_of(closed[0]))
    except StateFileError:
        return False  # whoever reads it says so


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
