"""The passes that run here, one a state file: of the instance that is open, and of those beside it."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_gui.passes.pass_process import PassProcess
from wfepy_gui.passes.pass_summary import PassSummary

if TYPE_CHECKING:
    from wfepy_gui.passes.pass_outcome import PassOutcome


class RunningPass:
    """One pass that was started here.

    Attributes:
        path: the state file, as it was named.
        process: runs it.
        tally: what it did so far.
        by_timer: whether a timer started it.
    """

    def __init__(self, path: str, process: PassProcess, *, by_timer: bool) -> None:
        self.path, self.process, self.by_timer = path, process, by_timer
        self.tally = PassSummary()
        self._began = time.monotonic()
        process.events_arrived.connect(self.tally.take)

    @property
    def seconds(self) -> float:
        """How long it runs."""
        return time.monotonic() - self._began


class RunningPasses(QObject):
    """Starts passes and knows which run; never two of one file.

    Signals:
        ended: the `RunningPass` and its `PassOutcome`.
    """

    ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[str, RunningPass] = {}

    def of(self, path: str) -> RunningPass | None:
        """The pass of a state file, by whatever name."""
        return self._running.get(os.path.realpath(path))

    @property
    def running(self) -> tuple[RunningPass, ...]:
        """All of them."""
        return tuple(self._running.values())

    def prepare(self, path: str, program: tuple[str, ...], *, by_timer: bool = False) -> RunningPass:
        """Make the pass of a state file that has none; its process is to be started when all listen to it."""
        process = PassProcess(program, self)
        made = RunningPass(path, process, by_timer=by_timer)
        key = os.path.realpath(path)
        self._running[key] = made
        process.ended.connect(partial(self._end, key))
        return made

    def stop(self) -> None:
        """The program ends: end them all."""
        for one in self.running:
            one.process.kill()

    def _end(self, key: str, outcome: PassOutcome) -> None:
        one = self._running.pop(key)
        one.process.deleteLater()
        self.ended.emit(one, outcome)
