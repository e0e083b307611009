"""Commands that change instances take many, wait for a lock when asked to, and refuse what is said twice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_file import read

MODULE = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def sign(context):
    return bool(context.get("signed"))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.py").write_text(MODULE)
    return tmp_path


@pytest.fixture
def two(folder, run):
    (folder / "many").mkdir()
    assert run("new many/a.wfstate many/b.wfstate --module m.py --set n=1")[0] == 0
    return ["many/a.wfstate", "many/b.wfstate"]


def contexts(paths):
    return [read(path).context for path in paths]


def test_new_makes_many(two):
    assert contexts(two) == [{"n": 1}, {"n": 1}]


@pytest.mark.usefixtures("two")
def test_of_many_that_are_to_be_made_one_that_is_there_stops_no_other(run):
    code, out, err = run("new many/a.wfstate many/c.wfstate --module m.py")

    assert (code, "many/c.wfstate: new" in out, "many/a.wfstate exists already" in err) == (2, True, True)


@pytest.mark.parametrize("names", ["many/a.wfstate many/b.wfstate", "many", "many/"])
def test_context_values_are_set_and_removed_in_many(two, run, names):
    code, out, _ = run(f"context set {names} signed=true")
    assert (code, contexts(two)) == (0, [{"n": 1, "signed": True}] * 2)
    assert out.splitlines() == [f"{path}: signed = True (was: not set)" for path in two]

    assert run(f"context unset {names} n signed")[0] == 0
    assert contexts(two) == [{}, {}]


@pytest.mark.parametrize("line", ["context set empty x=1", "migrate empty"])
def test_a_folder_without_state_files_is_told(folder, run, line):
    (folder / "empty").mkdir()

    code, _, err = run(line)

    assert (code, "there are no state files in empty" in err) == (2, True)


def test_a_value_that_is_the_name_of_a_state_file_stays_a_value(two, run):
    assert run(f"context set {two[0]} next={two[1]}")[0] == 0
    assert contexts(two) == [{"n": 1, "next": two[1]}, {"n": 1}]


def test_many_are_migrated_and_what_cannot_be_is_told(two, run):
    Path("m.py").write_text(MODULE.replace("def sign", "def approve"))
    Path("many/broken.wfstate").write_bytes(b"")

    code, out, err = run("migrate many --map sign=approve")

    assert (code, "many/broken.wfstate" in err) == (65, True)
    assert out.splitlines() == [f"{path}: migrated, new" for path in two]


@pytest.mark.parametrize(
    "line",
    [
        "new c.wfstate --module m.py --set x=1 --set x=2",
        "context set many/a.wfstate x=1 x=2",
        "preflight many/a.wfstate --set x=1 --set x=2",
        "tokens many/a.wfstate sign=READY sign=",
        "migrate many/a.wfstate --map sign=a --map sign=b",
    ],
)
def test_what_is_said_twice_is_refused_and_nothing_is_done(two, run, line):
    code, _, err = run(line)

    assert code == 2
    assert "twice" in err
    assert not Path("c.wfstate").exists()
    assert contexts(two)[0] == {"n": 1}


CHANGES = {
    "advance": "advance many/a.wfstate",
    "complete": "complete many/a.wfstate sign",
    "context": "context set many/a.wfstate x=1",
    "note": "note many/a.wfstate hello",
    "skip": "skip many/a.wfstate sign",
    "tokens": "tokens many/a.wfstate sign=WAITING",
    "restore": "restore many/a.wfstate",
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.usefixtures("two")
def test_who_waits_gets_the_lock_when_it_is_free(run, monkeypatch, name):
    run("context set many/a.wfstate y=1")  # so that there is something to go back to
    lock = StateLock("many/a.wfstate").acquire()
    assert run(CHANGES[name])[0] == 75
    # Whoever waits sleeps between two looks: in the first such moment the lock becomes free.
    monkeypatch.setattr(time, "sleep", lambda _seconds: lock.release())

    code, _, err = run(f"{CHANGES[name]} --wait 60")

    assert code == 0, err


def test_who_has_waited_in_vain_is_told_who_holds_it(two, run):
    with StateLock(two[0]).acquire():
        code, _, err = run("context set many/a.wfstate x=1 --wait 0.1")

    assert code == 75
    assert "is locked by" in err


NOWHERE = [
    "advance",
    "status",
    "why",
    "preflight",
    "history",
    "output",
    "restore",
    "tokens",
    "context get",
    "context set {} x=1",
    "complete {} sign",
    "skip {} sign",
    "retry {} sign",
    "note {} hello",
    "migrate",
    "fork",
    "graph {} -o x.svg",
    "diff {0} {0}",
    "watch {} --once",
]


@pytest.mark.parametrize("command", NOWHERE)
@pytest.mark.usefixtures("folder")
def test_what_does_not_exist_is_told_with_one_exit_code(run, command):
    line = command.format("nowhere.wfstate") if "{" in command else f"{command} nowhere.wfstate"

    code, _, err = run(line)

    assert (code, "nowhere.wfstate" in err, "does not exist" in err) == (65, True, True), err


ON_A_TASK = (
    "why {} sing",
    "complete {} sing",
    "skip {} sing",
    "retry {} sing",
    "note {} x --task sing",
    "tokens {} sing=READY",
    "history {} --task sing",
    "output {} sing",
)


@pytest.mark.parametrize("command", ON_A_TASK)
def test_a_task_that_does_not_exist_is_told_with_one_exit_code(two, run, command):
    code, _, err = run(command.format(two[0]))

    assert (code, "sing" in err, "sign" in err) == (2, True, True), err
