"""Keyboard alone, and screen readers."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QTreeWidget,
    QWidget,
)

from tests.gui.dialogs import DIALOGS
from tests.gui.pages.dialog_pages import PalettePage
from tests.gui.pages.fleet_page import FleetPage
from tests.gui.pages.page import open_dialogs
from tests.gui.pages.task_pages import TasksPage
from tests.gui.workflows import ONE_TASK, ONE_TASK_FAILS
from wfepy_gui.views.dialogs.confirmation import TrustDialog
from wfepy_gui.views.dialogs.new_instance_dialog import ImportDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000


def spoken(widget, what):
    return QAccessible.queryAccessibleInterface(widget).text(what)


def controls(root):
    """What the Tab key reaches; buttons inside Qt's own tab bars are not ours to name."""
    return [
        widget
        for widget in [root, *root.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parent(), QTabBar)
    ]


def nameless(root):
    return [widget for widget in controls(root) if not spoken(widget, QAccessible.Text.Name)]


def undescribed(root):
    """Fields and lists must say more than their name; the text of a button does."""
    kinds = (QLineEdit, QAbstractScrollArea, QComboBox)
    return [
        widget
        for widget in controls(root)
        if isinstance(widget, kinds) and not spoken(widget, QAccessible.Text.Description)
    ]


def traps(root):
    """Controls that keep the Tab key for themselves."""
    texts = [
        each
        for each in controls(root)
        if isinstance(each, (QPlainTextEdit, QTextEdit))
        and not each.isReadOnly()
        and not each.tabChangesFocus()
    ]
    views = [
        each for each in controls(root) if isinstance(each, QAbstractItemView) and each.tabKeyNavigation()
    ]
    return texts + views


def unreachable(root):
    """Controls that can be used and that the Tab key, pressed again and again, does not come by."""
    wanted = [each for each in controls(root) if each.isVisible() and each.isEnabled()]
    reached, widget = set(), root
    while widget not in reached:  # the chain is a ring
        reached.add(widget)
        widget = widget.nextInFocusChain()
    return [each for each in wanted if each not in reached]


def make_all_panels(desktop):
    return [dock.panel for dock in desktop.window.docks.values()]


def test_every_control_of_the_window_is_named_and_described(make_instance, open_instance, desktop):
    make_all_panels(desktop)
    assert nameless(desktop.window) == []  # nothing is open
    open_instance(make_instance(ONE_TASK))
    assert nameless(desktop.window) == []
    assert undescribed(desktop.window) == []
    assert all(action.statusTip() for action in desktop.window.actions_table.all())


@pytest.mark.parametrize("command", DIALOGS, ids=lambda command: command.name.lower())
def test_every_control_of_a_dialog_is_named_and_described(
    qtbot, make_instance, wfepy, open_instance, desktop, command
):
    path = make_instance(ONE_TASK_FAILS, context='{"a": 1}')
    wfepy("advance", path)
    open_instance(path)
    desktop.window.show_dock(PanelId.CONTEXT)
    action = desktop.window.actions_table[command]
    qtbot.waitUntil(action.isEnabled, timeout=WAIT_MS)
    action.trigger()
    qtbot.waitUntil(lambda: open_dialogs(desktop.window) != [], timeout=WAIT_MS)
    (dialog,) = open_dialogs(desktop.window)

    assert dialog.windowTitle()
    assert (nameless(dialog), undescribed(dialog)) == ([], [])
    assert same_mnemonics(dialog) == []
    assert traps(dialog) == []
    assert unreachable(dialog) == []
    dialog.reject()


def test_the_questions_of_opening_are_named_too(desktop, qtbot):
    for dialog in (ImportDialog("old.pickle", desktop.window), TrustDialog((), desktop.window)):
        dialog.open()
        assert (nameless(dialog), undescribed(dialog)) == ([], [])
        assert same_mnemonics(dialog) == []
        dialog.reject()
    qtbot.waitUntil(lambda: open_dialogs(desktop.window) == [])


def letter(text):
    found = re.search(r"&([^&\s])", text.replace("&&", ""))
    return found[1].casefold() if found else ""


def twice(texts):
    letters = [letter(text) for text in texts if letter(text)]
    return sorted({one for one in letters if letters.count(one) > 1})


def same_mnemonics(dialog):
    shown = [each for each in dialog.findChildren(QAbstractButton) if each.isVisible()]
    labels = [each for each in dialog.findChildren(QLabel) if each.buddy() is not None]
    return twice([each.text() for each in [*shown, *labels]])


def test_mnemonics_are_unique_in_every_menu(desktop):
    bar = desktop.window.menuBar()
    assert twice([action.text() for action in bar.actions()]) == []
    for top in bar.actions():
        actions = [action for action in top.menu().actions() if not action.isSeparator()]
        assert twice([action.text() for action in actions]) == [], top.text()
        assert all(letter(action.text()) for action in actions), top.text()


def test_no_letter_of_a_panel_takes_the_key_of_a_menu_or_of_another_panel(desktop):
    """Panels behind others take their keys too."""
    window = desktop.window
    buttons = [each.text() for each in window.findChildren(QAbstractButton)]
    labels = [each.text() for each in window.findChildren(QLabel) if each.buddy() is not None]
    assert twice([*(top.text() for top in window.menuBar().actions()), *buttons, *labels]) == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [("reset", "Reset panels"), ("inst", "New instance"), ("folder", "Open folder"), ("nwi", "N")],
)
def test_the_palette_offers_the_nearest_command_first(qtbot, desktop, typed, first):
    desktop.window.actions_table[Command.PALETTE].trigger()
    (palette,) = open_dialogs(desktop.window)
    qtbot.keyClicks(palette.focusWidget(), typed)
    assert PalettePage(palette).matches.currentItem().text(0).startswith(first)
    palette.reject()


def test_f6_goes_round_all_panels_that_can_be_seen_and_back(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK))
    window = desktop.window
    window.activateWindow()
    window.panels.graph.get().graph_view.setFocus()

    seen = [name for name, dock in window.docks.items() if not dock.visibleRegion().isEmpty()]
    count = len(seen) + 1
    assert count >= 3
    forth = [pane_after(desktop, Command.NEXT_PANE) for _ in range(count)]
    assert forth == [*seen, "graph"]
    back = [pane_after(desktop, Command.PREVIOUS_PANE) for _ in range(count)]
    assert back == [*seen[::-1], "graph"]


def pane_after(desktop, command):
    desktop.window.actions_table[command].trigger()
    focused = desktop.window.focusWidget()
    found = [name for name, dock in desktop.window.docks.items() if dock.isAncestorOf(focused)]
    return found[0] if found else "graph"


def test_no_panel_keeps_the_tab_key(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK, context='{"a": 1}'))
    assert [type(each).__name__ for each in traps(desktop.window)] == []


def test_every_key_is_in_the_shortcut_sheet(make_instance, open_instance, desktop):
    open_instance(make_instance(ONE_TASK))
    window = desktop.window
    window.actions_table[Command.SHORTCUTS].trigger()
    (dialog,) = open_dialogs(desktop.window)
    (sheet,) = dialog.findChildren(QTreeWidget)
    told = " ".join(sheet.topLevelItem(row).text(1) for row in range(sheet.topLevelItemCount()))
    text = QKeySequence.SequenceFormat.NativeText
    keys = {key.toString(text) for action in window.findChildren(QAction) for key in action.shortcuts()}
    assert {key for key in keys if key not in told} == set()
    dialog.reject()


@pytest.mark.parametrize("front", [PanelId.TASKS, PanelId.PREFLIGHT, PanelId.WHY])
def test_tab_reaches_all_that_can_be_seen_and_nothing_behind_it(
    qtbot, make_instance, open_instance, desktop, front
):
    open_instance(make_instance(ONE_TASK))
    window = desktop.window
    window.show_dock(front)
    wanted = {
        widget
        for widget in controls(window)
        if not widget.visibleRegion().isEmpty()
        and widget.isEnabled()
        and not any(each.isAncestorOf(widget) for each in behind(window))
    }

    forth = tabbed(qtbot, window, Qt.Key.Key_Tab)
    back = tabbed(qtbot, window, Qt.Key.Key_Backtab)

    assert wanted == set(forth)
    assert forth == [forth[0], *back[:0:-1]]
    pane = window.docks[front].widget()
    inside = [pane.isAncestorOf(widget) for widget in forth]
    assert inside == [False] * inside.index(True) + [True] * sum(inside) + [False] * inside[::-1].index(True)


def behind(window):
    return [dock for dock in window.docks.values() if dock.visibleRegion().isEmpty()]


def tabbed(qtbot, window, key):
    """Where the key leads from the graph, until it is there again."""
    window.activateWindow()
    at = start = window.panels.graph.get().graph_view
    start.setFocus()
    reached = []
    while not reached or (at is not start and len(reached) < 200):
        reached.append(at)
        qtbot.keyClick(at, key)
        at = window.focusWidget()
    return reached


def test_the_keyboard_begins_where_something_can_be_opened_and_goes_along(
    make_instance, open_instance, desktop
):
    window = desktop.window
    assert window.focusWidget().text() == "Open"

    open_instance(make_instance(ONE_TASK))
    assert window.focusWidget() is window.panels.graph.get().graph_view

    desktop.open_paths((str(desktop.session.folder),))
    assert window.docks[PanelId.INSTANCES].isAncestorOf(window.focusWidget())

    window.panels.graph.get().graph_view.setFocus()
    desktop.window.actions_table[Command.CLOSE_INSTANCE].trigger()
    assert window.focusWidget().text() == "Open"


def test_a_filter_hands_the_keyboard_on_to_its_list(qtbot, make_instance, open_instance, desktop):
    path = make_instance(ONE_TASK)
    open_instance(path)
    window = desktop.window
    fleet = FleetPage.of(window)
    for page in (TasksPage.of(window), fleet):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
            page.filter.setFocus()
            qtbot.keyClick(page.filter, key)
            assert window.focusWidget() is page.table
    fleet.filter.setFocus()
    qtbot.keyClicks(fleet.filter, "nothing")
    qtbot.keyClick(fleet.filter, Qt.Key.Key_Escape)
    assert fleet.filter.text() == ""
    assert window.focusWidget() is fleet.filter


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        (Command.NEW_INSTANCE, ["Workflow module", "State file", "First context", "Start", "Cancel"]),
        (Command.ADD_VALUE, ["Key", "Type", "text", "Cancel", "Where"]),
        (Command.PRINT, ["Print", "Fit width", "Zoom in", "Page setup"]),
    ],
)
def test_tab_goes_through_a_dialog_as_it_is_read(
    qtbot, make_instance, open_instance, desktop, command, texts
):
    open_instance(make_instance(ONE_TASK))
    desktop.window.actions_table[command].trigger()
    (dialog,) = open_dialogs(desktop.window)
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    QApplication.processEvents()  # what is read in which order shows when it is laid out

    at = dialog.focusWidget()
    reached = []
    while at not in reached:
        reached.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
        at = dialog.focusWidget()

    buttons = [each.text().replace("&", "") if isinstance(each, QAbstractButton) else "" for each in reached]
    names = [button or widget.accessibleName() for button, widget in zip(buttons, reached, strict=True)]
    assert [name for name in names if name in texts] == texts
    dialog.reject()
