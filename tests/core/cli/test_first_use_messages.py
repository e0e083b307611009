"""What the commands say to somebody who uses them for the first time, on a bad day."""

from __future__ import annotations

import os
import warnings

import pytest

from wfepy_core.engine.task_result import ResultWarning
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.why import why
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock

TWO_BRANCHES = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("good", lambda context: False)
@followed_by("bad", lambda context: False)
def split(context):
    return True

@task()
@end_point()
def good(context):
    return True

@task()
@end_point()
def bad(context):
    return True
"""


# -- a failed task ------------------------------------------------------------------------------------------


def test_a_failure_is_told_with_its_task_its_place_and_the_next_step(start, run):
    state = start("raise KeyError('version')")
    code, _, err = run(f"advance {state}")
    assert code == 1
    first, second = err.splitlines()
    assert first == "m.wfstate: failed: a: KeyError: 'version' (m.py:11)"
    assert second == "  `wfepy why m.wfstate` shows the traceback; the next pass tries it again"
    code, out, err = run("advance .")
    assert (code, out) == (1, "failed\t./m.wfstate\n")
    assert "./m.wfstate: a: KeyError: 'version' (m.py:11)\n  `wfepy why ./m.wfstate`" in err


def test_several_failures_are_told_one_by_one(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    module = TWO_BRANCHES.replace("lambda context: False", "lambda context: True").replace(
        "def good(context):\n    return", "def good(context):\n    return 1 / 0 #"
    )
    (tmp_path / "two.py").write_text(
        module.replace("def bad(context):\n", "def bad(context):\n    assert 0\n")
    )
    run("new two.wfstate --module two.py")
    _, _, err = run("advance two.wfstate --keep-going")
    assert (
        "failed: good: ZeroDivisionError: division by zero (two.py:14); bad: AssertionError (two.py:19)"
        in err
    )
    assert "`wfepy why two.wfstate good` shows the traceback" in run("why two.wfstate")[1]


def test_why_of_an_instance_shows_the_traceback_of_its_only_failure(start, run):
    state = start("raise KeyError('version')")
    run(f"advance {state}")
    _, out, _ = run(f"why {state}")
    assert "Traceback" in out
    assert "KeyError: 'version'" in out


@pytest.mark.parametrize("raised", ["BaseException('x')", "GeneratorExit('x')", "SystemExit('x')"])
def test_whatever_leaves_a_task_but_ctrl_c_is_a_failure_of_the_task(start, run, raised):
    state = start(f"raise {raised}")
    code, _, err = run(f"advance {state}")
    assert code == 1
    assert "failed: a: " in err
    assert state_file.read(state).record("a").error is not None
    assert not state_file.read(state).running


def test_a_task_that_returns_nothing_is_told_with_its_place_and_waits_with_a_reason(start, run):
    state = start("None")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert run(f"advance {state}")[0] == 0
    (warning,) = caught
    assert warning.category is ResultWarning
    assert os.path.basename(warning.filename) == "m.py"
    assert "task a returned None" in str(warning.message)
    assert "a missing return?" in str(warning.message)
    assert "it returned None" in run(f"why {state}")[1]


@pytest.mark.parametrize("signature", ["", "one, two"])
def test_a_task_that_cannot_take_the_context_is_told_when_it_is_loaded(tmp_path, monkeypatch, run, signature):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "split.py").write_text(TWO_BRANCHES.replace("split(context)", f"split({signature})"))
    code, _, err = run("check split.py")
    assert code == 1
    assert "split.py:4: split is called with the context alone (write `def split(context):`)" in err


@pytest.mark.parametrize("signature", ["*all", "context, extra=1", "context=None", "context, *, more=2"])
def test_a_task_that_can_take_the_context_is_sound(tmp_path, monkeypatch, run, signature):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "split.py").write_text(TWO_BRANCHES.replace("split(context)", f"split({signature})"))
    assert run("check split.py")[0] == 0


# -- texts of somebody else ---------------------------------------------------------------------------------


def test_control_characters_of_a_task_never_reach_the_terminal(start, run):
    state = start("raise ValueError('\\x1b[31mred\\x07\\r\\x9b' + 'x' * 3000)")
    told = [run(f"advance {state}"), run(f"why {state}"), run(f"status {state}"), run(f"history {state}")]
    told += [run("advance ."), run("status ."), run(f"why {state} a")]
    for _, out, err in told:
        assert not set("\x1b\x07\r\x9b") & set(out + err)
    assert "\\x1b[31mred" in told[0][2]
    assert max(map(len, told[0][2].splitlines())) < 300


def test_a_reason_with_line_breaks_stays_in_its_line(start, run):
    state = start("return Waiting('one\\ntwo')")
    run(f"advance {state}")
    assert "one two" in run(f"status {state}")[1].splitlines()[1]


def test_a_name_with_a_line_break_stays_in_its_line(start, run):
    state = start()
    os.rename(state, "a\nb.wfstate")
    (line,) = run("status .")[1].splitlines()
    assert line.endswith("\t./a\\nb.wfstate")


# -- state files that are none ------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"\x00\xff\x13", b'{"format": "wfepy-state", "ver'])
def test_a_damaged_state_file_is_told_with_the_way_back(start, run, tmp_path, damage):
    state = start("return False")
    run(f"advance {state}")
    (tmp_path / state).write_bytes(damage)
    for line in (f"advance {state}", f"status {state}", "status .", f"why {state}"):
        code, _, err = run(line)
        assert code == 65
        assert "m.wfstate` goes back to the version before" in err
        assert ("the file is empty" in err) == (damage == b"")
    assert run(f"restore {state}")[0] == 0
    assert run(f"advance {state}")[0] == 0


def test_without_a_former_version_a_backup_is_asked_for(start, run, tmp_path):
    state = start()
    (tmp_path / state).write_bytes(b"{}")
    assert "bring the file back from a backup" in run(f"status {state}")[2]


@pytest.mark.parametrize("name", ["nope.wfstate", "nope/", "nope/x.wfstate", "m.py", "loop.wfstate"])
def test_what_is_no_state_file_gets_no_lock_file(start, run, name):
    start()
    os.symlink("loop.wfstate", "loop.wfstate")
    before = sorted(os.listdir())
    code, _, err = run(f"advance {name}")
    assert code == 65
    assert "cannot lock" not in err
    assert sorted(os.listdir()) == before


def test_a_module_in_place_of_a_state_file_is_told_with_what_to_do(start, run):
    start()
    for line in ("advance m.py", "status m.py"):
        _, _, err = run(line)
        assert "m.py is a Python file, not a state file" in err
        assert "`wfepy new NAME.wfstate --module m.py`" in err


def test_links_in_a_circle_are_told_as_such(start, run):
    start()
    os.symlink("loop.wfstate", "loop.wfstate")
    for line in ("advance loop.wfstate", "status loop.wfstate"):
        assert "its links lead in a circle" in run(line)[2]


def test_one_file_by_two_paths_is_passed_once(start, run):
    state = start()
    assert run(f"advance . {state} ./{state}")[1] == "finished\t./m.wfstate\n"


# -- under cron ---------------------------------------------------------------------------------------------


def test_quiet_tells_only_changes_and_failures(start, run):
    state = start("return False")
    start("raise ValueError('bad')", "worse")
    assert run(f"advance {state} --quiet")[1] == "m.wfstate: waiting\n"
    assert run(f"advance {state} --quiet") == (0, "", "")
    run("advance worse.wfstate")
    code, out, err = run("advance . --quiet")
    assert (code, out) == (1, "failed\t./worse.wfstate\n")
    assert "ValueError: bad" in err


def test_a_dead_end_is_told_in_a_sentence(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.py").write_text(TWO_BRANCHES)
    run("new two.wfstate --module two.py")
    code, out, err = run("advance two.wfstate")
    assert (code, err) == (0, "")
    assert out.startswith("two.wfstate: dead end: no task is left to run and no end point was reached")
    assert state_file.read_head("two.wfstate").status is InstanceStatus.DEAD_END
    code, out, err = run("advance .")
    assert (code, out) == (0, "dead end\t./two.wfstate\n")
    assert "no end point was reached" in err
    assert run("advance . --quiet") == (0, "", "")


def test_watching_what_is_no_folder_is_a_mistake_in_the_command_line(start, run):
    start()
    assert run("watch m.py --once")[0] == 2


def test_watching_once_ends_with_the_code_of_an_advance(start, run, tmp_path):
    start("raise ValueError('bad')")
    assert run("watch . --once")[0] == 1
    (tmp_path / "empty.wfstate").write_bytes(b"")
    assert run("watch . --once")[0] == 65


def test_a_task_that_does_not_exist_has_no_silent_history(start, run):
    state = start()
    code, _, err = run(f"history {state} --task b")
    assert code == 2
    assert "m has no task 'b'" in err
    assert run(f"history {state} --task a")[0] == 0


def test_a_locked_instance_is_named_once(start, run, tmp_path):
    state = start()
    start(name="other")
    with StateLock(str(tmp_path / state)):
        code, _, err = run("advance .")
    assert code == 75
    assert err.startswith("wfepy: ./m.wfstate: is locked by ")


# -- clocks, and ways back ----------------------------------------------------------------------------------


def test_a_time_in_the_future_is_told_as_such(start, run):
    state = start("return False")
    run(f"advance {state}")
    run(f"context set {state} a=1")
    snapshot = state_file.read(state)
    then = snapshot.saved.at - 3_600_000_000

    assert "has waited a moment" in why(snapshot, now=then).sentence
    assert "in the future (check this host's clock)" in Facts(snapshot, then).ago(snapshot.saved.at)


def test_a_skip_that_stops_the_instance_tells_what_takes_it_back(start, run):
    state = start("return False")
    _, _, err = run(f"skip {state} a")
    assert "stops for good; a retry of a takes it back" in err
    assert run(f"retry {state} a")[0] == 0


def test_restoring_what_has_no_former_version_says_so(start, run):
    start()
    for name in ("m.wfstate", "nope.wfstate"):
        code, _, err = run(f"restore {name}")
        assert code == 65
        assert "there is no previous version" in err
        assert "wfepy new" not in err


# -- an author's first mistakes -----------------------------------------------------------------------------


def check(folder, run, source, name="flow.py"):
    (folder / name).write_text(source)
    return run(f"check {name}")


def test_a_wrong_keyword_of_a_decorator_points_at_the_line_of_its_author(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    code, _, err = check(
        tmp_path, run, "from wfepy_core import task\n\n\n@task(label=['x'])\ndef a(c): pass\n"
    )

    assert code == 1
    assert "task() got an unexpected keyword argument 'label'" in err
    assert f"at {tmp_path}/flow.py:4" in err


def test_a_relative_import_suggests_the_dotted_name(tmp_path, monkeypatch, run):
    package = tmp_path / "orders"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.chdir(tmp_path)
    _, _, err = check(tmp_path, run, "from . import prices\n", "orders/flow.py")

    assert f"`--module orders.flow`, with PYTHONPATH={tmp_path}" in err


def test_a_join_of_one_branch_is_sound_with_a_note(tmp_path, monkeypatch, run):
    monkeypatch.chdir(tmp_path)
    source = TWO_BRANCHES.replace(
        "@task()\n@end_point()\ndef bad", "@task()\n@join_point()\n@end_point()\ndef bad"
    )
    code, out, err = check(tmp_path, run, source.replace("import end_point", "import join_point, end_point"))

    assert (code, "is sound" in out) == (0, True)
    assert err.startswith("note: ")
    assert "bad is a join point but only split leads to it" in err
