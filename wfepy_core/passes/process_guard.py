"""When the process of a pass must end: with its parent, at its time limit, and soon after its pass."""

from __future__ import annotations

import os
import signal
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h

SECONDS_TO_LEAVE = 2.0
"""How long what a task has left running may go on after its pass is saved."""


def die_with_parent(parent: int = 0, *, at_once: bool = False) -> None:
    """Let the kernel end this process when its parent goes, however it goes. Linux only.

    The kernel means the thread that started this process: start children from a thread that stays.

    Args:
        parent: its process, told by itself: it may have gone before this one could ask. 0: whoever it is.
        at_once: by SIGKILL, which nothing can put off; else by SIGTERM.
    """
    if sys.platform != "linux":
        return
    import ctypes

    number = signal.SIGKILL if at_once else signal.SIGTERM  # not before: Windows has no SIGKILL
    parent = parent or os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:  # it went before, or while we asked
        os.kill(os.getpid(), number)


def start_deadline(seconds: float) -> None:
    """End this process with exit code 1 after `seconds`, with a traceback on stderr; 0: never.

    For systems on which nobody can watch over it from outside. The clock is a thread that needs nothing of
    the interpreter, so it ends even a task that never lets go of it.
    """
    if seconds > 0:
        import faulthandler

        # Tasks may be given another stderr meanwhile; the clock writes to the one of now.
        faulthandler.dump_traceback_later(seconds, exit=True, file=os.dup(2))


def leave_soon(code: int) -> None:
    """Make sure that this process ends with `code`, whatever tasks have left running in it.

    Python waits at its end for threads and for processes that `multiprocessing` has started. They get
    `SECONDS_TO_LEAVE` to come to an end.
    """
    if has_threads() or _own_children():
        import threading

        threading.Thread(target=_end_later, args=(code,), daemon=True).start()


def has_threads() -> bool:
    """Whether tasks have left threads running in this process."""
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def _own_children() -> list[Any]:
    """Processes that `multiprocessing` has started here, and would wait for."""
    multiprocessing = sys.modules.get("multiprocessing.process")
    children: list[Any] = [] if multiprocessing is None else multiprocessing.active_children()
    return children


def _end_later(code: int) -> None:
    time.sleep(SECONDS_TO_LEAVE)
    for child in _own_children():
        child.kill()
    os._exit(code)
