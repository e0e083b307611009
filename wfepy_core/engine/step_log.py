"""The steps of a pass as lines for `logging`, in the words of `wfepy` 0.1.1.

Imported late, where the program has loaded `logging`.
"""

from __future__ import annotations

from wfepy_core._log import logger_of
from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.exception_text import text_of
from wfepy_core.model.records import TAKEN
from wfepy_core.model.status import TaskState

if TYPE_CHECKING:
    from logging import Logger

    from wfepy_core.engine.observer import Observer
    from wfepy_core.engine.task import Waiting
    from wfepy_core.model.records import Records, TaskError
    from wfepy_core.model.topology import Topology

DEBUG, INFO = 10, 20  # as in logging


def with_step_log(observer: Observer | None, records: Records, topology: Topology) -> Observer | None:
    """The observer of a runner, inside one that logs each step where the program wants such lines.

    Args:
        observer: of the runner; None: it has none.
        records: of the runner.
        topology: of its workflow.
    """
    logger = logger_of("workflow")
    return StepLog(observer, records, topology, logger) if logger.isEnabledFor(INFO) else observer


def log_failure(task: str, error: BaseException) -> None:
    """That a task raised, with the traceback."""
    logger = logger_of("workflow")
    _log_traceback(logger, error)
    logger.error("Task %s failed", task)


def log_condition_failure(task: str, dest: str, error: BaseException) -> None:
    """That the condition of a transition raised, with the traceback."""
    logger = logger_of("workflow")
    _log_traceback(logger, error)
    logger.error("Condition of the transition from %s to %s failed", task, dest)


def _log_traceback(logger: Logger, error: BaseException) -> None:
    text = text_of(error)
    try:
        logger.error("%s", text, exc_info=error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  whatever its author's code does while the traceback is written
        logger.error("%s", text)  # noqa: TRY400  the traceback is what cannot be written


class StepLog:
    """An `Observer` that logs each step, after another one that may refuse it.

    Failures are logged by the runner, which has the exception.
    """

    def __init__(self, inner: Observer | None, records: Records, topology: Topology, logger: Logger) -> None:
        self._inner = inner
        self._records = records
        self._topology = topology
        self._logger = logger

    def task_started(self, task: int, at: int) -> None:
        """`Executing task …`, and for debugging what it was before."""
        if self._inner is not None:
            self._inner.task_started(task, at)
        name = self._topology.names[task]
        if task not in self._records.errors:
            was = "waiting" if self._records.polls[task] else "new"
            self._logger.debug("Task %s is ready now, was %s", name, was)
        self._logger.info("Executing task %s", name)

    def task_ended(
        self,
        task: int,
        state: TaskState,
        at: int,
        waiting: Waiting | None,
        error: TaskError | None,
        taken: str,
    ) -> None:
        """`Task … is complete`, or `is waiting`."""
        if self._inner is not None:
            self._inner.task_ended(task, state, at, waiting, error, taken)
        if state is TaskState.FAILED:
            return
        word = "complete" if state is TaskState.COMPLETE else "waiting"
        self._logger.info("Task %s is %s", self._topology.names[task], word)
        if state is TaskState.COMPLETE and (taken or not self._topology.successors[task]):
            self._log_expansion(task, taken)

    def decided(self, task: int, taken: str, at: int) -> None:
        """`Reached end point …`, and for debugging where the branch goes on."""
        if self._inner is not None:
            self._inner.decided(task, taken, at)
        self._log_expansion(task, taken)

    def condition_failed(self, task: int, error: TaskError, at: int) -> None:
        """Passed on."""
        if self._inner is not None:
            self._inner.condition_failed(task, error, at)

    def _log_expansion(self, task: int, taken: str) -> None:
        names = self._topology.names
        if task in self._topology.ends:
            self._logger.info("Reached end point %s", names[task])
        else:
            self._logger.debug("Expanding task %s", names[task])
        for dest, decision in zip(self._topology.successors[task], taken, strict=True):
            if decision == TAKEN:
                self._logger.debug("Enqueue new task %s, from %s", names[dest], names[task])
            else:
                self._logger.info("Task %s execution was canceled by condition", names[dest])
