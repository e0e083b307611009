"""What nothing catches inside this program is told to the operator and written down; nothing is swallowed."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QLabel, QPushButton

from wfepy_gui import diagnostics as faults
from wfepy_gui.diagnostics import Diagnostics, last_lines
from wfepy_gui.notices import Level
from wfepy_gui.views.dialogs.about import About
from wfepy_gui.window.command_ids import Command
from wfepy_gui.workers.background_query import BackgroundQuery

WAIT_MS = 20_000


@pytest.fixture
def log(tmp_path):
    return tmp_path / "logs" / "desktop.log"


@pytest.fixture
def told_before(monkeypatch):
    """Those who listened before: they write down here what they are told, and fail no test."""
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda *given: told.append(given[1]))
    monkeypatch.setattr(threading, "excepthook", lambda given: told.append(given.exc_value))
    monkeypatch.setattr(sys, "unraisablehook", lambda given: told.append(given.exc_value))
    return told


@pytest.fixture
def watched(desktop, log, told_before):  # noqa: ARG001  before the hooks
    diagnostics = Diagnostics(str(log))
    diagnostics.install()
    desktop.follow(diagnostics)
    yield desktop
    diagnostics.restore()


def newest(qtbot, desktop, text):
    qtbot.waitUntil(lambda: any(text in each.summary for each in desktop.notices.history), timeout=WAIT_MS)
    return desktop.notices.history[-1]


def raise_in_a_slot():
    raise ValueError("no luck in a slot")


@pytest.mark.qt_no_exception_capture
def test_a_slot_that_raises_is_told_and_written_down(qtbot, watched, log, told_before):
    action = watched.window.actions_table[Command.RESET_LAYOUT]
    action.triggered.connect(raise_in_a_slot)

    action.trigger()

    notice = newest(qtbot, watched, "no luck in a slot")
    assert notice.level is Level.ERROR
    assert "ValueError" in notice.summary
    assert "raise_in_a_slot" in notice.details
    written = log.read_text(encoding="utf-8")
    assert "ERROR wfepy.gui" in written
    assert "ValueError: no luck in a slot" in written
    assert [str(error) for error in told_before] == ["no luck in a slot"], "a terminal still has it"


@pytest.mark.qt_no_exception_capture
def test_the_same_fault_again_and_again_is_one_notice(qtbot, watched):
    action = watched.window.actions_table[Command.RESET_LAYOUT]
    action.triggered.connect(raise_in_a_slot)

    for _ in range(3):
        action.trigger()

    qtbot.waitUntil(lambda: newest(qtbot, watched, "no luck").times == 3, timeout=WAIT_MS)
    assert sum("no luck" in each.summary for each in watched.notices.history) == 1


def test_a_thread_that_raises_is_told_and_written_down(qtbot, watched, log):
    def fail():
        raise KeyError("lost in a thread")

    thread = threading.Thread(target=fail, name="reader")
    thread.start()
    thread.join()

    notice = newest(qtbot, watched, "lost in a thread")
    assert "in fail" in notice.details
    assert "Nothing caught this in reader" in log.read_text(encoding="utf-8")


def test_what_cannot_be_raised_is_told_too(qtbot, watched, log):
    class Broken:
        def __del__(self):
            raise OSError("broken at the end")

    Broken()

    assert "broken at the end" in newest(qtbot, watched, "broken at the end").details
    assert "broken at the end" in log.read_text(encoding="utf-8")


@pytest.mark.qt_log_level_fail("NO")
def test_a_complaint_of_qt_is_a_warning_with_a_line_in_the_log(qtbot, watched, log):
    qWarning("QPainter: a fault of ours")

    notice = newest(qtbot, watched, "QPainter: a fault of ours")
    assert notice.level is Level.WARNING
    assert "WARNING wfepy.gui.qt" in log.read_text(encoding="utf-8")


@pytest.mark.qt_log_level_fail("NO")
def test_what_a_platform_cannot_do_is_no_news(qtbot, watched, log):
    qWarning("This plugin does not support raise()")
    qWarning("QPainter: told afterwards")

    newest(qtbot, watched, "told afterwards")
    assert not any("does not support" in each.summary for each in watched.notices.history)
    assert "does not support" not in log.read_text(encoding="utf-8")


def test_who_goes_on_without_something_leaves_a_trace(watched, log):
    try:
        int("events that fit no instance")
    except ValueError:
        logging.getLogger("wfepy.gui.anything").exception("The file is read instead")

    written = log.read_text(encoding="utf-8")
    assert "The file is read instead" in written
    assert "ValueError: invalid literal" in written
    assert not any("fit no instance" in each.summary for each in watched.notices.history)


@pytest.mark.usefixtures("qapp", "told_before")
@pytest.mark.parametrize("place", ["file/where/a/folder/should/be.log", "", "full"])
def test_a_log_that_cannot_be_written_does_no_harm(tmp_path, capsys, place):
    (tmp_path / "file").write_text("", encoding="utf-8")
    path = "/dev/full" if place == "full" else str(tmp_path / place)
    diagnostics = Diagnostics(path)
    diagnostics.install()
    heard = []
    diagnostics.fault.connect(heard.append)

    sys.excepthook(ValueError, ValueError("all the same"), None)

    diagnostics.restore()
    assert [fault.summary for fault in heard] == ["ValueError: all the same"]
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("qapp")
def test_the_log_does_not_grow_without_end(log, monkeypatch):
    monkeypatch.setattr(faults, "LOG_BYTES", 5000)
    diagnostics = Diagnostics(str(log))
    diagnostics.install()
    for number in range(300):
        logging.getLogger("wfepy.gui").error("line %d", number)
    diagnostics.restore()

    assert sum(path.stat().st_size for path in log.parent.iterdir()) <= 3 * 5000
    assert last_lines(str(log)).endswith("line 299")


@pytest.mark.usefixtures("qapp")
def test_afterwards_everything_is_as_it_was(log):
    def hooks():
        logger = logging.getLogger("wfepy")
        return (
            sys.excepthook,
            threading.excepthook,
            sys.unraisablehook,
            logging.raiseExceptions,
            logger.level,
            tuple(logger.handlers),
        )

    before = hooks()
    diagnostics = Diagnostics(str(log))
    diagnostics.install()
    assert hooks()[0] != before[0]
    diagnostics.restore()
    assert hooks() == before
    assert not log.exists(), "a file is made for the first line"


def test_about_has_a_report_with_versions_and_the_newest_lines(qapp, qtbot, log):
    log.parent.mkdir()
    log.write_text("".join(f"line {number}\n" for number in range(100)), encoding="utf-8")
    about = About(settings_path="here.ini", log_path=str(log), clipboard=qapp.clipboard())
    qtbot.addWidget(about)

    assert any(str(log) in label.text() for label in about.findChildren(QLabel))
    (copy,) = (each for each in about.findChildren(QPushButton) if "report" in each.text())
    copy.click()

    report = qapp.clipboard().text()
    assert "Python" in report
    assert "settings: here.ini" in report
    assert f"log: {log}" in report
    assert report.rstrip().endswith("line 99")
    assert "line 10\n" not in report


@pytest.mark.qt_no_exception_capture
def test_a_question_in_the_background_that_fails_unheard_is_told(qtbot, watched):
    query = BackgroundQuery(watched.pool, watched)
    query.ask(raise_in_a_slot)

    assert "raise_in_a_slot" in newest(qtbot, watched, "no luck in a slot").details


def test_a_file_that_cannot_be_read_in_the_background_leaves_a_trace_only(qtbot, watched, log):
    query = BackgroundQuery(watched.pool, watched)
    query.ask((log.parent / "gone" / "away").read_bytes)

    qtbot.waitUntil(lambda: log.exists() and "FileNotFoundError" in log.read_text("utf-8"), timeout=WAIT_MS)
    assert not any("FileNotFoundError" in each.summary for each in watched.notices.history)


def test_who_listens_to_a_question_in_the_background_is_told_alone(qtbot, watched, log):
    query = BackgroundQuery(watched.pool, watched)
    heard = []
    query.failed.connect(heard.append)
    query.ask(raise_in_a_slot)

    qtbot.waitUntil(lambda: len(heard) == 1, timeout=WAIT_MS)
    assert not log.exists()


def test_a_report_ends_where_the_log_is_a_device_without_an_end():
    assert last_lines("/dev/zero") == ""
