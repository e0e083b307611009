"""Times with their zone: local, UTC or relative, everywhere at once, and remembered."""

from __future__ import annotations

import pytest

from tests.gui.pages.dialog_pages import NoticesPage
from tests.gui.pages.history_page import HistoryPage
from tests.gui.pages.page import Page
from tests.gui.pages.task_pages import InspectorPage, TasksPage
from wfepy_core.time_text import MINUTE, SECOND
from wfepy_gui.preferences.settings import Settings
from wfepy_gui.text.time_format import Clock, TimeStyle, now
from wfepy_gui.views.notices.notice_list import NoticeList
from wfepy_gui.window.command_ids import Command

NOON = 1_796_126_400 * SECOND  # 2026-12-01 12:00 UTC

WORK = """
@task()
@start_point()
@end_point()
def only(context):
    return True
"""


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("style", "text"),
    [
        (TimeStyle.LOCAL, "2026-12-01 09:30:00 -02:30"),
        (TimeStyle.UTC, "2026-12-01 12:00:00 UTC"),
        (TimeStyle.RELATIVE, "3 min ago"),
    ],
)
def test_a_moment_says_its_zone_or_how_long_ago_it_was(style, text):
    clock = Clock(style)
    assert clock.text(NOON, NOON + 3 * MINUTE) == text
    assert clock.text(0) == clock.full_text(0, NOON) == ""
    assert "3 min ago" in clock.full_text(NOON, NOON + 3 * MINUTE)
    assert "2026-12-01" in clock.full_text(NOON, NOON + 3 * MINUTE)


def shown_times(desktop):
    """What the panels and the status bar show, all places that write moments."""
    window = desktop.window
    table, journal = TasksPage.of(window).table.model(), HistoryPage.of(window).model
    return {
        "task": table.index(0, 7).data(),
        "journal": journal.index(0, 0).data(),
        "status bar": Page(window.statusBar()).text_of("Last save"),
        "inspector": " ".join(InspectorPage.of(window).facts),
    }


@pytest.mark.usefixtures("zone")
def test_the_switch_changes_all_places_and_is_remembered(qtbot, make_instance, wfepy, open_instance, desktop):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.select_task("only")
    qtbot.waitUntil(lambda: HistoryPage.of(desktop.window).model.rowCount() > 0)
    assert all("-02:30" in text for text in shown_times(desktop).values())

    desktop.window.actions_table[Command.TIMES_UTC].trigger()
    assert all(" UTC" in text for text in shown_times(desktop).values())

    desktop.window.actions_table[Command.TIMES_RELATIVE].trigger()
    relative = shown_times(desktop)
    assert all("ago" in text or "just now" in text for text in relative.values())
    desktop.settings.sync()
    assert Settings(desktop.settings.path).time_style is TimeStyle.RELATIVE


@pytest.mark.usefixtures("zone")
def test_notices_are_told_in_the_chosen_style(desktop):
    desktop.notices.info("news")
    desktop.clock.choose(TimeStyle.UTC)
    dialog = NoticeList(desktop.notices.history, None, desktop.clock, desktop.window)
    assert " UTC  Note: news" in NoticesPage(dialog).lines[0]
    dialog.deleteLater()


def test_an_unknown_style_in_the_settings_reads_as_local(tmp_path):
    file = tmp_path / "settings.ini"
    file.write_text("[view]\ntimes=sundial\n", encoding="utf-8")
    assert Settings(str(file)).time_style is TimeStyle.LOCAL


def test_the_tool_tip_tells_the_exact_time_whatever_the_style():
    at = now() - 5 * MINUTE
    assert "5 min ago" in Clock(TimeStyle.RELATIVE).full_text(at, now())
    assert ":" in Clock(TimeStyle.RELATIVE).full_text(at, now())
