"""A child is ended with all it started, and what it is given reaches it unseen."""

from __future__ import annotations

import os
import sys

import pytest
from PySide6.QtCore import QProcess

from wfepy_gui.workers.child_process import ChildProcess, Stop
from wfepy_gui.workers.command_process import CommandProcess

WAIT_MS = 20_000
WITH_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def child(qapp):  # noqa: ARG001  QProcess needs its event loop
    made = ChildProcess()
    yield made
    made.abandon()


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for processes in /proc")
def test_what_a_command_started_is_ended_with_it(qtbot, child):
    printed = bytearray()
    child.printed.connect(printed.extend)
    child.start((sys.executable, "-c", WITH_A_CHILD))
    qtbot.waitUntil(lambda: printed.endswith(b"\n"), timeout=WAIT_MS)

    child.kill()

    qtbot.waitUntil(lambda: not is_alive(int(printed)), timeout=WAIT_MS)


def test_a_child_that_stops_when_it_is_asked_is_not_pushed_further(qtbot, child):
    printed = bytearray()
    child.printed.connect(printed.extend)
    child.start((sys.executable, "-c", "print('up', flush=True); import time; time.sleep(600)"))
    qtbot.waitUntil(lambda: printed == b"up\n", timeout=WAIT_MS)

    with qtbot.waitSignal(child.ended, timeout=WAIT_MS) as ended:
        child.cancel()

    assert ended.args[0].stop is Stop.ASKED


def test_an_abandoned_child_says_nothing_more(qtbot, qapp):  # noqa: ARG001  QProcess needs its event loop
    child, said = ChildProcess(), []
    child.ended.connect(said.append)
    child.start((sys.executable, "-c", "import time; time.sleep(600)"))
    with qtbot.waitSignal(child.destroyed, timeout=WAIT_MS):
        child.abandon()
    assert said == []


def test_a_command_reads_what_it_is_given(qtbot, qapp):  # noqa: ARG001  QProcess needs its event loop
    command = CommandProcess()
    with qtbot.waitSignal(command.ended, timeout=WAIT_MS) as ended:
        command.run((sys.executable, "-c", "print(input()[::-1])"), b"secret\n")
    assert ended.args[0].printed == "terces\n"


def test_a_command_that_takes_too_long_is_ended_and_says_so(qtbot, qapp):  # noqa: ARG001  QProcess needs its event loop
    command = CommandProcess()
    with qtbot.waitSignal(command.ended, timeout=WAIT_MS) as ended:
        command.run((sys.executable, "-c", "import time; time.sleep(600)"), limit_ms=50)
    assert ended.args[0].code < 0
    assert "it was ended" in ended.args[0].complaint


def test_on_windows_a_child_is_started_and_ended_with_what_windows_has(qtbot, child, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "killpg")
    monkeypatch.delattr(QProcess, "setUnixProcessParameters")
    stand_in = tmp_path / "taskkill"
    stand_in.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked; kill -9 "$2"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    printed = bytearray()
    child.printed.connect(printed.extend)
    child.start((sys.executable, "-c", "print('up', flush=True); import time; time.sleep(600)"))
    qtbot.waitUntil(lambda: printed == b"up\n", timeout=WAIT_MS)
    pid = child.process_id

    with qtbot.waitSignal(child.ended, timeout=WAIT_MS) as ended:
        child.cancel()

    assert ended.args[0].stop is Stop.TERMINATED
    assert (tmp_path / "asked").read_text(encoding="utf-8") == f"/PID {pid} /T /F\n"
