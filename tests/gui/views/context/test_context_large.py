"""Large contexts: groups of members, what is shared between two versions, JSON by slices."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPlainTextEdit

from tests.gui.item_models import FATAL
from tests.gui.pages.context_pages import ContextPage, preview
from tests.gui.pages.page import trigger
from tests.gui.workflows import ONE_TASK
from wfepy_core.errors import CodecError
from wfepy_core.model.json_values import equal, share_unchanged
from wfepy_gui.instance.context_difference import check_decodable
from wfepy_gui.models.context import node
from wfepy_gui.models.context.cells import CHANGED_ROLE, ContextColumn
from wfepy_gui.models.context.diff import Difference, differences
from wfepy_gui.models.context.tree_model import ContextTreeModel
from wfepy_gui.views.context import chunked_text
from wfepy_gui.views.context.chunked_text import ChunkedText
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000
values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(0, 1) | st.text("ab", max_size=2),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("abcdefgh"), inner, max_size=6)
    ),
    max_leaves=25,
)
no_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def small_groups(monkeypatch):
    """Containers of more than three members are shown in groups of two."""
    monkeypatch.setattr(node, "LARGEST", 3)
    monkeypatch.setattr(node, "_GROUP", 2)
    return ContextTreeModel


def leaves(model, parent):
    """Keys and texts of all values in order, groups opened."""
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if not model.is_group(index):
            found.append(
                (model.place_of(index), index.data(), index.siblingAtColumn(ContextColumn.VALUE).data())
            )
        found += leaves(model, index)
    return found


@no_fixture
@given(first=values, second=values)
def test_a_grouped_tree_shows_every_value_of_the_newest_version_at_its_place(small_groups, first, second):
    model, new = small_groups(), small_groups()
    QAbstractItemModelTester(model, FATAL)
    model.show({"x": first})
    leaves(model, model.index_at(()))

    model.update({"x": second, "y": first})
    new.show({"x": second, "y": first})

    shown = leaves(model, model.index_at(()))
    assert shown == leaves(new, new.index_at(()))
    assert all(model.index_at(place).data() == key for place, key, _ in shown)
    assert all(model.rowCount(model.index_at(place)) <= 6 for place, _, _ in shown)


@no_fixture
@given(first=values, second=values, text=st.sampled_from(["a", "b", "1"]))
def test_what_is_new_is_shown_whatever_a_filter_hides(small_groups, first, second, text):
    model = small_groups()
    QAbstractItemModelTester(model, FATAL)
    model.show({"x": first, "keep": "ab1"})
    model.filter(model.search(text)())
    leaves(model, model.index_at(()))

    model.update({"x": first, "keep": "ab1", "new": second})

    assert model.index_at((2,)).data() == "new"
    assert [row for row in leaves(model, model.index_at(())) if row[0] == (1,)] == [((1,), "keep", "ab1")]


def test_a_group_is_marked_when_something_in_it_changed(small_groups):
    model = small_groups()
    model.show(list(range(6)))
    model.mark([Difference(("[2]",), 9, 2)], model.masking)

    assert [model.index(row, 0).data() for row in range(3)] == ["[0 … 1]", "[2 … 3]", "[4 … 5]"]
    assert [model.index(row, 0).data(CHANGED_ROLE) for row in range(3)] == [False, True, False]


@given(known=values, found=values)
def test_sharing_changes_no_value_and_makes_equal_ones_one_object(known, found):
    shared = share_unchanged(known, found)
    twin = share_unchanged(known, json.loads(json.dumps(known)))

    assert equal(shared, found)
    assert not isinstance(known, list | dict) or twin is known


def test_of_a_list_that_lost_an_item_the_others_are_shared():
    known = [{"n": number} for number in range(5)]
    shared = share_unchanged(known, [{"n": number} for number in (0, 1, 3, 4)])

    assert [known.index(item) for item in shared] == [0, 1, 3, 4]
    assert all(any(item is old for old in known) for item in shared)
    assert [each.keys for each in differences(known, shared)] == [("[2]",)]


def test_only_what_differs_is_read_before_it_is_taken_over():
    broken = {"$date": "never"}
    before = {"broken": broken, "list": [broken, {"a": 1}], "deep": {}}

    check_decodable(before, {**before, "list": [{"a": 1}, broken, 2]})
    with pytest.raises(CodecError, match=r"context.list\[1\].a"):
        check_decodable(before, {**before, "list": [broken, {"a": {"$date": "never"}}]})
    deep = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(CodecError, match="nested deeper"):
        check_decodable({"deep": [[[]]]}, {"deep": [[deep]]})


@pytest.fixture
def pane(qtbot, monkeypatch):
    monkeypatch.setattr(chunked_text, "SLICE", 5)
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    return edit


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text("ab\n🎉é", max_size=40), min_size=1, max_size=4))
def test_a_text_put_in_by_slices_arrives_in_full_wherever_it_differs(qtbot, pane, texts):
    slices = ChunkedText(pane)
    for text in texts:
        with qtbot.waitSignal(slices.ended):
            slices.show(text)
        assert pane.toPlainText() == text
        assert not pane.isReadOnly()
        assert not pane.document().isModified()
        assert not pane.document().isUndoAvailable()


@pytest.fixture
def panel(make_instance, tmp_path, open_instance, desktop):
    path = make_instance(ONE_TASK)
    context = tmp_path / "context.json"
    many = {f"part {number}": {"size": number} for number in range(2000)}
    context.write_text(json.dumps({"many": many, "rows": list(range(1500)), "note": "x" * 300}))
    desktop.session.open("")
    (tmp_path / "work.wfstate").unlink()
    make_instance(ONE_TASK, context="@" + str(context))
    open_instance(path)
    desktop.window.go_to(PanelId.CONTEXT)
    return desktop.window.panels.context.get()


def test_the_last_of_many_values_is_found_edited_and_undone(qtbot, panel, desktop):
    ContextPage(panel).search.field.setText("part 1999")
    qtbot.waitUntil(lambda: ContextPage(panel).search.count.text() == "1 of 1", timeout=WAIT_MS)
    assert panel.tree.currentIndex().data() == "part 1999"

    trigger(desktop, Command.REMOVE_VALUE)
    assert "part 1999" not in preview(desktop)["many"]
    trigger(desktop, Command.UNDO)
    assert preview(desktop)["many"]["part 1999"] == {"size": 1999}


def test_a_group_is_no_value_that_could_be_changed(panel, desktop):
    model = panel.tree.tree_model
    group = model.index(1, 0, model.index_at((1,)))
    panel.tree.setCurrentIndex(group)

    assert group.data() == "[250 … 499]"
    actions = desktop.window.actions_table
    assert not any(
        actions[command].isEnabled()
        for command in (Command.REMOVE_VALUE, Command.RENAME_KEY, Command.MOVE_VALUE_UP, Command.PASTE_VALUE)
    )
    panel.tree.remove_value()
    assert len(preview(desktop)["rows"]) == 1500


def test_large_json_is_shown_checked_and_used_while_others_save(
    qtbot, panel, desktop, monkeypatch, wfepy, tmp_path
):
    monkeypatch.setattr(chunked_text, "SLICE", 2000)
    trigger(desktop, Command.EDIT_AS_JSON)
    pane = panel.json_pane
    edit = pane.editor.edit
    qtbot.waitUntil(lambda: len(pane.text) > 50_000 and not edit.isReadOnly(), timeout=WAIT_MS)
    assert json.loads(pane.text) == preview(desktop)

    wfepy("context", "set", str(tmp_path / "work.wfstate"), "note=short")
    qtbot.waitUntil(lambda: '"short"' in pane.text and not edit.isReadOnly(), timeout=WAIT_MS)
    assert json.loads(pane.text) == preview(desktop)
    cursor = edit.document().find('"size": 1234')
    cursor.insertText('"size": 77')
    pane.use()
    qtbot.waitUntil(lambda: preview(desktop)["many"]["part 1234"] == {"size": 77}, timeout=WAIT_MS)
