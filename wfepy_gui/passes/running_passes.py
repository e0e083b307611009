"""The passes that run here, one a state file: of the instance that is open, and of those beside it."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_gui.passes.pass_outcome import PassOutcome
from wfepy_gui.passes.pass_process import PassProcess
from wfepy_gui.passes.pass_summary import PassSummary

if TYPE_CHECKING:
    from wfepy_core.loading.agreement import Agreement


class RunningPass:
    """One pass that was started here.

    Attributes:
        path: the state file, as it was named.
        process: runs it.
        summary: what it did so far.
        agreement: what may run in it.
        by_timer: whether a timer started it.
    """

    def __init__(self, path: str, process: PassProcess, agreement: Agreement, *, by_timer: bool) -> None:
        self.path = path
        self.agreement = agreement
        self.process = process
        self.by_timer = by_timer
        self.summary = PassSummary()
        self._began = time.monotonic()
        process.events_arrived.connect(self.summary.add)

    @property
    def seconds(self) -> float:
        """How long it runs."""
        return time.monotonic() - self._began


class RunningPasses(QObject):
    """Starts passes and knows which run; never two of one file.

    Signals:
        starting: a `RunningPass` whose process starts after this, so that who listens to it misses nothing.
        ended: the `RunningPass` and its `PassOutcome`.
    """

    starting = Signal(RunningPass)
    ended = Signal(RunningPass, PassOutcome)

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

    def start(
        self, path: str, program: tuple[str, ...], agreement: Agreement, *, by_timer: bool = False
    ) -> None:
        """Start the pass of a state file that has none.

        Args:
            path: the state file.
            program: the `wfepy` command that runs it.
            agreement: what may run in it.
            by_timer: whether a timer starts it.
        """
        process = PassProcess(program, self)
        running = RunningPass(path, process, agreement, by_timer=by_timer)
        key = os.path.realpath(path)
        self._running[key] = running
        process.ended.connect(partial(self._on_process_ended, key))
        self.starting.emit(running)
        process.start(path, agreement)

    def stop(self) -> None:
        """The program ends: end them all."""
        for one in self.running:
            one.process.kill()

    def _on_process_ended(self, key: str, outcome: PassOutcome) -> None:
        ended = self._running.pop(key)
        ended.process.deleteLater()
        self.ended.emit(ended, outcome)
