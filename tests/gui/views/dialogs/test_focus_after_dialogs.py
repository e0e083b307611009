"""After a dialog, and one over another, the keyboard is where it was before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.gui.dialogs import DIALOGS
from tests.gui.pages.page import open_dialogs
from wfepy_gui.views.dialogs.confirmation import TrustDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000

WORK = """
@task()
@start_point()
@followed_by("then")
def first(context):
    raise ValueError("no disk")

@task()
@end_point()
def then(context):
    return True
"""
PLACES = ("graph", PanelId.CONTEXT, PanelId.TASKS)


@pytest.fixture
def at_work(make_instance, wfepy, open_instance, desktop):
    path = make_instance(WORK, context='{"day": 1, "who": "me"}')
    wfepy("advance", path)
    open_instance(path)
    desktop.window.activateWindow()
    return desktop


def put_keyboard(qtbot, desktop, place):
    window = desktop.window
    if place == "graph":
        window.actions_table[Command.FOCUS_GRAPH].trigger()
    else:
        window.go_to(place)
    if place is PanelId.CONTEXT:
        tree = window.panels.context.get().tree
        qtbot.waitUntil(lambda: tree.model().rowCount() > 0, timeout=WAIT_MS)
        tree.setCurrentIndex(tree.model().index(0, 0))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)
    return window.focusWidget()


@pytest.mark.parametrize("place", PLACES)
def test_closing_a_dialog_brings_the_keyboard_back(qtbot, at_work, place):
    window = at_work.window
    before = put_keyboard(qtbot, at_work, place)
    lost = {}
    for command in DIALOGS:
        action = window.actions_table[command]
        qtbot.waitUntil(action.isEnabled, timeout=WAIT_MS)
        action.trigger()
        qtbot.waitUntil(lambda: bool(open_dialogs(window)), timeout=WAIT_MS)
        for dialog in open_dialogs(window):
            dialog.reject()
        qtbot.waitUntil(lambda: not open_dialogs(window), timeout=WAIT_MS)
        if window.focusWidget() is not before:
            lost[command.name] = window.focusWidget()
            before.setFocus()
    assert not lost


def test_a_question_over_a_dialog_gives_the_keyboard_back_to_it(qtbot, at_work):
    window = at_work.window
    before = put_keyboard(qtbot, at_work, PanelId.TASKS)
    window.actions_table[Command.NEW_INSTANCE].trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs(window)), timeout=WAIT_MS)
    below = open_dialogs(window)[0]
    field = next(each for each in below.findChildren(QLineEdit) if each.isVisible())
    field.setFocus()
    qtbot.waitUntil(lambda: below.focusWidget() is field, timeout=WAIT_MS)
    above = TrustDialog((), below)
    above.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is above, timeout=WAIT_MS)
    qtbot.keyClick(above, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: open_dialogs(window) == [below], timeout=WAIT_MS)
    assert below.focusWidget() is field
    qtbot.keyClick(below, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not open_dialogs(window), timeout=WAIT_MS)
    assert window.focusWidget() is before
