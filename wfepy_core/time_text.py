"""Lengths of time and moments in words. Everything is integer microseconds; moments count from 1970 UTC."""

from __future__ import annotations

import time

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def in_words(length: int, tr: Callable[[str], str] = str) -> str:
    """A length of time as its two largest units: `3 days 4 h`, `12 min`, `a moment` below one second.

    `tr` translates.
    """
    words: list[str] = []
    rest = abs(length)
    for unit in (DAY, HOUR, MINUTE, SECOND):
        count, rest = divmod(rest, unit)
        if count:
            words.append(_counted(count, unit, tr))
        elif words:
            break
        if len(words) == 2:
            break
    return " ".join(words) or tr("a moment")


def _counted(count: int, unit: int, tr: Callable[[str], str]) -> str:
    if unit == DAY:
        return tr("1 day") if count == 1 else tr("{} days").format(count)
    if unit == HOUR:
        return tr("{} h").format(count)
    return (tr("{} min") if unit == MINUTE else tr("{} s")).format(count)


def moment(at: int) -> str:
    """A moment on this machine's clock, with its zone: `2026-12-01 10:00 +01:00`, or `... UTC`."""
    local = time.localtime(at // SECOND)
    shift = local.tm_gmtoff // 60
    sign = "-" if shift < 0 else "+"
    hours, minutes = divmod(abs(shift), 60)
    zone = f"{sign}{hours:02}:{minutes:02}" if shift else "UTC"
    return f"{time.strftime('%Y-%m-%d %H:%M', local)} {zone}"


def moment_exact(at: int) -> str:
    """Like `moment`, to the second: `2026-12-01 10:00:07 +01:00`."""
    short = moment(at)
    seconds = time.strftime(":%S", time.localtime(at // SECOND))
    return short[:16] + seconds + short[16:]
