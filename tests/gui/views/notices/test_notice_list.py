"""The list of notices: each in one line, with its details."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QPlainTextEdit

from wfepy_gui.views.notices.notice_list import NoticeList
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


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
