"""One pass or edit at a time per instance: a lock file beside the state file.

The lock is an exclusive `flock` on `NAME.wfstate.lock`. The kernel frees it the moment its holder is gone,
however it went. That file is never deleted: who deletes a lock file that somebody waits for makes two
holders. Its text says who holds it, and what passes did that changed nothing (`lock_text`); whether it is
held only the kernel's lock tells.
"""

from __future__ import annotations

import os
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import StateFileError
from wfepy_core.model.actor import this_process
from wfepy_core.model.snapshot import LastPass
from wfepy_core.storage.atomic_file import real_path, remove_leftovers
from wfepy_core.storage.file_access import REFUSED, disk_error, is_still, open_sidecar, size_of
from wfepy_core.storage.file_names import LOCK_SUFFIX, NEXT_SUFFIX
from wfepy_core.storage.lock_file import is_alive, is_at, is_marked, open_lock_file, try_flock, write_text
from wfepy_core.storage.lock_text import (
    MAX_BYTES,
    Holder,
    LockText,
    Polls,
    after_death,
    describe_end,
    free_text,
    held_text,
    is_at_rest,
    parse_lock_text,
    polling_text,
)

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Self

    from wfepy_core.errors import LockedError
    from wfepy_core.model.events import TaskStarted

__all__ = ["Holder", "StateLock", "lock_path", "read_holder", "read_lock"]

_LONGEST_UNNAMED = 0.05  # seconds that a holder may take to write who it is
_READS = 9  # so often a text is read again that is just being written, or was when its holder went


_UNNAMED = Holder("", 0, "", 0, "")  # whose text is not written yet, or found no room


class StateLock:
    """The lock of one state file; also a context manager, which takes it at once or raises.

    A process forked while it is held does not hold it. Two of these on one file exclude each other, in one
    process too. One that is never released is held until the process ends.

    Attributes:
        path: the state file the lock is for, absolute, links resolved: a task may change the working
            directory.
        text: what its file says, without the holder; change it by `note_pass` and `forget_interrupted`.
        predecessor: the holder before, if its process died.
    """

    def __init__(self, state_path: str, *, purpose: str = "advance", like: str | None = None) -> None:
        """A lock that is not held yet.

        Args:
            state_path: the state file.
            purpose: what for.
            like: a file whose permissions a new lock file gets where there is no state file yet.
        """
        self._like = like
        self._given = os.fspath(state_path)
        self.path = _absolute(real_path(self._given))
        self._purpose = purpose
        self.text = LockText()
        self.predecessor: Holder | None = None
        self._holder = _UNNAMED
        self._polling: dict[str, TaskStarted] = {}
        self._polling_at = 0  # where in the file the tasks stand that are being polled
        self._descriptor = -1
        self._found: os.stat_result  # what the system says of the open lock file
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
        if self._try_acquire() or (self._replace_left_behind() and self._try_acquire()):
            return self
        from wfepy_core.storage.patience import Patience  # most find it free

        patience = Patience(timeout or 0)
        while patience.pause():
            if self._try_acquire():
                return self
        raise _already_locked(self.path)

    def _replace_left_behind(self) -> bool:
        """Whether the holder is gone, and what only its children keep could be put out of the way."""
        from wfepy_core.storage.lock_recovery import put_new_lock_file  # most find it free

        return put_new_lock_file(self.path)

    def _is_being_replaced(self) -> bool:
        if not os.path.lexists(self.path + LOCK_SUFFIX + NEXT_SUFFIX):
            return False
        from wfepy_core.storage.lock_recovery import is_being_replaced  # likewise

        return is_being_replaced(self.path + LOCK_SUFFIX)

    def release(self) -> None:
        """Free the lock; nothing happens if it is not held."""
        if self._windows_lock is not None:
            self._windows_lock.release()
            self._windows_lock = None
        if self._descriptor < 0:
            return
        try:
            self.require()
        except StateFileError:
            return  # somebody else has it now
        if sys.platform != "win32":
            left = (*self.text.interrupted, *self._polling.values())
            self._polling.clear()
            write_text(self._descriptor, free_text(self.text._replace(interrupted=left)))
            _locks_of_process.discard(self)
            # Closing alone would not do if a descriptor had slipped into another process.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            os.close(self._descriptor)
            self._descriptor = -1

    def require(self) -> None:
        """Make sure that the lock is still held after a task was called, which may have closed its file.

        Raises:
            StateFileError: it was, and others have taken the lock since; asked again, the same.
        """
        if sys.platform == "win32" or (self._descriptor >= 0 and is_still(self._descriptor, self._found)):
            return
        self._descriptor = -1  # or a file of the task's by now
        _locks_of_process.discard(self)
        from wfepy_core.storage.lock_recovery import lock_again  # tasks seldom do that

        self._descriptor = lock_again(self.path, self._found, self._holder)
        _locks_of_process.add(self)

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
            descriptor, found = open_lock_file(self.path, self._like)
            try:
                taken = try_flock(descriptor) and not self._is_being_replaced()
                # A lock file that somebody deleted by hand in between keeps nobody out: take the new one.
                current = taken and is_at(found, self.path + LOCK_SUFFIX)
                if current:
                    self._found = found
                    self._become_holder(descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except OSError as error:
            if error.errno in REFUSED:
                raise disk_error("open the lock file", self._given + LOCK_SUFFIX, error) from error
            raise disk_error("lock", self._given, error) from error
        if not current:
            os.close(descriptor)
        return self._try_acquire() if taken and not current else taken

    # -- what the text says -------------------------------------------------------------------------------

    def note_poll(self, start: TaskStarted) -> None:
        """Say that a waiting task is being polled; until `note_poll_end`, its process may die with it."""
        self._polling[start.task] = start
        self._write_polling()

    def note_poll_end(self, task: str) -> None:
        """Say that the poll of a task has ended."""
        del self._polling[task]
        self.require()
        self._write_polling()

    def note_pass(self, ended: str | BaseException, polls: Polls | None) -> None:
        """Remember a pass; it is written when the lock is released.

        Args:
            ended: how: the status of the instance, or the error that ended it.
            polls: what passes did since the last save that changed nothing; None: this one saved.
        """
        me, at = self._holder, time.time_ns() // 1000
        last = LastPass(at, me.user, me.host, me.pid, self._purpose, describe_end(ended))
        self.text = self.text._replace(last=last, polls=polls)

    def whole_text(self) -> LockText:
        """The text with this holder's own polls that have not ended."""
        return self.text._replace(polling=tuple(self._polling.values()))

    def forget_earlier(self) -> None:
        """What the text told was about an earlier instance of that name."""
        self.text, self.predecessor = LockText(), None
        if self._descriptor >= 0:
            self._write_held(self._descriptor)

    def forget_interrupted(self) -> None:
        """The polls whose process died stand in the journal now."""
        self.text = self.text._replace(interrupted=())
        if self._descriptor >= 0:
            self._write_held(self._descriptor)

    def _become_holder(self, descriptor: int) -> None:
        """Become the holder, and remove what the saves of one that died left in the folder."""
        if sys.platform == "win32":
            return
        found = parse_lock_text(os.pread(descriptor, MAX_BYTES, 0))
        if found is None or found.holder is not None:
            remove_leftovers(self.path)
        found = found or LockText()
        self.predecessor = found.holder
        me = this_process()
        self._holder = Holder(me.user, me.pid, me.host, me.at, self._purpose)
        self.text = after_death(found)
        self._write_held(descriptor)
        self._descriptor = descriptor
        _locks_of_process.add(self)

    def _write_held(self, descriptor: int) -> None:
        before, polling = held_text(self.whole_text()._replace(holder=self._holder))
        self._polling_at = len(before)
        write_text(descriptor, before + polling)

    def _write_polling(self) -> None:
        """Write that part of the text again; what is behind its newline counts for nothing."""
        if sys.platform == "win32" or self._descriptor < 0:
            return
        text = polling_text(self._polling.values(), self._polling_at)
        try:
            os.pwrite(self._descriptor, text.encode("ascii"), self._polling_at)
        except OSError:
            return  # on a full disk: it is told less of a poll whose process dies

    def _try_acquire_on_windows(self) -> bool:
        import filelock

        lock = filelock.FileLock(self.path + LOCK_SUFFIX)
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            return False
        self._windows_lock = lock
        return True

    def _close_in_child(self) -> None:
        """In a forked child: let go, without freeing what the parent still holds."""
        if is_still(self._descriptor, self._found):
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
    return _read(state_path)[0]


def read_lock(state_path: str) -> LockText:
    """What the lock file of a state file says; `holder` and `polling` are of a process that holds it now.

    The polls of one that died without an end are among the interrupted ones.

    Raises:
        StateFileError: what lies in its place is none, so that nobody can take the lock.
    """
    holder, text = _read(state_path, is_asked_for=True)
    return after_death(text) if holder is None else text._replace(holder=holder)


def _read(state_path: str, *, is_asked_for: bool = False) -> tuple[Holder | None, LockText]:
    if sys.platform == "win32":
        return None, LockText()
    path = lock_path(state_path)
    try:
        descriptor, _ = open_sidecar(path, os.O_RDONLY)
    except FileNotFoundError:
        return None, LockText()
    except PermissionError:
        # Only who may write the state can read it; how it was left shows in its size.
        return (None if is_at_rest(size_of(path)) else _UNNAMED), LockText()
    except OSError as error:
        if is_asked_for and error.errno in REFUSED:
            raise disk_error("open the lock file", path, error) from error
        return None, LockText()
    try:
        return _look_at(descriptor)
    finally:
        os.close(descriptor)


def _look_at(descriptor: int) -> tuple[Holder | None, LockText]:
    """Who holds an open lock file, and its text; whom that names, and who does not hold it, has died."""
    if sys.platform == "win32":
        return None, LockText()
    found, gone = LockText(), None
    for _ in range(_READS):
        text = parse_lock_text(os.pread(descriptor, MAX_BYTES, 0))
        if text is None:
            continue
        if _is_held(descriptor, text.holder):
            return text.holder or _UNNAMED, text
        # It may have let go since the text was read, and then it has written another.
        if text.holder is None or text.holder == gone:
            return None, text
        found, gone = text._replace(holder=None, polling=()), text.holder
    return (_UNNAMED if _is_held(descriptor, None) else None), found


def _is_held(descriptor: int, named: Holder | None) -> bool:
    """Whether somebody holds an open lock file whose text names that holder."""
    held = is_marked(descriptor)
    if held and named is not None and not is_alive(named.pid, named.host):
        from wfepy_core.storage.lock_recovery import (
            is_left_behind,  # few die, and leave a child that keeps it
        )

        return not is_left_behind(os.fstat(descriptor))
    return (named is not None and is_alive(named.pid, named.host)) if held is None else held


def lock_path(state_path: str) -> str:
    """The lock file of a state file; it lies beside the target of a link."""
    return real_path(os.fspath(state_path)) + LOCK_SUFFIX


def _absolute(path: str) -> str:
    """The path from the root; as it is, where the working directory was removed."""
    try:
        return os.path.abspath(path)
    except FileNotFoundError:
        return path


def _already_locked(state: str) -> LockedError:
    from wfepy_core.storage.lock_refusal import locked_error  # most find it free

    # Between taking the lock and writing who did lie microseconds, unless the disk is slow or full.
    deadline = time.monotonic() + _LONGEST_UNNAMED
    while (holder := read_holder(state)) and not holder.pid and time.monotonic() < deadline:
        time.sleep(0.001)
    return locked_error(state, holder)
