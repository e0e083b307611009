"""What is shown of a running pass, found step by step, is what is found by looking at the whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.engine.test_runner_replay import GENERATION, runs_with_feed
from wfepy_core.model.derived_status import instance_status, task_statuses, transition_statuses
from wfepy_core.model.events import Intervened, PassEnded, PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.live_snapshot import LiveSnapshot
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus


def matches(live, whole):
    assert live.snapshot == whole
    assert live.statuses == task_statuses(whole)
    assert list(live.statuses) == list(task_statuses(whole))
    assert live.transitions == transition_statuses(whole)
    assert live.status is instance_status(whole)


@given(st.integers(0, 2**32), st.booleans(), st.booleans(), st.integers(1, 7))
@settings(max_examples=150)
def test_in_lots_of_any_size_it_shows_what_the_whole_snapshot_shows(seed, keep_going, waves, lot):
    told, live = 0, None
    for _, before, seen in runs_with_feed(seed, keep_going, waves):
        live = live or LiveSnapshot(before)
        for begin in range(told, len(seen), lot):
            live.apply(seen[begin : begin + lot])
            matches(live, apply(before, seen[: begin + lot]))
        told = len(seen)


@given(st.integers(0, 2**32), st.integers(1, 7))
@settings(max_examples=100)
def test_it_names_every_task_that_is_shown_otherwise(seed, lot):
    for _, before, seen in runs_with_feed(seed, True, False):
        live = LiveSnapshot(before)
        for begin in range(0, len(seen), lot):
            statuses, transitions = live.statuses, live.transitions
            snapshot = live.snapshot
            names = live.apply(seen[begin : begin + lot])
            edges = zip(snapshot.graph.transitions, transitions, live.transitions, strict=True)
            other = {name for name, status in live.statuses.items() if statuses[name] is not status}
            other |= {edge.source for edge, one, two in edges if one is not two}
            other |= {task for task in statuses if snapshot.record(task) != live.snapshot.record(task)}
            assert other <= names
        break


@given(st.integers(0, 2**32), st.data())
@settings(max_examples=60)
def test_tokens_that_are_set_by_hand_may_reopen_what_was_closed(seed, data):
    for _, before, seen in runs_with_feed(seed, True, False):
        names = [task.name for task in before.graph.tasks]
        placed = tuple((name, TaskState.READY) for name in data.draw(st.sets(st.sampled_from(names))))
        by_hand = Intervened(GENERATION, 9, InterventionKind.TOKENS, "ops", tokens=placed)
        live = LiveSnapshot(before)
        live.apply(seen)
        live.apply([by_hand])
        matches(live, apply(before, [*seen, by_hand]))
        again = [PassStarted(GENERATION, 10, "me", "here", 1), *_runs(names[0])]
        live.apply(again)
        matches(live, apply(before, [*seen, by_hand, *again]))
        break


def _runs(name):
    return TaskStarted(GENERATION, 11, name), TaskEnded(GENERATION, 12, name, TaskState.WAITING)


@given(st.integers(0, 2**32))
@settings(max_examples=30)
def test_what_was_interrupted_is_taken_up_by_the_next_pass(seed):
    for _, before, _ in runs_with_feed(seed, True, False):
        cut = before._replace(running=(before.tokens[0][0],), interrupted=True)
        live = LiveSnapshot(cut)
        assert live.statuses[cut.running[0]] is TaskStatus.INTERRUPTED

        names = live.apply([PassStarted(GENERATION, 10, "me", "here", 1)])

        assert cut.running[0] in names
        matches(live, apply(cut, [PassStarted(GENERATION, 10, "me", "here", 1)]))
        live.apply([PassEnded(GENERATION + 1, 11, InstanceStatus.WAITING)])
        assert live.snapshot.generation == GENERATION + 1
        break


def test_a_view_that_was_handed_out_stays_as_it_was():
    _, before, seen = next(runs_with_feed(1, True, False))
    live = LiveSnapshot(before)
    first, statuses = live.snapshot, live.statuses
    kept = first.records.copy(), dict(statuses)
    for event in seen:
        live.apply([event])
        second, records = live.snapshot, live.snapshot.records.copy()
    live.apply(seen)
    assert (first.records, statuses) == kept
    assert second.records == records
