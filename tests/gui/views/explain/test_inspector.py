"""The facts of what is selected, and the way from them to all causes, the last error and the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.pages.task_pages import InspectorPage
from tests.gui.pages.why_page import WhyPage
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
    return InspectorPage.of(desktop.window)


def click(qtbot, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_all_causes_are_one_step_away_for_a_task_and_for_the_instance(qtbot, inspector, desktop):
    panel = WhyPage.of(desktop.window)
    desktop.window.select_task("send")
    click(qtbot, inspector.causes_link)
    assert panel.widget.isVisible()
    qtbot.waitUntil(lambda: "send was done" in panel.sentence, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: inspector.why == panel.sentence, timeout=WAIT_MS)

    desktop.window.select_task("")
    desktop.window.show_dock(PanelId.TASK)
    click(qtbot, inspector.causes_link)
    qtbot.waitUntil(lambda: panel.name == desktop.session.name, timeout=WAIT_MS)


def test_the_link_to_all_causes_lets_a_held_answer_go(qtbot, inspector, desktop):
    panel = WhyPage.of(desktop.window)
    desktop.window.select_task("pack")
    desktop.window.go_to(PanelId.WHY)
    panel.hold.setChecked(True)
    desktop.window.select_task("send")
    assert panel.name == "pack"

    desktop.window.show_dock(PanelId.TASK)
    click(qtbot, inspector.causes_link)
    assert panel.name == "send"
    assert not panel.hold.isChecked()


def test_a_task_without_an_error_has_no_link_to_one(inspector, desktop):
    desktop.window.select_task("send")
    assert not inspector.error_link.isVisible()
    desktop.window.select_task("pack")
    assert inspector.error_link.isVisible()
    assert inspector.error_link.toolTip() == "ValueError: no boxes"


def test_the_source_of_a_task_is_copied(qtbot, inspector, desktop):
    desktop.window.select_task("send")
    qtbot.waitUntil(lambda: "def send(context):" in inspector.source)
    click(qtbot, inspector.copy)
    assert "def send(context):" in QApplication.clipboard().text()
    desktop.window.select_task("")
    assert not inspector.editor("Source").isVisible()


def test_a_pass_that_runs_other_code_shows_that_code(qtbot, inspector, desktop):
    desktop.window.select_task("send")
    qtbot.waitUntil(lambda: "return True" in inspector.source, timeout=WAIT_MS)
    module = Path(desktop.session.path).parent / "work.py"
    module.write_text(module.read_text().replace("return True", "return 'changed' != ''"))

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.advance()
    qtbot.waitUntil(lambda: "changed" in inspector.source, timeout=WAIT_MS)
