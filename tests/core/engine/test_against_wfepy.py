"""On graphs without loops every pass runs what `wfepy` 0.1.1 runs, and leaves the same tokens."""

from __future__ import annotations

import logging

import pytest
import wfepy
from hypothesis import given, settings
from hypothesis import strategies as st

import wfepy_core
from tests.core.random_workflows import without_loops, workflow_of

PASSES = 12


@pytest.fixture(autouse=True, scope="module")
def _quiet():
    # It logs a warning whenever a pass ends with something waiting.
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def live(state):
    """Tokens without those that stand for branches not taken: only wfepy lets them circulate."""
    return {(name, state.name) for name, state in state if state.name != "CANCELED"}


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_every_pass_runs_the_same_tasks_and_leaves_the_same_tokens(seed):
    plan = without_loops(seed)
    their_script, our_script = plan.script(), plan.script()
    theirs = workflow_of(plan, their_script, wfepy).create_runner()
    ours = workflow_of(plan, our_script).create_runner()
    assert live(ours.state) == live(theirs.state)
    for _ in range(PASSES):
        their_script.calls.clear()
        our_script.calls.clear()
        theirs.run()
        ours.run()

        assert sorted(our_script.calls) == sorted(their_script.calls)
        assert live(ours.state) == live(theirs.state)
        if ours.finished:
            return
        assert not theirs.finished


@given(st.integers(0, 2**32))
@settings(max_examples=100)
def test_a_state_that_wfepy_left_is_taken_up_where_it_stands(seed):
    plan = without_loops(seed)
    their_script, our_script = plan.script(), plan.script()
    theirs = workflow_of(plan, their_script, wfepy).create_runner()
    theirs.run()
    ours = workflow_of(plan, our_script).create_runner()
    ours.state = [(name, wfepy_core.TaskState[state.name]) for name, state in theirs.state]
    our_script.left = {key: list(answers) for key, answers in their_script.left.items()}
    their_script.calls.clear()

    for _ in range(PASSES):
        theirs.run()
        ours.run()

    assert sorted(our_script.calls) == sorted(their_script.calls)
    assert ours.finished
