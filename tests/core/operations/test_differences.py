"""What differs between two instances is told in words, by path; one instance is told as lines that stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.core.pass_samples import Instance
from tests.core.state_samples import release
from tests.cron_environment import cron_environment
from wfepy_core.operations.differences import differences, lines_of
from wfepy_core.passes.single_pass import run_pass


def told(before, after):
    start = release()
    return list(differences(start._replace(context=before), start._replace(context=after)))


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"a": 2, "c": 3}, ["a: 1 → 2", "b: 2 → not there", "c: not there → 3"]),
        ({"a": [{"c": 2}]}, {"a": [{"c": 3}, 4]}, ["a[0].c: 2 → 3", "a[1]: not there → 4"]),
        ({"a b": {"x.y": 1}}, {"a b": {"x.y": 2}}, ['["a b"]["x.y"]: 1 → 2']),
        ({"a": {"$set": [1, 2]}}, {"a": {"$set": [2, 3]}}, ["a: without 1, with 3"]),
        ({"a": {"$set": "torn"}}, {"a": {"$set": [2]}}, ["a: {'$set': 'torn'} → {2}"]),
        ({"a": 1}, {"a": True}, ["a: 1 → True"]),
        ({"a": [1]}, {"a": {"b": 1}}, ["a: [1] → {'b': 1}"]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, ["context: its members in another order"]),
        ({"o": {"$object": ["Order", {"n": 1}]}}, {"o": {"$object": ["Order", {"n": 2}]}}, ["o.n: 1 → 2"]),
        ({"o": {"$object": ["A", {}]}}, {"o": {"$object": ["B", {}]}}, ["o: <A {}> → <B {}>"]),
        ({"a": [], "b": {"$same": "/a"}}, {"a": [], "b": []}, ["b: <same as a> → []"]),
        (5, [5], ["context: 5 → [5]"]),
    ],
)  # fmt: skip
def test_values_that_differ_are_told_by_path(before, after, lines):
    assert told(before, after) == lines


def test_what_a_pass_did_is_told(tmp_path):
    instance = Instance(tmp_path)
    before = instance.read()
    run_pass(instance.path)
    waiting = instance.read()
    instance.set_context(signed=True)
    run_pass(instance.path)

    lines = list(differences(before, waiting))
    assert lines[0] == "status: new → waiting"
    assert lines[1] == "stands at: prepare NEW → sign WAITING, publish BLOCKED"
    assert any(
        line.startswith("task sign: not reached → waiting; no signature yet; since 20") for line in lines
    )
    assert lines[-1] == "log: not there → ['prepare', 'build']"
    assert "status: waiting → finished" in list(differences(waiting, instance.read()))


def test_another_graph_is_told(tmp_path):
    before, after = (Instance(tmp_path / name) for name in _folders(tmp_path, "old", "new"))
    graph = before.read().graph
    fewer = graph._replace(tasks=graph.tasks[:-1], transitions=graph.transitions[:2])

    assert "task publish: gone" in list(
        differences(before.read(), before.read()._replace(graph=fewer, tokens=()))
    )
    assert list(differences(before.read(), after.read())) == []


def _folders(tmp_path, *names):
    for name in names:
        (tmp_path / name).mkdir()
    return names


def test_an_instance_as_lines_does_not_change_with_idle_passes(tmp_path):
    instance = Instance(tmp_path, days={"a": [1, 2]})
    run_pass(instance.path)
    lines = list(lines_of(instance.read()))
    run_pass(instance.path)

    assert list(lines_of(instance.read())) == lines
    assert "days.a[1] = 2" in lines
    assert "stands at: sign WAITING, publish BLOCKED" in lines


GIT = shutil.which("git")


@pytest.mark.skipif(GIT is None, reason="git is not installed")
def test_git_shows_the_difference_in_words(tmp_path):
    instance = Instance(tmp_path, order={"amount": 2})
    environment = cron_environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)

    def git(*words):
        return subprocess.run(
            [GIT, *words], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        ).stdout

    git("init", "--quiet")
    (tmp_path / ".gitattributes").write_text("*.wfstate diff=wfstate\n")
    git("config", "diff.wfstate.textconv", f"'{sys.executable}' -m wfepy_core diff --textconv")
    git("add", "release.wfstate")
    instance.set_context(order={"amount": 3})

    shown = git("diff", "--unified=0").splitlines()
    assert [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        "-order.amount = 2",
        "+order.amount = 3",
    ]
