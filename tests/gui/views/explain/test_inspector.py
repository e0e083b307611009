"""The facts of what is selected, and the way from them to all causes, the last error and the source."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
WORK = """
@task()
@start_point()
@end_point()
def pack(context):
    raise ValueError("no boxes")

@task()
@start_point()
@end_point()
def send(context):
    return True
"""


@pytest.fixture
def inspector(make_instance, wfepy, open_instance, desktop):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.resize(1366, 768)
    desktop.window.show_dock(PanelId.TASK)
    return desktop.window.panels.inspector.get()


def click(qtbot, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_all_causes_are_one_step_away_for_a_task_and_for_the_instance(qtbot, inspector, desktop):
    panel = desktop.window.panels.why.get()
    desktop.window.select_task("send")
    click(qtbot, inspector._causes_link)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: "send is ready" in panel._sentence.text(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: inspector._why.text() == panel._sentence.text(), timeout=WAIT_MS)

    desktop.window.select_task("")
    desktop.window.show_dock(PanelId.TASK)
    click(qtbot, inspector._causes_link)
    qtbot.waitUntil(lambda: panel._name.text() == desktop.session.name, timeout=WAIT_MS)


def test_the_link_to_all_causes_lets_a_held_answer_go(qtbot, inspector, desktop):
    panel = desktop.window.panels.why.get()
    desktop.window.select_task("pack")
    desktop.window.go_to(PanelId.WHY)
    panel._hold.setChecked(True)
    desktop.window.select_task("send")
    assert panel._name.text() == "pack"

    desktop.window.show_dock(PanelId.TASK)
    click(qtbot, inspector._causes_link)
    assert panel._name.text() == "send"
    assert not panel._hold.isChecked()


def test_a_task_without_an_error_has_no_link_to_one(inspector, desktop):
    desktop.window.select_task("send")
    assert not inspector._error_link.isVisible()
    desktop.window.select_task("pack")
    assert inspector._error_link.isVisible()
    assert inspector._error_link.toolTip() == "ValueError: no boxes"


def test_the_source_of_a_task_is_copied(qtbot, inspector, desktop):
    desktop.window.select_task("send")
    click(qtbot, inspector._copy)
    assert "def send(context):" in QApplication.clipboard().text()
    desktop.window.select_task("")
    assert not inspector._source.isVisible()
