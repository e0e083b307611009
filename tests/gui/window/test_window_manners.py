"""Keyboard, names for screen readers, the fleet list, and what the window does with odd arguments."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMetaMethod, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollArea,
    QTabBar,
)

from tests.gui.pages.dialog_pages import PalettePage
from tests.gui.pages.fleet_page import FleetPage
from tests.gui.pages.page import Page
from tests.gui.workflows import ONE_TASK
from wfepy_gui.commands.rows import TABLE
from wfepy_gui.views.dialogs.command_palette import CommandPalette, distance
from wfepy_gui.views.passes.output_view import fold_long_lines
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000


def trigger(desktop, command):
    desktop.window.actions_table[command].trigger()


def dialog(desktop):
    return next(each for each in desktop.window.findChildren(QDialog) if each.isVisible())


def test_every_command_has_a_place_and_a_meaning(desktop):
    actions = desktop.window.actions_table
    triggered = QMetaMethod.fromSignal(actions[Command.OPEN].triggered)
    handled = {command for command in Command if actions[command].isSignalConnected(triggered)}
    keys = [key for row in TABLE for key in row.keys]

    assert handled == set(Command) == {row.command for row in TABLE}
    assert len(keys) == len(set(keys)), "two commands share a shortcut"
    in_menus = {action for menu in desktop.window.menuBar().actions() for action in menu.menu().actions()}
    assert set(desktop.window.actions_table.all()) <= in_menus


def test_every_control_has_a_name_for_screen_readers(make_instance, open_instance, desktop):
    assert all(dock.panel for dock in desktop.window.docks.values())
    open_instance(make_instance(ONE_TASK))
    kinds = (QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLineEdit, QComboBox)
    nameless = [
        widget
        for kind in kinds
        for widget in desktop.window.findChildren(kind)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not isinstance(widget.parent(), (QScrollArea, QTabBar))
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("command", "panel"),
    [
        (Command.GO_TASKS, PanelId.TASKS),
        (Command.GO_HISTORY, PanelId.HISTORY),
        (Command.GO_OUTPUT, PanelId.OUTPUT),
        (Command.GO_CONTEXT, PanelId.CONTEXT),
        (Command.GO_TASK, PanelId.TASK),
    ],
)
def test_every_panel_is_reached_by_keyboard(
    qtbot, wfepy, make_instance, open_instance, desktop, command, panel
):
    path = make_instance(ONE_TASK)
    wfepy("advance", path)
    open_instance(path)
    dock = desktop.window.docks[panel]

    dock.close()
    trigger(desktop, command)

    qtbot.waitUntil(lambda: dock.isAncestorOf(desktop.window.focusWidget()), timeout=WAIT_MS)


def test_the_palette_runs_what_was_typed(qtbot, desktop):
    trigger(desktop, Command.PALETTE)
    palette = dialog(desktop)
    assert isinstance(palette, CommandPalette)

    typed = PalettePage(palette).typed
    qtbot.keyClicks(typed, "go to context")
    qtbot.keyClick(typed, Qt.Key.Key_Return)

    assert desktop.window.docks[PanelId.CONTEXT].isAncestorOf(desktop.window.focusWidget())


def test_letters_of_a_command_must_come_in_order():
    assert distance("adv", "Advance", "") == 0
    assert distance("gocon", "Go to context", "") is not None
    assert distance("vda", "Advance", "") is None


def test_a_folder_is_listed_and_its_most_urgent_instance_opened(
    qtbot, make_instance, wfepy, desktop, tmp_path
):
    make_instance(ONE_TASK, "calm")
    urgent = make_instance(ONE_TASK.replace("return False", "raise ValueError"), "urgent")
    wfepy("advance", urgent)

    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        desktop.open_paths((str(tmp_path),))

    assert desktop.session.path == urgent
    assert FleetPage.of(desktop.window).table.currentIndex().data() == "urgent"


def test_a_dropped_file_is_opened(qtbot, make_instance, desktop):
    path = make_instance(ONE_TASK)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)

    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        desktop.window.dropEvent(drop)

    assert desktop.session.path == path
    assert Path(desktop.settings.recent[0]) == Path(path)


def test_a_notice_that_was_closed_is_still_in_the_list(desktop):
    desktop.notices.error("the disk is full", hint="make room", details="ENOSPC")
    desktop.window.panels.notice_bar.get().hide()

    trigger(desktop, Command.NOTICES)

    text = Page(dialog(desktop)).editor("The whole notice").toPlainText()
    assert text == "the disk is full\nmake room\nENOSPC"


def test_opening_another_file_lets_the_running_pass_go_on(qtbot, make_instance, open_instance, desktop):
    slow = make_instance(
        ONE_TASK.replace("return False", "time.sleep(0.5); raise ValueError('slow one')"), "slow"
    )
    other = make_instance(ONE_TASK, "other")
    open_instance(slow)
    with qtbot.waitSignal(desktop.session.pass_started):
        desktop.session.advance()

    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as posted:
        open_instance(other)
        assert not desktop.session.is_busy
        assert desktop.session.can_advance

    assert posted.args[0].summary.startswith("slow.wfstate")
    assert desktop.session.path == other


def test_a_very_long_line_is_broken_for_the_text_widget():
    lines = fold_long_lines("x" * 5000 + "\nshort\n").split("\n")
    assert "".join(lines[:3]) == "x" * 5000
    assert lines[3:] == ["short", ""]
