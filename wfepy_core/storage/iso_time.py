"""Microseconds since 1970 UTC as ISO 8601 text and back, without the cost of importing datetime."""

from __future__ import annotations

import time

from wfepy_core.errors import StateFileError

END_OF_TIME = 253_402_300_800_000_000
"""Microseconds until the year 10000, the first that no ISO 8601 text of four digits can name."""


def within_time(micros: int) -> int:
    """The nearest moment that can be saved: somebody may wait for the year 1."""
    return max(0, min(micros, END_OF_TIME - 1))


def check_clock(path: str) -> None:
    """Before anything is done to a state file: what a clock that is so wrong dates cannot be read again.

    Raises:
        StateFileError: the clock of this computer names a moment that cannot be saved.
    """
    if not 0 < time.time_ns() // 1000 < END_OF_TIME:
        raise StateFileError(
            f"cannot save {path}: the clock of this computer is before 1970 or after 9999; nothing was done",
            path=path,
            hint="set the clock",
        )


def to_iso(micros: int) -> str:
    """`2026-11-22T10:05:00+00:00`, with six decimals where they are not zero.

    Args:
        micros: from 0 up to, not including, `END_OF_TIME`.
    """
    seconds, rest = divmod(micros, 1_000_000)
    fraction = f".{rest:06d}" if rest else ""
    year, month, day, hour, minute, second = time.gmtime(seconds)[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}+00:00"


def from_iso(text: str) -> int:
    """The moment an ISO 8601 text with a zone names.

    Raises:
        ValueError: it is not such a text, names no zone, or a moment before 1970.
    """
    try:
        days = _days_since_1970(int(text[:4]), int(text[5:7]), int(text[8:10]))
        seconds = days * 86_400 + int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])
        micros = seconds * 1_000_000 + (int(text[20:26]) if text[19:20] == "." else 0)
        # Our own spelling comes back the same; all others, and February 30th, take the slow way.
        if 0 <= micros < END_OF_TIME and to_iso(micros) == text:
            return micros
    except ValueError:
        pass
    return _any_from_iso(text)


def _days_since_1970(year: int, month: int, day: int) -> int:
    """Days in the Gregorian calendar; counting years from March puts the leap day last."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 719_469


def _any_from_iso(text: str) -> int:
    from datetime import UTC, datetime, timedelta

    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text!r} names no zone")
    try:
        micros = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    except OverflowError as error:
        raise ValueError(f"the time {text!r} is out of range") from error
    if not 0 <= micros < END_OF_TIME:
        raise ValueError(f"the time {text!r} is before 1970 or after 9999")
    return micros
