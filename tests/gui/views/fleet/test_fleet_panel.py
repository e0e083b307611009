"""The list of instances in a dock: what has room there, and what is kept of its columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from wfepy_gui.models.fleet_table import FleetColumn
from wfepy_gui.text.time_format import Clock
from wfepy_gui.views.fleet.fleet_panel import FleetPanel
from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.workers.fleet_scanner import FleetScanner

WAITS = """
@task()
@start_point()
@end_point()
def sign(context):
    return Waiting("no signature of the legal department yet")
"""
NARROW, WIDE = 330, 420
"""Of the dock in a window of 1366 pixels, and in a wide one."""


@pytest.fixture
def scanner(pool):
    made = FleetScanner(pool)
    yield made
    made.stop()


@pytest.fixture
def make_panel(qtbot, scanner, theme):
    def make(width, columns=None):
        panel = FleetPanel(scanner, theme, Clock())
        if columns is not None:
            panel.header.restoreState(columns)
        qtbot.addWidget(panel)
        panel.resize(by_font(panel, width), 400)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    return make


def table_of(panel):
    return panel.findChild(QTableView)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_where_an_instance_stands_is_told_without_sideways_scrolling(
    qtbot, make_panel, scanner, make_instance, wfepy, tmp_path, width
):
    wfepy("advance", make_instance(WAITS, "an-instance-with-a-rather-long-name"))
    panel = make_panel(width)
    table = table_of(panel)
    with qtbot.waitSignal(scanner.scanned):
        scanner.set_roots([str(tmp_path)])

    cell = table.model().index(0, FleetColumn.STANDS_AT)
    assert cell.data().startswith("sign waiting")
    assert table.textElideMode() is Qt.TextElideMode.ElideRight
    assert table.horizontalScrollBar().maximum() == 0
    caption = panel.header.sectionSizeHint(FleetColumn.STANDS_AT)
    assert panel.header.sectionSize(FleetColumn.STANDS_AT) >= caption
    assert table.isColumnHidden(FleetColumn.SAVED) is (width == NARROW)


def test_the_age_of_the_files_comes_back_with_the_room_for_it(make_panel):
    panel = make_panel(NARROW)

    panel.resize(by_font(panel, WIDE), 400)

    assert not table_of(panel).isColumnHidden(FleetColumn.SAVED)


def test_widths_of_columns_are_kept_and_the_rest_is_for_where_instances_stand(make_panel):
    first = make_panel(WIDE)
    name, stands_at = (first.header.sectionSize(each) for each in (FleetColumn.NAME, FleetColumn.STANDS_AT))
    first.header.resizeSection(FleetColumn.NAME, name + 20)

    second = make_panel(WIDE, first.header.saveState())

    assert second.header.sectionSize(FleetColumn.NAME) == name + 20
    assert second.header.sectionSize(FleetColumn.STANDS_AT) == stands_at - 20
    assert table_of(second).horizontalScrollBar().maximum() == 0
