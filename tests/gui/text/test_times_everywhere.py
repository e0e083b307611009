"""Whatever tells a time follows the switch, at once: no place in the window keeps another style."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.gui.pages.page import open_dialogs
from tests.gui.shown import shown_in
from wfepy_core.storage.lock import StateLock
from wfepy_core.time_text import HOUR, MINUTE, SECOND
from wfepy_gui.commands.graph_export import GraphExport
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.text.time_format import TimeStyle, now
from wfepy_gui.views.graph.export_dialog import ExportChoice
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
STYLES = {
    TimeStyle.LOCAL: Command.TIMES_LOCAL,
    TimeStyle.UTC: Command.TIMES_UTC,
    TimeStyle.RELATIVE: Command.TIMES_RELATIVE,
}
TASKS = ("", "begin", "signs", "late", "fails")
STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? ?(UTC|[-+]\d\d:\d\d|)")
RELATIVE = re.compile(r"\bago\b|just now|from now")

WORK = """
from datetime import datetime, timezone

@task()
@start_point()
@followed_by("signs")
@followed_by("late")
@followed_by("fails")
def begin(context):
    return True

@task()
@followed_by("end")
def signs(context):
    return Waiting("nobody signed", until=datetime.fromtimestamp(context["until"], timezone.utc))

@task()
@followed_by("end")
def late(context):
    return Waiting("nobody came", until=datetime.fromtimestamp(context["since"], timezone.utc))

@task()
@followed_by("end")
def fails(context):
    raise ValueError("no disk")

@task()
@join_point()
@end_point()
def end(context):
    return True
"""


@pytest.fixture
def instance(make_instance, wfepy):
    """An instance full of times: done, failed, waiting until then, waiting since a moment that passed."""
    seconds = now() // SECOND
    path = make_instance(WORK, context=f'{{"until": {seconds + 5 * 3600}, "since": {seconds - 3 * 3600}}}')
    wfepy("advance", path, "--keep-going")
    return path


@pytest.fixture
def busy_window(qtbot, instance, open_instance, desktop):
    """A window that tells all its times: somebody holds the file, a timer counts, notices were posted."""
    open_instance(instance)
    desktop.notices.info("news")
    desktop.open_timer.start(Plan(5 * MINUTE, until=now() + 7 * HOUR))
    with StateLock(instance, purpose="edit"):
        desktop.watcher.probe_now()
        states = desktop.health
        qtbot.waitUntil(lambda: states.state.problem is FileProblem.LOCKED, timeout=WAIT_MS)
        yield desktop


def alien(text, style):
    """Whether a text tells a time in another style than the one that was chosen."""
    zones = {found[1] for found in STAMP.finditer(text)}
    zone = "UTC" if style is TimeStyle.UTC else "-02:30"
    if zones - {zone}:
        return True
    is_relative = bool(RELATIVE.search(text))
    if style is TimeStyle.RELATIVE:
        return bool(zones) and not is_relative and "(in " not in text
    return is_relative and not zones


def aliens(window, style):
    """Texts of the window in another style, with the kind of their widget."""
    return {f"{type(widget).__name__}: {text}" for widget, text in shown_in(window) if alien(text, style)}


@pytest.mark.usefixtures("zone")
def test_no_panel_keeps_another_style(qtbot, busy_window):
    window = busy_window.window
    for style in (TimeStyle.UTC, TimeStyle.RELATIVE, TimeStyle.LOCAL):
        window.actions_table[STYLES[style]].trigger()
        for task in TASKS:
            window.select_task(task)
            for name in window.docks:
                window.show_dock(name)

                def all_follow(name=name, style=style):
                    assert aliens(window, style) == set(), name

                qtbot.waitUntil(all_follow, timeout=WAIT_MS)


@pytest.mark.usefixtures("zone")
def test_the_times_are_there_at_all(qtbot, busy_window):
    """The test above would pass on a window without times."""
    window = busy_window.window
    window.actions_table[Command.TIMES_UTC].trigger()
    window.select_task("fails")
    for name in (
        PanelId.INSTANCES,
        PanelId.TASK,
        PanelId.HISTORY,
        PanelId.TASKS,
        PanelId.WHY,
        PanelId.ERROR,
    ):
        window.show_dock(name)
        panel = window.docks[name].widget()
        if name is not PanelId.INSTANCES:
            qtbot.waitUntil(
                lambda panel=panel: any(" UTC" in text for _, text in shown_in(panel)), timeout=WAIT_MS
            )
    strip = [text for _, text in shown_in(busy_window.handlers.passes.strip)]
    assert any("holds this instance since 20" in text and " UTC" in text for text in strip)
    assert any("Timer: every 5 min until 20" in text and " UTC" in text for text in strip)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("style", STYLES)
def test_dialogs_tell_times_in_the_chosen_style(qtbot, busy_window, style):
    window = busy_window.window
    window.actions_table[STYLES[style]].trigger()
    for command in (Command.NOTICES, Command.RESTORE):
        window.actions_table[command].trigger()
        qtbot.waitUntil(lambda: open_dialogs(window) != [], timeout=WAIT_MS)
        (dialog,) = open_dialogs(window)
        texts = [text for _, text in shown_in(dialog)]
        assert [text for text in texts if alien(text, style)] == []
        assert any(STAMP.search(text) or RELATIVE.search(text) for text in texts)
        dialog.reject()
        qtbot.waitUntil(lambda: open_dialogs(window) == [], timeout=WAIT_MS)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("style", "zone_shown"),
    [(TimeStyle.LOCAL, "-02:30"), (TimeStyle.UTC, "UTC"), (TimeStyle.RELATIVE, "-02:30")],
)
def test_a_picture_is_stamped_with_a_time_that_stays_true(busy_window, style, zone_shown, tmp_path):
    busy_window.clock.choose(style)
    path = tmp_path / "picture.svg"
    GraphExport(window=busy_window.window, services=busy_window.services).save(ExportChoice(), str(path))
    words = " ".join(ET.parse(path).getroot().itertext())  # noqa: S314  written by ourselves
    (stamp,) = STAMP.finditer(words)
    assert stamp[1] == zone_shown
