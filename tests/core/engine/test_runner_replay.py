"""What an observer sees is enough: folding the events gives what the runner itself has."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.random_workflows import with_loops, workflow_of
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.engine.observer import Observer
from wfepy_core.engine.runner import Runner
from wfepy_core.model import events
from wfepy_core.model.snapshot import Snapshot, WorkflowRef, apply

GENERATION = 3


class Feed(Observer):
    """Makes events of what it is told, as lines of a journal and back."""

    def __init__(self, names):
        self.names = names
        self.events = []

    def tell(self, event):
        self.events.append(events.decode(events.encode(event)))

    def task_started(self, task, at):
        self.tell(events.TaskStarted(GENERATION, at, self.names[task]))

    def task_ended(self, task, state, at, waiting, error, taken):
        reason = waiting.reason if waiting else ""
        self.tell(
            events.TaskEnded(GENERATION, at, self.names[task], state, reason=reason, error=error, taken=taken)
        )

    def decided(self, task, taken, at):
        self.tell(events.TransitionsDecided(GENERATION, at, self.names[task], taken))

    def condition_failed(self, task, error, at):
        self.tell(events.ConditionFailed(GENERATION, at, self.names[task], error))


def runs_with_feed(seed, keep_going, waves):
    """Yields a runner after each of some passes, with the snapshot before the first and the events since."""
    plan = with_loops(seed)
    runner = Runner(workflow_of(plan, plan.script()))
    runner.observer = feed = Feed(runner.stepper.topology.names)
    graph = graph_of(runner.workflow)
    before = Snapshot(
        GENERATION, WorkflowRef("w", ()), graph, tuple(runner.state), runner.records.copy(), None
    )
    with ThreadPoolExecutor(1) as pool:
        for _ in range(6):
            feed.tell(events.PassStarted(GENERATION, 1, "me", "here", 1))
            with suppress(RuntimeError, ExceptionGroup):
                runner.run(keep_going=keep_going, executor=pool if waves else None)
            yield runner, before, feed.events


@given(st.integers(0, 2**32), st.booleans(), st.booleans())
@settings(max_examples=200)
def test_folding_the_events_gives_tokens_records_and_decisions_of_the_runner(seed, keep_going, waves):
    for runner, before, seen in runs_with_feed(seed, keep_going, waves):
        folded = apply(before, seen)

        assert list(folded.tokens) == runner.state
        assert folded.records == runner.records
        assert folded.running == ()


@given(st.integers(0, 2**32), st.booleans(), st.integers(1, 5))
@settings(max_examples=100)
def test_folding_the_events_in_small_lots_gives_the_same(seed, waves, lot):
    for runner, before, seen in runs_with_feed(seed, True, waves):
        folded = before
        for begin in range(0, len(seen), lot):
            folded = apply(folded, seen[begin : begin + lot])

        assert list(folded.tokens) == runner.state
        assert folded.records == runner.records
