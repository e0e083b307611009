"""What the tasks of the open instance print, whoever runs the pass: read from the file that keeps it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.errors import WfepyError
from wfepy_core.storage.output_lines import OutputLine, OutputReader
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_gui.instance.file_watcher import FileWatcher

MOST_LINES = 50_000
"""Lines that are kept here, the latest; the file has more of short ones."""
SLACK = 5000
"""Lines more than that, so that not each new one takes an old one away."""
LIVE_MS = 200
"""How often the file is looked at while a pass runs here; else its watcher says when it has changed."""


class KeptOutput(QObject):
    """Follows the output of one instance at a time, once somebody wants it.

    Signals:
        begun: `lines` are other ones: of another instance, or read anew.
        grown: a list of lines that came; `latest` is another one, too.
    """

    begun = Signal()
    grown = Signal(list)

    def __init__(self, pool: QThreadPool, watcher: FileWatcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._is_wanted = self._wants_more = False
        self._reader: OutputReader | None = None
        self._problem: WfepyError | None = None
        self._lines: list[OutputLine] = []
        self._latest: list[OutputLine] = []
        self._query = BackgroundQuery(pool, self, rests=True)
        self._query.answered.connect(self._on_read)
        self._query.failed.connect(self._on_failed)
        self._live = QTimer(self)
        self._live.setInterval(LIVE_MS)
        self._live.timeout.connect(self._ask)
        watcher.output_changed.connect(self._ask)

    @property
    def lines(self) -> Sequence[OutputLine]:
        """What was printed, oldest first."""
        return self._lines

    @property
    def latest(self) -> Sequence[OutputLine]:
        """What a program has just printed: its time and task are told when it goes among the `lines`."""
        return self._latest

    @property
    def problem(self) -> WfepyError | None:
        """Why nothing can be read."""
        return self._problem

    @property
    def is_read(self) -> bool:
        """Whether `lines` are those of the file; a moment after it was opened they are not yet."""
        return self._reader is not None or self._problem is not None or not self._path

    def want(self) -> None:
        """Read it from now on: somebody shows it."""
        if not self._is_wanted:
            self._is_wanted = True
            self._ask()

    def follow(self, path: str) -> None:
        """Follow the output of this state file; an empty path: of none."""
        self._path = path
        self._live.stop()
        self._query.forget()
        # A reader that a thread may still be reading with is never used again.
        self._begin(None, [], [])
        self._ask()

    def follow_live(self, *, is_live: bool) -> None:
        """A pass of it begins here, or has ended: then the rest of what it printed is read."""
        if is_live:
            self._live.start()
        else:
            self._live.stop()
            self._ask()

    def _ask(self) -> None:
        self._wants_more = self._query.is_busy
        if self._path and self._is_wanted and not self._wants_more:
            self._query.ask(partial(_read_new, self._reader) if self._reader else partial(_read, self._path))

    def _on_read(self, reading: _Reading) -> None:
        if reading.reader is self._reader:
            self._grow(reading)
        else:
            self._begin(*reading)
        if self._wants_more:
            self._ask()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, WfepyError):
            raise error
        if self._reader is not None or str(error) != str(self._problem):
            self._begin(None, [], [], error)

    def _begin(
        self,
        reader: OutputReader | None,
        lines: list[OutputLine],
        latest: list[OutputLine],
        problem: WfepyError | None = None,
    ) -> None:
        self._reader, self._lines, self._latest, self._problem = reader, lines, latest, problem
        self.begun.emit()

    def _grow(self, reading: _Reading) -> None:
        if reading.lines or reading.latest != self._latest:
            self._latest = reading.latest
            self._lines += reading.lines
            if len(self._lines) > MOST_LINES + SLACK:
                del self._lines[:-MOST_LINES]
            self.grown.emit(reading.lines)


class _Reading(NamedTuple):
    reader: OutputReader
    lines: list[OutputLine]
    latest: list[OutputLine]


def _read(path: str) -> _Reading:
    reader = OutputReader(path, MOST_LINES)
    return _Reading(reader, reader.read_all(), reader.latest)


def _read_new(reader: OutputReader) -> _Reading:
    return _Reading(reader, reader.read_new(), reader.latest)
