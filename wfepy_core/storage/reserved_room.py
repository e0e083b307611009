"""Room on the disk, kept while a task runs, so that what it leaves behind can be written whatever fills up.

It is held by a file without a name in the folder of the state file: the kernel frees it with the process that
holds it. Where a line of the journal finds no room, what is kept is given back and the line written; before
the next task is called, it is taken again.
"""

from __future__ import annotations

import errno
import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, discard, temporary_name
from wfepy_core.storage.file_access import NO_SPACE, disk_error, is_still

if TYPE_CHECKING:
    from wfepy_core.errors import StateFileError

_LEAST = 64 << 10
_MOST = 8 << 20
_AMPLE = 256 << 20  # free bytes that no task fills up between two looks, as a rule


class ReservedRoom:
    """The room of one pass over a state file.

    Args:
        path: the state file, links resolved.
        size: of its text in bytes; the room is for its lines, and for that file anew beside the one there is.

    Attributes:
        was_needed: whether it was given back because a line found no room.
    """

    def __init__(self, path: str, size: int) -> None:
        self._path = path
        self._room = min(_LEAST + 2 * size, _MOST)
        self._descriptor = -1
        self._file: os.stat_result | None = None  # what is kept; None: nothing
        self.was_needed = False

    def require(self) -> None:
        """Before any task is called: make sure that the disk has the room, as far as it tells.

        Only where little more is left, it is taken at once: an idle pass needs none.

        Raises:
            StateFileError: it has not.
        """
        if sys.platform == "win32":
            return
        try:
            disk = os.statvfs(os.path.dirname(self._path) or ".")
        except OSError:
            return
        free = (disk.f_bavail if os.geteuid() else disk.f_bfree) * disk.f_frsize
        if disk.f_blocks and free < self._room:
            raise self._no_room(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        if disk.f_blocks and free < _AMPLE:
            self.take()

    def take(self) -> None:
        """Take the room, if it is not kept already; quotas and limits are told only now.

        Raises:
            StateFileError: there is not so much, whoever limits it.
        """
        if self._file is not None or sys.platform == "win32" or not hasattr(os, "posix_fallocate"):
            return
        try:
            self._descriptor = _open_unnamed(self._path)
        except OSError:
            return  # where no file can be made, what is saved says so
        try:
            os.posix_fallocate(self._descriptor, 0, self._room)
            self._file = os.fstat(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            if error.errno in NO_SPACE:
                raise self._no_room(error) from error
            # A file system that cannot tell; each line is still there whole, or not at all.

    def require_for_file(self, size: int) -> None:
        """Make sure that a file of that size may grow by the room.

        Raises:
            StateFileError: it would be larger than this process may write.
        """
        if sys.platform == "win32":
            return
        import resource

        limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        if limit not in (resource.RLIM_INFINITY, -1) and size + self._room > limit:
            raise self._no_room(OSError(errno.EFBIG, os.strerror(errno.EFBIG)))

    def use(self) -> bool:
        """A line finds no room: give back what is kept for it; whether there was anything."""
        self.was_needed = True
        is_kept = self._is_kept()
        self.give_back()
        return is_kept

    def look_again(self) -> None:
        """A task has closed descriptors: if that of the room was among them, it can be taken again."""
        if not self._is_kept():
            self._file = None

    def give_back(self) -> None:
        """Give back what is kept; nothing happens if nothing is."""
        is_kept, self._file = self._is_kept(), None
        if not is_kept:
            return
        try:
            os.ftruncate(self._descriptor, 0)  # forked children have it open, too
        except OSError:
            pass  # it is freed with the last descriptor
        finally:
            os.close(self._descriptor)

    def _is_kept(self) -> bool:
        """Whether room is kept; a task may have closed all descriptors, and this number may be its own."""
        return self._file is not None and is_still(self._descriptor, self._file)

    def _no_room(self, error: OSError) -> StateFileError:
        """The error where what a task leaves behind could not be written: it must not be called."""
        outcome = "no further task was called" if self.was_needed else "no task was called"
        return disk_error("write beside", self._path, error, needed=self._room, outcome=outcome)


def _open_unnamed(path: str) -> int:
    """A descriptor of a new file in the folder of `path` that has no name."""
    flags = os.O_RDWR | CLOSE_ON_EXEC
    unnamed = getattr(os, "O_TMPFILE", 0)
    if unnamed:
        try:
            return os.open(os.path.dirname(path) or ".", flags | unnamed, 0o600)
        except OSError as error:
            if error.errno in NO_SPACE:
                raise
    name = temporary_name(path)
    descriptor = os.open(name, flags | os.O_CREAT | os.O_EXCL, 0o600)
    discard(name)
    return descriptor
