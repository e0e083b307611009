"""What an operator looks for has the room it needs: facts of a task, columns, panels below."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from wfepy_gui.composition import Desktop, Options
from wfepy_gui.models.task_table import TaskColumn
from wfepy_gui.views.widgets.fitting_splitter import MOST, FittingSplitter
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
TASK = "take_what_the_partner_sent_tonight"
WORK = f'''
@task(labels=["partner"], safe_to_repeat=True)
@start_point()
@end_point()
def {TASK}(context):
    """Take the files.

    What follows is long, and stands in the source just below: no operator
    needs it before the reason why the task waits and since when it does.
    """
    raise ValueError("no disk")
'''


@pytest.fixture
def window(make_instance, wfepy, open_instance, desktop, qtbot):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    desktop.window.resize(1440, 900)
    desktop.window.select_task(TASK)
    _, area = facts_of(desktop.window)
    qtbot.waitUntil(lambda: area.isVisible() and area.height() >= area.widget().height(), timeout=WAIT_MS)
    return desktop.window


def facts_of(window):
    split = window.findChild(FittingSplitter)
    return split, split.findChild(QScrollArea)


def test_facts_are_seen_without_scrolling_and_leave_room_below(window):
    split, area = facts_of(window)
    assert area.widget().heightForWidth(area.width()) <= area.height()
    assert split.sizes()[0] <= MOST * sum(split.sizes()) + 1


def test_the_line_stays_where_somebody_moved_it(window):
    split, area = facts_of(window)
    whole = sum(split.sizes())
    split.setSizes([120, whole - 120])
    split.splitterMoved.emit(120, 1)
    window.resize(1400, 900)
    split.fit()
    QApplication.processEvents()
    assert split.sizes()[0] == 120
    assert area.height() == 120


def test_moments_and_names_are_not_elided(window):
    table = window.panels.tasks.get().table
    metrics = table.fontMetrics()
    for column in (
        TaskColumn.STATUS,
        TaskColumn.TASK,
        TaskColumn.SINCE,
        TaskColumn.STARTED,
        TaskColumn.ENDED,
    ):
        text = table.model().index(0, column).data() or ""
        assert metrics.horizontalAdvance(text) < table.columnWidth(column), column


def test_columns_that_somebody_made_otherwise_stay(window):
    table = window.panels.tasks.get().table
    table.setColumnWidth(TaskColumn.TASK, 77)
    window.resize(1900, 1000)
    assert table.columnWidth(TaskColumn.TASK) == 77


def test_a_larger_window_begins_with_higher_panels_below(qapp, qtbot, tmp_path):
    heights = []
    for height in (760, 1040):
        desktop = Desktop(qapp, Options(settings=str(tmp_path / f"{height}.ini")))
        qtbot.addWidget(desktop.window)
        desktop.window.resize(1400, height)
        with qtbot.waitExposed(desktop.window):
            desktop.start()
        heights.append(desktop.window.docks[PanelId.TASKS].height())
        desktop.window.close()
    assert heights[0] < heights[1]
