"""The beginning of a state file in our own spelling, taken apart without parsing JSON.

A fleet of ten thousand files is listed from their heads: there, reading must cost little more than opening.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.model.summary import MOST_TASKS, Summary, TaskSummary
from wfepy_core.storage.head_validation import Head, check_summary
from wfepy_core.storage.iso_time import from_iso
from wfepy_core.storage.state_serialization import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUSES = {status.value: status for status in InstanceStatus}
_TASK_STATUSES = {status.value: status for status in TaskStatus}


_NUMBER, _TEXT = "(0|[1-9][0-9]{0,14})", r'"([^"\\\x00-\x1f\x7f-\xff]*)"'
_ROW_MEMBERS = 6


@lru_cache(maxsize=1)
def _match() -> Callable[[str], re.Match[str] | None]:
    """Matches the two first lines; texts with an escape in them are left to the parser."""
    time = r'"([0-9-]{10}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:)([0-5][0-9])(?:\.([0-9]{6}))?\+00:00"'
    return re.compile(
        rf'\{{"format": "{FORMAT}", "version": {VERSION}, (?:"id": "([0-9a-f]{{32}})", )?'
        rf'"generation": {_NUMBER}, "status": "([a-z ]+)", '
        rf'"saved": \{{"at": {time}, "by": {_TEXT}, "host": {_TEXT}, '
        rf'"pid": {_NUMBER}, "journal": {_NUMBER}\}}'
        r'(?:, "summary": (\{.{0,600}\}))?,\n'
        rf'"workflow": \{{"name": {_TEXT}, '
    ).match


@lru_cache(maxsize=1)
def _match_summary() -> Callable[[str], re.Match[str] | None]:
    """Matches a summary of up to `MOST_TASKS` tasks, likewise."""
    moment = "(0|[1-9][0-9]{0,16})"  # far below `END_OF_TIME`
    row = rf"\[{_TEXT}, {_TEXT}, {moment}, (?:null|{moment}), {_TEXT}, {_TEXT}\]"
    more = rf"(?:, {row})?" * (MOST_TASKS - 1)
    numbers = rf'"more": {_NUMBER}, "done": {_NUMBER}, "tasks": {_NUMBER}'
    return re.compile(rf'\{{"at": \[(?:{row}{more})?\], {numbers}\}}').fullmatch


def _quick_summary(text: str) -> Summary:
    """The `summary` member; BadStateError and other ValueErrors where it makes no sense."""
    found = _match_summary()(text)
    if found is None:
        return check_summary(json.loads(text))
    *parts, more, done, tasks = found.groups()
    rows = []
    for at in range(0, len(parts), _ROW_MEMBERS):
        name, word, since, until, why, fingerprint = parts[at : at + _ROW_MEMBERS]
        if name is None:
            break
        status = _TASK_STATUSES.get(word)
        if status is None:
            return check_summary(json.loads(text))  # says what is wrong
        rows.append(TaskSummary(name, status, int(since), int(until or 0), why, fingerprint))
    return Summary(tuple(rows), int(more), int(done), int(tasks))


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
        summary = None if text is None else _quick_summary(text)
    except (ValueError, RecursionError):
        return None
    return Head(
        int(generation), status, Saved(at, by, host, int(pid), int(journal)), name, identity or "", summary
    )
