"""Moments in words. Moments are integer microseconds since 1970 UTC; 0 means never."""

from __future__ import annotations

import time

from wfepy_core.durations import DAY, HOUR, MINUTE, SECOND, in_words, moment_exact


def now() -> int:
    """This moment."""
    return time.time_ns() // 1000


def local_time(at: int) -> str:
    """A moment on this machine's clock with its zone; empty for never."""
    return moment_exact(at) if at else ""


def brief_age(at: int, current: int) -> str:
    """How long ago in its largest unit, for narrow columns: `4 min`; empty for never."""
    if not at:
        return ""
    passed = max(0, current - at)
    unit = next((unit for unit in (DAY, HOUR, MINUTE) if passed >= unit), SECOND)
    return in_words(passed - passed % unit) if passed >= SECOND else "now"


def age(at: int, current: int) -> str:
    """How long ago, as in `4 min ago`; empty for never."""
    if not at:
        return ""
    passed = current - at
    if passed < 0:
        return f"in {in_words(passed)}"
    return f"{in_words(passed)} ago" if passed >= 5 * SECOND else "just now"
