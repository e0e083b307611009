"""The tree of the context: types and values; an update touches only what changed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.item_models import FATAL, texts
from wfepy_gui.models.context import tree_model
from wfepy_gui.models.context.node import nodes_of
from wfepy_gui.models.context.tree_model import ContextTreeModel


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
