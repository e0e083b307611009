"""Reading off the GUI thread: a pure function in a pool thread, its answer with the id of the question."""

from __future__ import annotations

import logging
import time
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaMethod, QObject, QRunnable, QThreadPool, QTimer, Signal

from wfepy_core.errors import WfepyError

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger("wfepy.gui.background")
REST_FACTOR = 8
"""A query that rests does so this many times as long as its answer took, ..."""
LONGEST_REST_MS = 1000
"""... but never longer."""


class _Answers(QObject):
    done = Signal(int, object)
    failed = Signal(int, object)


class _Question(QRunnable):
    def __init__(self, number: int, function: Callable[[], Any], answers: _Answers) -> None:
        super().__init__()
        self._number = number
        self._function = function
        self._answers = answers

    def run(self) -> None:
        try:
            answer = self._function()
        except Exception as error:  # noqa: BLE001  handed on to whoever asked
            self._send(self._answers.failed, error)
        else:
            self._send(self._answers.done, answer)

    def _send(self, signal: Any, value: Any) -> None:
        try:
            signal.emit(self._number, value)
        except RuntimeError:  # the one who asked is gone
            return


class BackgroundQuery(QObject):
    """Asks one question at a time: an answer that was overtaken by a newer question is dropped.

    Signals:
        answered: what the newest function returned.
        failed: the exception it raised. Where nobody listens, what only a fault of ours raises is raised anew
            in the GUI thread, and what a file or its content can cause leaves a trace in the log.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, pool: QThreadPool, parent: QObject | None = None, *, rests: bool = False) -> None:
        """Ask in a pool.

        Args:
            pool: its threads answer.
            parent: owns this.
            rests: after an answer it rests for some time, see `REST_FACTOR`; a question waits until then. For
                what is asked again and again while a pass runs: a thread that computes holds the interpreter
                when the window wants it.
        """
        super().__init__(parent)
        self._pool = pool
        self._rests = rests
        self._asked = self._rests_until = 0.0
        self._next: Callable[[], Any] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask_next)
        self._numbers = count(1)
        self._newest = 0
        # The pool waits for its threads before it goes: as its child this outlives every question.
        self._answers = _Answers(pool)
        self._answers.done.connect(self._on_done)
        self._answers.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._newest != 0

    def ask(self, function: Callable[[], Any]) -> None:
        """Run `function` in the pool; it must touch nothing of the GUI.

        It begins when whoever asks is done: beside a thread that computes, each call into Qt waits for the
        interpreter, and twenty milliseconds of the window's own work become eighty.
        """
        self._newest = next(self._numbers)
        left = self._rests_until - time.monotonic()
        self._next = function
        self._later.start(round(left * 1000) + 1 if left > 0 else 0)

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        self._newest = 0
        self._next = None
        self._later.stop()

    def _ask_next(self) -> None:
        function, self._next = self._next, None
        self._later.stop()
        if function is not None:
            self._asked = time.monotonic()
            self._pool.start(_Question(self._newest, function, self._answers))

    def _on_done(self, number: int, value: object) -> None:
        if number == self._newest:
            self._newest = 0
            self._rest()
            self.answered.emit(value)

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._newest:
            self._newest = 0
            self._rest()
            if self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
                self.failed.emit(error)
            elif isinstance(error, (WfepyError, OSError)):
                LOG.warning("A question in the background has no answer", exc_info=error)
            else:
                raise error

    def _rest(self) -> None:
        if self._rests:
            now = time.monotonic()
            self._rests_until = now + min(LONGEST_REST_MS / 1000, REST_FACTOR * (now - self._asked))
