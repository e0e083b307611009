"""Whose turn it is in a pass over a state file: nothing starves behind a task that fails or hangs."""

import subprocess
import sys

import pytest

from tests.core.pass_samples import Instance
from tests.cron_environment import cron_environment
from wfepy_core.explain.preflight import preflight
from wfepy_core.explain.why import why
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.passes.time_limit import note_time_limit

FAN = """
import os, signal, sys
from wfepy_core import end_point, followed_by, join_point, start_point, task

def do(context, name):
    context.setdefault("calls", []).append(name)
    with open(context["log"], "a") as log:
        print(name, file=log)
    what = context.get(name, "wait")
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "exit":
        sys.exit(3)
    if what == "fail":
        raise ValueError(name)
    if what == "generator exit":
        raise GeneratorExit
    return what == "done"

@task()
@start_point()
@followed_by("a")
@followed_by("b")
@followed_by("c")
def begin(context):
    return do(context, "begin")

@task()
@followed_by("next")
def a(context):
    return do(context, "a")

@task()
@followed_by("next", lambda context: do(context, "condition") or True)
def b(context):
    return do(context, "b")

@task()
@followed_by("next")
def c(context):
    return do(context, "c")

@task()
@join_point()
@end_point()
def next(context):
    return do(context, "next")
"""


class Fan:
    """An instance with three branches that do what its context says, and what was called in each pass."""

    def __init__(self, folder, **does):
        self.log = folder / "log"
        self.instance = Instance(folder, FAN, log=str(self.log), begin="done", **does)
        self.path = self.instance.path

    def advance(self, **does):
        """One pass in a process of its own, which may die; the names of what was called."""
        if does:
            self.instance.set_context(**does)
        self.log.write_text("")
        code = f"from wfepy_core.passes.single_pass import run_pass; run_pass({self.path!r})"
        subprocess.run([sys.executable, "-c", code], env=cron_environment(), check=False)
        return self.log.read_text().split()


@pytest.mark.parametrize("trouble", ["fail", "exit", "generator exit"])
def test_the_branches_beside_a_failing_task_go_on(tmp_path, trouble):
    fan = Fan(tmp_path, a=trouble)

    result = run_pass(fan.path)

    assert result.failed == ("a",)
    assert fan.instance.statuses() | {"next": ""} == {
        "begin": "complete",
        "a": "failed",
        "b": "waiting",
        "c": "waiting",
        "next": "",
    }


def test_several_failures_are_told_together(tmp_path):
    result = run_pass(Fan(tmp_path, a="fail", c="exit").path)

    assert result.failed == ("a", "c")
    assert [type(error).__name__ for error in result.error.exceptions] == ["ValueError", "WorkflowError"]


def test_whoever_wants_ends_a_pass_at_its_first_failure(tmp_path):
    fan = Fan(tmp_path, a="fail")

    run_pass(fan.path, keep_going=False)

    assert fan.log.read_text().split() == ["begin", "a"]


def test_what_failed_before_comes_after_everything_else(tmp_path):
    fan = Fan(tmp_path, a="fail", b="done", condition="fail")
    assert fan.advance() == ["begin", "a", "b", "condition", "c"]

    called = fan.advance(c="done")

    assert called[0] == "c"
    assert sorted(called[1:]) == ["a", "condition"]


def test_what_was_interrupted_comes_after_everything_else(tmp_path):
    fan = Fan(tmp_path, a="die")
    assert fan.advance() == ["begin", "a"]

    assert fan.advance() == ["b", "c", "a"]
    assert fan.advance() == ["b", "c", "a"]


def test_two_tasks_that_end_the_process_in_turns_do_not_keep_a_third_one_back(tmp_path):
    fan = Fan(tmp_path, a="die", b="die")

    passes = [fan.advance() for _ in range(5)]

    assert ["c" in called for called in passes] == [False, False, True, False, True]


def test_what_an_interrupted_task_would_have_been_behind_comes_before_it_too(tmp_path):
    fan = Fan(tmp_path, a="die")
    fan.advance()

    assert fan.advance(b="done")[:2] == ["b", "condition"]


def test_why_a_task_was_cut_off_is_told_once_until_it_runs_again(tmp_path):
    fan = Fan(tmp_path, a="die")
    fan.advance()
    assert note_time_limit(fan.path, 3.0) == ("a",)

    snapshot = fan.instance.read()
    assert snapshot.interrupted
    assert "a was interrupted: stopped after 3 s, its time limit" in why(snapshot, "a", now=0).sentence
    fan.advance()

    told = [line for line in fan.instance.lines() if '"e":"interrupted"' in line]
    assert len(told) == 1
    assert "its process ended" in why(fan.instance.read(), "a", now=0).sentence
    fan.advance(a="wait")
    assert fan.instance.read().record("a").reason == ""


def test_preflight_says_who_is_last(tmp_path):
    fan = Fan(tmp_path, a="die")
    fan.advance()

    foretold = preflight(fan.instance.read(), lambda *_condition: True)

    assert foretold.calls == ("b", "c", "a")
    assert list(foretold.calls) == fan.advance()
