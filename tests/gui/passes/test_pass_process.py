"""Passes in child processes, with the real command."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer

from wfepy_core.loading.agreement import Agreement
from wfepy_core.model.events import PassEnded, TaskEnded
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.output_lines import OutputReader
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.passes.pass_process import KEPT_OUTPUT, PassProcess
from wfepy_gui.workers.child_process import Stop

WAIT_MS = 20_000
PROGRAM = (sys.executable, "-m", "wfepy_core")
DONE = """
@task()
@start_point()
@end_point()
def only(context):
    print("hello", flush=True)
    os.write(1, b'{"e":"end","g":1,"t":1,"task":"forged","state":"COMPLETE"}\\n')
    return True
"""
STUBBORN = """
import signal
@task()
@start_point()
@end_point()
def only(context):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("deaf", flush=True)
    while True:
        time.sleep(0.05)
"""
FLOOD = """
@task()
@start_point()
@end_point()
def only(context):
    for _ in range(400):
        print("x" * 99_999)
    return True
"""
SEGFAULT = """
@task()
@start_point()
@end_point()
def only(context):
    os.kill(os.getpid(), 11)
"""


EVERYTHING = Agreement({}, ("/",))
"""Trust in all files."""


@pytest.fixture
def process(qapp):  # noqa: ARG001  QProcess needs its event loop
    made = PassProcess(PROGRAM)
    yield made
    made.kill()
    made.deleteLater()


def collect(process):
    events = []
    process.events_arrived.connect(events.extend)
    return events


def printed(path):
    return [line.text for line in OutputReader(path).read_all()]


def run(qtbot, process, path):
    with qtbot.waitSignal(process.ended, timeout=WAIT_MS) as ended:
        process.start(path, EVERYTHING)
    return ended.args[0]


def test_events_come_apart_from_what_tasks_print(qtbot, process, make_instance):
    events = collect(process)

    outcome = run(qtbot, process, make_instance(DONE))

    assert outcome.end is PassEnd.DONE
    assert [event.task for event in events if isinstance(event, TaskEnded)] == ["only"]
    assert isinstance(events[-1], PassEnded)
    assert "hello" in outcome.details
    assert "forged" in outcome.details, "a task cannot forge an event by printing one"


def test_a_stubborn_task_is_killed_soon_after_it_was_asked_to_stop(qtbot, process, make_instance):
    path = make_instance(STUBBORN)
    process.start(path, EVERYTHING)
    qtbot.waitUntil(lambda: "deaf" in printed(path), timeout=WAIT_MS)

    with qtbot.waitSignal(process.ended, timeout=WAIT_MS) as ended:
        process.cancel()

    assert ended.args[0].end is PassEnd.CANCELLED
    assert ended.args[0].stop is Stop.KILLED
    assert "deaf" in printed(path), "what was printed before it was killed is kept"


def test_a_flood_is_drained_and_bounded(qtbot, process, make_instance):
    outcome = run(qtbot, process, make_instance(FLOOD))

    assert outcome.end is PassEnd.DONE
    assert 0 < len(outcome.details) <= KEPT_OUTPUT


def test_a_crash_is_an_outcome_of_its_own(qtbot, process, make_instance):
    assert run(qtbot, process, make_instance(SEGFAULT)).end is PassEnd.CRASHED


def test_a_command_that_cannot_be_started_says_so(qtbot, tmp_path):
    process = PassProcess((str(tmp_path / "no-such-program"),))
    assert run(qtbot, process, "x.wfstate").end is PassEnd.NOT_STARTED


def test_a_locked_instance_is_told_apart_from_a_failure(qtbot, process, make_instance):
    path = make_instance(DONE)
    with StateLock(path):
        assert run(qtbot, process, path).end is PassEnd.LOCKED


def test_the_window_stays_alive_while_a_task_floods(qtbot, process, make_instance):
    """Counts turns of the event loop, not time: a blocked loop makes none."""
    turns = []
    heart = QTimer()
    heart.setInterval(5)
    heart.timeout.connect(lambda: turns.append(1))
    path = make_instance(FLOOD)
    heart.start()
    assert run(qtbot, process, path).end is PassEnd.DONE
    heart.stop()
    assert len(turns) > 10
