"""With a large system font nothing is cut: dialogs, panels and columns grow with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from tests.gui.dialogs import DIALOGS
from tests.gui.pages.page import open_dialogs
from tests.gui.workflows import ONE_TASK_FAILS
from wfepy_core.model.status import TaskStatus
from wfepy_gui.models.task_table import TaskColumn
from wfepy_gui.views.widgets.wrapped_text import WrappedText
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000


@pytest.fixture(params=[9, 18])
def large(request, qapp):
    """A system font of so many points."""
    before = qapp.font()
    font = qapp.font()
    font.setPointSize(request.param)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


@pytest.fixture
def window(large, make_instance, wfepy, open_instance, desktop):  # noqa: ARG001  the font comes first
    path = make_instance(ONE_TASK_FAILS, context='{"a": 1}')
    wfepy("advance", path)
    open_instance(path)
    desktop.window.resize(1366, 768)
    return desktop.window


def cut(root):
    """Labels and buttons that have less room than their text needs."""
    found = []
    for widget in root.findChildren(QWidget):
        if (
            not isinstance(widget, (QLabel, WrappedText, QAbstractButton, QComboBox))
            or not widget.isVisible()
            or not widget.visibleRegion().boundingRect().isValid()
        ):
            continue
        needed = widget.sizeHint()
        if isinstance(widget, WrappedText):
            is_cut = widget.height() < widget.document().size().height()
        elif isinstance(widget, QLabel) and widget.wordWrap():
            is_cut = widget.height() < widget.heightForWidth(widget.width())
        elif isinstance(widget, QAbstractButton) and len(widget.text()) < 2:
            continue  # a sign in a button as narrow as it may be
        elif isinstance(widget, QComboBox):
            is_cut = widget.height() < needed.height()
        else:
            is_cut = widget.width() < needed.width() or widget.height() < needed.height()
        if is_cut:
            text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
            found.append(f"{type(widget).__name__} {text!r}: {widget.size().toTuple()} of {needed.toTuple()}")
    return found


def test_no_text_of_a_dialog_is_cut(qtbot, window):
    found = {}
    for command in DIALOGS:
        window.show_dock(PanelId.CONTEXT)
        action = window.actions_table[command]
        qtbot.waitUntil(action.isEnabled, timeout=WAIT_MS)
        action.trigger()
        qtbot.waitUntil(lambda: open_dialogs(window) != [], timeout=WAIT_MS)
        (dialog,) = open_dialogs(window)
        qtbot.waitUntil(lambda dialog=dialog: dialog.windowHandle().isExposed())
        found[command.name] = cut(dialog)
        dialog.reject()
        qtbot.waitUntil(lambda: open_dialogs(window) == [], timeout=WAIT_MS)
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_columns_have_room_for_every_status(window):
    table = window.panels.tasks.get().table
    widest = max(table.fontMetrics().horizontalAdvance(status.value) for status in TaskStatus)
    assert table.columnWidth(TaskColumn.STATUS) > widest + table.iconSize().width()
    header = table.horizontalHeader()
    titles = [table.model().headerData(column, Qt.Orientation.Horizontal) for column in TaskColumn]
    for column, title in zip(TaskColumn, titles, strict=True):
        assert header.sectionSize(column) >= header.fontMetrics().horizontalAdvance(title), title


def test_no_button_of_a_panel_is_cut(window):
    for name in window.docks:
        window.show_dock(name)
        assert [one for one in cut(window.docks[name].widget()) if "Button" in one] == []
