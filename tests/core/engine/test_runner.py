"""One pass: order, loops, failures, waiting, and the state a user may read and assign."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from types import ModuleType

import pytest

from tests.core.story import Story
from tests.cron_environment import cron_environment
from wfepy_core import (
    Runner,
    Task,
    TaskState,
    Waiting,
    Workflow,
    WorkflowError,
    end_point,
    start_point,
)
from wfepy_core.engine.task_result import ResultWarning

# -- order and joins ----------------------------------------------------------------------------------------


def test_tasks_are_served_first_come_first_served_in_written_order():
    story = Story(">a: z b m; b: c; m: d; z: e; c:; d:; e:")

    assert story.run() == ["a", "z", "b", "m", "e", "c", "d"]
    assert story.runner.finished
    assert story.runner.state == []


def test_a_join_waits_for_every_branch_that_can_still_arrive():
    story = Story(">a: b c; b: j; c: j; &j:", c=[False, True])

    assert story.run() == ["a", "b", "c"]
    assert story.state() == {"c": "WAITING", "j": "BLOCKED"}
    assert story.run() == ["c", "j"]


def test_a_join_does_not_wait_for_a_branch_that_was_not_taken():
    story = Story(">a: b? c; b: d; d: j; c: j; &j:", a_b=[False])

    assert story.run() == ["a", "c", "j"]


def test_a_start_point_that_is_a_join_waits_for_what_can_arrive():
    story = Story(">a: j; >&j: b; b:", a=[False, True])

    assert story.run() == ["a"]
    assert story.run() == ["a", "j", "b"]


def test_parallel_transitions_run_the_task_behind_them_once():
    story = Story(">a: b? b; b: c; c:")

    assert story.run() == ["a", "b", "c"]


def test_joins_that_block_one_another_are_served_first_come_first_served():
    story = Story(">a: y x; &x: y? e; &y: x? e; &e:", y_x=[False], x_y=[False])

    assert story.run() == ["a", "y", "x", "e"]


def test_the_last_of_several_branches_releases_joins_in_the_order_in_which_they_were_reached():
    story = Story(">a: b c; b: y x; c: d; d: x y; &x:; &y:")

    assert story.run() == ["a", "b", "c", "d", "y", "x"]


def test_joins_that_one_task_frees_are_served_in_the_order_in_which_they_were_reached():
    story = Story(">a: x y b?; b: y; &x:; &y:", a_b=[False])

    assert story.run() == ["a", "x", "y"]


def test_a_new_token_that_stands_first_came_before_those_that_are_blocked():
    story = Story(">a: y x; &x: y? e; &y: x? e; &e:", y_x=[False], x_y=[False])
    story.runner.state = [("x", TaskState.NEW), ("y", TaskState.BLOCKED)]

    assert story.run() == ["x", "y", "e"]


# -- loops --------------------------------------------------------------------------------------------------


def test_a_loop_runs_until_its_condition_says_no():
    story = Story(">brew: taste; taste: brew? drink?; drink:", taste_brew=[True, True, False])
    story.answers["taste_drink"] = [False, False, True]

    assert story.run() == ["brew", "taste"] * 3 + ["drink"]
    assert story.record("taste").iterations == 3
    assert story.runner.finished


def test_a_task_may_lead_to_itself():
    story = Story(">a: a? b?; b:", a_a=[True, True, False], a_b=[False, False, True])

    assert story.run() == ["a", "a", "a", "b"]


@pytest.mark.parametrize("head", ["head", "&head"])
def test_a_loop_head_may_be_a_join_or_not(head):
    story = Story(f">a: head; {head}: body; body: head? end?; end:", body_head=[True, False])
    story.answers["body_end"] = [False, True]

    assert story.run() == ["a", "head", "body", "head", "body", "end"]


def test_a_join_inside_a_loop_waits_in_every_round():
    text = ">a: l r; l: j; r: j; &j: a? end?; end:"
    story = Story(text, j_a=[True, False], j_end=[False, True], r=[True, False, True])

    assert story.run() == ["a", "l", "r", "j", "a", "l", "r"]
    assert story.run() == ["r", "j", "end"]


def test_a_join_after_a_loop_waits_until_the_loop_is_left():
    text = ">s: a x; a: b; b: a? j?; x: j; &j:"
    story = Story(text, b_a=[True, False], b_j=[False, True], b=[True, False, True])

    assert story.run() == ["s", "a", "x", "b", "a", "b"]
    assert story.state() == {"b": "WAITING", "j": "BLOCKED"}
    assert story.run() == ["b", "j"]


def test_loops_may_lie_in_loops():
    text = ">o: i; i: i? p?; p: o? end?; end:"
    answers = {"i_i": [True, False, True, False], "i_p": [False, True, False, True]}
    story = Story(text, p_o=[True, False], p_end=[False, True], **answers)

    assert story.run() == ["o", "i", "i", "p", "o", "i", "i", "p", "end"]


def test_what_comes_after_a_loop_head_runs_again():
    story = Story(">a: b c; b: d; c: d; &d: a? e?; e:", d_a=[True, False], d_e=[False, True])

    assert story.run().count("b") == 2


# -- waiting and results ------------------------------------------------------------------------------------


def test_a_waiting_task_is_asked_again_and_may_say_why():
    until = datetime(2026, 12, 1, tzinfo=UTC)
    story = Story(">a: b; b:", a=[Waiting("no signature yet", until), False, True])

    assert story.run() == ["a"]
    assert story.record("a").reason == "no signature yet"
    assert story.record("a").until == int(until.timestamp()) * 1_000_000
    since = story.record("a").waiting_since
    assert story.run() == ["a"]
    assert (story.record("a").reason, story.record("a").polls) == ("", 2)
    assert story.record("a").waiting_since == since
    assert story.run() == ["a", "b"]
    assert (story.record("a").polls, story.record("a").waiting_since) == (0, 0)
    assert (story.record("a").attempts, story.record("a").iterations) == (3, 1)


@pytest.mark.parametrize(("answer", "done"), [(None, False), (0, False), ("yes", True)])
def test_a_result_that_is_no_bool_is_converted_with_a_warning(answer, done):
    story = Story(">a: b; b:", a=[answer])

    with pytest.warns(ResultWarning, match=rf"task a returned {answer!r}.*taken as {done}"):
        story.run()
    assert story.runner.finished is done


def test_async_tasks_are_run_to_completion():
    async def later(context):
        context["ran"] = True
        return False

    story = Story(">a: b; b:", a=[later])

    assert story.run() == ["a"]
    assert story.runner.context == {"ran": True}
    assert story.state() == {"a": "WAITING"}


def test_times_of_a_record_are_in_order():
    story = Story(">a: b; b:", a=[False, True])
    before = datetime.now(UTC).timestamp() * 1e6
    story.run()
    story.run()
    first, second = story.record("a"), story.record("b")

    assert before - 1 <= first.first_start < first.last_start <= first.end <= second.first_start <= second.end


# -- state --------------------------------------------------------------------------------------------------


def test_a_new_instance_stands_on_its_start_points():
    story = Story(">b: c; >a: c; &c:")

    assert story.runner.state == [("b", TaskState.NEW), ("a", TaskState.NEW)]
    assert not story.runner.finished


def test_a_state_may_be_assigned():
    story = Story(">a: b; b: c; c:")
    story.runner.state = [("b", TaskState.READY)]

    assert story.runner.state == [("b", TaskState.READY)]
    assert story.run() == ["b", "c"]


def test_tokens_of_branches_not_taken_in_an_old_state_are_dropped():
    story = Story(">a: b c; b: j; c: j; &j:")
    canceled = [("b", TaskState.CANCELED), ("j", TaskState.CANCELED)]
    story.runner.state = [*canceled, ("j", TaskState.BLOCKED), ("j", TaskState.BLOCKED)]

    assert story.runner.state == [("j", TaskState.BLOCKED)]
    assert story.run() == ["j"]
    story.runner.state = canceled
    assert story.runner.finished


def test_a_blocked_token_on_a_task_that_is_no_join_runs():
    story = Story(">a: b; b:")
    story.runner.state = [("b", TaskState.BLOCKED)]

    assert story.run() == ["b"]


def test_a_state_that_names_an_unknown_task_is_refused_and_changes_nothing():
    story = Story(">a: b; b:")

    with pytest.raises(WorkflowError, match="names the task 'gone'"):
        story.runner.state = [("gone", TaskState.NEW)]
    assert story.state() == {"a": "NEW"}


def test_a_dead_end_leaves_no_token_and_runs_nothing():
    story = Story(">a: b?; b:", a_b=[False])

    assert story.run() == ["a"]
    assert story.runner.finished
    assert story.run() == []


def test_subclasses_may_override_how_tasks_are_called_and_transitions_evaluated():
    class Own(Runner):
        def __init__(self, *args):
            super().__init__(*args)
            self.seen = []

        def task_execute(self, task: Task):
            self.seen.append(task.name)
            return super().task_execute(task)

        def transition_eval(self, transition):
            self.seen.append(f"-> {transition.dest}")
            return super().transition_eval(transition)

    story = Story(">a: b c?; b:; c:", a_c=[False])
    runner = Own(story.workflow, {})
    runner.run()

    assert runner.seen == ["a", "-> b", "-> c", "b"]


def test_a_task_class_of_its_own_is_called_through_that_class():
    class Loud(Task):
        def __call__(self, context):
            context["loud"] = True
            return super().__call__(context)

    module = ModuleType("loud")
    module.only = end_point(start_point(Loud(lambda _context: True, "only")))
    workflow = Workflow()
    workflow.load_tasks(module)
    runner = workflow.create_runner(context={})
    runner.run()

    assert runner.context == {"loud": True}


ORDERED = """
import sys
sys.path.insert(0, {root!r})
from tests.core.random_workflows import with_loops, workflow_of
from wfepy_core import Runner
for seed in range(40):
    plan = with_loops(seed)
    script = plan.script()
    runner = Runner(workflow_of(plan, script))
    for _ in range(4):
        try:
            runner.run(keep_going=True)
        except ExceptionGroup:
            pass
    print(script.calls, runner.state)
"""


def test_the_same_state_gives_the_same_order_in_every_process(request):
    code = ORDERED.format(root=str(request.config.rootpath))
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=cron_environment(PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }

    assert len(printed) == 1
    assert printed.pop().count("\n") == 40
