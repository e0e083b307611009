"""An instance of six tasks of which some wait, and some ran more than once."""

from wfepy_core.model.graph import Graph, GraphTask
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import TaskState
from wfepy_gui.instance.instance_view import view_of

NAMES = tuple(f"step_{number}" for number in range(6))
HOUR = 3_600_000_000


def view_with(waiting, laps):
    records = Records(len(NAMES))
    for number, since in waiting.items():
        records.waiting_since[number] = since
    for number, count in laps.items():
        records.iterations[number] = count
    tokens = tuple((NAMES[number], TaskState.WAITING) for number in waiting)
    return view_of(
        Snapshot(1, WorkflowRef("flow", ()), Graph(tuple(map(GraphTask, NAMES))), tokens, records, None)
    )
