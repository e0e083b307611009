"""The table of tasks: what it shows, and that an update touches only what changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.item_models import FATAL, texts
from tests.gui.three_tasks import after
from wfepy_core.model.events import TaskEnded, TaskStarted
from wfepy_core.model.status import TaskState, TaskStatus
from wfepy_gui.instance.instance_view import changed_tasks
from wfepy_gui.models import task_table
from wfepy_gui.models.rows_model import NAME_ROLE, STATUS_ROLE
from wfepy_gui.models.task_table import TaskFilter, TaskTableModel
from wfepy_gui.text.time_format import Clock
from wfepy_gui.theme import SchemeChoice


def test_the_task_table_shows_status_and_reason(theme):
    model = TaskTableModel(theme, Clock())
    QAbstractItemModelTester(model, FATAL)
    model.show(
        after(
            TaskStarted(1, 10, "a"),
            TaskEnded(1, 20, "a", TaskState.WAITING, reason="no paper"),
        )
    )

    assert texts(model, task_table.TaskColumn.STATUS) == ["waiting", "not reached", "not reached"]
    assert model.index(0, task_table.TaskColumn.REASON).data() == "no paper"
    assert model.index(0, 0).data(STATUS_ROLE) is TaskStatus.WAITING


def test_only_changed_tasks_are_repainted(theme):
    model = TaskTableModel(theme, Clock())
    before = after()
    model.show(before)
    now = after(TaskStarted(1, 10, "a"), TaskEnded(1, 20, "a", TaskState.COMPLETE, taken="T"))
    changed = changed_tasks(before, now)
    rows = []
    model.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))

    model.update(now, changed)

    assert changed == {"a", "b"}
    assert rows == [(0, 1)]


def test_the_task_filter_finds_names_and_reasons(theme):
    model, kept = TaskTableModel(theme, Clock()), TaskFilter()
    kept.setSourceModel(model)
    model.show(after(TaskStarted(1, 10, "a"), TaskEnded(1, 20, "a", TaskState.WAITING, reason="no paper")))

    kept.set_text("PAPER")
    assert [kept.index(0, 0).data(NAME_ROLE)] == ["a"]
    assert kept.rowCount() == 1
    kept.set_text("not reached")
    assert kept.rowCount() == 2


def test_a_new_colour_scheme_repaints_the_icons(qtbot, theme):
    model = TaskTableModel(theme, Clock())
    model.show(after())
    with qtbot.waitSignal(model.dataChanged) as changed:
        theme.choose(SchemeChoice.LIGHT if theme.look.dark else SchemeChoice.DARK)
    assert changed.args[2] == [Qt.ItemDataRole.DecorationRole]
