"""Since when tasks are stuck, and the badges that say so."""

from __future__ import annotations

import pytest

from tests.gui.stuck_tasks import HOUR, NAMES, view_with
from wfepy_core.model.graph import Graph, GraphTask
from wfepy_core.model.records import Records, TaskError
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import TaskState, TaskStatus
from wfepy_gui.instance.instance_view import InstanceView, view_of
from wfepy_gui.models.node_badges import badges_of, laps_of
from wfepy_gui.models.stuck_ages import stuck_since


def test_only_tasks_that_wait_or_ran_again_have_a_badge():
    view = view_with({1: HOUR, 2: HOUR}, {2: 4, 3: 2})
    badges = badges_of(stuck_since(view), laps_of(view), 3 * HOUR)
    assert badges == {"step_1": "2 h", "step_2": "×4 2 h", "step_3": "×2"}  # noqa: RUF001  times


def test_an_interrupted_task_is_stuck_since_its_latest_call_and_a_failed_one_since_its_first():
    records = Records(len(NAMES))
    for number in (1, 2):
        records.note_start(number, HOUR)
        records.note_start(number, 5 * HOUR)
    records.note_failure(2, 6 * HOUR, TaskError("ValueError", "no", ""))
    tokens = ((NAMES[1], TaskState.READY), (NAMES[2], TaskState.READY))
    flow = WorkflowRef("flow", ()), Graph(tuple(map(GraphTask, NAMES)))
    view = view_of(Snapshot(1, *flow, tokens, records, None, running=(NAMES[1],), interrupted=True))
    assert view.statuses["step_1"] is TaskStatus.INTERRUPTED
    assert view.statuses["step_2"] is TaskStatus.FAILED
    assert badges_of(stuck_since(view), {}, 8 * HOUR) == {"step_1": "3 h", "step_2": "7 h"}


class Watched(dict):
    """Statuses that note which of them are looked up."""

    def __init__(self, statuses):
        super().__init__(statuses)
        self.asked = []

    def __getitem__(self, name):
        self.asked.append(name)
        return super().__getitem__(name)

    def __iter__(self):
        pytest.fail("all tasks were looked at")


def test_of_some_tasks_only_these_are_looked_at():
    view: InstanceView = view_with({1: HOUR, 4: HOUR}, {1: 3, 2: 2})
    watched = view._replace(statuses=Watched(view.statuses))
    assert watched.statuses.asked == []
    assert stuck_since(watched, ["step_0", "step_1"]) == {"step_1": HOUR}
    assert laps_of(watched, ["step_0", "step_1"]) == {"step_1": 3}
    assert set(watched.statuses.asked) == {"step_0", "step_1"}
    assert view.statuses["step_4"] is TaskStatus.WAITING
