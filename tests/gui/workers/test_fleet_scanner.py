"""Folders of instances, read again and again, and only where something changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from tests.gui.workflows import ONE_TASK_ENDS
from wfepy_core.model.status import InstanceStatus
from wfepy_gui.workers.fleet_scanner import FleetScanner, scan

WAIT_MS = 20_000


def test_a_scan_reads_only_what_changed_and_reports_what_it_cannot_read(make_instance, wfepy, tmp_path):
    one, two = make_instance(ONE_TASK_ENDS, "one"), make_instance(ONE_TASK_ENDS, "two")
    (tmp_path / "torn.wfstate").write_text("{", encoding="utf-8")
    first = {Path(entry.path).stem: entry for entry in scan([str(tmp_path)], {}, 0)}
    assert {name: entry.status for name, entry in first.items()} == {
        "one": InstanceStatus.NEW,
        "two": InstanceStatus.NEW,
        "torn": None,
    }
    assert "torn.wfstate" in first["torn"].problem

    wfepy("advance", one)
    second = {entry.path: entry for entry in scan([str(tmp_path)], {e.path: e for e in first.values()}, 0)}

    assert second[one].status is InstanceStatus.FINISHED
    assert second[two] is first["two"]


def test_the_scanner_follows_a_folder(qtbot, pool, make_instance, tmp_path):
    make_instance(ONE_TASK_ENDS, "one")
    scanner = FleetScanner(pool)
    with qtbot.waitSignal(scanner.scanned, timeout=WAIT_MS) as scanned:
        scanner.set_roots([str(tmp_path)])
    assert len(scanned.args[0]) == 1

    def has_two(entries):
        return len(entries) == 2

    with qtbot.waitSignal(scanner.scanned, timeout=WAIT_MS, check_params_cb=has_two):
        make_instance(ONE_TASK_ENDS, "two")
    scanner.stop()


def test_a_folder_that_vanished_has_nothing_to_show(tmp_path):
    assert scan([str(tmp_path / "gone")], {}, 0) == []


# Tells the test that it runs, and stays there until it is killed.
HANGS = """
import os, signal
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def hang(context):
    if not os.path.exists("started"):
        return False
    with open("started", "w"):
        signal.pause()
"""


@pytest.mark.parametrize("is_poll", [False, True], ids=["first call", "poll"])
def test_a_pass_that_others_killed_is_interrupted_as_soon_as_its_lock_is_free(
    make_instance, wfepy, tmp_path, is_poll
):
    path = make_instance(HANGS, "one")
    if is_poll:
        wfepy("advance", path)
    os.mkfifo(tmp_path / "started")
    command = [sys.executable, "-m", "wfepy_core", "advance", path]
    with subprocess.Popen(command, cwd=tmp_path, env=cron_environment()) as process:
        with open(tmp_path / "started", "rb"):
            running = scan([str(tmp_path)], {}, 0)
            process.send_signal(signal.SIGKILL)
        process.wait()

    killed = scan([str(tmp_path)], {entry.path: entry for entry in running}, 0)

    assert [entry.status for entry in running] == [InstanceStatus.RUNNING]
    assert [entry.status for entry in killed] == [InstanceStatus.INTERRUPTED]
    assert killed[0].needs_me(0)
