"""When the next pass of a timer is due: one run and no burst, whatever the clocks do.

Two clocks are asked. The monotonic one does not jump, but on Linux it stands still while the machine sleeps;
the wall clock jumps, but knows of the sleep. A pass is due when either says so, and the next is counted from
its end: after a night's sleep there is one pass, not a night's worth.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.time_text import HOUR, MINUTE
from wfepy_gui.text.translation import duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.preferences.timer_plan import Plan

LONGEST_PAUSE = HOUR
"""After failures the pause doubles up to this, or up to the plan's own pause where that is longer."""
SLEEP = MINUTE
"""The clocks drifting apart by more than this while it counts means that the machine slept."""


class Clocks(NamedTuple):
    """The two clocks, in microseconds; the wall clock counts from 1970 UTC."""

    monotonic: Callable[[], int] = lambda: time.monotonic_ns() // 1000
    wall: Callable[[], int] = lambda: time.time_ns() // 1000


class Countdown:
    """Counts down to the next pass of a plan, again and again.

    Attributes:
        plan: what is counted.
        failures: failed passes in a row.
        slept: whether the machine slept during the present count.
    """

    def __init__(self, plan: Plan, clocks: Clocks) -> None:
        self.plan = plan
        self.failures = 0
        self.slept = False
        self._clocks = clocks
        self._monotonic_end = self._wall_end = 0
        self._left: int | None = plan.every  # while it stands still

    @property
    def pause(self) -> int:
        """From the end of the last pass to the start of the next, in microseconds."""
        doubled = self.plan.every << min(self.failures, 40)
        return min(doubled, max(LONGEST_PAUSE, self.plan.every))

    @property
    def is_counting(self) -> bool:
        """Whether time passes; it does not before `start` and after `hold`."""
        return self._left is None

    @property
    def is_over(self) -> bool:
        """Whether the plan's last moment comes before the next pass."""
        end = self.plan.until
        return bool(end) and self._clocks.wall() + self.remaining > end

    @property
    def remaining(self) -> int:
        """Microseconds to the next pass; 0 when it is due."""
        if self._left is not None:
            return self._left
        monotonic, wall = self._clocks.monotonic(), self._clocks.wall()
        self._detect_sleep(monotonic, wall)
        return max(0, min(self._monotonic_end - monotonic, self._wall_end - wall))

    @property
    def is_due(self) -> bool:
        """Whether the next pass should begin now."""
        return self.is_counting and self.remaining == 0

    def start(self, length: int | None = None) -> None:
        """Count from now.

        Args:
            length: microseconds; None: the plan's pause, longer after failures.
        """
        length = self.pause if length is None else length
        self._monotonic_end = self._clocks.monotonic() + length
        self._wall_end = self._clocks.wall() + length
        self._left, self.slept = None, False

    def hold(self) -> None:
        """Stand still; `go_on` counts what is left now."""
        self._left = self.remaining

    def go_on(self) -> None:
        """Count what was left when it was held."""
        if self._left is not None:
            self.start(self._left)

    def count_after_pass(self, *, failed: bool) -> None:
        """A pass ended: count anew, longer after a failure."""
        self.failures = self.failures + 1 if failed else 0
        self.start()

    def _detect_sleep(self, monotonic: int, wall: int) -> None:
        if (self._monotonic_end - monotonic) - (self._wall_end - wall) > SLEEP:
            self.slept = True


def in_short(left: int) -> str:
    """A countdown as people read it: `0:07`, `12:30`, `3:00:05`; from two days on in words."""
    seconds = -(-left // 1_000_000)
    hours, rest = divmod(seconds, 3600)
    if hours >= 48:
        return duration(left)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
