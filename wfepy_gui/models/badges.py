"""A few characters beside the status word of some tasks: laps of a loop, age of a wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.durations import DAY, HOUR, MINUTE
from wfepy_core.status import TaskStatus
from wfepy_gui.wording import marked, said

if TYPE_CHECKING:
    from wfepy_gui.session import View

_UNITS = ((DAY, marked("{} d")), (HOUR, marked("{} h")), (MINUTE, marked("{} min")))


def badges_of(view: View, current: int) -> dict[str, str]:
    """Badges by task name; empty for those that need none, so that old ones go."""
    records = view.snapshot.records
    found = {}
    for number, (name, status) in enumerate(view.statuses.items()):
        parts = []
        if records.iterations[number] > 1:
            parts.append(f"×{records.iterations[number]}")  # noqa: RUF001  as in "three times"
        if status is TaskStatus.WAITING and records.waiting_since[number]:
            parts.append(_short(current - records.waiting_since[number]))
        found[name] = " ".join(filter(None, parts))
    return found


def _short(length: int) -> str:
    for size, unit in _UNITS:
        if length >= size:
            return said(unit).format(length // size)
    return ""
