"""An append-only file of lines: each line is there whole, or not at all.

One line is one `write()`. What a crash leaves behind the last newline was never acknowledged: readers skip
it, and the next writer cuts it off. (Ending it with a newline instead could bring a line back to life that
every reader since the crash has taken for lost.)
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import StateFileError
from wfepy_core.storage.atomic_file import (
    copy_permissions,
    create_like,
    read_at,
    real_path,
    sync_data,
    sync_folder_of,
)
from wfepy_core.storage.file_access import NO_SPACE, disk_error, is_still, open_sidecar, stat_if_there
from wfepy_core.storage.file_names import JOURNAL_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wfepy_core.storage.reserved_room import ReservedRoom

MOST_LINE = 256 << 20
"""Bytes of a line; what is longer is no line of a journal."""
_MOST_ZEROS = 16 << 20  # of a line that has NUL bytes: what a file system leaves behind, not a line of ours
_CHUNK = 1 << 16
_READ_CHUNK = 1 << 20


def journal_path(state_path: str) -> str:
    """The journal of a state file; it lies beside the target of a link."""
    return real_path(os.fspath(state_path)) + JOURNAL_SUFFIX


class JournalWriter:
    """Appends lines to a journal. For one holder of the state file's lock at a time.

    Args:
        path: the journal; made if missing.
        sync: whether lines must survive a power cut when `append` returns.
        like: a file whose permissions a new journal gets, normally the state file.
        room: kept on the disk for lines that would find none; None: there is none.

    Raises:
        StateFileError: it cannot be made or opened.
    """

    def __init__(
        self, path: str, *, sync: bool, like: str | None = None, room: ReservedRoom | None = None
    ) -> None:
        self._path = path
        self._sync = sync
        self._room = room
        self._descriptor = -1
        self._created = False
        self._start = self._size = 0
        try:
            self._open(None if like is None else stat_if_there(like))
        except OSError as error:
            raise disk_error("write the journal", path, error) from error

    @property
    def size(self) -> int:
        """Where the next line starts, in bytes."""
        return self._size

    def append(self, line: bytes, *, sync: bool = True, is_after_call: bool = True) -> None:
        """Add one line.

        Args:
            line: without a newline.
            sync: False spares a line that nobody counts on the wait for the disk.
            is_after_call: whether code of the workflow may have run since the last line, and have closed
                the file; False spares the look.

        Raises:
            ValueError: there is a newline in it.
            StateFileError: it could not be written, or not made durable. The journal is then as it was
                before; if the disk failed to sync, this writer takes no more lines.
        """
        if b"\n" in line:
            raise ValueError("a journal line cannot hold a newline")
        if is_after_call or self._descriptor < 0:
            self._require_open()
        data = line + b"\n"
        try:
            self._write(data)
        except OSError as error:
            if error.errno not in NO_SPACE or self._room is None or not self._room.use():
                raise disk_error("write the journal", self._path, error, needed=len(data)) from error
            self._write_in_room(data)
        if sync and self._sync:
            self._sync_or_close()
        self._size += len(data)

    def _write(self, data: bytes) -> None:
        """Write a line, or nothing of it."""
        try:
            if os.write(self._descriptor, data) != len(data):
                # A file takes less than it is given only when there is no more room.
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301  handled with the rest
        except OSError:
            self._cut_off_rest()
            raise

    def _write_in_room(self, data: bytes) -> None:
        """Write a line in the room that was kept for it."""
        self._require_open()
        try:
            self._write(data)
        except OSError as error:
            raise disk_error("write the journal", self._path, error, needed=len(data)) from error

    def flush(self) -> None:
        """Make everything appended so far durable, whatever `sync` says.

        Raises:
            StateFileError: the disk would not; this writer takes no more lines.
        """
        self._require_open()
        self._sync_or_close()

    def rewind(self, to: int) -> None:
        """Take back the lines appended since `size` was `to`.

        Raises:
            ValueError: `to` is not an end this writer had.
            StateFileError: the file cannot be shortened.
        """
        if not self._start <= to <= self._size:
            raise ValueError(
                f"{to} is not between {self._start} and {self._size}, where this writer has been"
            )
        self._require_open()
        try:
            os.ftruncate(self._descriptor, to)
        except OSError as error:
            raise disk_error("shorten the journal", self._path, error) from error
        self._size = to

    def close(self) -> None:
        """Close the file; nothing happens if it is closed.

        Raises:
            StateFileError: what was not synced yet may be lost.
        """
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            if not is_still(descriptor, self._found):
                return  # a task has closed it, and may have a file of that number
            try:
                os.close(descriptor)
            except OSError as error:
                raise disk_error("close the journal", self._path, error) from error

    def _open(self, model: os.stat_result | None) -> None:
        flags = os.O_RDWR | os.O_APPEND
        try:
            self._descriptor, self._found = open_sidecar(self._path, flags)
            if model is not None:
                _follow_permissions(self._descriptor, self._found, model)
        except FileNotFoundError:
            self._descriptor = create_like(self._path, flags, model)
            self._created, self._found = True, os.fstat(self._descriptor)
        size = self._found.st_size
        try:
            self._start = self._size = _complete_end(self._descriptor, size, self._path)
            if self._size != size:
                os.ftruncate(self._descriptor, self._size)
            if self._sync:
                self._sync_creation()
        except BaseException:
            self.close()
            raise

    def _sync_creation(self) -> None:
        """A new file survives a power cut only when its folder is synced too."""
        if self._created:
            sync_folder_of(self._path)
            self._created = False

    def _require_open(self) -> None:
        if self._descriptor < 0:
            raise StateFileError(
                f"cannot write the journal {self._path}: it is closed, or failed before",
                path=self._path,
                hint="the first error tells why; open the state file again",
            )
        if not is_still(self._descriptor, self._found):
            self._descriptor = -1
            self._open_again()

    def _open_again(self) -> None:
        """Go on where a task has closed the file, if nobody has written to it since."""
        if self._room is not None:
            self._room.look_again()
        try:
            descriptor, found = open_sidecar(self._path, os.O_RDWR | os.O_APPEND)
        except OSError as error:
            raise disk_error("write the journal", self._path, error) from error
        if not os.path.samestat(found, self._found) or found.st_size != self._size:
            os.close(descriptor)
            raise StateFileError(
                f"cannot write the journal {self._path}: a task has closed it, and it has changed since",
                path=self._path,
                hint="a task must not close descriptors that it did not open; advance the instance again",
            )
        self._descriptor = descriptor

    def _cut_off_rest(self) -> None:
        """Remove what stands behind the last line that counts; if even that fails, take no more lines."""
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            self.close()

    def _sync_or_close(self) -> None:
        """Make the file durable.

        After a failed sync nobody knows what is on the disk, and the next one may falsely succeed: then
        this writer is at its end.
        """
        try:
            sync_data(self._descriptor)
            self._sync_creation()
        except OSError as error:
            self._cut_off_rest()
            self.close()
            raise disk_error("write the journal", self._path, error) from error


def read_lines(path: str, *, from_offset: int = 0) -> Iterator[bytes]:
    """The complete lines of a journal, without their newlines; none if there is no journal.

    However large the file is, one line at a time is kept.

    Args:
        path: the journal.
        from_offset: where to start, in bytes; from the beginning where no line ends there (the journal is
            shorter now, or another one).

    Raises:
        StateFileError: it is there and cannot be read, or is damaged beyond reading.
    """
    try:
        descriptor = open_for_reading(path)
        if descriptor is None:
            return
        try:
            if from_offset > 0 and read_at(descriptor, from_offset - 1, 1) == b"\n":
                os.lseek(descriptor, from_offset, os.SEEK_SET)
            else:
                os.lseek(descriptor, 0, os.SEEK_SET)
            yield from split_lines(_chunks_of(descriptor), path)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise disk_error("read the journal", path, error) from error


def split_lines(chunks: Iterable[bytes], path: str) -> Iterator[bytes]:
    """The complete lines in the parts of a text.

    Raises:
        StateFileError: there is something so long that it is no line.
    """
    rest: list[bytes] = []
    size = 0
    for chunk in chunks:
        lines = chunk.split(b"\n")
        if len(lines) > 1:
            yield b"".join([*rest, lines[0]])
            yield from lines[1:-1]
            rest, size = [], 0
        rest.append(lines[-1])
        size += len(lines[-1])
        if size > MOST_LINE or (size > _MOST_ZEROS and b"\0" in lines[-1]):
            raise _damaged(path)


def open_for_reading(path: str) -> int | None:
    """A descriptor of a file, None if there is none.

    Raises:
        OSError: as `open_sidecar`.
    """
    try:
        return open_sidecar(path, os.O_RDONLY)[0]
    except FileNotFoundError:
        return None


def _chunks_of(descriptor: int) -> Iterator[bytes]:
    while chunk := os.read(descriptor, _READ_CHUNK):
        yield chunk


def _complete_end(descriptor: int, size: int, path: str) -> int:
    """Where the last complete line ends, in bytes."""
    end = size
    while end > 0:
        start = max(0, end - _CHUNK)
        found = read_at(descriptor, start, end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
        if size - end > MOST_LINE:
            raise _damaged(path)
    return 0


def _damaged(path: str) -> StateFileError:
    return StateFileError(
        f"the journal {path} is damaged: it holds what is no line of a journal, and no end of it",
        path=path,
        hint="bring the state file and its journal back from a backup, or move the journal away: the state"
        " file then counts as it is",
    )


def _follow_permissions(descriptor: int, found: os.stat_result, model: os.stat_result) -> None:
    """Make a journal as private as its state file has become; its lines hold the same values."""
    if sys.platform == "win32" or stat.S_IMODE(found.st_mode) == stat.S_IMODE(model.st_mode):
        return
    try:
        copy_permissions(descriptor, model)
    except PermissionError:
        return  # it belongs to another user
