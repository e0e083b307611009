"""A child process that does not outlive its parent."""

from __future__ import annotations

import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def die_with_parent() -> None:
    """Let the kernel end this process (SIGTERM) when its parent goes, however it goes. Linux only.

    The kernel means the thread that started this process: start children from a thread that stays.
    """
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it went while we asked
        os.kill(os.getpid(), signal.SIGTERM)
