"""A few characters beside the status word of some tasks: laps of a loop, age of a wait or a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.durations import DAY, HOUR, MINUTE
from wfepy_gui.models.heat import stuck_since
from wfepy_gui.wording import marked, said

if TYPE_CHECKING:
    from wfepy_gui.instance_view import View

_LAPS = "×"  # noqa: RUF001  as in "three times"
_UNITS = ((DAY, marked("{} d")), (HOUR, marked("{} h")), (MINUTE, marked("{} min")))


def badges_of(view: View, current: int) -> dict[str, str]:
    """Badges by task name; empty for those that need none, so that old ones go."""
    iterations, since = view.snapshot.records.iterations, stuck_since(view)
    found = {}
    for number, name in enumerate(view.statuses):
        parts = []
        if iterations[number] > 1:
            parts.append(f"{_LAPS}{iterations[number]}")
        if name in since:
            parts.append(short_length(current - since[name]))
        found[name] = " ".join(filter(None, parts))
    return found


def parts_of(badge: str) -> tuple[str, str]:
    """The laps of a loop, as in `×3`, and the age of a wait, either of which may be missing."""  # noqa: RUF002
    first, _, rest = badge.partition(" ")
    return (first, rest) if first.startswith(_LAPS) else ("", badge)


def has_laps(badge: str) -> bool:
    """Whether a badge tells how often a task was done."""
    return badge.startswith(_LAPS)


def short_length(length: int) -> str:
    """A length of time in microseconds in its largest unit, as in `4 h`; empty below a minute."""
    for size, unit in _UNITS:
        if length >= size:
            return said(unit).format(length // size)
    return ""
