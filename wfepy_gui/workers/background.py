"""Reading off the GUI thread: a pure function in a pool thread, its answer with the id of the question."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

if TYPE_CHECKING:
    from collections.abc import Callable


class _Answers(QObject):
    done = Signal(int, object)
    failed = Signal(int, object)


class _Question(QRunnable):
    def __init__(self, number: int, function: Callable[[], Any], answers: _Answers) -> None:
        super().__init__()
        self._number, self._function, self._answers = number, function, answers

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


class Background(QObject):
    """Asks one question at a time: an answer that was overtaken by a newer question is dropped.

    Signals:
        answered: what the newest function returned.
        failed: the exception it raised.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._numbers = count(1)
        self._newest = 0
        # The pool waits for its threads before it goes: as its child this outlives every question.
        self._answers = _Answers(pool)
        self._answers.done.connect(self._take_answer)
        self._answers.failed.connect(self._take_failure)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._newest != 0

    def ask(self, function: Callable[[], Any]) -> None:
        """Run `function` in the pool; it must touch nothing of the GUI."""
        self._newest = next(self._numbers)
        self._pool.start(_Question(self._newest, function, self._answers))

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        self._newest = 0

    def _take_answer(self, number: int, value: object) -> None:
        if number == self._newest:
            self._newest = 0
            self.answered.emit(value)

    def _take_failure(self, number: int, error: object) -> None:
        if number == self._newest:
            self._newest = 0
            self.failed.emit(error)
