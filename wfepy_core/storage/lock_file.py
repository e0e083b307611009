"""The file of a lock: how it is opened, and the mark on it that others can see without taking the lock.

`flock` itself offers no such question.
"""

from __future__ import annotations

import os
import stat
import sys

from wfepy_core.model.actor import host_name
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, create_like, model_of
from wfepy_core.storage.file_access import lock_mode, open_sidecar, stat_if_there
from wfepy_core.storage.file_names import LOCK_SUFFIX

if sys.platform != "win32":
    import fcntl

    # A write lock on a whole file, as `fcntl` takes it. The kernel's `struct flock` begins with the type, a
    # short; zeros behind it mean the whole file. It is shorter than this everywhere. (The module `struct`
    # costs a trigger as much as six of ours.)
    _WRITE_LOCK = fcntl.F_WRLCK.to_bytes(2, sys.byteorder) + bytes(62)


def open_lock_file(state: str, like: str | None) -> tuple[int, os.stat_result]:
    """Open the lock file of a state file, and make it if there is none; its descriptor, and what it is.

    Raises:
        OSError: it cannot be opened or made, or is no lock file of ours.
    """
    path = state + LOCK_SUFFIX
    while True:
        try:
            descriptor, found = open_sidecar(path, os.O_RDWR)
        except FileNotFoundError:
            try:
                descriptor = _create(path, stat_if_there(state) or (model_of(like) if like else None))
            except FileExistsError:
                continue  # another process was quicker
            return descriptor, os.fstat(descriptor)
        _follow_state(found, state)
        return descriptor, found


def _create(path: str, model: os.stat_result | None) -> int:
    if model is not None:
        mode = stat.S_IFMT(model.st_mode) | lock_mode(model.st_mode)
        return create_like(path, os.O_RDWR, os.stat_result((mode, *tuple(model)[1:])))
    # Nobody but writers may read it, as of the state file that is about to be made: as the umask has it.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | CLOSE_ON_EXEC, 0o622)
    if sys.platform != "win32":
        os.fchmod(descriptor, lock_mode(os.fstat(descriptor).st_mode))
    return descriptor


def _follow_state(found: os.stat_result, state: str) -> None:
    """Where somebody has made the state file more private, or less, let all that lies beside it follow.

    Likewise to its owner, where root has files beside it.
    """
    model = stat_if_there(state)
    if sys.platform == "win32" or model is None:
        return
    me = os.geteuid()
    is_other = stat.S_IMODE(found.st_mode) != lock_mode(model.st_mode)
    if (is_other and me in (0, found.st_uid)) or (me == 0 and found.st_uid == 0 != model.st_uid):
        from wfepy_core.storage.sidecars import follow_state

        follow_state(state, model)


def is_at(found: os.stat_result, path: str) -> bool:
    """Whether an open file is still the one of a name: it may have been deleted, or another put there."""
    try:
        return os.path.samestat(found, os.lstat(path))
    except FileNotFoundError:
        return False


def try_flock(descriptor: int) -> bool:
    """Lock an open lock file if it is free."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _mark_held(descriptor)
    return True


def _mark_held(descriptor: int) -> None:
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


def write_text(descriptor: int, text: str) -> None:
    """Replace the text; that there is no room for it on a full disk does not make the lock less held."""
    if sys.platform == "win32":
        return
    data = text.encode("ascii")
    try:
        written = os.pwrite(descriptor, data, 0) if data else 0
        os.ftruncate(descriptor, len(data) if written == len(data) else 0)
    except OSError:
        _clear_text(descriptor)


def _clear_text(descriptor: int) -> None:
    try:
        os.ftruncate(descriptor, 0)
    except OSError:
        return  # a text too many misleads nobody: the kernel's lock is what counts
