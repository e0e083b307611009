"""The last error of a task: the whole traceback, and the source of each place in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.pages.error_page import ErrorPage
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
FAILS = """
import json

def parse(text):
    return json.loads(text)

@task()
@start_point()
@end_point()
def publish(context):
    return parse("{broken")
"""


@pytest.fixture
def failed(qtbot, make_instance, wfepy, open_instance, desktop):
    path = make_instance(FAILS)
    wfepy("advance", path)
    open_instance(path)
    panel = ErrorPage.of(desktop.window)
    qtbot.waitUntil(lambda: bool(panel.source), timeout=WAIT_MS)
    return panel


def test_the_innermost_place_in_the_workflow_is_shown_first(failed):
    assert "JSONDecodeError" in failed.summary
    assert "JSONDecodeError" in failed.traceback
    assert len(failed.marked) == 1
    assert "return json.loads(text)" in failed.marked[0]


def test_every_place_of_the_traceback_can_be_looked_at(qtbot, failed):
    places = failed.places
    publish = next(number for number, place in enumerate(places) if place.startswith("publish"))

    failed.place_list.setCurrentIndex(publish)

    qtbot.waitUntil(lambda: 'return parse("{broken")' in "".join(failed.marked), timeout=WAIT_MS)


def test_error_traceback_and_source_are_copied_together(qtbot, failed):
    qtbot.mouseClick(failed.copy, Qt.MouseButton.LeftButton)

    copied = QApplication.clipboard().text()
    assert "Traceback (most recent call last)" in copied
    assert "return json.loads(text)" in copied


def test_the_command_brings_it_to_the_front(failed, desktop):
    desktop.window.actions_table[Command.GO_ERROR].trigger()

    assert not desktop.window.docks[PanelId.ERROR].visibleRegion().isEmpty()
    assert failed.widget.isVisible()


GROUP = """
@task()
@start_point()
@end_point()
def read(context):
    errors = []
    for text in ("x", "y"):
        try:
            int(text)
        except ValueError as error:
            errors.append(error)
    raise ExceptionGroup("two went wrong", errors)
"""
SHOUTS = """
@task()
@start_point()
@end_point()
def read(context):
    raise ValueError("A" * 10_000_000)
"""


def failed_panel(qtbot, make_instance, wfepy, open_instance, desktop, source, name="work"):
    path = make_instance(source, name)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.select_task("read")
    desktop.window.actions_table[Command.GO_ERROR].trigger()
    panel = ErrorPage.of(desktop.window)
    qtbot.waitUntil(lambda: panel.source != "", timeout=WAIT_MS)
    return panel


def test_the_places_in_a_group_of_exceptions_are_found(qtbot, make_instance, wfepy, open_instance, desktop):
    panel = failed_panel(qtbot, make_instance, wfepy, open_instance, desktop, GROUP)

    places = panel.places
    assert len(places) == 3
    assert all(place.startswith("read — ") for place in places)
    assert "int(text)" in panel.marked[0]


def test_an_endless_error_makes_no_window_wider_and_still_names_its_place(
    qtbot, make_instance, wfepy, open_instance, desktop
):
    quiet = SHOUTS.replace("10_000_000", "10")
    failed_panel(qtbot, make_instance, wfepy, open_instance, desktop, quiet)  # all panels are there
    before = desktop.window.minimumSizeHint().width()

    panel = failed_panel(qtbot, make_instance, wfepy, open_instance, desktop, SHOUTS, "loud")

    assert desktop.window.minimumSizeHint().width() <= before
    assert len(panel.places) == 1
    line = 'raise ValueError("A" * 10_000_000)'
    qtbot.waitUntil(lambda: line in panel.source, timeout=WAIT_MS)
    assert len(panel.traceback) < 30_000


def test_a_failure_that_is_told_in_the_same_words_again_is_another_attempt(qtbot, failed, desktop, wfepy):
    path = desktop.session.path
    assert "attempt 1" in failed.summary

    wfepy("advance", path)

    qtbot.waitUntil(lambda: "attempt 2" in failed.summary, timeout=WAIT_MS)
