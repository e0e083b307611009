"""What an advance would do now, without running a task."""

from __future__ import annotations

from wfepy_core.explain.preflight import preflight
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import TaskState


def instance(tokens, *edges, joins=()):
    names = list(dict.fromkeys(name for source, dest, _ in edges for name in (source, dest)))
    graph = Graph(
        tuple(GraphTask(name, start=name == names[0], join=name in joins) for name in names),
        tuple(GraphTransition(*one) for one in edges),
    )
    return Snapshot(3, WorkflowRef("w", ()), graph, tuple(tokens), Records(len(names)), {})


def results(**known):
    return lambda source, position: known[f"{source}{position}"]


def never(source, position):
    raise AssertionError((source, position))


def test_waiting_failed_and_ready_tasks_are_called_in_order_of_arrival():
    edges = ("s", "a", ""), ("s", "b", ""), ("s", "c", "")
    tokens = [("c", TaskState.WAITING), ("a", TaskState.FAILED), ("b", TaskState.READY)]
    assert preflight(instance(tokens, *edges), never).calls == ("c", "a", "b")


def test_a_done_task_only_has_its_conditions_evaluated_and_what_follows_is_called_too():
    snapshot = instance([("a", TaskState.COMPLETE)], ("a", "b", "good"), ("a", "c", "bad"), ("b", "d", ""))
    found = preflight(snapshot, results(a0=True, a1=False))
    assert [(step.task, step.called) for step in found.steps] == [("a", False), ("b", True)]
    assert [(one.dest, one.taken) for one in found.steps[0].follows] == [("b", True), ("c", False)]
    assert found.calls == ("b",)


def test_a_condition_that_raises_is_reported_and_its_task_stays():
    snapshot = instance([("a", TaskState.COMPLETE)], ("a", "b", "good"), ("a", "c", ""))
    (step,) = preflight(snapshot, results(a0=KeyError("cups"))).steps
    assert step.follows[0].taken is None
    assert step.follows[0].error == "KeyError: 'cups'"


def test_what_follows_a_called_task_is_told_under_the_present_context_without_being_called():
    snapshot = instance([("a", TaskState.WAITING)], ("a", "b", "good"), ("b", "c", "other"))
    found = preflight(snapshot, results(a0=True))
    assert found.calls == ("a",)
    assert found.steps[0].follows[0].taken is True


def test_a_join_fires_now_or_would_fire_or_stays_blocked():
    edges = ("s", "a", ""), ("s", "b", ""), ("a", "j", ""), ("b", "j", "")
    alone = instance([("j", TaskState.BLOCKED)], *edges, joins=["j"])
    assert preflight(alone, never).fires == ("j",)
    both = instance([("a", TaskState.WAITING), ("j", TaskState.BLOCKED)], *edges, joins=["j"])
    assert preflight(both, never).fires == ()
    assert preflight(both, never).would_fire == ("j",)
    behind = instance([("s", TaskState.NEW), ("j", TaskState.BLOCKED)], *edges, joins=["j"])
    assert preflight(behind, never).blocked == ("j",)
