"""What an operator asked a timer for: how often, and until when."""

from __future__ import annotations

from typing import NamedTuple

from wfepy_core.time_text import SECOND

SHORTEST_PAUSE = SECOND


class Plan(NamedTuple):
    """What a timer counts.

    Attributes:
        every: pause between the end of a pass and the start of the next, in microseconds.
        until: no pass begins after this moment (microseconds since 1970 UTC); 0: no end.
    """

    every: int
    until: int = 0
