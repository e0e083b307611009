"""A snapshot with what is derived from it once for all who show it, and what differs between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.analysis import analyse
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.model.records import Record
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import InstanceStatus, TransitionStatus


class InstanceView(NamedTuple):
    """A snapshot with what is derived from it once for all who show it; `numbers` are those of the tasks."""

    snapshot: Snapshot
    numbers: Mapping[str, int]
    statuses: Mapping[str, TaskStatus]
    transitions: list[TransitionStatus]
    status: InstanceStatus

    def record(self, task: str) -> Record:
        """What is remembered of a task; KeyError for an unknown name."""
        return self.snapshot.records[self.numbers[task]]


def view_of(snapshot: Snapshot) -> InstanceView:
    """Derive what is shown. O(tasks + transitions)."""
    analysis = analyse(snapshot)  # what explains the snapshot later asks for the same
    transitions = [known for _, known in analysis.results]
    status = instance_status(snapshot)
    return InstanceView(snapshot, snapshot.topology.index, analysis.statuses, transitions, status)


def view_of_module(snapshot: Snapshot) -> InstanceView:
    """A workflow without an instance: nothing has a state, so nothing is ready either."""
    view = view_of(snapshot)
    return view._replace(statuses=dict.fromkeys(view.statuses, TaskStatus.NOT_REACHED))


def summary_of(view: InstanceView) -> tuple[object, ...]:
    """What the window's title and status bar show; they need no update while it is equal."""
    snapshot = view.snapshot
    return view.status, snapshot.generation, snapshot.saved, snapshot.running, snapshot.tokens


def most_urgent(view: InstanceView) -> str:
    """The task a person should look at first, of several the one that is so longest; empty: none needs it."""
    first = min((status.priority for status in view.statuses.values()), default=TaskStatus.COMPLETE.priority)
    if first >= TaskStatus.COMPLETE.priority:
        return ""
    records = view.snapshot.records

    def since(name: str) -> float:
        number = view.numbers[name]
        return records.waiting_since[number] or records.first_start[number] or float("inf")

    return min((name for name, status in view.statuses.items() if status.priority == first), key=since)


def changed_tasks(before: InstanceView, after: InstanceView) -> frozenset[str]:
    """Names of the tasks whose status, record or decisions differ between two views of one graph."""
    old, new = before.snapshot.records, after.snapshot.records
    changed = {
        number
        for column in ("attempts", "polls", "iterations", "end", "waiting_since")
        for number, (one, two) in enumerate(zip(getattr(old, column), getattr(new, column), strict=True))
        if one != two
    }
    for column in ("reasons", "untils", "errors", "by_hand", "decisions"):
        one, two = getattr(old, column), getattr(new, column)
        if one != two:
            changed |= {number for number in {*one, *two} if one.get(number) != two.get(number)}
    return frozenset(
        name
        for number, (name, status) in enumerate(after.statuses.items())
        if number in changed or before.statuses[name] is not status
    )
