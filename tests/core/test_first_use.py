"""What somebody met who used the commands for the first time, on a bad day."""

from __future__ import annotations

import os
import shlex

import pytest

from wfepy_core.cli import main
from wfepy_core.storage import state_file

ONE_TASK = """
import os, sys
from wfepy_core import Waiting, end_point, start_point, task

@task()
@start_point()
@end_point()
def a(context):
    with open({trace!r}, "a") as file:
        file.write("a")
    {body}
"""


@pytest.fixture
def run(capsys):
    """Runs a command line; its exit code, standard output and standard error."""

    def command(line, *more):
        code = main([*shlex.split(line), *map(str, more)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def start(tmp_path, monkeypatch, run):
    """Starts an instance in the working directory whose only task runs the given statement."""
    monkeypatch.chdir(tmp_path)

    def make(body="return True", name="m", **values):
        trace = str(tmp_path / f"{name}.trace")
        (tmp_path / f"{name}.py").write_text(ONE_TASK.format(trace=trace, body=body))
        settings = [f"--set={key}={value}" for key, value in values.items()]
        assert run(f"new {name}.wfstate --module {name}.py", *settings)[0] == 0
        return f"{name}.wfstate"

    return make


def calls(name="m"):
    """How often the task of `start` was called."""
    try:
        with open(f"{name}.trace") as file:
            return len(file.read())
    except FileNotFoundError:
        return 0


# -- wrong or lost work -------------------------------------------------------------------------------------


def test_a_task_may_change_the_working_directory(start, run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    state = start("os.chdir('elsewhere'); return True")
    code, out, err = run(f"advance {state}")
    assert (code, out, err) == (0, "m.wfstate: finished\n", "")
    assert state_file.read(tmp_path / state).generation == 2
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_pass_over_a_folder_finds_every_instance_though_tasks_change_the_working_directory(
    start, run, tmp_path
):
    (tmp_path / "elsewhere").mkdir()
    for name in ("one", "two"):
        start("os.chdir('elsewhere'); return True", name)
    code, out, err = run("advance .")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["finished\t./one.wfstate", "finished\t./two.wfstate"]
    assert calls("one") == calls("two") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="file modes are those of POSIX")
@pytest.mark.parametrize("locked", ["m.wfstate", "."])
def test_where_the_result_could_not_be_saved_no_task_is_run(start, run, monkeypatch, locked):
    state = start("return False")
    assert run(f"advance {state}")[0] == 0
    before = calls()
    os.chmod(locked, 0o444 if locked == state else 0o555)
    try:
        if os.geteuid() == 0:  # who may overrule file modes
            _refuse_as_for_an_ordinary_user(monkeypatch, state)
        code, _, err = run(f"advance {state}")
    finally:
        os.chmod(locked, 0o700)
    assert code == 65
    assert "permission is denied; nothing was done" in err
    assert calls() == before


def _refuse_as_for_an_ordinary_user(monkeypatch, state):
    """Lets `open` and `access` refuse what the modes forbid, as they do for everybody but root."""
    real_open = os.open

    def opened(path, flags, *more, **named):
        writes = flags & (os.O_WRONLY | os.O_RDWR) and str(path).endswith(state)
        if writes and not os.stat(path).st_mode & 0o200:
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "access", lambda path, _mode: bool(os.stat(path).st_mode & 0o200))
