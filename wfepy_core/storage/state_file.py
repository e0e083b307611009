"""State files: one instance, one JSON document, shown and changed without importing anyone's code.

The file is replaced when a pass or an edit ends. What happened since stands in the journal beside it, and
reading a state file means both: the document, then the newer events.
"""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from itertools import chain

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import StateFileError, UnreadableStateError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.snapshot import Snapshot, recover
from wfepy_core.model.summary import summary_of
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, replace_file
from wfepy_core.storage.file_access import disk_error, size_of
from wfepy_core.storage.file_names import BACKUP_SUFFIX, JOURNAL_SUFFIX, LOCK_SUFFIX
from wfepy_core.storage.head_validation import Head
from wfepy_core.storage.journal import journal_size, newer_events
from wfepy_core.storage.lock import lock_path, read_holder, read_lock
from wfepy_core.storage.lock_text import LockText, add_polls, is_at_rest, with_starts
from wfepy_core.storage.state_document import Document
from wfepy_core.storage.state_serialization import snapshot_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Head", "read", "read_document", "read_head", "replay", "summarize", "write"]

MAX_BYTES = 1 << 30
"""A larger file is not read."""

_HEAD_BYTES = 4096
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# A pipe of that name must not keep us waiting for somebody to write into it.
_READ_FLAGS = os.O_RDONLY | CLOSE_ON_EXEC | getattr(os, "O_NONBLOCK", 0)


def read(path: str) -> Snapshot:
    """The instance as it is now: what was saved last, and what the journal says happened since.

    Tasks in `running` are being run by the pass that holds the lock, or, if nobody does, were when its
    process ended: then `interrupted` is true.

    Raises:
        UnreadableStateError: the file is missing, torn, of another version, or not a state file.
        StateFileError: the journal is there and cannot be read.
    """
    while True:
        before = _identity(path)
        document, lock = read_document(path), read_lock(path)
        snapshot = replay(document, lock)
        # A save in between empties the journal of what this snapshot lacks: then it is an old one.
        if _identity(path) == before:
            break
    if snapshot.running:
        # Not the holder from before: it may have ended between the document and the journal.
        return snapshot._replace(interrupted=read_holder(path) is None)
    return snapshot


def read_document(path: str) -> Document:
    """The members of a state file, without the journal.

    Raises:
        UnreadableStateError: as in `read`; an error further inside is raised when that part is read.
    """
    return Document(path, _read_bytes(path))


def replay(document: Document, lock: LockText | None = None) -> Snapshot:
    """The whole snapshot of a document, with the newer events of the journal beside it.

    Args:
        document: as read.
        lock: what the lock file says; its polls are added. None: they are left out.

    Raises:
        UnreadableStateError: the document makes no sense.
        StateFileError: the journal is there and cannot be read.
    """
    lock = lock or LockText()
    snapshot = document.snapshot()
    add_polls(snapshot.records, lock.polls, snapshot.generation, snapshot.topology.index)
    events = newer_events(document.path, snapshot.saved, snapshot.id, snapshot.generation)
    first = next(events, None)
    if first is not None:
        from wfepy_core.storage.versions import read_version  # most have no newer events

        try:
            snapshot = recover(snapshot, chain([first], events), read_version)
        except MemoryError:
            raise StateFileError(
                f"{document.path}: its journal holds more than this process has memory for",
                path=document.path,
            ) from None
    return with_starts(snapshot, lock)._replace(last_pass=lock.last)


def read_head(path: str) -> Head:
    """What the beginning of a state file says, from its first 4 KB where it has our layout.

    A pass that is running, or was interrupted, is not seen: `summarize` asks the journal.

    Raises:
        UnreadableStateError: as in `read`.
    """
    return _quick_head(path, 0) or _whole_head(path)


def summarize(path: str) -> Head:
    """What a list of instances shows of one: its head, or all of it where that is not the whole truth.

    That is where the journal holds newer events, or somebody holds the instance, or died with it.

    Raises:
        UnreadableStateError: as in `read`.
        StateFileError: the journal is there and cannot be read.
    """
    head = _quick_head(path, _NO_LINK) if _NO_LINK else None
    if head is not None:
        size = size_of(path + JOURNAL_SUFFIX)  # it is no link: its journal lies beside it
        lock_size = size_of(path + LOCK_SUFFIX)
    else:
        head = read_head(path)
        size, lock_size = journal_size(path), size_of(lock_path(path))
    if size in (0, head.saved.journal) and is_at_rest(lock_size) and head.summary is not None:
        return head
    snapshot = read(path)
    return Head(
        snapshot.generation,
        instance_status(snapshot),
        snapshot.saved,
        snapshot.workflow.name,
        snapshot.id,
        summary_of(snapshot),
    )


def _quick_head(path: str, flags: int) -> Head | None:
    """The head if it can be had quickly."""
    try:
        descriptor = os.open(path, _READ_FLAGS | flags)
    except OSError as error:
        if flags:
            return None
        raise _unreadable(path, error) from error
    try:
        data = os.read(descriptor, _HEAD_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(descriptor)
    return _head_reader()(data)


@lru_cache(maxsize=1)
def _head_reader() -> Callable[[bytes], Head | None]:
    """What reads a head: no pass needs it, and a list of ten thousand files asks for it once."""
    from wfepy_core.storage.state_head import quick_head

    return quick_head


def _whole_head(path: str) -> Head:
    document = read_document(path)
    document.snapshot()
    return document.head


def write(
    path: str, snapshot: Snapshot, *, backup: str | None = BACKUP_SUFFIX, like: str | None = None
) -> None:
    """Save a snapshot: atomically, the previous version kept as `.bak`. The caller holds the lock.

    Args:
        path: the state file.
        snapshot: with the new generation, and `saved` filled in.
        backup: what to add to the name for the previous version; None keeps none.
        like: a file whose permissions a new one gets; None: the usual ones.

    Raises:
        StateFileError: it could not be saved; the old version is there.
    """
    try:
        data = snapshot_text(snapshot)
    except (ValueError, TypeError, RecursionError) as error:
        raise StateFileError(f"cannot save {path}: {error}", path=path) from error
    checked(path, data)
    replace_file(path, data, backup=backup, like=like, changed_at=snapshot.saved.at or None)


def checked(path: str, data: bytes) -> Document:
    """What is to be saved, as its readers will see it: what they would refuse is refused before.

    Raises:
        StateFileError: they would.
    """
    try:
        return Document(path, data)
    except UnreadableStateError as error:
        raise StateFileError(
            f"cannot save {path}, it could not be read again: {error.message}", path=path
        ) from None


def _read_bytes(path: str) -> bytes:
    try:
        descriptor = os.open(path, _READ_FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableStateError(f"{path} is not a file", path=path, hint="name a state file")
            if status.st_size > MAX_BYTES:
                raise UnreadableStateError(
                    f"{path} has {status.st_size:,} bytes, more than any state file", path=path
                )
            return _read_all(descriptor, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unreadable(path, error) from error


def _read_all(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size + 1)
    while len(data) <= MAX_BYTES and (more := os.read(descriptor, 1 << 20)):
        data += more
    return data


def _unreadable(path: str, error: OSError) -> UnreadableStateError:
    if isinstance(error, FileNotFoundError):
        return UnreadableStateError(
            f"{path} does not exist", path=path, hint="check the path, or start an instance with `wfepy new`"
        )
    reason = disk_error("read", path, error)
    return UnreadableStateError(reason.message, path=path, hint=reason.hint)


def _identity(path: str) -> tuple[int, int, int] | None:
    """What changes whenever the file is replaced or written; None if it cannot be seen."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
