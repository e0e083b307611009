"""A task that closes every descriptor it finds: the pass goes on, and no file of the task is written to."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.operations.create import new_instance
from wfepy_core.storage import state_file
from wfepy_core.storage.segments import lines_of, segments_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors of POSIX")

FLOW = """\
WHEN = {when!r}
import os, subprocess, sys
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("after", lambda context: WHEN == "condition" and close(context) or True)
def first(context):
    return WHEN != "task" or close(context)

def close(context):
    os.closerange(*context["range"])
    if "take" in context:
        exec(context["take"])
    context["own"] = [os.open("own%d" % n, os.O_RDWR | os.O_CREAT) for n in range(9)]
    return True

@task()
@start_point()
@end_point()
def other(context):
    print("other ran")
    return True

@task()
@end_point()
def after(context):
    print("after ran")
    return True

if WHEN == "import" and os.path.exists("close"):
    close({{"range": (3, 4096)}})
"""
RANGES = [(3, 256), (0, 256), (0, 3), (3, 4096), (0, 4096)]


@pytest.fixture
def advance(tmp_path):
    """Make an instance of a workflow that closes descriptors, and a pass over what is named."""

    def run(*words, when="task", **context):
        (tmp_path / "flow.py").write_text(FLOW.format(when=when), encoding="utf-8")
        new_instance(str(tmp_path / "a.wfstate"), ["flow.py"], context)
        (tmp_path / "close").touch()
        return subprocess.run(
            [sys.executable, "-m", "wfepy_core", "advance", *words],
            cwd=tmp_path,
            env=cron_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("when", ["task", "condition", "import"])
@pytest.mark.parametrize("words", [("a.wfstate",), (".",)], ids=["alone", "folder"])
@pytest.mark.parametrize("closed", RANGES)
def test_the_pass_goes_on_and_no_file_of_the_task_is_written_to(tmp_path, advance, closed, words, when):
    ended = advance(*words, when=when, range=closed)

    state = str(tmp_path / "a.wfstate")
    snapshot = state_file.read(state)
    assert [snapshot.record(task).iterations for task in ("first", "other", "after")] == [1, 1, 1]
    assert [own.name for own in tmp_path.glob("own*") if own.stat().st_size] == []
    assert "after ran" in (tmp_path / "a.wfstate.output").read_text(encoding="utf-8")
    [segment] = segments_of(state)
    assert all(json.loads(line) for line in lines_of(segment))
    is_told = "closed file descriptors of its pass" in ended.stderr or "closed all file desc" in ended.stderr
    assert closed[1] != 256 or when == "import" or (ended.returncode == 0 and is_told)
    assert ended.returncode == 0 or is_told


def test_what_others_did_with_the_instance_meanwhile_is_not_overwritten(tmp_path, advance):
    command = [sys.executable, "-m", "wfepy_core", "context", "set", "a.wfstate", "by_others=yes"]
    ended = advance("a.wfstate", range=(3, 256), take=f"subprocess.run({command!r}, check=True)")

    assert ended.returncode == 65
    assert "a task has closed it, and it has changed since" in ended.stderr
    assert state_file.read(str(tmp_path / "a.wfstate")).context["by_others"] == "yes"
