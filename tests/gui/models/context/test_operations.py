"""Values replaced, added and moved by place: nothing is lost, and what does not fit is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gui.context_values import JSON_VALUES
from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import decode
from wfepy_gui.models.context import operations
from wfepy_gui.models.context.value_types import ValueType, type_of_value


def places(context, place=()):
    inside = operations.open_container(context)
    for row, value in enumerate(inside.values if inside else []):
        yield (*place, row)
        yield from places(value, (*place, row))


@given(context=JSON_VALUES, data=st.data())
def test_replacing_a_value_by_itself_changes_nothing_and_by_another_only_that(context, data):
    found = [place for place in places(context) if not _in_a_set(context, place)]
    if not found:
        return
    place = data.draw(st.sampled_from(found))
    value = operations.value_at(context, place)

    assert equal(operations.replace(context, place, value), context)
    other = operations.replace(context, place, "another text")
    assert operations.value_at(other, place) == "another text"
    decode(other)


def _in_a_set(context, place):
    return any(
        type_of_value(operations.value_at(context, place[:size])) in (ValueType.SET, ValueType.FROZENSET)
        for size in range(len(place))
    )


def test_keys_and_items_are_added_removed_renamed_and_moved():
    context = {"a": [1, 2, 3], "d": {"$dict": [[1, "one"], [2, "two"]]}}

    assert operations.insert(context, (0, 1), None, 9)["a"] == [1, 9, 2, 3]
    assert operations.remove(context, (0, 0))["a"] == [2, 3]
    assert operations.move(context, (0, 0), 1)["a"] == [2, 1, 3]
    assert list(operations.rename(context, (0,), "z")) == ["z", "d"]
    assert operations.move(context, (1, 1), -1)["d"] == {"$dict": [[2, "two"], [1, "one"]]}
    assert operations.remove(context, (1, 0))["d"] == {"$dict": [[2, "two"]]}
    assert context == {"a": [1, 2, 3], "d": {"$dict": [[1, "one"], [2, "two"]]}}


def test_a_key_that_looks_like_a_tag_stays_a_key():
    context = operations.insert({"a": {}}, (0, 0), "$set", "not a set")

    assert decode(context) == {"a": {"$set": "not a set"}}


def test_what_does_not_fit_is_refused():
    context = {"a": 1, "b": 2, "s": {"$set": [1]}, "o": {"$torch": [1, 2]}}
    with pytest.raises(ValueError, match="already"):
        operations.rename(context, (0,), "b")
    with pytest.raises(ValueError, match="cannot be in a set"):
        operations.insert(context, (2, 0), None, [1])
    with pytest.raises(ValueError, match="opaque"):
        operations.replace(context, (3, 0), 1)
