"""What the graph remembers of an operator's way, and of what should be left out: without a window."""

from tests.gui.graphs import chain
from wfepy_core.model.status import TaskStatus
from wfepy_gui.views.graph.graph_filter import GraphFilter, Neighbours, NodeDetail, visibility
from wfepy_gui.views.graph.visit_history import VisitHistory


def test_a_trail_remembers_no_task_twice_in_a_row_and_ends_somewhere():
    trail = VisitHistory()
    assert trail.back() == trail.forward() == ""
    for number in range(300):
        trail.visit(str(number))
        trail.visit(str(number))
    steps = 0
    while trail.can_go_back:
        trail.back()
        steps += 1
    assert steps == 199


def test_filters_add_up():
    statuses = [TaskStatus.COMPLETE if number < 10 else TaskStatus.READY for number in range(40)]
    seen = visibility(Neighbours(chain(40)), statuses, GraphFilter("step_10", 2, hides_done=True))
    assert [number for number in range(40) if seen.nodes[number] is NodeDetail.FULL] == [10, 11, 12]
    assert seen.nodes[8] is NodeDetail.PLACEHOLDER
    assert seen.nodes[20] is NodeDetail.NONE
