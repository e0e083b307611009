"""Moments in words. Moments are integer microseconds since 1970 UTC; 0 means never."""

from __future__ import annotations

import enum
import time

from PySide6.QtCore import QObject, Signal

from wfepy_core.durations import DAY, HOUR, MINUTE, SECOND, in_words, moment_exact


@enum.unique
class TimeStyle(enum.Enum):
    """How moments are shown; `value` is what settings keep."""

    LOCAL = "local"
    UTC = "utc"
    RELATIVE = "relative"


class Clock(QObject):
    """Writes moments in the style the operator chose; made once, given to whoever shows times.

    Signals:
        changed: another style was chosen; every moment must be written anew.
    """

    changed = Signal()

    def __init__(self, style: TimeStyle = TimeStyle.LOCAL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._style = style

    @property
    def style(self) -> TimeStyle:
        """What the operator chose."""
        return self._style

    def choose(self, style: TimeStyle) -> None:
        """Write moments in another style from now on."""
        if style is not self._style:
            self._style = style
            self.changed.emit()

    def text(self, at: int, current: int | None = None) -> str:
        """A moment in the chosen style; empty for never.

        Args:
            at: the moment.
            current: the present, for relative times; None: now.
        """
        if not at:
            return ""
        if self._style is TimeStyle.RELATIVE:
            return age(at, now() if current is None else current)
        return utc_time(at) if self._style is TimeStyle.UTC else local_time(at)

    def full_text(self, at: int, current: int) -> str:
        """A moment with its age, for facts and tool tips; its exact time is always there."""
        if not at:
            return ""
        exact = utc_time(at) if self._style is TimeStyle.UTC else local_time(at)
        return f"{exact} ({age(at, current)})"


def now() -> int:
    """This moment."""
    return time.time_ns() // 1000


def local_time(at: int) -> str:
    """A moment on this machine's clock with its zone; empty for never."""
    return moment_exact(at) if at else ""


def utc_time(at: int) -> str:
    """A moment in UTC; empty for never."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at // SECOND)) if at else ""


def brief_age(at: int, current: int) -> str:
    """How long ago in its largest unit, for narrow columns: `4 min`; empty for never."""
    if not at:
        return ""
    passed = max(0, current - at)
    unit = next((unit for unit in (DAY, HOUR, MINUTE) if passed >= unit), SECOND)
    return in_words(passed - passed % unit) if passed >= SECOND else "now"


def age(at: int, current: int) -> str:
    """How long ago, as in `4 min ago`; empty for never."""
    if not at:
        return ""
    passed = current - at
    if passed < 0:
        return f"in {in_words(passed)}"
    return f"{in_words(passed)} ago" if passed >= 5 * SECOND else "just now"
