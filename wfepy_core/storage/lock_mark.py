"""A mark on an open lock file that others can see without taking it; `flock` offers no such question."""

from __future__ import annotations

import os
import sys

from wfepy_core.model.actor import host_name

if sys.platform != "win32":
    import fcntl

# The kernel's `struct flock` begins with the type, a short; zeros behind it mean the whole file. It is
# shorter than this everywhere. (The module `struct` costs a trigger as much as six of ours.)
_FLOCK_BYTES = 64


def mark_held(descriptor: int) -> None:
    """Mark a lock file as held; the mark goes when the holder closes it, or dies."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _write_lock())
        except OSError:
            return  # a file system without it: readers believe the text if its process lives


def is_marked(descriptor: int) -> bool | None:
    """Whether somebody holds an open lock file, None where only its text can tell."""
    if sys.platform != "linux":
        return None
    try:
        answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _write_lock())
    except OSError:
        return None
    return int.from_bytes(answer[:2], sys.byteorder) != fcntl.F_UNLCK


def is_alive(pid: int, host: str) -> bool:
    """Whether a process runs; one on another computer, which cannot be asked, is taken to."""
    if host != host_name():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it runs, under another user
    return True


def _write_lock() -> bytes:
    """A write lock on a whole file, as `fcntl` takes it."""
    return fcntl.F_WRLCK.to_bytes(2, sys.byteorder) + bytes(_FLOCK_BYTES - 2)
