"""Changed top-level keys are found whatever changed in them, and nothing that cannot be saved stays."""

import copy
import json
from collections import deque
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.state_samples import release
from wfepy_core.errors import CodecError
from wfepy_core.model.events import Changes, Intervened
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InterventionKind
from wfepy_core.passes.context_tracker import ContextTracker
from wfepy_core.storage.codec import decode, encode

SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, -0.0, 1.0, float("nan")])
SCALARS |= st.text("ab", max_size=1) | st.sampled_from(
    [b"a", bytearray(b"a"), datetime(2026, 1, 1, tzinfo=UTC)]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text("ab", max_size=1), inner, max_size=2)
        | st.lists(inner, max_size=2).map(tuple)
        | st.lists(inner, max_size=2).map(deque)
        | st.sets(st.integers(0, 2))
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(["a", "b", "c", "$set", "$x"])
CONTEXTS = st.dictionaries(KEYS, VALUES, max_size=4) | VALUES | st.dictionaries(st.integers(0, 2), VALUES)


def text(encoded):
    """Encoded values as they are compared: 1, 1.0 and True differ, the order of top-level keys does not."""
    if isinstance(encoded, dict):
        return {key: json.dumps(value) for key, value in encoded.items()}
    return json.dumps(encoded)


def replay(context, changes):
    """The context as whoever reads the journal has it after an event with these changes."""
    before = release()._replace(context=context)
    return apply(
        before, [Intervened(before.generation, 1, InterventionKind.CONTEXT, "ops", changes=changes)]
    ).context


def tracker_of(context):
    return ContextTracker(context, encode(context))


@given(CONTEXTS, st.lists(CONTEXTS, max_size=4))
def test_the_reported_changes_lead_from_each_context_to_the_next(first, later):
    tracker, saved = tracker_of(first), encode(first)
    for context in later:
        changes = tracker.changes(context)

        assert bool(changes) == (text(saved) != text(encode(context)))
        saved = replay(saved, changes)
        assert text(saved) == text(encode(context)) == text(tracker.encoded)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.data())
def test_a_change_in_place_is_found(context, data):
    tracker, before = tracker_of(context), encode(context)
    key = data.draw(st.sampled_from(sorted(context)))
    value = context[key]
    if isinstance(value, list | deque):
        value.append(1)
    elif isinstance(value, dict):
        value["new"] = 1
    elif isinstance(value, set):
        value.add(9)
    elif isinstance(value, bytearray):
        value += b"!"
    else:
        context[key] = [value]

    changes = tracker.changes(context)

    assert changes
    assert text(replay(before, changes)) == text(encode(context))
    assert not tracker.changes(context)


def test_only_what_changed_is_reported():
    context = {"n": 1, "builds": ["a"], "gone": None, "same": (1, 2)}
    tracker = tracker_of(context)
    context["n"] = 2
    context["builds"].append({"b"})
    del context["gone"]
    context["same"] = (1, 2)
    context["new"] = b""

    assert tracker.changes(context) == Changes(
        set={"n": 2, "builds": ["a", {"$set": ["b"]}], "new": {"$bytes": ""}}, unset=("gone",)
    )
    assert tracker.changes(context) == Changes()


def test_bytes_that_become_a_bytearray_have_changed():
    context = {"parts": [b"a"]}
    tracker = tracker_of(context)
    context["parts"][0] = bytearray(b"a")

    assert tracker.changes(context).set == {"parts": [{"$bytearray": "YQ=="}]}


def test_what_was_reported_does_not_change_with_the_context():
    context = {"builds": [["a"]]}
    tracker = tracker_of(context)
    context["builds"].append(["b"])
    changes = tracker.changes(context)
    context["builds"][1].append("c")

    assert changes.set == {"builds": [["a"], ["b"]]}


@pytest.mark.parametrize("bad", [object(), [1, {"x": {object()}}], {"file": lambda: None}])
def test_what_cannot_be_saved_is_named_by_path_and_taken_back(bad):
    context = {"n": 1, "builds": ["a"], "old": 5}
    tracker, before = tracker_of(context), copy.deepcopy(context)
    context["n"] = 2
    context["builds"].append(bad)
    context["new"] = 3
    del context["old"]

    with pytest.raises(CodecError, match=r"context\.builds"):
        tracker.changes(context)
    same = tracker.roll_back(context)

    assert same is context == before
    assert not tracker.changes(context)
    context["builds"].append("b")
    assert tracker.changes(context).set == {"builds": ["a", "b"]}


def test_of_a_failed_task_what_can_be_saved_is_kept():
    context = {"n": 1, "link": "a"}
    tracker = tracker_of(context)
    context.update(n=2, link=object(), other=object(), done=[3])

    same, changes = tracker.salvage(context)

    assert same is context == {"n": 2, "link": "a", "done": [3]}
    assert changes == Changes(set={"n": 2, "done": [3]})


@given(CONTEXTS, CONTEXTS)
def test_a_roll_back_brings_back_any_context(first, second):
    saved = encode(first)
    tracker = ContextTracker(first, saved)

    context = tracker.roll_back(second)

    assert text(encode(context)) == text(saved)
    assert not tracker.changes(context)


def test_a_context_that_is_no_dict_changes_as_a_whole():
    context = [1]
    tracker = tracker_of(context)
    context.append(2)

    assert tracker.changes(context) == Changes(whole=([1, 2],))
    assert tracker.changes({"a": 1}) == Changes(whole=({"a": 1},))
    assert tracker.changes({"a": 2}) == Changes(set={"a": 2})
    assert tracker.changes({"$a": 2}) == Changes(whole=({"$dict": [["$a", 2]]},))
    assert decode(tracker.encoded) == {"$a": 2}
