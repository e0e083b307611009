"""What the desktop shows of an instance, and what of it changed."""

from __future__ import annotations

import pytest

from wfepy_core.model.events import TaskEnded, TaskStarted
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef, apply
from wfepy_core.model.status import TaskState
from wfepy_gui.instance.instance_view import most_urgent, view_of

GRAPH = Graph(
    (GraphTask("a", start=True), GraphTask("b"), GraphTask("c", end=True)),
    (GraphTransition("a", "b"), GraphTransition("b", "c")),
)


@pytest.fixture
def fresh():
    return Snapshot(1, WorkflowRef("w", ("w.py",)), GRAPH, (("a", TaskState.NEW),), Records(3), {}, Saved())


def after(snapshot, *happened):
    return view_of(apply(snapshot, happened))


def test_the_most_urgent_task_is_what_a_person_must_see_first(fresh):
    waiting = after(fresh, TaskStarted(1, 1, "a"), TaskEnded(1, 2, "a", TaskState.WAITING))
    assert most_urgent(waiting) == "a"
    finished = view_of(fresh._replace(tokens=()))
    assert most_urgent(finished) == ""
