"""What the desktop shows of an instance, and what of it changed."""

from __future__ import annotations

from tests.gui.three_tasks import after, fresh_snapshot
from wfepy_core.model.events import TaskEnded, TaskStarted
from wfepy_core.model.status import TaskState
from wfepy_gui.instance.instance_view import most_urgent, view_of


def test_the_most_urgent_task_is_what_a_person_must_see_first():
    waiting = after(TaskStarted(1, 1, "a"), TaskEnded(1, 2, "a", TaskState.WAITING))
    assert most_urgent(waiting) == "a"
    finished = view_of(fresh_snapshot()._replace(tokens=()))
    assert most_urgent(finished) == ""
