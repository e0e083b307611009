"""JSON values: when an edit is a change, what two values share, and which texts are JSON."""

import copy
import json

import pytest
from hypothesis import given

from tests.core.state_samples import json_values
from wfepy_core.errors import NoChangeError
from wfepy_core.model.events import Intervened, decode, encode
from wfepy_core.model.graph import Graph
from wfepy_core.model.json_values import (
    DoubledKeyError,
    NotANumberError,
    TooDeepError,
    equal,
    parse_json,
    share_unchanged,
)
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot, WorkflowRef
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import context_becomes_event
from wfepy_core.passes.context_tracker import ContextTracker


def with_context(context):
    """An instance of no tasks with this context."""
    return Snapshot(1, WorkflowRef("w", ()), Graph(), (), Records(0), context)


DIFFERENT = [
    (0.0, -0.0),
    (1, 1.0),
    (1, True),
    (0, False),
    (0, 0.0),
    (1.0, True),
    (0, None),
    (False, None),
    ("", None),
    ("1", 1),
    ([], {}),
    ([], None),
    ([1, 2], [2, 1]),
    ([1], [1, 1]),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({"a": 1}, {"a": 1, "b": None}),
    ({"a": 1}, {"b": 1}),
    (1.5, 1.5000000000000002),
    (2**53, 2.0**53),
]
ALIKE = [
    None,
    True,
    False,
    0,
    1,
    -1,
    0.0,
    -0.0,
    1.0,
    1e300,
    "",
    "a",
    [],
    {},
    [0.0, [True]],
    {"a": {"b": [1.0]}},
]


def nested(value):
    """The value itself and inside containers."""
    return [value, [value], {"key": value}, {"key": [{"inner": value}]}]


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=repr)
def test_an_edit_between_two_spellings_is_a_change(one, other):
    for inner, outer in zip(nested(one), nested(other), strict=True):
        assert not equal(inner, outer)
        assert not equal(outer, inner)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=repr)
def test_an_intervention_sees_that_change(one, other):
    for inner, outer in zip(nested(one), nested(other), strict=True):
        snapshot = with_context({"edited": inner, "other": 1})
        event = context_becomes_event(snapshot, {"edited": outer, "other": 1}, by="ops")

        assert repr(event.changes.set) == repr({"edited": outer})


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=repr)
def test_a_pass_sees_that_change(one, other):
    for inner, outer in zip(nested(one), nested(other), strict=True):
        context = {"edited": inner, "other": 1}
        tracker = ContextTracker(context, copy.deepcopy(context))
        context["edited"] = outer

        assert repr(tracker.changes(context).set) == repr({"edited": outer})


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=repr)
def test_what_changed_is_not_shared(one, other):
    assert repr(share_unchanged([one, "kept"], [other, "kept"])) == repr([other, "kept"])


@pytest.mark.parametrize("value", ALIKE, ids=repr)
def test_a_value_written_alike_is_no_change(value):
    twin = json.loads(json.dumps(value))

    assert equal(value, twin)
    with pytest.raises(NoChangeError):
        context_becomes_event(with_context({"edited": value, "b": 1}), {"edited": twin, "b": 1}, by="ops")


@given(json_values(), json_values())
def test_values_are_equal_when_they_are_written_alike(one, other):
    assert equal(one, other) is (json.dumps(one) == json.dumps(other))


@given(json_values(), json_values())
def test_sharing_changes_no_value(known, new):
    assert equal(share_unchanged(known, new), new)


@given(json_values())
def test_an_equal_value_is_shared_whole(value):
    shared = share_unchanged(value, json.loads(json.dumps(value)))

    assert shared is value


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1), (' {"a": [null, -0.0]} ', {"a": [None, -0.0]}), ('"\\ud83d\\ude00"', "😀")]
)
def test_json_is_read(text, value):
    assert equal(parse_json(text), value)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ('{"a": 1, "a": 1}', DoubledKeyError, 'the key "a" stands there twice'),
        ('[{"b": {"a": 1, "b": 2, "a": 3}}]', DoubledKeyError, 'the key "a" stands there twice'),
        ("NaN", NotANumberError, "NaN is not JSON"),
        ("[-Infinity]", NotANumberError, "-Infinity is not JSON"),
        ("1e999", NotANumberError, "the number 1e999 is too large"),
        ("[" * 100_000, TooDeepError, "nested too deeply"),
        ("{'a': 1}", json.JSONDecodeError, "Expecting property name"),
        ("", json.JSONDecodeError, "Expecting value"),
        ("1 2", json.JSONDecodeError, "Extra data"),
        ("9" * 5000, ValueError, "4300"),
    ],
    ids=lambda part: str(part)[:20],
)
def test_what_is_no_strict_json_is_refused_with_the_reason(text, error, message):
    with pytest.raises(error, match=message):
        parse_json(text)


@pytest.mark.parametrize(
    ("text", "tag"),
    [("NaN", "nan"), ("Infinity", "inf"), ("-Infinity", "-inf"), ("1e999", "inf"), ("-1e999", "-inf")],
)
def test_a_number_that_json_has_no_word_for_can_be_written_with_a_tag(text, tag):
    with pytest.raises(NotANumberError) as caught:
        parse_json(text)

    assert (caught.value.text, caught.value.float_tag) == (text, tag)


def test_a_journal_line_with_a_key_twice_is_refused():
    line = encode(Intervened(1, 2, InterventionKind.RETRY, "ops", "sign"))

    with pytest.raises(ValueError, match="twice"):
        decode(line.replace(b'"task":"sign"', b'"task":"sign","task":"sign"'))
