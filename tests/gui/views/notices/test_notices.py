"""The list of notices: everything that was told, none lost to one that says the same again and again."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit

from tests.gui.pages.page import Page
from wfepy_gui.notices import MOST_NOTICES, Level, Notices
from wfepy_gui.views.notices.notice_list import NoticeList
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


def test_what_is_said_again_is_counted_and_pushes_nothing_out():
    notices = Notices()
    notices.error("the disk is full")
    for _ in range(MOST_NOTICES + 100):
        notices.warning("locked by cron", hint="it is tried again")

    assert [(one.summary, one.times) for one in notices.history] == [
        ("the disk is full", 1),
        ("locked by cron", MOST_NOTICES + 100),
    ]


def test_what_differs_in_anything_but_its_time_is_another_notice():
    notices = Notices()
    notices.error("it failed", details="in line 1")
    notices.error("it failed", details="in line 2")
    notices.warning("it failed", details="in line 2")
    notices.error("it failed", details="in line 1")

    assert [one.times for one in notices.history] == [1, 1, 1, 1]
    assert [one.level for one in notices.history] == [Level.ERROR, Level.ERROR, Level.WARNING, Level.ERROR]


def test_the_list_tells_how_often_and_shows_long_news_in_one_line(qtbot, desktop):
    for _ in range(3):
        desktop.notices.error("first\nsecond " + "x" * 5000, details="all of it")

    desktop.window.actions_table[Command.NOTICES].trigger()
    dialog = desktop.window.findChild(NoticeList)
    row = dialog.findChild(QListWidget).item(0).text()

    assert "(3 times)" in row
    assert "first second xxx" in row
    assert len(row) < 300
    assert dialog.findChild(QPlainTextEdit).toPlainText().endswith("all of it")
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=WAIT_MS)


FAILS = """
@task()
@start_point()
@followed_by("later")
@followed_by("now")
def plan(context):
    return True

@task()
@end_point()
def later(context):
    raise ValueError("not yet " + "z" * 100_000)

@task()
@end_point()
def now(context):
    raise KeyError("missing")
"""


def test_only_what_failed_in_this_pass_is_news(qtbot, make_instance, wfepy, open_instance, desktop):
    path = make_instance(FAILS)
    wfepy("advance", path)
    open_instance(path)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.window.actions_table[Command.ADVANCE].trigger()

    notice = desktop.notices.history[-1]
    failed = [task for task in ("later", "now") if f"{task} failed" in notice.summary]
    assert len(failed) == 1
    assert len(notice.summary) < 500
    assert "raise " in notice.details
    Page(desktop.window.panels.notice_bar.get()).button("Copy").click()
    assert QApplication.clipboard().text() == notice.text
