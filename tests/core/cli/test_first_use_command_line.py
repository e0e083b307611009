"""What values, names and options on the command line mean to somebody who uses it for the first time."""

from __future__ import annotations

import json
import os
import sys

import pytest

from wfepy_core.storage import state_file

FLOW = """
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def {task}(context):
    context["by"] = {task!r}
    return True
"""


def context_of(state):
    return state_file.read(state).context


# -- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1.10", "007", "1_000", "1e5", "1e999", "-0", "+1", "Infinity", "1.4.2"])
def test_what_json_would_write_in_another_way_is_text(start, run, text):
    state = start()
    run(f"new n.wfstate --module m.py --set version={text}")
    code, out, _ = run(f"context set {state} version={text}")
    assert code == 0
    assert f"version = {text!r}" in out
    assert context_of(state) == context_of("n.wfstate") == {"version": text}


@pytest.mark.parametrize("text", ["1.1", "300", "-4", "0.5", "true", "null", "[1, 1e5]", '"1.10"'])
def test_what_json_would_write_just_so_is_json(start, run, text):
    state = start()
    assert run("context set", state, f"value={text}")[0] == 0
    assert context_of(state) == {"value": json.loads(text)}


def test_what_was_taken_is_told_with_what_was_there_before(start, run):
    state = start(version="1.9")
    assert run(f"context set {state} version=2 by=Ada") == (
        0,
        "version = 2 (was: 1.9)\nby = 'Ada' (was: not set)\n",
        "",
    )
    assert run(f"context set {state} version=2") == (
        0,
        "the context already has these values: nothing was changed\n",
        "",
    )
    assert run(f"context unset {state} by")[1] == "by removed (was: 'Ada')\n"
    _, out, _ = run("new n.wfstate --module m.py --set version=1.10")
    assert "version = '1.10' was taken as text" in out


@pytest.mark.parametrize(
    "words",
    [
        ["context", "set", "m.wfstate", "g=[1e999]"],
        ["context", "set", "m.wfstate", "--json", "g=1e999"],
        ["context", "set", "m.wfstate", 'g={"a": NaN}'],
        ["context", "set", "m.wfstate", 'g={"$datetime": "gestern"}'],
        ["context", "set", "m.wfstate", "g=@absent"],
        ["context", "set", "m.wfstate", "g=@binary"],
        ["new", "n.wfstate", "--module", "m.py", "--context", '{"a": 1e999}'],
        ["new", "n.wfstate", "--module", "m.py", "--context", "[1]"],
        ["new", "n.wfstate", "--module", "m.py", "--context", "3"],
        ["new", "n.wfstate", "--module", "m.py", "--set", 'd={"$datetime": "gestern"}'],
    ],
)
def test_a_value_that_cannot_be_is_a_mistake_in_the_command_line(start, run, tmp_path, words):
    state = start()
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    code, _, err = run("", *words)
    assert code == 2
    assert err.startswith("wfepy: ")
    assert err.count("\n") == 2
    assert "state file" not in err
    assert state_file.read(state).generation == 1
    assert not os.path.exists("n.wfstate")


def test_a_context_that_a_windows_editor_saved_is_read(start, run, tmp_path):
    start()
    (tmp_path / "bom.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert run("new n.wfstate --module m.py --context @bom.json")[0] == 0
    assert context_of("n.wfstate") == {"a": 1}


# -- options ------------------------------------------------------------------------------------------------


def test_options_may_stand_between_the_words(start, run):
    state = start()
    assert run(f"context set {state} --text d=@home --reason 'moved in' e=1")[0] == 0
    assert context_of(state) == {"d": "@home", "e": "1"}


def test_an_unknown_option_is_told_before_a_missing_one(run):
    code, _, err = run("new x.wfstate --modul m.py")
    assert code == 2
    assert "there is no option --modul; did you mean --module?" in err


# -- names of state files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.json", "x", ".wfstate", "m.wfstate", "nowhere/x.wfstate"])
def test_an_instance_is_started_only_where_folder_commands_find_it(start, run, name):
    start()
    before = sorted(os.listdir())
    code, _, err = run(f"new {name} --module m.py")
    assert code == 2
    assert "lock" not in err
    assert sorted(os.listdir()) == before


def test_the_name_that_would_do_is_told(start, run):
    start()
    assert "name it x.wfstate: folders are searched for *.wfstate" in run("new x.json --module m.py")[2]


# -- modules ------------------------------------------------------------------------------------------------


def test_a_dotted_module_is_found_beside_the_state_file_from_everywhere(tmp_path, run, monkeypatch):
    for name in ("one", "two"):
        package = tmp_path / name / "first_use_flows"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "flow.py").write_text(FLOW.format(task=name))
    for name in ("one", "two"):
        monkeypatch.chdir(tmp_path / name)
        assert run("new x.wfstate --module first_use_flows.flow")[0] == 0
    monkeypatch.chdir("/")
    for name in ("one", "two", "one"):
        path = tmp_path / name / "x.wfstate"
        assert run("advance", path) == (0, f"{path}: finished\n", "")
        assert context_of(path) == {"by": name}


def test_a_dotted_module_that_is_nowhere_is_told_with_where_it_was_looked_for(start, run, tmp_path):
    start()
    code, _, err = run("new x.wfstate --module first_use_absent.flow")
    assert code == 2
    assert f"looked for in the Python path and in {tmp_path}" in err


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("relase.py", "did you mean release.py?"),
        ("relase", "did you mean release.py?"),
        ("release.txt", "release.txt is no Python file"),
        (".", ". is a folder"),
        ("/etc", "/etc is a folder"),
        ("/absent/release.py", "/absent/release.py does not exist"),
    ],
)
def test_a_module_that_is_none_is_a_mistake_in_the_command_line(tmp_path, monkeypatch, run, module, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "release.py").write_text(FLOW.format(task="a"))
    (tmp_path / "release.txt").write_text("")
    for line in (f"new x.wfstate --module {module}", f"check {module}"):
        code, _, err = run(line)
        assert code == 2
        assert said in err


def test_a_module_that_moved_is_told_with_the_command_that_notes_where_it_is(start, run, tmp_path):
    state = start()
    (tmp_path / "m.py").rename(tmp_path / "moved.py")
    for line in (f"advance {state}", f"preflight {state}"):
        code, _, err = run(line)
        assert code == 65
        assert f"`wfepy migrate {state} --module PATH`" in err
    code, out, err = run("advance .")
    assert (code, out) == (65, "not loaded\t./m.wfstate\n")
    assert "--module PATH`" in err
    assert run(f"migrate {state} --module moved.py")[0] == 0
    assert run(f"advance {state}")[0] == 0


def test_a_module_that_no_longer_imports_is_no_failure_of_a_task(start, run, tmp_path):
    state = start()
    (tmp_path / "m.py").write_text("def broken(:\n")
    assert run(f"advance {state}")[0] == 65
    assert run("check m.py")[0] == 1


def test_a_drifted_instance_is_told_with_the_likely_migration(start, run, tmp_path, monkeypatch):
    state = start("return False")
    run(f"advance {state}")
    (tmp_path / "m.py").write_text(FLOW.format(task="approve"))
    monkeypatch.delitem(sys.modules, "m")
    code, _, err = run(f"advance {state}")
    assert code == 65
    assert f"`wfepy migrate {state} --map a=approve`" in err
    assert run("advance .")[1] == "drifted\t./m.wfstate\n"
    assert "the instance has no task aa (did you mean a?)" in flat(
        run(f"migrate {state} --map aa=approve")[2]
    )
    told = flat(run(f"migrate {state} --map a=aprove")[2])
    assert "the module has no task aprove (did you mean approve?)" in told
    assert run(f"migrate {state} --map a=approve")[0] == 0


def flat(told):
    """A message and its hint in one line."""
    message, _, hint = told.removeprefix("wfepy: ").partition("\n  ")
    return f"{message} ({hint.strip()})"
