"""One object in two places of the context is one object in the next pass, too, however it came about."""

import subprocess
import sys

import pytest

from tests.core.pass_samples import Instance
from tests.cron_environment import cron_environment
from wfepy_core.cli import main
from wfepy_core.passes.single_pass import run_pass

TWO_TASKS = """
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("second")
def first(context):
    exec(context["first"], {"c": context})
    return True

@task()
@end_point()
def second(context):
    if "paused" not in context:
        context["paused"] = True
        return Waiting("the next pass")
    exec(context["second"], {"c": context})
    return True
"""


def run_two_passes(folder, first, second, **context):
    instance = Instance(folder, TWO_TASKS, first=first, second=second, **context)
    for _ in range(2):
        assert run_pass(instance.path).error is None
    return instance.read().context


@pytest.mark.parametrize(
    "first",
    [
        pytest.param("c['all'] = []; c['current'] = c['all']", id="new"),
        pytest.param("c['all'] = []; c['current'] = c['all'] if c.pop('old') else 0", id="key gone"),
        pytest.param("c['current'] = c['all']", id="beside an older one"),
        pytest.param("c['current'] = []; c['all'] = c['current']", id="the other way round"),
        pytest.param("c['equal'] = c['current'] = c['all']", id="in the place of an equal one"),
    ],
)
def test_a_list_that_two_keys_hold_is_one_after_a_pass(tmp_path, first):
    context = run_two_passes(
        tmp_path, first, "c['current'].append('x'); c['seen'] = list(c['all'])", old=1, all=[], equal=[]
    )

    assert context["seen"] == ["x"]


def test_an_older_list_within_a_new_one_is_one_after_a_pass(tmp_path):
    second = "c['jobs'][0]['lines'].append(1); c['seen'] = list(c['lines'])"
    context = run_two_passes(tmp_path, "c['jobs'].append({'lines': c['lines']})", second, jobs=[], lines=[])

    assert context["seen"] == [1]


def test_equal_lists_that_became_one_deep_inside_are_one_after_a_pass(tmp_path):
    second = "c['a']['x'].append(1); c['seen'] = c['b']['x'][:]"
    context = run_two_passes(tmp_path, "c['b']['x'] = c['a']['x']", second, a={"x": []}, b={"x": []})

    assert context["seen"] == [1]


def test_what_was_one_and_became_two_is_two_after_a_pass(tmp_path):
    instance = Instance(tmp_path, TWO_TASKS, first="c['a'] = c['b'] = [1]", second="c['b'] = c['a'][:]")
    for _ in range(2):
        run_pass(instance.path)

    assert instance.read().context["a"] == instance.read().context["b"] == [1]


def test_equal_objects_are_not_taken_for_one(tmp_path):
    second = "c['a'].append(1); c['seen'] = c['b'][:]"

    assert run_two_passes(tmp_path, "c['a'] = []; c['b'] = []", second)["seen"] == []


@pytest.mark.parametrize("first", ["c['current'] = c['all']", "c['jobs'].append(c['all']); c['current'] = 0"])
def test_what_became_one_is_one_after_a_crash_too(tmp_path, first):
    second = "c['all'].append('x'); __import__('os')._exit(9)"
    context = {"first": first, "second": second, "all": [], "jobs": [], "paused": True}
    instance = Instance(tmp_path, TWO_TASKS, **context)
    command = [sys.executable, "-m", "wfepy_core", "advance", instance.path]

    assert subprocess.run(command, env=cron_environment(), check=False).returncode == 9

    saved = instance.read()
    assert saved.interrupted
    assert {"$same": "/all"} in (saved.context["current"], *saved.context["jobs"])


@pytest.mark.parametrize("broken", ["c['b'].append(1); raise OSError", "c['b'].append(object())"])
def test_after_a_failure_they_are_still_one(tmp_path, broken):
    second = "c['seen'] = c['a'] is c['b']"
    instance = Instance(tmp_path, TWO_TASKS, first="c['a'] = c['b'] = []", second=broken)
    for _ in range(2):
        run_pass(instance.path)
    instance.set_context(second=second)
    run_pass(instance.path)

    assert instance.read().context["seen"] is True


def test_a_reference_spelled_in_another_way_stops_the_pass_by_path_before_a_task_is_called(tmp_path, capsys):
    instance = Instance(tmp_path, TWO_TASKS, first="c['b'].append(1)", second="", a=[[1], [2]])
    instance.set_context(b={"$same": "/a/01"})
    before = instance.bytes()

    assert main(["advance", instance.path]) == 65

    assert "context.b: refers to '/a/01', where nothing is to be found" in capsys.readouterr().err
    assert main(["context", "get", instance.path, "b"]) == 2
    assert "refers to '/a/01'" in capsys.readouterr().err
    assert instance.bytes() == before
