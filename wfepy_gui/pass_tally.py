"""What one pass did so far, counted from its events, so that its end can be told truly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.events import TaskEnded, TaskStarted
from wfepy_core.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.events import Event

NAMED = 3
"""Tasks called by name; more are counted."""


class PassTally:
    """Counts one pass.

    Attributes:
        completed: names of the tasks that completed, in order; a loop names a task again.
        waiting: names of the tasks that were asked and still wait.
        failed: names of the tasks that failed.
        running: names of the tasks that started and did not end.
    """

    def __init__(self) -> None:
        self.completed: list[str] = []
        self.waiting: list[str] = []
        self.failed: list[str] = []
        self.running: dict[str, int] = {}
        self._ended = {
            TaskState.COMPLETE: self.completed,
            TaskState.WAITING: self.waiting,
            TaskState.FAILED: self.failed,
        }

    def take(self, events: Iterable[Event]) -> None:
        """Count events of the pass."""
        for event in events:
            if isinstance(event, TaskStarted):
                self.running[event.task] = event.at
            elif isinstance(event, TaskEnded):
                self.running.pop(event.task, None)
                self._ended.get(event.state, []).append(event.task)

    @property
    def kept(self) -> str:
        """What completed, as a sentence."""
        if not self.completed:
            return "No task had completed."
        count = len(self.completed)
        return f"{_listed(self.completed)} {'is' if count == 1 else 'are'} complete and kept."

    @property
    def cut_off(self) -> str:
        """What was running when the pass stopped, as a sentence."""
        names = list(self.running)
        if not names:
            return "No task was running."
        many = len(names) > 1
        return (
            f"{_listed(names)} {'were' if many else 'was'} running and {'are' if many else 'is'} shown as "
            "interrupted; the next pass runs it again."
        )


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
