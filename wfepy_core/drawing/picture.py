"""What a picture of a workflow shows, whatever its format."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.status import TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import InstanceStatus


class Picture(NamedTuple):
    """The content of a picture.

    Attributes:
        graph: the tasks and transitions.
        statuses: of tasks; the others are not reached. None: a plain workflow without an instance.
        transitions: one status for every transition, in the graph's order; empty: all undecided.
        badges: a few characters beside the status word of some tasks, for example `3 d`.
        title: above the graph; may be empty.
        saved_at: when the shown state was saved, timezone-aware; None leaves the time stamp out.
        dark: whether to draw on a dark page.
        instance_status: beside the time stamp; None leaves it and the generation out.
        generation: of the shown state.
    """

    graph: Graph
    statuses: Mapping[str, TaskStatus] | None = None
    transitions: Sequence[TransitionStatus] = ()
    badges: Mapping[str, str] | None = None
    title: str = ""
    saved_at: datetime | None = None
    dark: bool = False
    instance_status: InstanceStatus | None = None
    generation: int = 0

    def status(self, task: str) -> TaskStatus:
        """What is shown for a task."""
        return (self.statuses or {}).get(task, TaskStatus.NOT_REACHED)

    def word(self, task: str) -> str:
        """The status word of a task with its badge; empty without an instance."""
        if self.statuses is None:
            return ""
        badge = (self.badges or {}).get(task)
        word: str = self.status(task).value
        return f"{word} \u00b7 {badge}" if badge else word

    def transition(self, index: int) -> TransitionStatus:
        """What is shown for the transition with this number."""
        return self.transitions[index] if self.transitions else TransitionStatus.UNDECIDED

    def counts(self) -> dict[TaskStatus, int]:
        """How many tasks have each status that occurs, most urgent first; empty without an instance."""
        if self.statuses is None:
            return {}
        statuses = [self.status(task.name) for task in self.graph.tasks]
        return {status: statuses.count(status) for status in TaskStatus if status in statuses}

    def stamp(self) -> str:
        """The time stamp as text, to the minute and with its zone, and what it is of; empty without one."""
        if self.saved_at is None:
            return ""
        saved = f"saved {self.saved_at:%Y-%m-%d %H:%M} {self.saved_at.tzname() or 'UTC'}"
        if self.instance_status is None:
            return saved
        return f"{self.instance_status.value}, generation {self.generation}, {saved}"
