"""One door for what the user must know: whoever has news posts it here, and one bar shows it."""

from __future__ import annotations

import enum
import time
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import WfepyError
from wfepy_gui.wording import marked

KEPT = 500
"""Notices remembered; the oldest go first."""


@enum.unique
class Level(enum.Enum):
    """How much a notice matters. `value` is the word on screen."""

    INFO = marked("Note")
    WARNING = marked("Warning")
    ERROR = marked("Error")


class Notice(NamedTuple):
    """One piece of news.

    Attributes:
        at: microseconds since 1970 UTC.
        summary: what happened and where, one sentence.
        hint: what to do about it; may be empty.
        details: more text, for example a traceback; may be empty.
    """

    level: Level
    at: int
    summary: str
    hint: str = ""
    details: str = ""

    @property
    def text(self) -> str:
        """Everything, for the clipboard."""
        return "\n".join(part for part in (self.summary, self.hint, self.details) if part)


class Notices(QObject):
    """All news of this process, oldest first; nothing is lost when the bar is closed."""

    posted = Signal(object)  # Notice

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

    def _post(self, level: Level, summary: str, hint: str, details: str) -> None:
        notice = Notice(level, time.time_ns() // 1000, summary, hint, details)
        self._history.append(notice)
        del self._history[:-KEPT]
        self.posted.emit(notice)
