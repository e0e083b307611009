"""One door for what the user must know: whoever has news posts it here, and one bar shows it."""

from __future__ import annotations

import enum
import time
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import WfepyError
from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.translation import QT_TR_NOOP

MOST_NOTICES = 500
"""Notices remembered; the oldest go first."""

LONGEST_TEXT = 20_000
"""Characters of a summary, and of details, that are remembered."""

LONGEST_LINE = 160
"""Characters of a summary in a list."""


@enum.unique
class Level(enum.Enum):
    """How much a notice matters. `value` is the word on screen."""

    INFO = QT_TR_NOOP("Note")
    WARNING = QT_TR_NOOP("Warning")
    ERROR = QT_TR_NOOP("Error")


class Notice(NamedTuple):
    """One piece of news.

    Attributes:
        at: microseconds since 1970 UTC.
        summary: what happened and where, one sentence.
        hint: what to do about it; may be empty.
        details: more text, for example a traceback; may be empty.
        times: how often the same was said in a row; `at` is the latest.
    """

    level: Level
    at: int
    summary: str
    hint: str = ""
    details: str = ""
    times: int = 1

    @property
    def brief(self) -> str:
        """The summary as one line of a list."""
        line = " ".join(self.summary.split())
        return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"

    @property
    def text(self) -> str:
        """Everything, for the clipboard."""
        return "\n".join(part for part in (self.summary, self.hint, self.details) if part)


class Notices(QObject):
    """All news of this process, oldest first; nothing is lost when the bar is closed."""

    posted = Signal(Notice)  # that is to be shown now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: list[Notice] = []

    @property
    def history(self) -> tuple[Notice, ...]:
        """The notices kept, oldest first."""
        return tuple(self._history)

    def info(self, summary: str, *, hint: str = "", details: str = "") -> None:
        """Say that something went as asked."""
        self._post(Level.INFO, summary, hint, details)

    def warning(self, summary: str, *, hint: str = "", details: str = "") -> None:
        """Say that something needs a look."""
        self._post(Level.WARNING, summary, hint, details)

    def error(self, summary: str, *, hint: str = "", details: str = "") -> None:
        """Say that something failed."""
        self._post(Level.ERROR, summary, hint, details)

    def report(self, error: Exception) -> None:
        """Say what an exception says: our own carry a hint, others their class."""
        if isinstance(error, WfepyError):
            self.error(error.message, hint=error.hint)
        else:
            self.error(f"{type(error).__name__}: {error}")

    def remember(self, error: Exception) -> None:
        """Keep what an exception says without showing it: something else on screen tells it already."""
        summary = error.message if isinstance(error, WfepyError) else f"{type(error).__name__}: {error}"
        self._add(Notice(Level.ERROR, time.time_ns() // 1000, summary))

    def _post(self, level: Level, summary: str, hint: str, details: str) -> None:
        self.posted.emit(self._add(Notice(level, time.time_ns() // 1000, summary, hint, details)))

    def _add(self, notice: Notice) -> Notice:
        notice = notice._replace(
            summary=bounded(notice.summary, LONGEST_TEXT),
            hint=bounded(notice.hint, LONGEST_TEXT),
            details=bounded(notice.details, LONGEST_TEXT),
        )
        newest = self._history[-1] if self._history else None
        if newest is not None and newest._replace(at=notice.at, times=1) == notice:
            # What a timer says every minute all night must not push what was said before out of the list.
            notice = notice._replace(times=newest.times + 1)
            self._history.pop()
        self._history.append(notice)
        del self._history[:-MOST_NOTICES]
        return notice
