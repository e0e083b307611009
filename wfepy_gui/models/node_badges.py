"""A few characters beside the status word of some tasks: laps of a loop, age of a wait or a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.time_text import DAY, HOUR, MINUTE
from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfepy_gui.instance.instance_view import InstanceView

_LAPS = "×"  # noqa: RUF001  as in "three times"
_UNITS = ((DAY, QT_TR_NOOP("{} d")), (HOUR, QT_TR_NOOP("{} h")), (MINUTE, QT_TR_NOOP("{} min")))


def laps_of(view: InstanceView, names: Iterable[str] | None = None) -> dict[str, int]:
    """How often each task ran that ran more than once; of some tasks or of all."""
    iterations, numbers = view.snapshot.records.iterations, view.numbers
    return {
        name: laps
        for name in (view.statuses if names is None else names)
        if (laps := iterations[numbers[name]]) > 1
    }


def badges_of(since: Mapping[str, int], laps: Mapping[str, int], current: int) -> dict[str, str]:
    """Badges by the names of the tasks that have one.

    Args:
        since: what `stuck_ages.stuck_since` says.
        laps: what `laps_of` says.
        current: the present in microseconds since 1970.
    """
    found = {name: f"{_LAPS}{count}" for name, count in laps.items()}
    for name, moment in since.items():
        age = short_length(current - moment)
        if age:
            found[name] = f"{found[name]} {age}" if name in found else age
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
            return tr(unit).format(length // size)
    return ""
