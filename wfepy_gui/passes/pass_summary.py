"""What one pass did so far, counted from its events, so that its end can be told truly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.explain.list_text import first_names
from wfepy_core.model.events import ConditionFailed, TaskEnded, TaskStarted
from wfepy_core.model.status import TaskState
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.events import Event

NAMED = 3
"""Tasks called by name; more are counted."""


class PassSummary:
    """Counts one pass.

    Attributes:
        completed: names of the tasks that completed, in order; a loop names a task again.
        waiting: names of the tasks that were asked and still wait.
        failed: names of the tasks that failed, or a condition behind them.
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

    def add(self, events: Iterable[Event]) -> None:
        """Count events of the pass."""
        for event in events:
            if isinstance(event, TaskStarted):
                self.running[event.task] = event.at
            elif isinstance(event, TaskEnded):
                self.running.pop(event.task, None)
                self._ended.get(event.state, []).append(event.task)
            elif isinstance(event, ConditionFailed):
                self.failed.append(event.task)

    @property
    def completed_text(self) -> str:
        """What completed, as a sentence."""
        if not self.completed:
            return tr("No task had completed.")
        is_one = len(self.completed) == 1
        sentence = tr("{} is complete and kept.") if is_one else tr("{} are complete and kept.")
        return sentence.format(first_names(self.completed, NAMED, tr))

    @property
    def interrupted_text(self) -> str:
        """What was running when the pass stopped, as a sentence."""
        names = list(self.running)
        if not names:
            return tr("No task was running.")
        if len(names) > 1:
            sentence = tr("{} were running and are shown as interrupted; the next pass runs them again.")
        else:
            sentence = tr("{} was running and is shown as interrupted; the next pass runs it again.")
        return sentence.format(first_names(names, NAMED, tr))
