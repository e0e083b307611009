"""Waiting for what somebody else holds: looking again soon at first, then less often."""

from __future__ import annotations

import time

_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05


class Patience:
    """How long somebody goes on waiting, from now on.

    Args:
        seconds: how long.
    """

    def __init__(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._next = _FIRST_PAUSE

    def pause(self) -> bool:
        """Sleep until it is time to look again; False at once where the time is over."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(self._next, left))
        self._next = min(2 * self._next, _LONGEST_PAUSE)
        return True
