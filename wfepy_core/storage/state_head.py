"""The beginning of a state file in our own spelling, taken apart without parsing JSON.

A fleet of ten thousand files is listed from their heads: there, reading must cost little more than opening.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wfepy_core.snapshot import Saved
from wfepy_core.status import InstanceStatus
from wfepy_core.storage.iso_time import from_iso
from wfepy_core.storage.state_checks import Head
from wfepy_core.storage.state_text import FORMAT, VERSION

_STATUSES = {status.value.encode("ascii"): status for status in InstanceStatus}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[bytes]:
    """The two first lines; texts with an escape in them are left to the parser."""
    number, text = rb"(0|[1-9][0-9]{0,14})", rb'"([^"\\\x00-\x1f\x7f-\xff]*)"'
    time = rb'"([0-9-]{10}T)([0-9]{2}):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{6}))?\+00:00"'
    return re.compile(
        rb'\{"format": "%s", "version": %d, "generation": %s, "status": "([a-z ]+)", '
        rb'"saved": \{"at": %s, "by": %s, "host": %s, "pid": %s, "journal": %s\},\n'
        rb'"workflow": \{"name": %s, '
        % (FORMAT.encode("ascii"), VERSION, number, time, text, text, number, number, text)
    )


@lru_cache(maxsize=64)
def _midnight(date: bytes) -> int:
    """Microseconds at the beginning of a day, `2026-11-22T`; raises ValueError if there is no such day."""
    return from_iso(date.decode("ascii") + "00:00:00+00:00")


def quick_head(data: bytes) -> Head | None:
    """The head in the first bytes of a state file; None if it is not in our own spelling."""
    found = _pattern().match(data)
    if found is None:
        return None
    generation, word, date, hour, minute, second, fraction, by, host, pid, journal, name = found.groups()
    status = _STATUSES.get(word)
    if status is None or hour > b"23":
        return None
    try:
        seconds = int(hour) * 3600 + int(minute) * 60 + int(second)
        at = _midnight(date) + seconds * 1_000_000 + int(fraction or 0)
    except ValueError:
        return None
    saved = Saved(at, by.decode("ascii"), host.decode("ascii"), int(pid), int(journal))
    return Head(int(generation), status, saved, name.decode("ascii"))
