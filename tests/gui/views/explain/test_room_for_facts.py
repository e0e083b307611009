"""What an operator looks for has the room it needs: facts of a task, columns, panels below."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from wfepy_gui.composition import Desktop, Options
from wfepy_gui.models.explanations.task_facts import Fact
from wfepy_gui.models.task_table import TaskColumn
from wfepy_gui.views.explain.facts_form import MOST, FactsArea, FactsForm, FittingSplitter
from wfepy_gui.views.widgets.wrapped_text import WrappedText
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
    desktop.window.resize(1440, 1000)
    desktop.window.select_task(TASK)
    _, area = facts_of(desktop.window)
    qtbot.waitUntil(lambda: area.isVisible() and area.height() >= area.widget().height(), timeout=WAIT_MS)
    return desktop.window


def facts_of(window):
    split = window.findChild(FittingSplitter)
    return split, split.findChild(QScrollArea)


def test_facts_are_seen_without_scrolling_and_leave_room_below(window):
    split, area = facts_of(window)
    assert area.widget().sizeHint().height() <= area.height()
    assert split.sizes()[0] <= MOST * sum(split.sizes()) + 1


LONG_FACTS = [
    Fact("Last end", "2026-12-01 13:17:51 UTC (1 min 30 s ago)"),
    Fact("Safe to repeat", "yes, says its author"),
    Fact("Source", "/srv/instances/monthly-close/deliveries/modules/delivery_of_the_whole_month.py:12"),
    Fact("Labels", "one_label_longer_than_any_panel_is_wide_" * 3),
]


@pytest.fixture
def facts_in_room(qtbot):
    """Facts over something longer, as in the inspector."""
    split, area, page, form = FittingSplitter(), FactsArea(), QWidget(), FactsForm()
    qtbot.addWidget(split)
    page.setLayout(QVBoxLayout())
    page.layout().addLayout(form)
    page.layout().addStretch(1)
    area.setWidget(page)
    split.addWidget(area)
    split.addWidget(QWidget())
    with qtbot.waitExposed(split):
        split.show()
    return split, page, form


def settle():
    """Texts know their height when they know their width."""
    for _ in range(3):
        QApplication.processEvents()


def enlarge(page, letters):
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * letters)
    page.setFont(font)


@pytest.mark.parametrize("letters", [1, 1.5, 2])
def test_every_line_of_a_fact_is_seen_however_narrow_the_panel_is(facts_in_room, letters):
    split, page, form = facts_in_room
    enlarge(page, letters)
    for width in range(260, 460, 7):
        form.show_facts(LONG_FACTS)
        split.resize(width, 900)
        split.fit()
        settle()
        assert too_small(page) == [], width


@pytest.mark.parametrize("letters", [1, 1.5, 2])
def test_facts_that_are_measured_before_they_are_laid_out_are_seen_too(facts_in_room, letters):
    """As the scroll area does when the window is resized while a text changes."""
    split, page, form = facts_in_room
    enlarge(page, letters)
    split.resize(320, 700)
    QApplication.processEvents()
    rng = random.Random(1)  # noqa: S311  no secret
    for _ in range(150):
        folders = ("x" * rng.randint(3, 30) for _ in range(rng.randint(1, 5)))
        form.show_facts([*LONG_FACTS[:2], Fact("Source", "/" + "/".join(folders))])
        split.fit()
        if rng.random() < 0.3:
            split.resize(rng.randint(290, 460), rng.choice((320, 700)))
        page.heightForWidth(page.width() + rng.choice((0, 14, 300)))
        settle()
        assert too_small(page) == []


def too_small(page):
    """Texts of which a part is outside of their own widget."""
    texts = page.findChildren(WrappedText)
    assert texts
    return [
        (each.text(), each.size().toTuple(), each.document().size().toTuple())
        for each in texts
        if each.document().idealWidth() > each.width() or each.document().size().height() > each.height()
    ]


def test_a_long_path_is_wrapped_in_the_window_and_copied_as_it_is(window, qapp):
    (source,) = (each for each in window.findChildren(WrappedText) if each.accessibleName() == "Source")
    path = source.text()
    assert path.endswith(".py:5")
    assert too_small(facts_of(window)[1].widget()) == []
    source.selectAll()
    source.copy()
    assert qapp.clipboard().text() == path


def test_the_line_stays_where_somebody_moved_it(window):
    split, area = facts_of(window)
    whole = sum(split.sizes())
    split.setSizes([120, whole - 120])
    split.splitterMoved.emit(120, 1)
    window.resize(1400, 1000)
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
