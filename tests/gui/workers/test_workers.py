"""Child processes and watchers, with the real command."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool, QTimer

from wfepy_core.model.events import PassEnded, TaskEnded
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage.lock import StateLock
from wfepy_gui.instance.file_watcher import FileWatcher
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.passes.pass_process import PassProcess
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.bounded_output import BoundedOutput
from wfepy_gui.workers.child_process import Stop
from wfepy_gui.workers.fleet_scanner import FleetScanner, scan

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
        os.write(2, b"x" * 99_999 + b"\\n")
    return True
"""

SEGFAULT = """
@task()
@start_point()
@end_point()
def only(context):
    os.kill(os.getpid(), 11)
"""


@pytest.fixture
def process(qapp):  # noqa: ARG001  QProcess needs its event loop
    made = PassProcess(PROGRAM)
    yield made
    made.kill()
    made.deleteLater()


@pytest.fixture
def pool():
    made = QThreadPool()
    yield made
    made.waitForDone()


def collect(process):
    events, output = [], bytearray()
    process.events_arrived.connect(events.extend)
    process.output_arrived.connect(output.extend)
    return events, output


def run(qtbot, process, path):
    with qtbot.waitSignal(process.ended, timeout=WAIT_MS) as ended:
        process.start(path)
    return ended.args[0]


def test_events_come_apart_from_what_tasks_print(qtbot, process, make_instance):
    events, output = collect(process)

    outcome = run(qtbot, process, make_instance(DONE))

    assert outcome.end is PassEnd.DONE
    assert [event.task for event in events if isinstance(event, TaskEnded)] == ["only"]
    assert isinstance(events[-1], PassEnded)
    assert b"hello" in output
    assert b"forged" in output, "a task cannot forge an event by printing one"


def test_a_stubborn_task_is_killed_soon_after_it_was_asked_to_stop(qtbot, process, make_instance):
    _, output = collect(process)
    process.start(make_instance(STUBBORN))
    qtbot.waitUntil(lambda: b"deaf" in output, timeout=WAIT_MS)

    with qtbot.waitSignal(process.ended, timeout=WAIT_MS) as ended:
        process.cancel()

    assert ended.args[0].end is PassEnd.CANCELLED
    assert ended.args[0].stop is Stop.KILLED


def test_a_flood_is_drained_and_bounded(qtbot, process, make_instance):
    kept = BoundedOutput()
    process.output_arrived.connect(kept.add)

    outcome = run(qtbot, process, make_instance(FLOOD))

    assert outcome.end is PassEnd.DONE
    assert kept.total >= 40_000_000
    assert len(kept.text()) < 1_300_000
    assert "bytes of output left out" in kept.text()


def test_a_crash_is_an_outcome_of_its_own(qtbot, process, make_instance):
    assert run(qtbot, process, make_instance(SEGFAULT)).end is PassEnd.CRASHED


def test_a_command_that_cannot_be_started_says_so(qtbot, tmp_path):
    process = PassProcess((str(tmp_path / "no-such-program"),))
    assert run(qtbot, process, "x.wfstate").end is PassEnd.NOT_STARTED


def test_a_locked_instance_is_told_apart_from_a_failure(qtbot, process, make_instance):
    path = make_instance(DONE)
    with StateLock(path):
        assert run(qtbot, process, path).end is PassEnd.LOCKED


def test_bounded_output_keeps_both_ends():
    output = BoundedOutput(head=4, tail=6)
    for piece in (b"abcdef", b"ghijkl", b"mnopqrst"):
        output.add(piece)

    assert output.text().startswith("abcd")
    assert output.text().endswith("opqrst")
    assert output.total == 20
    short = BoundedOutput()
    short.add(b"all of it")
    assert short.text() == short.tail_text(100) == "all of it"


def test_an_answer_that_was_overtaken_is_dropped(qtbot, pool):
    background = BackgroundQuery(pool)
    began, is_overtaken, answers = Event(), Event(), []
    background.answered.connect(answers.append)

    def slow():
        began.set()
        is_overtaken.wait(WAIT_MS / 1000)
        return "old"

    background.ask(slow)
    qtbot.waitUntil(began.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(background.answered, timeout=WAIT_MS):
        background.ask(lambda: "new")
        is_overtaken.set()
    pool.waitForDone()
    with qtbot.waitSignal(background.answered, timeout=WAIT_MS):
        background.ask(lambda: "newest")

    assert answers == ["new", "newest"]


def test_a_question_begins_when_whoever_asks_is_done(qtbot, pool):
    background, ran = BackgroundQuery(pool), []
    background.ask(lambda: ran.append("old"))
    background.ask(lambda: ran.append("new"))
    pool.waitForDone()
    assert ran == []
    assert background.is_busy

    qtbot.waitUntil(lambda: not background.is_busy, timeout=WAIT_MS)
    assert ran == ["new"]


def test_an_exception_in_the_background_comes_back_as_a_failure(qtbot, pool):
    background = BackgroundQuery(pool)
    with qtbot.waitSignal(background.failed, timeout=WAIT_MS) as failed:
        background.ask(lambda: 1 // 0)
    assert isinstance(failed.args[0], ZeroDivisionError)


def test_a_replaced_file_and_one_that_comes_back_are_noticed(qtbot, pool, tmp_path):
    path, other = tmp_path / "a.wfstate", tmp_path / "new"
    path.write_text("1", encoding="utf-8")
    watcher = FileWatcher(pool)
    watcher.watch(str(path))

    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        other.write_text("2", encoding="utf-8")
        other.replace(path)
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        path.unlink()
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        path.write_text("3", encoding="utf-8")
    with qtbot.waitSignal(watcher.changed, timeout=WAIT_MS):
        Path(f"{path}.journal").write_text("line\n", encoding="utf-8")
    watcher.stop()


def test_a_scan_reads_only_what_changed_and_reports_what_it_cannot_read(make_instance, wfepy, tmp_path):
    one, two = make_instance(DONE, "one"), make_instance(DONE, "two")
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
    make_instance(DONE, "one")
    scanner = FleetScanner(pool)
    with qtbot.waitSignal(scanner.scanned, timeout=WAIT_MS) as scanned:
        scanner.set_roots([str(tmp_path)])
    assert len(scanned.args[0]) == 1

    def has_two(entries):
        return len(entries) == 2

    with qtbot.waitSignal(scanner.scanned, timeout=WAIT_MS, check_params_cb=has_two):
        make_instance(DONE, "two")
    scanner.stop()


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


def test_a_folder_that_vanished_has_nothing_to_show(tmp_path):
    assert scan([str(tmp_path / "gone")], {}, 0) == []


def test_the_reason_is_what_the_command_said_last():
    printed = (
        "wfepy: not this one\nlots of output\nwfepy: the module is gone\n  correct it\n  with --module\n"
    )
    assert reason_in(printed) == ("the module is gone", "correct it with --module")
    assert reason_in("wfepy: said by a task\nand more output") == ("", "")
