"""Loading tasks, and mistakes told before anything runs: each with its place and its cure."""

from __future__ import annotations

import re
import sys
from types import ModuleType

import pytest
import wfepy

from wfepy_core import Runner, Workflow, WorkflowError, end_point, followed_by, join_point, start_point, task


def module(**attributes):
    made = ModuleType("made")
    made.__file__ = "made.py"
    vars(made).update(attributes)
    return made


def loaded(**attributes):
    workflow = Workflow()
    workflow.load_tasks(module(**attributes))
    return workflow


def work(_context):
    return True


def a_task(name, *decorators):
    made = task(name)(work)
    for decorator in reversed(decorators):
        made = decorator(made)
    return made


def problems_of(workflow):
    with pytest.raises(WorkflowError) as caught:
        workflow.check_graph()
    return caught.value.problems


HERE = re.compile(rf"{re.escape(__file__)}:\d+")
START = a_task("start", start_point(), followed_by("end"))
END = a_task("end", end_point())

MISTAKES = {
    "dest": (
        [a_task("start", start_point(), followed_by("edn")), END],
        "start is followed by edn, which does not exist",
        "did you mean end?",
    ),
    "no start": ([a_task("a", followed_by("end")), END], "there is no start point", "@start_point()"),
    "nothing follows": (
        [a_task("start", start_point(), followed_by("end", bool), followed_by("b")), a_task("b"), END],
        "nothing follows b",
        "@end_point()",
    ),
    "nothing leads": ([START, END, a_task("b", end_point())], "nothing leads to b", "@start_point()"),
    "unmarked": (
        [
            a_task("start", start_point(), followed_by("a"), followed_by("end")),
            a_task("a", followed_by("end")),
            END,
        ],
        "end is reached from a, start but is no join point",
        "@join_point()",
    ),
    "no end": (
        [
            a_task("start", start_point(), followed_by("a")),
            a_task("a", followed_by("b")),
            a_task("b", followed_by("a")),
        ],
        "no end point can be reached",
        "@end_point()",
    ),
    "join never fires": (
        [
            START,
            END,
            a_task("a", join_point(), followed_by("b"), followed_by("a")),
            a_task("b", followed_by("a"), end_point()),
        ],
        "join point a can never run: no start point leads to it",
        "lead a transition to it",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_graph_is_told_with_its_place_and_its_cure(name):
    tasks, message, cure = MISTAKES[name]
    told = problems_of(loaded(**{each.name: each for each in tasks}))

    found = [problem for problem in told if problem.message == message]
    assert len(found) == 1, told
    assert HERE.fullmatch(found[0].where)
    assert cure in found[0].cure


def test_all_mistakes_are_told_at_once():
    told = problems_of(loaded(a=a_task("a", followed_by("x"), followed_by("y")), b=a_task("b")))

    assert len(told) == 6


def test_a_correct_graph_with_loops_has_no_mistakes():
    loaded(
        start=a_task("start", start_point(), followed_by("head")),
        head=a_task("head", followed_by("body")),
        body=a_task("body", followed_by("head", bool), followed_by("body", bool), followed_by("end", bool)),
        end=a_task("end", end_point()),
    ).check_graph()


def test_a_module_without_tasks_is_told_with_its_file():
    told = problems_of(loaded(answer=42))

    assert [(problem.message, problem.where) for problem in told] == [("there is no task", "made.py:1")]


def test_decorators_without_task_are_told_with_their_place():
    with pytest.raises(WorkflowError, match=re.escape("made.py cannot be loaded")) as caught:
        loaded(first=followed_by("b")(start_point(work)))

    (problem,) = caught.value.problems
    assert problem.message == "first has workflow decorators but is not a task"
    assert HERE.fullmatch(problem.where)
    assert problem.cure == "add @task() to it"


def test_a_name_used_twice_is_told_with_both_places():
    def other(_context):
        return True

    workflow = loaded(start=START)
    with pytest.raises(WorkflowError) as caught:
        workflow.load_tasks(module(other=task("start")(other)))

    (problem,) = caught.value.problems
    assert problem.message == "two tasks are named start"
    assert HERE.fullmatch(problem.where)
    assert HERE.search(problem.cure)
    assert workflow.tasks == {"start": START}


def test_one_function_made_two_tasks_of_one_name_is_a_name_used_twice():
    with pytest.raises(WorkflowError, match="two tasks are named start"):
        loaded(one=START, two=a_task("start", end_point()))


def test_an_alias_is_the_same_task_and_loading_again_changes_nothing():
    workflow = loaded(start=START, alias=START, end=END)
    workflow.load_tasks(module(start=START))

    assert list(workflow.tasks) == ["start", "end"]


def test_tasks_come_in_source_order_and_know_what_precedes_them():
    workflow = loaded(
        zebra=a_task("zebra", start_point(), followed_by("ape")), ape=a_task("ape", end_point())
    )

    assert list(workflow.tasks) == ["zebra", "ape"]
    assert (workflow.start_points, workflow.end_points) == (["zebra"], ["ape"])
    assert workflow.tasks["ape"].preceded_by == {"zebra"}


def test_what_precedes_a_task_does_not_leak_from_another_workflow():
    shared = a_task("shared", end_point())
    loaded(a=a_task("a", start_point(), followed_by("shared")), shared=shared)
    loaded(b=a_task("b", start_point(), followed_by("shared")), shared=shared)

    assert shared.preceded_by == {"b"}


def test_a_module_may_be_named_once_it_is_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "made", module(start=START, end=END))
    workflow = Workflow()
    workflow.load_tasks("made")

    assert list(workflow.tasks) == ["start", "end"]
    with pytest.raises(WorkflowError, match="no module of that name is imported"):
        workflow.load_tasks("never_imported")


def test_tasks_of_the_real_wfepy_are_adopted():
    @wfepy.task(labels=["x"])
    @wfepy.start_point()
    @wfepy.followed_by("b", bool)
    def a(_context):
        return True

    @wfepy.task()
    @wfepy.end_point()
    def b(_context):
        return True

    workflow = loaded(a=a, b=b)
    workflow.load_tasks(module(a=a))
    workflow.check_graph()
    runner = Runner(workflow, {"yes": True})
    runner.run()

    assert runner.finished
    assert runner.records[1].iterations == 1
    assert workflow.tasks["a"].labels == {"x"}


def test_a_long_chain_of_unmarked_diamonds_runs_each_task_once_a_wave():
    calls = []
    tasks = {}
    levels = 12

    def counted(name):
        def count(_context):
            calls.append(name)
            return True

        return count

    for level in range(levels):
        top = task(f"top{level}")(counted("top"))
        tasks[f"top{level}"] = followed_by(f"left{level}")(followed_by(f"right{level}")(top))
        for side in ("left", "right"):
            half = task(f"{side}{level}")(counted(side))
            tasks[f"{side}{level}"] = followed_by(f"top{level + 1}")(half)
    tasks[f"top{levels}"] = task(f"top{levels}")(counted("top"))
    start_point(tasks["top0"])
    runner = Runner(loaded(**tasks))
    runner.run()

    assert len(calls) == 3 * levels + 1


def test_a_join_of_one_branch_is_no_mistake_but_a_doubt():
    workflow = loaded(start=START, end=a_task("end", join_point(), end_point()))

    workflow.check_graph()

    [doubt] = workflow.doubts()
    assert doubt.message == "end is a join point but only start leads to it"
    assert doubt.where
