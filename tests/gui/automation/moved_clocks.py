"""Clocks that stand still until a test moves them."""

from __future__ import annotations

from wfepy_core.time_text import SECOND


class MovedClocks:
    """Stands for `Clocks`; `look` is what happens when time has passed."""

    def __init__(self) -> None:
        self._monotonic, self._wall = 0, 1_700_000_000 * SECOND
        self.look = lambda: None

    def monotonic(self) -> int:
        return self._monotonic

    def wall(self) -> int:
        return self._wall

    def passes(self, length: int, *, asleep: bool = False) -> None:
        """Moves both clocks; the wall clock alone when the machine sleeps."""
        self._monotonic += 0 if asleep else length
        self._wall += length
        self.look()
