"""One pass or edit at a time per instance: a lock file beside the state file.

The lock is an exclusive `flock` on `NAME.wfstate.lock`. The kernel frees it the moment its holder is gone,
however it went. That file is never deleted: who deletes a lock file that somebody waits for makes two
holders. Its text says who holds it; the text is only for people, the kernel's lock is what counts.
"""

from __future__ import annotations

import json
import os
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import LockedError
from wfepy_core.model.actor import host_name, this_process
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, create_like, real_path, remove_leftovers
from wfepy_core.storage.file_names import LOCK_SUFFIX
from wfepy_core.storage.os_errors import disk_error, stat_if_there

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Self

_LONGEST_SLEEP = 0.05
_MAX_TEXT = 4096
_END_OF_TIME = 253_402_300_800  # seconds until the year 10000, beyond which no time can be formatted
# The kernel's `struct flock` begins with the type, a short; zeros behind it mean the whole file. It is
# shorter than this everywhere. (The module `struct` costs a trigger as much as six of ours.)
_FLOCK_BYTES = 64


class Holder(NamedTuple):
    """Who holds an instance.

    Attributes:
        user: login name.
        pid: process id, on `host`.
        host: name of the computer.
        since: when it was taken, microseconds since the epoch.
        purpose: what for: `advance`, `edit`.
    """

    user: str
    pid: int
    host: str
    since: int
    purpose: str


_UNNAMED = Holder("", 0, "", 0, "")  # whose text is not written yet, or found no room


class StateLock:
    """The lock of one state file; also a context manager, which takes it at once or raises.

    A process forked while it is held does not hold it. Two of these on one file exclude each other, in one
    process too. One that is never released is held until the process ends.

    Attributes:
        path: the state file the lock is for, absolute, links resolved: a task may change the working
            directory.
    """

    def __init__(self, state_path: str, *, purpose: str = "advance") -> None:
        self._given = os.fspath(state_path)
        self.path = _absolute(real_path(self._given))
        self._purpose = purpose
        self._descriptor = -1
        self._windows_lock: Any = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor >= 0 or self._windows_lock is not None

    def acquire(self, *, timeout: float | None = None) -> Self:
        """Take the lock.

        Args:
            timeout: seconds to wait for it; None: not at all.

        Returns:
            This lock, so that `with StateLock(path).acquire(timeout=5):` reads well.

        Raises:
            LockedError: somebody else has it, still.
            StateFileError: the lock file cannot be made or opened.
        """
        deadline = time.monotonic() + timeout if timeout else 0.0
        pause = 0.001
        while not self._try_acquire():
            left = deadline - time.monotonic() if timeout else 0.0
            if left <= 0:
                raise _already_locked(self.path)
            time.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_SLEEP)
        return self

    def release(self) -> None:
        """Free the lock; nothing happens if it is not held."""
        if self._windows_lock is not None:
            self._windows_lock.release()
            self._windows_lock = None
        if self._descriptor < 0 or sys.platform == "win32":
            return
        _clear_text(self._descriptor)
        _locks_of_process.discard(self)
        # Closing alone would not do if a descriptor had slipped into another process.
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
        self._descriptor = -1

    def __enter__(self) -> Self:
        return self if self.is_held else self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _try_acquire(self) -> bool:
        """Take the lock if it is free."""
        try:
            if sys.platform == "win32":
                return self._try_acquire_on_windows()
            descriptor = _open(self.path)
            try:
                taken = _try_flock(descriptor)
                # A lock file that somebody deleted by hand in between keeps nobody out: take the new one.
                current = taken and _is_at(descriptor, _lock_path(self.path))
                if current:
                    self._become_holder(descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except OSError as error:
            raise disk_error("lock", self._given, error) from error
        if not current:
            os.close(descriptor)
        return self._try_acquire() if taken and not current else taken

    def _become_holder(self, descriptor: int) -> None:
        """Become the holder, and remove what the saves of one that died left in the folder."""
        if os.pread(descriptor, 1, 0):
            remove_leftovers(self.path)
        me = this_process()
        _write_text(descriptor, Holder(me.user, me.pid, me.host, me.at, self._purpose))
        self._descriptor = descriptor
        _locks_of_process.add(self)

    def _try_acquire_on_windows(self) -> bool:
        import filelock

        lock = filelock.FileLock(_lock_path(self.path))
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            return False
        self._windows_lock = lock
        return True

    def _close_in_child(self) -> None:
        """In a forked child: let go, without freeing what the parent still holds."""
        os.close(self._descriptor)
        self._descriptor = -1


# The locks this process holds: fork handlers cannot be unregistered, so one serves them all.
_locks_of_process: set[StateLock] = set()


def _release_in_child() -> None:
    for lock in _locks_of_process:
        lock._close_in_child()  # noqa: SLF001  the one caller it is made for
    _locks_of_process.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_release_in_child)


def read_holder(state_path: str) -> Holder | None:
    """Who holds the lock of a state file now, None if nobody does (or on Windows, where it is not known).

    Looking does not disturb: nobody who takes the lock at this moment is turned away because of it. A holder
    that has not yet written who it is has no user, no host, and pid 0.
    """
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(_lock_path(real_path(os.fspath(state_path))), os.O_RDONLY | CLOSE_ON_EXEC)
    except OSError:
        return None
    try:
        holder = _parse(os.pread(descriptor, _MAX_TEXT, 0))
        held = _is_marked(descriptor)
        if held is None:
            held = holder is not None and _is_alive(holder)
        return (holder or _UNNAMED) if held else None
    finally:
        os.close(descriptor)


def _absolute(path: str) -> str:
    """The path from the root; as it is, where the working directory was removed."""
    try:
        return os.path.abspath(path)
    except FileNotFoundError:
        return path


def _lock_path(state: str) -> str:
    return state + LOCK_SUFFIX


def _open(state: str) -> int:
    """Open the lock file of a state file; a new one gets the state file's permissions, for the same users."""
    path = _lock_path(state)
    while True:
        try:
            return os.open(path, os.O_RDWR | CLOSE_ON_EXEC)
        except FileNotFoundError:
            try:
                return create_like(path, os.O_RDWR, stat_if_there(state))
            except FileExistsError:
                continue  # another process was quicker


def _try_flock(descriptor: int) -> bool:
    """Lock an open lock file if it is free."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    _mark_held(descriptor)
    return True


def _is_at(descriptor: int, path: str) -> bool:
    """Whether `path` names the open file."""
    named = stat_if_there(path)
    return named is not None and os.path.samestat(named, os.fstat(descriptor))


def _write_text(descriptor: int, holder: Holder) -> None:
    """Say who holds the lock; that there is no room for it on a full disk does not make it less held."""
    text = json.dumps(holder._asdict()).encode() + b"\n"
    try:
        os.pwrite(descriptor, text, 0)
        os.ftruncate(descriptor, len(text))
    except OSError:
        _clear_text(descriptor)


def _clear_text(descriptor: int) -> None:
    """Empty the text, which says that the holder ended well."""
    try:
        os.ftruncate(descriptor, 0)
    except OSError:
        return  # a text too many misleads nobody: the kernel's lock is what counts


def _mark_held(descriptor: int) -> None:
    """Add a lock of the kind that can be looked at without taking it; `flock` offers no such question."""
    if sys.platform == "linux":
        try:
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _write_lock())
        except OSError:
            return  # a file system without it: readers believe the text if its process lives


def _is_marked(descriptor: int) -> bool | None:
    """Whether somebody holds an open lock file, None where only its text can tell."""
    if sys.platform != "linux":
        return None
    try:
        answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _write_lock())
    except OSError:
        return None
    return int.from_bytes(answer[:2], sys.byteorder) != fcntl.F_UNLCK


def _write_lock() -> bytes:
    """A write lock on a whole file, as `fcntl` takes it."""
    return fcntl.F_WRLCK.to_bytes(2, sys.byteorder) + bytes(_FLOCK_BYTES - 2)


def _is_alive(holder: Holder) -> bool:
    """Whether the process of a holder runs; that of another computer, which cannot be asked, is taken to."""
    if holder.host != host_name():
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it runs, under another user
    return True


def _parse(text: bytes) -> Holder | None:
    """The holder a lock file's text names, None when it is empty or just being written."""
    try:
        fields = json.loads(text.partition(b"\n")[0])
        return Holder(
            user=str(fields["user"]),
            pid=int(fields["pid"]),
            host=str(fields["host"]),
            since=int(fields["since"]),
            purpose=str(fields["purpose"]),
        )
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return None


def _already_locked(state: str) -> LockedError:
    name = os.path.basename(state)
    holder = read_holder(state)
    if not holder or not holder.pid:
        return LockedError(f"{name} is locked by another process", path=state, hint="try again in a moment")
    now, then = time.gmtime(), time.gmtime(holder.since // 1_000_000 % _END_OF_TIME)
    day = "" if now[:3] == then[:3] else "%Y-%m-%d "
    return LockedError(
        f"{name} is locked by {holder.user} (pid {holder.pid} on {holder.host}) "
        f"since {time.strftime(f'{day}%H:%M UTC', then)}",
        path=state,
        holder=holder,
        hint=f"its {holder.purpose} frees it when it ends; if it hangs, end process {holder.pid} there",
    )
