"""Moments in words. Moments are integer microseconds since 1970 UTC; 0 means never."""

from __future__ import annotations

import enum
import time

from PySide6.QtCore import QObject, Signal

from wfepy_core.explain.facts import Times
from wfepy_core.time_text import DAY, HOUR, MINUTE, SECOND, in_words, moment, moment_exact
from wfepy_gui.text.translation import duration, tr


@enum.unique
class TimeStyle(enum.Enum):
    """How moments are shown; `value` is what settings keep."""

    LOCAL = "local"
    UTC = "utc"
    RELATIVE = "relative"


class ChosenTimes(Times):
    """How the core's sentences tell moments in one style. Frozen: it goes to other threads."""

    def __init__(self, style: TimeStyle) -> None:
        self._style = style

    def past(self, at: int, now: int) -> str:
        """When something happened."""
        is_relative = self._style is TimeStyle.RELATIVE
        return super().past(at, now) if is_relative else f"at {self._moment(at)}"

    def ahead(self, at: int, now: int) -> str:
        """When something happened, by a clock that is ahead of this one."""
        is_relative = self._style is TimeStyle.RELATIVE
        return f"{in_words(at - now)} from now" if is_relative else f"at {self._moment(at)}"

    def until(self, at: int, now: int) -> str:
        """A deadline to come."""
        left = in_words(at - now)
        if self._style is TimeStyle.RELATIVE:
            return f"until {left} from now"
        return f"until {self._moment(at)} (in {left})"

    def overdue(self, at: int, now: int) -> str:
        """A deadline that is over."""
        if self._style is TimeStyle.RELATIVE:
            return f"though its time passed {super().past(at, now)}"
        return f"though {self._moment(at)} passed"

    def _moment(self, at: int) -> str:
        return _utc(at, "%Y-%m-%d %H:%M") if self._style is TimeStyle.UTC else moment(at)


class Clock(QObject):
    """Writes moments in the style the operator chose; made once, given to whoever shows times.

    Signals:
        changed: another style was chosen, or time has passed; every moment must be written anew.
    """

    changed = Signal()

    def __init__(self, style: TimeStyle = TimeStyle.LOCAL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._style = style

    @property
    def style(self) -> TimeStyle:
        """What the operator chose."""
        return self._style

    @property
    def times(self) -> ChosenTimes:
        """How sentences of the core are to tell moments now."""
        return ChosenTimes(self._style)

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
        if at and self._style is TimeStyle.RELATIVE:
            return age(at, now() if current is None else current)
        return self.stamp(at)

    def stamp(self, at: int) -> str:
        """A moment that stays true on paper, whatever the style: with its zone; empty for never."""
        return utc_time(at) if self._style is TimeStyle.UTC else local_time(at)

    def full_text(self, at: int, current: int) -> str:
        """A moment with its age, for facts and tool tips; its exact time is always there."""
        if not at:
            return ""
        both = self.stamp(at), age(at, current)
        is_past = at <= current
        first, second = both[::-1] if self._style is TimeStyle.RELATIVE and is_past else both
        return f"{first} ({second})"


def now() -> int:
    """This moment."""
    return time.time_ns() // 1000


def local_time(at: int) -> str:
    """A moment on this machine's clock with its zone; empty for never."""
    return moment_exact(at) if at else ""


def utc_time(at: int) -> str:
    """A moment in UTC; empty for never."""
    return _utc(at, "%Y-%m-%d %H:%M:%S") if at else ""


def _utc(at: int, pattern: str) -> str:
    return time.strftime(f"{pattern} UTC", time.gmtime(at // SECOND))


def brief_age(at: int, current: int) -> str:
    """How long ago in its largest unit, for narrow columns: `4 min`; empty for never."""
    if not at:
        return ""
    passed = max(0, current - at)
    unit = next((unit for unit in (DAY, HOUR, MINUTE) if passed >= unit), SECOND)
    return duration(passed - passed % unit) if passed >= SECOND else tr("now")


def age(at: int, current: int) -> str:
    """How long ago, as in `4 min ago`; empty for never."""
    if not at:
        return ""
    passed = current - at
    if passed < 0:
        return tr("in {}").format(duration(passed))
    return tr("{} ago").format(duration(passed)) if passed >= 5 * SECOND else tr("just now")
