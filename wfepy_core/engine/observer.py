"""Whom a runner calls at every step of a pass."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from wfepy_core.engine.task import Waiting
    from wfepy_core.model.records import TaskError
    from wfepy_core.model.status import TaskState
else:
    Protocol = object


class Observer(Protocol):
    """Called at every step of a pass, before it is final. Tasks by number, times in microseconds since 1970.

    The methods here do nothing; override those that are of interest.
    """

    def task_started(self, task: int, at: int) -> None:
        """The function is about to be called."""

    def task_ended(
        self,
        task: int,
        state: TaskState,
        at: int,
        waiting: Waiting | None,
        error: TaskError | None,
        taken: str,
    ) -> None:
        """The function came back: `state` is COMPLETE, WAITING or FAILED.

        `taken` is the decision string when no condition has to be asked. May raise CodecError for COMPLETE
        and WAITING: the task then counts as failed with that error.
        """

    def decided(self, task: int, taken: str, at: int) -> None:
        """The conditions behind a completed task were evaluated. May raise CodecError likewise."""

    def condition_failed(self, task: int, error: TaskError, at: int) -> None:
        """A condition behind a completed task raised."""
