"""The file of a lock: how it is opened, and the mark on it that others can see without taking the lock.

`flock` itself offers no such question.
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from wfepy_core.model.actor import host_name
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, create_like, model_of
from wfepy_core.storage.file_names import LOCK_SUFFIX
from wfepy_core.storage.os_errors import stat_if_there

if sys.platform != "win32":
    import fcntl

    # A write lock on a whole file, as `fcntl` takes it. The kernel's `struct flock` begins with the type, a
    # short; zeros behind it mean the whole file. It is shorter than this everywhere. (The module `struct`
    # costs a trigger as much as six of ours.)
    _WRITE_LOCK = fcntl.F_WRLCK.to_bytes(2, sys.byteorder) + bytes(62)

# A link would have whatever it names overwritten, or be looked for without end; a pipe would be waited for.
_OPEN_FLAGS = CLOSE_ON_EXEC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def open_lock_file(state: str, like: str | None) -> int:
    """Open the lock file of a state file; a new one gets the state file's permissions, for the same users."""
    path = state + LOCK_SUFFIX
    while True:
        try:
            descriptor = open_regular(path, os.O_RDWR)
        except FileNotFoundError:
            try:
                model = stat_if_there(state) or (model_of(like) if like else None)
                return create_like(path, os.O_RDWR, model)
            except FileExistsError:
                continue  # another process was quicker
        _follow_mode(descriptor, state)
        return descriptor


def _follow_mode(descriptor: int, state: str) -> None:
    """Where somebody has made the state file more private, or less, let all that lies beside it follow."""
    model = stat_if_there(state)
    if sys.platform == "win32" or model is None:
        return
    found = os.fstat(descriptor)
    if found.st_mode != model.st_mode and found.st_uid == os.geteuid():
        from wfepy_core.storage.sidecars import follow_mode

        follow_mode(state, stat.S_IMODE(model.st_mode))


def open_regular(path: str, flags: int) -> int:
    """Open a file that is one.

    Raises:
        OSError: it is not there, or a link, a device or a pipe.
    """
    descriptor = os.open(path, flags | _OPEN_FLAGS)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")


def mark_held(descriptor: int) -> None:
    """Mark a lock file as held; the mark goes when the holder closes it, or dies."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _WRITE_LOCK)
        except OSError:
            return  # a file system without it: readers believe the text if its process lives


def is_marked(descriptor: int) -> bool | None:
    """Whether somebody holds an open lock file, None where only its text can tell."""
    if sys.platform == "linux":
        try:
            answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _WRITE_LOCK)
        except OSError:
            return None
        return int.from_bytes(answer[:2], sys.byteorder) != fcntl.F_UNLCK
    else:  # noqa: RET505  a type checker for Linux would find what follows here to be out of reach
        return None


def is_alive(pid: int, host: str) -> bool:
    """Whether a process runs; one on another computer, which cannot be asked, is taken to."""
    if sys.platform == "win32" or host != host_name():
        return True  # nor on Windows, where to ask is to interrupt
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it runs, under another user
    return True
