"""What is saved can be read again, whatever clocks and counters say; what could not be is refused before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.cli import main
from wfepy_core.errors import StateFileError
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

MODULE = """
import os
import time
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("sign")
def build(context):
    with open("calls", "a") as file:
        file.write("build\\n")
    if "clock" in context:
        time.time_ns = lambda: context["clock"] * 10**9
    return True

@task()
@end_point()
def sign(context):
    return "clock" in context or "signed" in context
"""
# A program whose clock is wrong from its start.
CLOCK = (
    "import sys, time; time.time_ns = lambda: {} * 10**9; from wfepy_core.cli import main; sys.exit(main())"
)
BEFORE_1970, AFTER_9999 = -86_400, 300_000_000_000


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "release.py").write_text(MODULE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def calls():
    file = Path("calls")
    return file.read_text().split() if file.exists() else []


def wfepy_with_clock(clock, *arguments):
    command = [sys.executable, "-c", CLOCK.format(clock), *arguments]
    return subprocess.run(command, env=cron_environment(), check=False, capture_output=True, text=True)


@pytest.mark.parametrize("clock", [BEFORE_1970, AFTER_9999])
@pytest.mark.parametrize(
    "command",
    [
        ["advance", "a.wfstate"],
        ["context", "set", "a.wfstate", "x=1"],
        ["new", "b.wfstate", "--module", "release.py"],
        ["fork", "a.wfstate", "b.sandbox.wfstate"],
    ],
    ids=lambda command: command[0],
)
def test_with_a_clock_that_no_state_file_can_name_nothing_is_done(clock, command):
    new_instance("a.wfstate", ["release.py"], {})
    before = {name: Path(name).read_bytes() for name in os.listdir() if not name.endswith((".lock", "__"))}

    done = wfepy_with_clock(clock, *command)

    assert done.returncode == 65, done.stderr
    assert "the clock of this computer is before 1970 or after 9999" in done.stderr
    assert "Traceback" not in done.stderr
    for name, content in before.items():
        assert Path(name).read_bytes() == content
    assert calls() == []
    assert not Path("b.wfstate").exists()
    assert run_pass("a.wfstate").status is InstanceStatus.WAITING


@pytest.mark.parametrize("clock", [BEFORE_1970, AFTER_9999])
def test_a_task_during_which_the_clock_goes_wrong_is_done_once(clock):
    new_instance("a.wfstate", ["release.py"], {"clock": clock})
    command = [sys.executable, "-m", "wfepy_core", "advance", "a.wfstate"]
    subprocess.run(command, env=cron_environment(), check=False, capture_output=True)

    state_file.read("a.wfstate")
    run_pass_in_another_process()

    assert calls() == ["build"]
    assert state_file.summarize("a.wfstate").status is InstanceStatus.FINISHED


def run_pass_in_another_process():
    command = [sys.executable, "-m", "wfepy_core", "advance", "a.wfstate"]
    done = subprocess.run(command, env=cron_environment(), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_counters_stop_at_the_largest_number_that_can_be_read():
    new_instance("a.wfstate", ["release.py"], {})
    run_pass("a.wfstate")
    full = 2**53 - 1
    snapshot = state_file.read("a.wfstate")
    snapshot.records.attempts[1] = snapshot.records.polls[1] = snapshot.records.iterations[1] = full
    state_file.write("a.wfstate", snapshot)

    assert main(["context", "set", "a.wfstate", "signed=true"]) == 0
    assert run_pass("a.wfstate").status is InstanceStatus.FINISHED

    record = state_file.read("a.wfstate").record("sign")
    assert (record.attempts, record.iterations) == (full, full)


def test_no_task_is_called_where_no_generation_is_left():
    new_instance("a.wfstate", ["release.py"], {})
    state_file.write("a.wfstate", state_file.read("a.wfstate")._replace(generation=2**53 - 1))
    for _ in range(2):
        with pytest.raises(StateFileError, match="after which none can be saved; no task was called"):
            run_pass("a.wfstate")
    assert calls() == []
