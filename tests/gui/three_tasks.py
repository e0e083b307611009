"""An instance of three tasks in a row, and what it looks like after events."""

from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef, apply
from wfepy_core.model.status import TaskState
from wfepy_gui.instance.instance_view import InstanceView, view_of

GRAPH = Graph(
    (GraphTask("a", start=True), GraphTask("b"), GraphTask("c", end=True)),
    (GraphTransition("a", "b"), GraphTransition("b", "c")),
)


def fresh_snapshot() -> Snapshot:
    return Snapshot(1, WorkflowRef("w", ("w.py",)), GRAPH, (("a", TaskState.NEW),), Records(3), {}, Saved())


def after(*happened) -> InstanceView:
    """The fresh instance after these events."""
    return view_of(apply(fresh_snapshot(), happened))
