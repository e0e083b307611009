"""The table of instances: what its columns say, sort by and announce."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from tests.gui.item_models import FATAL, texts
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.model.summary import Summary, TaskSummary
from wfepy_gui.models.fleet_table import FleetColumn, FleetFilter, FleetModel
from wfepy_gui.text.time_format import Clock, TimeStyle
from wfepy_gui.workers.file_stamp import FileStamp
from wfepy_gui.workers.fleet_scanner import FleetEntry

DAY = 86_400_000_000
STANDS_AT, SAVED = FleetColumn.STANDS_AT, FleetColumn.SAVED


def days_ago(days):
    return time.time_ns() // 1000 - days * DAY


def waiting(task, days, why="", until=0):
    return TaskSummary(task, TaskStatus.WAITING, days_ago(days), until, why, "")


def entry(name, *at, more=0, status=InstanceStatus.WAITING):
    summary = Summary(at, more, 1, 9)
    return FleetEntry(
        f"/f/{name}.wfstate", FileStamp(1, 1, 1), 0, status, days_ago(1), "ada", summary=summary
    )


@pytest.fixture
def model(theme):
    made = FleetModel(theme, Clock(TimeStyle.UTC))
    QAbstractItemModelTester(made, FATAL)
    return made


def tip(model, row, column=STANDS_AT):
    return model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)


def test_each_instance_says_what_waits_for_what_since_when(model):
    model.update([entry("a", waiting("sign", 3, "no\nsignature"), waiting("ask", 2), more=2), entry("b")])

    assert texts(model, STANDS_AT) == [
        "sign waiting 3 days: no signature; ask waiting 2 days; 2 more",
        "",
    ]


def test_an_instance_of_an_older_form_shows_what_its_head_tells(model):
    old = entry("a")._replace(summary=None)
    model.update([old])

    assert [model.index(0, column).data() for column in (FleetColumn.STATUS, STANDS_AT)] == ["waiting", ""]
    assert tip(model, 0) == ""


def test_the_tool_tip_has_a_task_a_line_with_its_moments_and_takes_no_reason_for_markup(model):
    moment = TaskSummary("ask", TaskStatus.WAITING, DAY, 2 * DAY, "later", "")
    model.update([entry("a", moment, more=1), entry("b", waiting("sign", 3, "<b>bold</b> & more"))])

    first, second, third, last = tip(model, 0).split("\n")
    assert first.startswith("ask waiting ")
    assert first.endswith(": later")
    assert second.startswith("    since 1970-01-02 00:00:00 UTC (")
    assert (third, last) == ("    until 1970-01-03 00:00:00 UTC", "1 more")
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in tip(model, 1)


def test_the_status_tells_when_the_file_was_saved_for_lists_too_narrow_for_its_age(model):
    model.update([entry("a")._replace(saved_at=DAY)])

    assert "\nSaved 1970-01-02 00:00:00 UTC (" in tip(model, 0, FleetColumn.STATUS)


def test_instances_that_stand_at_the_same_task_sort_together_the_oldest_first(model):
    kept = FleetFilter()
    kept.setSourceModel(model)
    failed = TaskSummary("sign", TaskStatus.FAILED, days_ago(1), 0, "OSError", "")
    model.update(
        [
            entry("a", waiting("sign", 2)),
            entry("b", status=InstanceStatus.FINISHED),
            entry("c", waiting("Build", 1)),
            entry("d", waiting("sign", 12)),
            entry("e", failed),
        ]
    )

    kept.sort(STANDS_AT, Qt.SortOrder.AscendingOrder)

    assert texts(kept, FleetColumn.NAME) == ["c", "e", "d", "a", "b"]


def test_the_filter_finds_what_an_instance_waits_for(model):
    kept = FleetFilter()
    kept.setSourceModel(model)
    model.update([entry("a", waiting("sign", 2, "no signature")), entry("b", waiting("build", 1))])

    kept.set_text("Signature")

    assert texts(kept, FleetColumn.NAME) == ["a"]


def changes(spy):
    return [(spy.at(n)[0].row(), spy.at(n)[0].column(), spy.at(n)[1].column()) for n in range(spy.count())]


def test_a_scan_announces_only_the_columns_that_say_something_else(model):
    before = [entry("a", waiting("sign", 2)), entry("b"), entry("c")]
    model.update(before)
    spy = QSignalSpy(model.dataChanged)

    idle = before[1]._replace(lock=FileStamp(2, 2, 2))
    moved = before[0]._replace(summary=entry("a", waiting("ask", 1)).summary)
    model.update([moved, idle, before[2]._replace(status=InstanceStatus.FAILED)])

    assert changes(spy) == [(0, STANDS_AT, STANDS_AT), (2, FleetColumn.STATUS, FleetColumn.STATUS)]
    roles = spy.at(0)[2]
    assert Qt.ItemDataRole.DisplayRole in roles
    assert Qt.ItemDataRole.FontRole not in roles


def test_all_ages_are_told_anew_at_once(model):
    model.update([entry("a", waiting("sign", 2)), entry("b")])
    spy = QSignalSpy(model.dataChanged)

    model.refresh_ages()

    assert changes(spy) == [(0, STANDS_AT, SAVED)]
    assert spy.at(0)[2] == [Qt.ItemDataRole.DisplayRole]
