"""The bar tells what is new, and no more."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.gui.pages.page import Page
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
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
    if not context.get("is_later"):
        raise ValueError("not yet")
    return True

@task()
@end_point()
def now(context):
    raise KeyError("missing " + "z" * 100_000)
"""


def test_only_what_failed_in_this_pass_is_news(qtbot, make_instance, wfepy, open_instance, desktop):
    path = make_instance(FAILS)
    wfepy("advance", path)
    wfepy("context", "set", path, "is_later=true")
    open_instance(path)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.window.actions_table[Command.ADVANCE].trigger()

    notice = desktop.notices.history[-1]
    failed = [task for task in ("later", "now") if f"{task} failed" in notice.summary]
    assert failed == ["now"]
    assert len(notice.summary) < 500
    assert "raise " in notice.details
    Page(desktop.window.panels.notice_bar.get()).button("Copy").click()
    assert QApplication.clipboard().text() == notice.text
