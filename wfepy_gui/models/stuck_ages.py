"""How long tasks have waited or failed, as a few grades: what an operator looks at first.

The grades are relative to the longest wait of the instance, so that there are always a few to look at.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.model.status import TaskStatus
from wfepy_core.time_text import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfepy_core.model.records import Records
    from wfepy_gui.instance.instance_view import InstanceView

GRADES = 4

STUCK = (TaskStatus.WAITING, TaskStatus.FAILED, TaskStatus.INTERRUPTED)
"""What takes time and needs somebody or something to go on; what is blocked waits for one of these."""

_PARTS = (32, 8, 2)
"""Grade 2, 3 and 4 begin at this part of the longest: evenly for the eye, since waits differ by powers."""

_LEAST_LONGEST = DAY
"""A wait of minutes is no long one, even where it is the longest: such processes take days."""

_ROUND = tuple(
    sorted(
        [
            *(minutes * MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
            *(hours * HOUR for hours in (1, 2, 4, 8, 12)),
            *(days * DAY for days in (1, 2, 4, 7, 14, 30, 60, 120, 240, 365, 730, 1460, 2920)),
        ]
    )
)
"""Lengths people think in; the grades begin at these, so that they do not change with every minute."""


class StuckAges(NamedTuple):
    """Grades from 1 to `GRADES`.

    Attributes:
        grades: of the tasks that are stuck, by name.
        begins: the shortest wait of grade 2, 3 and 4 in microseconds; empty where nothing is stuck.
    """

    grades: Mapping[str, int] = {}
    begins: tuple[int, ...] = ()


def stuck_since(view: InstanceView, names: Iterable[str] | None = None) -> dict[str, int]:
    """Since when each task that waits, failed or was interrupted is no further, in microseconds since 1970.

    Args:
        view: where they are.
        names: which of them; None: all.

    A task that fails again and again has been stuck since its first try, not since its latest failure;
    of one that was done before, in an earlier lap, only its latest try is known. What was interrupted was
    at work until then: it is stuck since the call that was interrupted.
    """
    records = view.snapshot.records
    found = {}
    for name in view.statuses if names is None else names:
        status = view.statuses[name]
        if status in STUCK:
            number = view.numbers[name]
            since = _since(records, number, status)
            if since:
                found[name] = since
    return found


def _since(records: Records, number: int, status: TaskStatus) -> int:
    if status is TaskStatus.WAITING:
        return records.waiting_since[number]
    is_first_lap = status is TaskStatus.FAILED and not records.iterations[number]
    first = records.first_start[number] if is_first_lap else 0
    return first or records.last_start[number] or records.end[number]


def stuck_ages_of(since: Mapping[str, int], current: int) -> StuckAges:
    """Grade what has been stuck since these moments; `current` is the present. O(tasks that are stuck)."""
    if not since:
        return StuckAges()
    longest = max(_LEAST_LONGEST, current - min(since.values()))
    begins = tuple(_round_down(longest // part) for part in _PARTS)
    return StuckAges({name: 1 + bisect_right(begins, current - at) for name, at in since.items()}, begins)


def longest_first(since: Mapping[str, int]) -> list[str]:
    """The names of what is stuck, the longest first."""
    return sorted(since, key=since.__getitem__)


def _round_down(length: int) -> int:
    return _ROUND[max(0, bisect_right(_ROUND, length) - 1)]
