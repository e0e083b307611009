"""Locks whose holder is gone, or has lost the file by which it holds them.

The text of a lock file says who holds it. The kernel knows better: it names the process that took the lock,
as it is numbered here, also where another program took it or the holder runs in a container.
"""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import StateFileError
from wfepy_core.model.actor import host_name
from wfepy_core.storage.atomic_file import create_like, discard, read_at
from wfepy_core.storage.file_access import open_sidecar
from wfepy_core.storage.file_names import LOCK_SUFFIX, NEXT_SUFFIX
from wfepy_core.storage.lock_file import is_alive, is_at, try_flock
from wfepy_core.storage.lock_text import MAX_BYTES, parse_lock_text

if TYPE_CHECKING:
    from wfepy_core.storage.lock_text import Holder

_OF_THE_COMPUTER = "pid:[4026531836]"
"""Outside of all containers, where numbers of processes mean what the kernel means (PROC_PID_INIT_INO)."""
_FLOCK_FIELDS = 6


def process_at(status: os.stat_result) -> int:
    """The process that holds a file by `flock`, as numbered here; 0 where the kernel names none.

    It names none where the holder cannot be seen from here: it runs in another container.
    """
    if not sys.platform.startswith("linux"):
        return 0
    device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}"
    try:
        with open("/proc/locks", encoding="ascii", errors="replace") as locks:
            rows = [line.split() for line in locks]
    except OSError:
        return 0
    # 12: FLOCK  ADVISORY  WRITE 4711 fe:00:2550020 0 EOF
    for row in rows:
        if len(row) > _FLOCK_FIELDS and row[1] == "FLOCK" and row[5] == f"{device}:{status.st_ino}":
            return max(int(row[4]), 0)
    return 0


# -- a holder that died, and left a child -------------------------------------------------------------------


def is_left_behind(status: os.stat_result) -> bool:
    """Whether the process that took a lock is gone, and only what it forked keeps it.

    Python's own children let go of it. One that a C library forks does not, and may live for ever.

    Args:
        status: of the lock file.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        if os.readlink("/proc/self/ns/pid") != _OF_THE_COMPUTER:
            return False  # a process that cannot be seen from a container may well be alive
    except OSError:
        return False
    pid = process_at(status)
    return pid > 0 and not is_alive(pid, host_name())


def put_new_lock_file(state: str) -> bool:
    """Put a new lock file in the place of one that is left behind, with its text; False: it is not, or was.

    Who holds the new one is not decided by it: whoever takes it first.

    The new file lies beside the old one, locked, before it is looked whether that is left behind. Who takes
    the old one from then on sees the new file, and lets go (`is_being_replaced`); who took it before is seen
    by the look, and it is left. So the two are never held at once, whenever either process is killed.

    Args:
        state: the state file, links resolved.
    """
    path = state + LOCK_SUFFIX
    try:
        old, found = open_sidecar(path, os.O_RDONLY)
        try:
            return is_left_behind(found) and _replace(path, old, found)
        finally:
            os.close(old)
    except OSError:
        return False  # it is told as locked


def _replace(path: str, old: int, found: os.stat_result) -> bool:
    new_path = path + NEXT_SUFFIX
    new = _take_next(new_path, found)
    if new < 0:
        return False
    try:
        if not is_left_behind(found) or not is_at(found, path):
            discard(new_path)
            return False
        os.ftruncate(new, 0)  # somebody may have been killed in the middle of it
        os.write(new, read_at(old, 0, MAX_BYTES))
        os.replace(new_path, path)
        return True
    finally:
        os.close(new)


def _take_next(path: str, model: os.stat_result) -> int:
    """The file that is to be the new one, locked; -1 where another process is about to put it in place."""
    try:
        descriptor, found = open_sidecar(path, os.O_RDWR)
    except FileNotFoundError:
        descriptor = create_like(path, os.O_RDWR, model)
        found = os.fstat(descriptor)
    if try_flock(descriptor) and is_at(found, path):
        return descriptor
    os.close(descriptor)
    return -1


def is_being_replaced(path: str) -> bool:
    """Whether another process is about to put a new file in the place of a lock file.

    What one that was killed has left of it is removed.

    Args:
        path: of the lock file, which this process has locked.

    Raises:
        OSError: something else lies there.
    """
    try:
        descriptor, _ = open_sidecar(path + NEXT_SUFFIX, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        if not try_flock(descriptor):
            return True
        discard(path + NEXT_SUFFIX)
        return False
    finally:
        os.close(descriptor)


# -- a holder whose task closed the lock file ---------------------------------------------------------------


def lock_again(state: str, found: os.stat_result, holder: Holder) -> int:
    """Take a lock again that was lost when a task closed all descriptors; a new one of the lock file.

    Args:
        state: the state file, links resolved.
        found: what the system said of the lock file.
        holder: who held it: who had it meanwhile has written another text.

    Raises:
        StateFileError: somebody has taken it since.
    """
    try:
        descriptor, again = open_sidecar(state + LOCK_SUFFIX, os.O_RDWR)
        try:
            text = parse_lock_text(read_at(descriptor, 0, MAX_BYTES))
            is_ours = text is not None and text.holder == holder and os.path.samestat(again, found)
            if is_ours and try_flock(descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    except OSError:
        pass  # it is gone
    raise StateFileError(
        f"{os.path.basename(state)} is not locked any more: a task has closed the lock file, and another"
        " process has taken it since",
        path=state,
        hint="a task must not close descriptors that it did not open; advance the instance again",
    )
