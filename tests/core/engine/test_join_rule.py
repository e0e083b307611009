"""The join rule: *a join point waits for every branch that can still arrive*."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.join_rule_model import Model
from tests.core.random_workflows import name_of, number_of, with_loops, without_loops, workflow_of
from wfepy_core.engine.runner import Runner
from wfepy_core.model.status import TaskState

SEEDS = st.integers(0, 2**32)
PASSES = 12


def passes_agree(plan, *, keep_going, waves):
    """Runs engine and model side by side: same calls, in the same order, and the same tokens."""
    script, planned = plan.script(), plan.script()
    runner, model = Runner(workflow_of(plan, script)), Model(plan, planned)
    with ThreadPoolExecutor(1) as pool:
        for _ in range(PASSES):
            try:
                runner.run(keep_going=keep_going, executor=pool if waves else None)
                failed = False
            except (RuntimeError, ExceptionGroup):
                failed = True
            failures = (model.run_waves if waves else model.run)(keep_going=keep_going)

            assert script.calls == planned.calls
            assert runner.state == model.state()
            assert failed == bool(failures)
            if not model.tokens:
                assert runner.finished
                return


@given(SEEDS, st.booleans())
@example(185754010, False)  # a task frees two joins, one of them by what it does not take
@settings(max_examples=400)
def test_on_any_graph_every_pass_calls_what_a_search_at_every_step_calls(seed, keep_going):
    passes_agree(with_loops(seed), keep_going=keep_going, waves=False)


@given(SEEDS)
@settings(max_examples=150)
def test_without_loops_every_pass_calls_what_a_search_at_every_step_calls(seed):
    passes_agree(without_loops(seed), keep_going=False, waves=False)


@given(SEEDS, st.booleans())
@settings(max_examples=100)
def test_wave_by_wave_every_pass_calls_what_a_search_at_every_step_calls(seed, keep_going):
    passes_agree(with_loops(seed), keep_going=keep_going, waves=True)


@given(SEEDS, st.integers(0, 3))
@example(185754010, 2)
@settings(max_examples=200)
def test_an_instance_put_away_between_passes_goes_on_as_if_it_had_not_been(seed, keep_from):
    plan = with_loops(seed)
    script, planned = plan.script(), plan.script()
    runner, model = Runner(workflow_of(plan, script)), Model(plan, planned)
    for number in range(PASSES):
        if number >= keep_from:
            records = runner.records
            saved = runner.state
            runner = Runner(runner.workflow)
            runner.restore(saved, records)
            assert runner.state == saved
        with suppress(ExceptionGroup):
            runner.run(keep_going=True)
        model.run(keep_going=True)

        assert script.calls == planned.calls
        assert runner.state == model.state()


@given(SEEDS, st.booleans())
@settings(max_examples=200)
def test_tokens_that_are_set_by_hand_go_on_as_in_a_search_at_every_step(seed, keep_going):
    plan = with_loops(seed)
    script, planned = plan.script(), plan.script()
    runner, model = Runner(workflow_of(plan, script)), Model(plan, planned)
    runner.state = placed = tokens_by_hand(plan, seed)
    model.tokens = [[number_of(name), state] for name, state in placed]
    for _ in range(PASSES):
        with suppress(RuntimeError, ExceptionGroup):
            runner.run(keep_going=keep_going)
        model.run(keep_going=keep_going)

        assert script.calls == planned.calls
        assert runner.state == model.state()


def tokens_by_hand(plan, seed):
    """Tokens on some tasks, in any order and any state in which a task can be."""
    pick = Random(seed)  # noqa: S311  repeatable, nothing secret
    states = {TaskState.NEW, TaskState.READY, TaskState.WAITING, TaskState.FAILED}
    placed = []
    for task in pick.sample(range(plan.size), pick.randint(0, plan.size)):
        here = states | ({TaskState.BLOCKED} if task in plan.joins else set())
        here |= {TaskState.COMPLETE} if plan.edges[task] else set()
        placed.append((name_of(task), pick.choice(sorted(here, key=lambda state: state.value))))
    return placed
