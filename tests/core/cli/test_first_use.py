"""What somebody met who used the commands for the first time, on a bad day: work must not be lost."""

from __future__ import annotations

import os

import pytest

from wfepy_core.storage import state_file


def calls(name="m"):
    """How often the task of `start` was called."""
    try:
        with open(f"{name}.trace") as file:
            return len(file.read())
    except FileNotFoundError:
        return 0


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


def test_a_picture_that_cannot_be_written_leaves_the_former_one(start, run, monkeypatch, tmp_path):
    state = start()
    assert run(f"graph {state} -o g.svg")[0] == 0
    former = (tmp_path / "g.svg").read_bytes()

    def refuse(*_paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    code, _, err = run(f"graph {state} -o g.svg --dark")
    assert code == 2
    assert "cannot write the picture: No space left on device" in err
    assert (tmp_path / "g.svg").read_bytes() == former
    assert not list(tmp_path.glob("*.tmp"))
