"""On random workflows: every question has an answer, and what is foretold comes true."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from wfepy_core import Workflow, end_point, followed_by, join_point, start_point, task
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import InterventionError
from wfepy_core.explain.analysis import NAMED
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.preflight import preflight
from wfepy_core.explain.why import why
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.model.snapshot import Snapshot, WorkflowRef, apply
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.operations.interventions import ON_ONE_TASK, consequences, task_event
from wfepy_core.passes.pass_runner import PassRunner

NOW = 2_000_000_000_000_000


class World:
    """What tasks and conditions do at the moment, and which tasks were called."""

    def __init__(self):
        self.done = {}
        self.holds = {}
        self.called = []

    def task(self, name):
        def function(_context):
            self.called.append(name)
            result = self.done.get(name, False)
            if result is None:
                raise ValueError(name)
            return result

        function.__name__ = name
        return function

    def condition(self, key):
        def condition(_context):
            if self.holds.get(key, True) is None:
                raise KeyError(key)
            return self.holds.get(key, True)

        return condition


@st.composite
def instances(draw):
    """A world, and a runner somewhere on its way through a random workflow, loops included."""
    size = draw(st.integers(2, 7))
    names = [f"t{number}" for number in range(size)]
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.booleans())
    # Every task follows an earlier one, so that all can be reached; the rest of the transitions is free.
    tree = [(draw(st.integers(0, dest - 1)), dest, draw(st.booleans())) for dest in range(1, size)]
    drawn = tree + draw(st.lists(pair, max_size=size))
    edges = list({edge[:2]: edge for edge in drawn}.values())
    joins = draw(st.sets(st.integers(1, size - 1)))
    world, space = World(), SimpleNamespace()
    for number, name in enumerate(names):
        made = task()(world.task(name))
        for source, dest, conditional in reversed(edges):
            if source == number:
                condition = world.condition((name, names[dest])) if conditional else None
                made = followed_by(names[dest], condition)(made)
        made = start_point()(made) if number == 0 else made
        made = join_point()(made) if number in joins else made
        made = end_point()(made) if number == size - 1 else made
        setattr(space, name, made)
    workflow = Workflow()
    workflow.load_tasks(space)
    runner = PassRunner(workflow, {})
    keys = [(names[source], names[dest]) for source, dest, conditional in edges if conditional]
    outcomes = st.sampled_from([True, True, False, None])
    for _ in range(draw(st.integers(0, 4))):
        world.done = {name: draw(outcomes) for name in names}
        world.holds = {key: draw(outcomes) for key in keys}
        # Each task is done once a pass at most: a loop whose tasks are all done would never end.
        limited(world, runner)
    world.done = {}
    world.holds = {key: draw(outcomes) for key in keys}
    return world, runner


def limited(world, runner):
    """One pass in which no task is done a second time."""
    calls = []
    original = world.done
    world.done = _Once(original, calls)
    with suppress(ExceptionGroup):
        runner.run(keep_going=True)
    world.done = original


class _Once(dict):
    def __init__(self, outcomes, calls):
        super().__init__(outcomes)
        self.calls = calls

    def get(self, name, default=None):
        result = False if name in self.calls else super().get(name, default)
        self.calls.append(name)
        return result


def snapshot_of(runner):
    graph = graph_of(runner.workflow)
    return Snapshot(1, WorkflowRef("w", ()), graph, tuple(runner.state), runner.records.copy(), {})


@given(instances())
def test_every_question_is_answered_in_a_sentence(instance):
    snapshot = snapshot_of(instance[1])
    for name in (None, *snapshot.topology.names):
        found = why(snapshot, name, now=NOW)
        assert found.sentence
        assert "\n" not in found.sentence
        assert not found.sentence.endswith((";", " ", ":"))
        if name is not None:
            assert name in found.sentence
            assert found.causes


@given(instances())
def test_what_can_still_arrive_is_found_for_all_tasks_as_for_each_alone(instance):
    snapshot = snapshot_of(instance[1])
    facts = Facts(snapshot, NOW)
    blocked = [name for name, status in facts.statuses.items() if status is TaskStatus.BLOCKED]
    for name in snapshot.topology.names:
        nearest, count = facts.nearest_blockers(name)
        alone = facts.blockers(name)
        assert count == len(alone)
        assert len(nearest) == min(count, NAMED)
        assert set(nearest) <= set(alone)
    held = [name for name in blocked if name in facts.tokens]
    assert facts.waited_for == {
        blocker for name in held for blocker in facts.direct_blockers(name)[0] if blocker != name
    }


@given(instances())
def test_every_token_stands_somewhere_in_the_tree_of_causes(instance):
    snapshot = snapshot_of(instance[1])
    found = why(snapshot, now=NOW)
    told = set()
    trees = list(found.causes)
    while trees:
        cause = trees.pop()
        told.add(cause.task)
        trees.extend(cause.children)
    assert found.more == 0
    assert {name for name, _ in snapshot.tokens} <= told


@given(instances())
def test_a_blocked_task_always_names_somebody_or_the_next_pass(instance):
    snapshot = snapshot_of(instance[1])
    for name, status in task_statuses(snapshot).items():
        if status is TaskStatus.BLOCKED:
            found = why(snapshot, name, now=NOW)
            assert found.upstream or "the next pass runs it" in found.sentence


@given(instances())
def test_preflight_foretells_exactly_what_the_next_pass_calls(instance):
    world, runner = instance
    snapshot = snapshot_of(runner)

    def evaluate(source, position):
        condition = list(runner.workflow.tasks[source].followed_by)[position].cond
        try:
            return condition({})
        except KeyError as error:
            return error

    foretold = preflight(snapshot, evaluate)
    world.called.clear()
    with suppress(ExceptionGroup):
        runner.run(keep_going=True)  # every task returns false
    assert list(foretold.calls) == world.called


@given(instances(), st.data())
def test_the_preview_of_an_intervention_comes_true(instance, data):
    snapshot = snapshot_of(instance[1])
    name = data.draw(st.sampled_from(snapshot.topology.names))
    kind = data.draw(st.sampled_from(ON_ONE_TASK))
    try:
        told = consequences(snapshot, kind, name)
    except InterventionError as error:
        assert error.hint
        return
    after = apply(snapshot, [task_event(snapshot, kind, name, by="ops")])
    assert told.dead_end == (instance_status(after) is InstanceStatus.DEAD_END)
    statuses = task_statuses(after)
    assert all(statuses[lost] is TaskStatus.SKIPPED for lost in told.lost)
    assert why(after, now=NOW).sentence
