"""The time limit of a single pass: it runs in a child, which is ended with all it started when time is up."""

from __future__ import annotations

import os
import signal
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.passes.process_guard import die_with_parent, start_deadline
from wfepy_core.passes.process_tree import adopt_orphans, end_tree
from wfepy_core.storage.file_access import is_still

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from typing import NoReturn


def supervise(seconds: float) -> Callable[[int], None] | None:
    """Go on in a child process, and watch over it here.

    A clock in the process of the pass itself could end it even while a task never lets go of the interpreter,
    but not what that task has started.

    Returns:
        In the child, which is to run the pass: what it calls with its exit code when the pass is over and
        told. None here if the time was up before: the child is gone, and so is what it started. Where the
        child ends before, this process ends as it did.
    """
    if sys.platform == "win32" or not hasattr(signal, "sigtimedwait"):
        start_deadline(seconds)
        return _ignore
    deadline = time.monotonic() + seconds
    watched = {signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    sys.stdout.flush()
    sys.stderr.flush()
    over, tell = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(over)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        die_with_parent(parent, at_once=True)
        found = os.fstat(tell)
        return lambda code: _tell_over(tell, found, code)
    os.close(tell)
    adopt_orphans()
    while (left := deadline - time.monotonic()) > 0:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _end_like(os.waitstatus_to_exitcode(status), mask)
        got = signal.sigtimedwait(watched, left)
        if got is None or got.si_signo == signal.SIGCHLD:
            continue
        if got.si_signo != signal.SIGINT:
            end_tree(child)
            _end_like(-got.si_signo, mask)
        if got.si_code <= 0:  # by a process, to this one; a terminal sends it to the child as well
            os.kill(child, signal.SIGINT)
    end_tree(child)
    os.set_blocking(over, False)
    try:
        told = os.read(over, 1)  # something kept it from ending, but the pass is over
    except BlockingIOError:
        told = b""
    if told:
        _end_like(told[0], mask)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return None


def _ignore(_code: int) -> None:
    """Nobody watches."""


def _tell_over(descriptor: int, found: os.stat_result, code: int) -> None:
    if not is_still(descriptor, found):
        return  # a task has closed all descriptors: it may be a file of its own by now
    os.write(descriptor, bytes([code]))
    os.close(descriptor)


def _end_like(code: int, mask: AbstractSet[int]) -> NoReturn:
    """End this process with an exit code, or, where that is negative, by a signal."""
    if code < 0 and sys.platform != "win32":
        if -code not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 128 - code)
