"""Folders of instances, read again and again, and only where something changed."""

from __future__ import annotations

import json
import os
import re
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


WAITS = """
from datetime import datetime, timezone

@task()
@start_point()
@end_point()
def sign(context):
    return Waiting("no signature yet", until=datetime.fromtimestamp(context["until"], timezone.utc))
"""
SECOND = 1_000_000


def test_what_an_instance_waits_for_is_read_from_the_first_line_alone(make_instance, wfepy, tmp_path):
    path = make_instance(WAITS, "one", json.dumps({"until": 4_000_000_000, "padding": "x" * 5000}))
    wfepy("advance", path)
    whole = Path(path).read_bytes()
    Path(path).write_bytes(whole[:-20])  # whoever reads it whole finds it torn

    first = scan([str(tmp_path)], {}, 300)
    (later,) = scan([str(tmp_path)], {entry.path: entry for entry in first}, 300)

    assert later is first[0]
    assert later.status is InstanceStatus.WAITING
    assert [(one.task, one.why) for one in later.summary.at] == [("sign", "no signature yet")]
    assert later.until == 4_000_000_000 * SECOND


def test_a_file_of_an_older_form_is_listed_from_its_head_and_read_whole_when_there_is_time(
    make_instance, wfepy, tmp_path
):
    path = make_instance(WAITS, "one", '{"until": 4000000000}')
    wfepy("advance", path)
    text = Path(path).read_text(encoding="utf-8")
    older = re.sub(r', "summary": .*,$', ",", text, count=1, flags=re.MULTILINE)
    assert older != text
    Path(path).write_text(older, encoding="utf-8")

    (first,) = scan([str(tmp_path)], {}, 0)
    (later,) = scan([str(tmp_path)], {path: first}, 1)

    assert (first.status, first.saved_at > 0, first.summary) == (InstanceStatus.WAITING, True, None)
    assert [one.task for one in later.summary.at] == ["sign"]
    assert later.until == 4_000_000_000 * SECOND


def test_the_earliest_moment_counts_though_the_summary_names_only_some_of_the_tasks(
    make_instance, wfepy, tmp_path
):
    moments = [4_000_000_000 - number for number in range(5)]
    parts = [
        WAITS.replace("sign(", f"sign_{n}(").replace('context["until"]', str(at))
        for n, at in enumerate(moments)
    ]
    path = make_instance("".join(parts), "one")
    wfepy("advance", path)

    (first,) = scan([str(tmp_path)], {}, 0)
    (later,) = scan([str(tmp_path)], {path: first}, 1)

    assert first.summary.more == 2
    assert later.until == min(moments) * SECOND


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
