"""A task that closes all descriptors, as programs do that go into the background, harms nobody by it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.core.pass_samples import Instance
from tests.cron_environment import cron_environment
from wfepy_core.storage.lock import read_holder

CLOSE_ALL = """
import os, sys
print("before", flush=True)
os.closerange({first}, 256)
files = [open(os.path.join(context["place"], f"own-{{number}}"), "w") for number in range(24)]
for file in files:
    file.write("own")
    file.flush()
print("after", flush=True)
sys.modules["keep"] = files
"""
TIMEOUT_S = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors of POSIX")


def advance(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "wfepy_core", "advance", *arguments],
        env=cron_environment(),
        text=True,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def own_files(folder):
    """What its files hold, but for what is printed: it may have taken the descriptors 1 and 2, too."""
    texts = [file.read_text(encoding="utf-8") for file in folder.glob("own-*")]
    return {text[:3] + "".join(line for line in text[3:].splitlines() if "{" in line) for text in texts}


@pytest.mark.parametrize("first", [0, 3])
@pytest.mark.parametrize("task", ["in_build", "in_sign"])
@pytest.mark.parametrize("how", [[], ["--events"], ["--timeout", "50"]])
def test_its_own_files_get_no_line_of_ours_and_the_pass_is_saved(tmp_path, first, task, how):
    instance = Instance(tmp_path, place=str(tmp_path))
    advance(instance.path)  # from here on `sign` is polled
    if task == "in_build":
        (tmp_path / "new").mkdir()
        instance = Instance(tmp_path / "new", place=str(tmp_path))
    instance.set_context(**{task: CLOSE_ALL.format(first=first), "signed": task == "in_sign"})

    ended = advance(instance.path, *how)

    assert own_files(tmp_path) == {"own"}
    assert "Traceback" not in ended.stderr
    log = instance.read().context["log"]
    assert log == (["prepare", "build"] if task == "in_build" else ["prepare", "build", "publish"])
    assert read_holder(instance.path) is None
    assert advance(instance.path).returncode == 0


def test_in_a_folder_its_files_get_no_line_of_ours_either(tmp_path):
    instance = Instance(tmp_path, place=str(tmp_path), in_build=CLOSE_ALL.format(first=3))

    ended = advance(str(tmp_path))

    assert own_files(tmp_path) == {"own"}
    assert "release.wfstate" in ended.stdout + ended.stderr
    assert instance.read().context["log"] == ["prepare", "build"]


def test_what_it_prints_afterwards_is_kept(tmp_path):
    instance = Instance(tmp_path, place=str(tmp_path), in_build=CLOSE_ALL.format(first=3))

    advance(instance.path)

    kept = (tmp_path / "release.wfstate.output").read_text(encoding="utf-8")
    assert kept.index("\tbefore\n") < kept.index("\tafter\n")


TAKEN_MEANWHILE = """
import os, subprocess, sys
os.closerange(3, 256)
subprocess.run([sys.executable, "-m", "wfepy_core", "note", context["path"], "meanwhile"], check=True)
"""


def test_a_pass_whose_lock_others_had_meanwhile_is_not_saved_over_theirs(tmp_path):
    instance = Instance(tmp_path, path=str(tmp_path / "release.wfstate"), in_build=TAKEN_MEANWHILE)

    ended = advance(instance.path)

    assert ended.returncode == 65
    assert "a task has closed" in ended.stderr
    assert any('"meanwhile"' in line for line in instance.lines())


LOST = """
import os, subprocess, sys
from wfepy_core.errors import StateFileError
from wfepy_core.storage.lock import StateLock
lock = StateLock(sys.argv[1], purpose="edit").acquire()
os.closerange(3, 256)
subprocess.run([sys.executable, "-m", "wfepy_core", "note", sys.argv[1], "meanwhile"], check=True)
for _ in range(2):
    try:
        lock.require()
    except StateFileError:
        print("lost")
lock.release()
"""


def test_a_lock_that_was_lost_is_not_held_whenever_it_is_asked_for(tmp_path):
    command = [sys.executable, "-c", LOST, Instance(tmp_path).path]
    ended = subprocess.run(command, env=cron_environment(), text=True, capture_output=True, check=True)

    assert ended.stdout.splitlines()[-2:] == ["lost", "lost"]
