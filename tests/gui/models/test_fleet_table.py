"""The table of instances: rows keep their places, and a filter says what a person must look at."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.item_models import FATAL, texts
from wfepy_core.model.status import InstanceStatus
from wfepy_gui.models import fleet_table
from wfepy_gui.models.fleet_table import FleetFilter, FleetModel
from wfepy_gui.text.time_format import Clock
from wfepy_gui.workers.file_stamp import FileStamp
from wfepy_gui.workers.fleet_scanner import FleetEntry


def entry(name, status, until=0, at=5):
    return FleetEntry(f"/f/{name}.wfstate", FileStamp(1, 1, 1), 0, status, at, "ada", until=until)


def test_the_fleet_keeps_rows_in_place_while_others_come_and_go(theme):
    model = FleetModel(theme, Clock())
    QAbstractItemModelTester(model, FATAL)
    model.update([entry("b", InstanceStatus.WAITING), entry("d", InstanceStatus.NEW)])
    d = QPersistentModelIndex(model.index(1, 0))

    model.update(
        [entry("a", InstanceStatus.NEW), entry("c", InstanceStatus.NEW), entry("d", InstanceStatus.FAILED)]
    )

    assert texts(model, fleet_table.FleetColumn.NAME) == ["a", "c", "d"]
    assert d.row() == 2
    assert model.index(2, fleet_table.FleetColumn.STATUS).data() == "failed"


def test_needs_me_keeps_what_a_person_must_look_at(theme):
    model, kept = FleetModel(theme, Clock()), FleetFilter()
    kept.setSourceModel(model)
    statuses = {status.name.lower(): status for status in InstanceStatus}
    entries = [entry(name, status) for name, status in statuses.items()]
    entries += [entry("overdue", InstanceStatus.WAITING, until=1), entry("torn", None)]
    model.update(sorted(entries))

    kept.set_needs_me(True)

    shown = {kept.index(row, 0).data() for row in range(kept.rowCount())}
    assert shown == {"failed", "interrupted", "dead_end", "overdue", "torn"}
