"""The item models: what they show, and that an update touches only what changed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from wfepy_core.model.events import PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef, apply
from wfepy_core.model.status import InstanceStatus, TaskState, TaskStatus
from wfepy_gui.instance.instance_view import changed_tasks, most_urgent, view_of
from wfepy_gui.models import fleet_table, task_table
from wfepy_gui.models.context import tree_model
from wfepy_gui.models.context.node import nodes_of
from wfepy_gui.models.context.tree_model import ContextTreeModel
from wfepy_gui.models.fleet_table import FleetFilter, FleetModel
from wfepy_gui.models.journal_table import JournalModel, line_of
from wfepy_gui.models.roles import NAME_ROLE, STATUS_ROLE
from wfepy_gui.models.task_table import TaskFilter, TaskTableModel
from wfepy_gui.text.time_format import Clock
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.workers.file_stamp import FileStamp
from wfepy_gui.workers.fleet_scanner import FleetEntry

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
GRAPH = Graph(
    (GraphTask("a", start=True), GraphTask("b"), GraphTask("c", end=True)),
    (GraphTransition("a", "b"), GraphTransition("b", "c")),
)


@pytest.fixture
def fresh():
    return Snapshot(1, WorkflowRef("w", ("w.py",)), GRAPH, (("a", TaskState.NEW),), Records(3), {}, Saved())


def after(snapshot, *happened):
    return view_of(apply(snapshot, happened))


def texts(model, column, parent=None):
    rows = model.rowCount() if parent is None else model.rowCount(parent)
    index = model.index
    return [
        (index(row, column) if parent is None else index(row, column, parent)).data() for row in range(rows)
    ]


# -- tasks --------------------------------------------------------------------------------------------------


def test_the_task_table_shows_status_and_reason(theme, fresh):
    model = TaskTableModel(theme, Clock())
    QAbstractItemModelTester(model, FATAL)
    model.show(
        after(
            fresh,
            TaskStarted(1, 10, "a"),
            TaskEnded(1, 20, "a", TaskState.WAITING, reason="no paper"),
        )
    )

    assert texts(model, task_table.TaskColumn.STATUS) == ["waiting", "not reached", "not reached"]
    assert model.index(0, task_table.TaskColumn.REASON).data() == "no paper"
    assert model.index(0, 0).data(STATUS_ROLE) is TaskStatus.WAITING


def test_only_changed_tasks_are_repainted(theme, fresh):
    model = TaskTableModel(theme, Clock())
    before = view_of(fresh)
    model.show(before)
    now = after(fresh, TaskStarted(1, 10, "a"), TaskEnded(1, 20, "a", TaskState.COMPLETE, taken="T"))
    changed = changed_tasks(before, now)
    rows = []
    model.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))

    model.update(now, changed)

    assert changed == {"a", "b"}
    assert rows == [(0, 1)]


def test_the_task_filter_finds_names_and_reasons(theme, fresh):
    model, kept = TaskTableModel(theme, Clock()), TaskFilter()
    kept.setSourceModel(model)
    model.show(
        after(fresh, TaskStarted(1, 10, "a"), TaskEnded(1, 20, "a", TaskState.WAITING, reason="no paper"))
    )

    kept.set_text("PAPER")
    assert [kept.index(0, 0).data(NAME_ROLE)] == ["a"]
    assert kept.rowCount() == 1
    kept.set_text("not reached")
    assert kept.rowCount() == 2


def test_the_most_urgent_task_is_what_a_person_must_see_first(fresh):
    waiting = after(fresh, TaskStarted(1, 1, "a"), TaskEnded(1, 2, "a", TaskState.WAITING))
    assert most_urgent(waiting) == "a"
    finished = view_of(fresh._replace(tokens=()))
    assert most_urgent(finished) == ""


# -- context ------------------------------------------------------------------------------------------------


def test_the_context_tree_names_types_and_shows_values():
    model = ContextTreeModel()
    QAbstractItemModelTester(model, FATAL)
    model.show(
        {
            "names": {"$set": ["a", "b"]},
            "due": {"$datetime": "2026-12-01T00:00:00+00:00"},
            "later": {"$new-tag": [1]},
            "pairs": {"$dict": [[1, "one"], [{"$tuple": [1, 2]}, "two"]]},
        }
    )

    kinds = dict(zip(texts(model, 0), texts(model, tree_model.ContextColumn.TYPE), strict=True))
    assert kinds == {"names": "set", "due": "datetime", "later": "opaque $new-tag", "pairs": "dict"}
    assert texts(model, 0, model.index(0, 0)) == ["[0]", "[1]"]
    assert model.rowCount(model.index(2, 0)) == 0, "an opaque value is not taken apart"
    assert texts(model, 0, model.index(3, 0)) == ["1", "(1, 2)"]
    assert model.node_at(model.index(1, 0, model.index(0, 0))).path() == "context.names[1]"


def test_an_update_keeps_selection_and_place_of_what_stays():
    model = ContextTreeModel()
    model.show({"a": 1, "b": {"x": [1, 2], "y": 2}, "c": 3})
    b = QPersistentModelIndex(model.index(1, 0))
    y = QPersistentModelIndex(model.index(1, 0, model.index(1, 0)))
    selection = QItemSelectionModel(model)
    selection.select(model.index(2, 0), QItemSelectionModel.SelectionFlag.Select)

    model.update({"new": 0, "b": {"y": 5}, "c": 3})

    assert (b.row(), y.row()) == (1, 0)
    assert y.sibling(0, tree_model.ContextColumn.VALUE).data() == "5"
    assert [index.data() for index in selection.selectedIndexes()] == ["c"]


keys = st.sampled_from("abcde")
contexts = st.recursive(
    st.none() | st.integers(0, 3) | st.just("text") | st.just({"$set": ["x", "y"]}),
    lambda inner: st.dictionaries(keys, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
).filter(lambda value: type(value) is dict)


def shape(model, parent):
    return [
        (
            model.index(row, 0, parent).data(),
            model.index(row, tree_model.ContextColumn.VALUE, parent).data(),
            shape(model, model.index(row, 0, parent)),
        )
        for row in range(model.rowCount(parent))
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=contexts, second=contexts)
def test_an_updated_tree_equals_a_new_one(first, second):
    updated, new = ContextTreeModel(), ContextTreeModel()
    QAbstractItemModelTester(updated, FATAL)
    updated.show(first)
    root = updated.index_at(())
    shape(updated, root)

    updated.update(second)
    new.show(second)

    assert shape(updated, root) == shape(new, root)


def test_the_search_finds_keys_and_values_and_nothing_twice():
    model = ContextTreeModel()
    model.show({"alpha": {"beta": "Gamma"}, "list": ["x", "gamma ray"], "gamma": 1})

    found = [model.node_at(model.index_at(hit.place)).path() for hit in model.search("gamma")()]

    assert found == ["context.alpha.beta", "context.list[1]", "context.gamma"]


@pytest.mark.parametrize("torn", [{"$set": 3}, {"$dict": [[1]]}, {"$deque": []}, {"$defaultdict": "list"}])
def test_a_tag_with_a_wrong_payload_is_shown_as_a_leaf(torn):
    assert nodes_of(torn) is None
    model = ContextTreeModel()
    QAbstractItemModelTester(model, FATAL)
    model.show({"torn": torn})
    assert isinstance(model.index(0, tree_model.ContextColumn.VALUE).data(), str)


# -- history ------------------------------------------------------------------------------------------------


def test_history_read_anew_keeps_the_rows_that_are_the_same():
    model = JournalModel(Clock())
    QAbstractItemModelTester(model, FATAL)
    first, second = PassStarted(1, 10, "ada", "ops1", 7), TaskStarted(1, 20, "a")
    model.show((first, second))
    kept = QPersistentModelIndex(model.index(0, 0))

    model.update((first, TaskStarted(1, 30, "b")))

    assert kept.isValid()
    assert texts(model, 2) == ["", "b"]


def test_an_event_is_told_in_words():
    ended = TaskEnded(1, 1, "sign", TaskState.WAITING, reason="no pen")
    assert line_of(ended, Clock()) == ("waits", "sign", "no pen")
    assert line_of(PassStarted(1, 1, "ada", "ops1", 7), Clock()).details == "by ada on ops1, process 7"


# -- fleet --------------------------------------------------------------------------------------------------


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


def test_a_new_colour_scheme_repaints_the_icons(qtbot, theme, fresh):
    model = TaskTableModel(theme, Clock())
    model.show(view_of(fresh))
    with qtbot.waitSignal(model.dataChanged) as changed:
        theme.choose(SchemeChoice.LIGHT if theme.look.dark else SchemeChoice.DARK)
    assert changed.args[2] == [Qt.ItemDataRole.DecorationRole]
