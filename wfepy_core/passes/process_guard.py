"""When the process of a pass must end: when its parent does, and when the pass takes too long."""

from __future__ import annotations

import os
import sys

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def die_with_parent() -> None:
    """Let the kernel end this process (SIGTERM) when its parent goes, however it goes. Linux only.

    The kernel means the thread that started this process: start children from a thread that stays.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it went while we asked
        os.kill(os.getpid(), signal.SIGTERM)


_descriptors_of_clock: list[int] = []


def start_deadline(seconds: float) -> None:
    """End this process with exit code 1 after `seconds`, with a traceback on stderr; 0: never.

    The clock is a thread that needs nothing of the interpreter, so it ends even a task that never lets go of
    it. The journal holds what was done; the task that was running is shown as interrupted.
    """
    if seconds > 0:
        import faulthandler

        # Tasks may be given another stderr meanwhile; the clock writes to the one of now.
        descriptor = os.dup(2)
        _descriptors_of_clock.append(descriptor)
        faulthandler.dump_traceback_later(seconds, exit=True, file=descriptor)


def cancel_deadline() -> None:
    """The pass is over; harmless if no deadline was started."""
    import faulthandler

    faulthandler.cancel_dump_traceback_later()
    while _descriptors_of_clock:
        os.close(_descriptors_of_clock.pop())
