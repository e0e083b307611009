"""The engine on a Python that lacks what macOS or Windows lacks: see `other_systems/sitecustomize.py`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cron_environment import PACKAGES, cron_environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes away from Linux what others lack")

LACKING = Path(__file__).with_name("other_systems")
SECONDS = 60
WORKFLOW = """\
import subprocess

from wfepy_core import Waiting, end_point, followed_by, start_point, task


@task()
@start_point()
@followed_by("sign")
async def build(context):
    print("built by Python")
    subprocess.run(["echo", "built by a program"], check=True)
    return True


@task()
@followed_by("publish")
def sign(context):
    return "signed_by" in context or Waiting("no signature yet")


@task()
@end_point()
def publish(context):
    return True
"""


class Machine:
    """Runs commands in a folder, as on another system."""

    def __init__(self, system, folder):
        self.system = system
        self.folder = folder
        self.syncs = folder / "syncs"

    def run(self, *arguments, expect=0):
        environment = cron_environment(
            PYTHONPATH=os.pathsep.join((str(LACKING), PACKAGES)),
            WFEPY_TEST_SYSTEM=self.system,
            WFEPY_TEST_SYNCS=str(self.syncs),
            LOGNAME="ada",
            USERNAME="ada",
            COMPUTERNAME=os.uname().nodename,
        )
        done = subprocess.run(
            [sys.executable, "-P", "-m", "wfepy_core", *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (expect, False), done.stderr
        return done.stdout


@pytest.fixture(params=["darwin", "win32"])
def machine(request, tmp_path):
    (tmp_path / "release.py").write_text(WORKFLOW, encoding="utf-8")
    made = Machine(request.param, tmp_path)
    made.run("new", "one.wfstate", "two.wfstate", "--module", "release.py")
    return made


def test_an_instance_goes_from_its_birth_to_its_end(machine):
    assert "one.wfstate: waiting" in machine.run("advance", "one.wfstate")
    assert "no signature yet" in machine.run("why", "one.wfstate")
    machine.run("context", "set", "one.wfstate", "signed_by=Ada")
    assert "one.wfstate: finished" in machine.run("advance", "one.wfstate")
    history = machine.run("history", "one.wfstate")
    assert "by hand (ada): context changed: signed_by = 'Ada'" in history
    assert f"pass begins: by ada on {os.uname().nodename}" in history


def test_a_round_over_a_folder_keeps_what_python_and_programs_print(machine):
    out = machine.run("advance", ".", "--jobs", "2", "--timeout", "30")
    assert out.count("waiting") == 2
    kept = machine.run("output", "two.wfstate")
    assert "build: built by Python" in kept
    assert "build: built by a program" in kept


def test_a_pass_of_its_own_with_a_time_limit_ends_as_it_should(machine):
    assert "one.wfstate: waiting" in machine.run("advance", "one.wfstate", "--timeout", "30")


def test_what_an_operator_does_is_done(machine):
    machine.run("advance", "one.wfstate")
    machine.run("note", "one.wfstate", "asked Ada")
    machine.run("fork", "one.wfstate", "one.sandbox.wfstate")
    machine.run("complete", "one.wfstate", "sign", "--reason", "on paper")
    machine.run("restore", "one.wfstate")
    machine.run("graph", "one.wfstate", "-o", "one.svg")
    assert "sign" in machine.run("tokens", "one.wfstate")
    assert "one.sandbox.wfstate" in machine.run("status", ".")


def test_nobody_takes_a_lock_that_is_held(machine):
    hold = (
        "import subprocess, sys; from wfepy_core.storage.lock import StateLock\n"
        "with StateLock('one.wfstate'): sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    )
    note = [sys.executable, "-P", "-m", "wfepy_core", "note", "one.wfstate", "not now"]
    environment = cron_environment(
        PYTHONPATH=os.pathsep.join((str(LACKING), PACKAGES)), WFEPY_TEST_SYSTEM=machine.system
    )
    command = [sys.executable, "-P", "-c", hold, *note]
    done = subprocess.run(command, cwd=machine.folder, env=environment, check=False, timeout=SECONDS)
    assert done.returncode == 75


def test_on_macos_the_cache_of_the_drive_is_written_too(tmp_path):
    (tmp_path / "release.py").write_text(WORKFLOW, encoding="utf-8")
    machine = Machine("darwin", tmp_path)
    machine.run("new", "one.wfstate", "--module", "release.py")
    machine.syncs.unlink()
    machine.run("advance", "one.wfstate")
    synced = machine.syncs.read_text(encoding="utf-8").splitlines()
    assert str(tmp_path / "one.wfstate.journal") in synced
    assert any(Path(each).name.startswith(".one.wfstate.") for each in synced)  # the new version
    assert synced[-1] == str(tmp_path)  # last its name
