"""An instance shown without its module: statuses, and changes made by events."""

from __future__ import annotations

import pytest

from wfepy_core import InstanceStatus, TaskState, TaskStatus, TransitionStatus
from wfepy_core.model.derived_status import instance_status, task_statuses, transition_statuses
from wfepy_core.model.events import (
    Changes,
    Intervened,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
)
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Replay, Snapshot, WorkflowRef, apply
from wfepy_core.model.status import InterventionKind

#: a -> b? -> d, a -> c -> d; d -> a? again, d -> e
GRAPH = Graph(
    (
        GraphTask("a", start=True),
        GraphTask("b"),
        GraphTask("c"),
        GraphTask("d", join=True),
        GraphTask("e", end=True),
    ),
    (
        GraphTransition("a", "b", "asked"),
        GraphTransition("a", "c"),
        GraphTransition("b", "d"),
        GraphTransition("c", "d"),
        GraphTransition("d", "e", "good"),
    ),
)
BEGUN = PassStarted(3, 10, "me", "here", 1)


def snapshot(*tokens, graph=GRAPH, **members):
    made = Snapshot(3, WorkflowRef("w", ()), graph, tuple(tokens), Records(len(graph.tasks)), {"n": 1})
    return made._replace(**members)


def new():
    return snapshot(("a", TaskState.NEW))


def done(task, at, taken=""):
    return [TaskStarted(3, at, task), TaskEnded(3, at + 1, task, TaskState.COMPLETE, taken=taken)]


def words(shown):
    return {name: status.value for name, status in task_statuses(shown).items()}


def test_a_new_instance_is_new_and_its_start_is_ready():
    assert instance_status(new()) is InstanceStatus.NEW
    assert words(new()) == {"a": "ready"} | dict.fromkeys("bcde", "not reached")
    assert set(transition_statuses(new())) == {TransitionStatus.UNDECIDED}


def test_a_task_that_runs_is_running_until_it_ends():
    running = apply(new(), [BEGUN, TaskStarted(3, 20, "a")])

    assert words(running)["a"] == "running"
    assert instance_status(running) is InstanceStatus.RUNNING
    assert words(running._replace(interrupted=True))["a"] == "interrupted"
    assert instance_status(running._replace(interrupted=True)) is InstanceStatus.INTERRUPTED


def test_a_branch_not_taken_is_skipped_and_the_join_waits_for_the_other():
    after = apply(new(), [BEGUN, *done("a", 20), TransitionsDecided(3, 30, "a", "NT")])

    assert words(after) == {
        "a": "complete",
        "b": "skipped",
        "c": "ready",
        "d": "not reached",
        "e": "not reached",
    }
    assert [status.name for status in transition_statuses(after)][:3] == ["NOT_TAKEN", "TAKEN", "NOT_TAKEN"]
    waiting = apply(
        after, [TaskStarted(3, 40, "c"), TaskEnded(3, 41, "c", TaskState.WAITING, reason="no key", until=99)]
    )
    assert words(waiting)["c"] == "waiting"
    assert (waiting.record("c").reason, waiting.record("c").until) == ("no key", 99)
    assert instance_status(waiting) is InstanceStatus.WAITING


def test_a_poll_keeps_showing_a_waiting_task_as_waiting():
    shown = snapshot(("c", TaskState.READY))
    shown.records.polls[2] = 4

    assert words(shown)["c"] == "waiting"


def test_an_exit_of_a_loop_that_was_not_taken_is_not_skipped_while_the_loop_runs():
    loop = GRAPH._replace(transitions=(*GRAPH.transitions, GraphTransition("d", "a", "bad")))
    shown = snapshot(("a", TaskState.READY), graph=loop)
    shown.records.iterations[3] = 1
    shown.records.decisions[3] = "NT"

    assert words(shown)["e"] == "not reached"
    assert words(shown)["d"] == "complete"


@pytest.mark.parametrize(("reached", "status"), [(0, InstanceStatus.DEAD_END), (1, InstanceStatus.FINISHED)])
def test_without_tokens_an_instance_is_finished_or_at_a_dead_end(reached, status):
    shown = snapshot()
    shown.records.iterations[4] = reached

    assert instance_status(shown) is status


def test_events_a_snapshot_already_contains_are_passed_over():
    later = new()._replace(generation=4)

    assert apply(later, [BEGUN, *done("a", 20, "TT")]) == later


def test_a_saved_pass_closes_its_generation():
    lines = [
        BEGUN,
        *done("a", 20),
        TransitionsDecided(3, 30, "a", "NT"),
        PassEnded(4, 50, InstanceStatus.WAITING),
    ]
    after = apply(new(), lines)

    assert after.generation == 4
    assert apply(after, lines) == after


def test_events_of_unknown_tasks_are_passed_over():
    after = apply(new(), [BEGUN, *done("gone", 20), TransitionsDecided(3, 30, "gone", "T")])

    assert after.tokens == (("a", TaskState.NEW),)
    assert after.running == ()


def test_a_snapshot_is_not_changed_by_events():
    before = new()
    apply(before, [BEGUN, *done("a", 20, "TT")])

    assert before == new()


@pytest.mark.parametrize(
    ("changes", "context"),
    [
        (Changes({"m": 2}), {"n": 1, "m": 2}),
        (Changes({"n": 5}, ("gone",)), {"n": 5}),
        (Changes({}, ("n",)), {}),
        (Changes(whole=([1, 2],)), [1, 2]),
    ],
)
def test_changes_are_made_to_the_top_level_of_the_context(changes, context):
    before = {"n": 1}
    event = Intervened(3, 1, InterventionKind.CONTEXT, "ops", changes=changes)

    assert apply(snapshot(context=before), [event]).context == context
    assert before == {"n": 1}


def test_a_replay_copies_the_context_once_however_many_lines_change_it():
    before = new()
    replay = Replay(before)
    replay.apply(context_line("m", 1))
    context = replay.context
    replay.apply(context_line("k", 2))

    assert replay.context is context
    assert context == {"n": 1, "m": 1, "k": 2}
    assert before.context == {"n": 1}


def test_what_a_replay_has_given_away_does_not_change_any_more():
    replay = Replay(new())
    replay.apply(context_line("m", 1))
    given = replay.result()
    replay.apply(context_line("m", 2))

    assert given.context == {"n": 1, "m": 1}
    assert replay.result().context == {"n": 1, "m": 2}


def context_line(key, value):
    return Intervened(3, 1, InterventionKind.CONTEXT, "ops", changes=Changes({key: value}))


def test_an_intervention_moves_tokens_and_marks_the_record():
    failed = snapshot(("c", TaskState.FAILED), running=("c",), interrupted=True)
    by_hand = Intervened(
        3,
        60,
        InterventionKind.SKIP,
        "ops",
        "c",
        "not needed",
        Changes({"n": 2}),
        tokens=(("d", TaskState.BLOCKED),),
    )
    after = apply(failed, [by_hand])

    assert after.tokens == (("d", TaskState.BLOCKED),)
    assert (after.record("c").by_hand, after.record("c").reason) == (InterventionKind.SKIP, "not needed")
    assert task_statuses(after)["c"] is TaskStatus.SKIPPED
    assert after.context == {"n": 2}
    assert after.running == ()


def test_statuses_come_most_urgent_first_and_say_what_they_mean():
    assert [status.priority for status in TaskStatus] == list(range(len(TaskStatus)))
    assert TaskStatus.FAILED.priority < TaskStatus.WAITING.priority < TaskStatus.COMPLETE.priority
    assert all(status.description for status in (*TaskStatus, *InstanceStatus, *TransitionStatus))
