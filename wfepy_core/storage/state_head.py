"""The beginning of a state file in our own spelling, taken apart without parsing JSON.

A fleet of ten thousand files is listed from their heads: there, reading must cost little more than opening.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage.head_validation import Head, check_summary
from wfepy_core.storage.iso_time import from_iso
from wfepy_core.storage.state_serialization import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUSES = {status.value: status for status in InstanceStatus}


@lru_cache(maxsize=1)
def _match() -> Callable[[str], re.Match[str] | None]:
    """Matches the two first lines; texts with an escape in them are left to the parser."""
    number, text = "(0|[1-9][0-9]{0,14})", r'"([^"\\\x00-\x1f\x7f-\xff]*)"'
    time = r'"([0-9-]{10}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:)([0-5][0-9])(?:\.([0-9]{6}))?\+00:00"'
    return re.compile(
        rf'\{{"format": "{FORMAT}", "version": {VERSION}, (?:"id": "([0-9a-f]{{32}})", )?'
        rf'"generation": {number}, "status": "([a-z ]+)", '
        rf'"saved": \{{"at": {time}, "by": {text}, "host": {text}, "pid": {number}, "journal": {number}\}}'
        r'(?:, "summary": (\{.{0,600}\}))?,\n'
        rf'"workflow": \{{"name": {text}, '
    ).match


@lru_cache(maxsize=1024)
def _minute(text: str) -> int:
    """Microseconds at the beginning of a minute, `2026-11-22T10:05:`; ValueError if there is no such day.

    Cron saves hundreds of instances within one.
    """
    return from_iso(f"{text}00+00:00")


def quick_head(data: bytes) -> Head | None:
    """The head in the first bytes of a state file; None if it is not in our own spelling."""
    found = _match()(data.decode("latin-1"))
    if found is None:
        return None
    identity, generation, word, minute, second, fraction, by, host, pid, journal, text, name = found.groups()
    status = _STATUSES.get(word)
    if status is None:
        return None
    try:
        at = _minute(minute) + int(second) * 1_000_000 + int(fraction or 0)
        summary = None if text is None else check_summary(json.loads(text))
    except (ValueError, RecursionError):
        return None
    return Head(
        int(generation), status, Saved(at, by, host, int(pid), int(journal)), name, identity or "", summary
    )
