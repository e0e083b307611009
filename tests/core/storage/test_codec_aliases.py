"""What stands in two places of a context is one object after a save; an edit by hand keeps that meaning."""

import json
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import date

import pytest

from tests.core.state_samples import release
from wfepy_core.errors import CodecError
from wfepy_core.model.snapshot import apply
from wfepy_core.operations.context_path import value_at
from wfepy_core.operations.interventions import context_event
from wfepy_core.storage import codec
from wfepy_core.storage.codec_preview import preview

KINDS = [
    pytest.param(make, id=make.__name__)
    for make in (list, dict, set, deque, OrderedDict, Counter, defaultdict)
]


def through_a_file(context):
    return codec.decode(json.loads(json.dumps(codec.encode(context), allow_nan=False)))


@pytest.mark.parametrize("make", KINDS)
def test_one_object_in_two_places_is_one_after_a_save(make):
    one = make()
    again = through_a_file({"first": one, "inside": [(one,)], "other": make(), "~/0": {"k": one}})

    assert again["first"] is again["inside"][0][0] is again["~/0"]["k"]
    assert again["other"] == again["first"]
    assert again["other"] is not again["first"]


def test_what_is_within_what_is_shared_is_shared_too():
    inner = ["x"]
    outer = {"inner": inner}
    again = through_a_file({1: outer, "b": [outer, inner]})

    assert again[1] is again["b"][0]
    assert again[1]["inner"] is again["b"][1]


def test_a_place_further_down_is_found_whatever_the_order_of_the_keys():
    encoded = codec.encode({"all": (one := []), "current": one})
    again = codec.decode({"current": encoded["current"], "all": encoded["all"]})

    assert again["current"] is again["all"]


def test_a_context_without_shared_objects_is_written_as_ever():
    assert codec.encode({"a": [], "b": [], "c": [{}, {}]}) == {"a": [], "b": [], "c": [{}, {}]}


@pytest.mark.parametrize(
    ("encoded", "words"),
    [
        ({"a": [0, {"$same": "/gone"}]}, r"context\.a\[1\]: refers to '/gone', where nothing"),
        (
            {"a": {"$same": "/b"}, "b": {"$same": "/a"}},
            r"context\.a: refers to '/b', which is a reference itself",
        ),
        ({"a": {"$same": "/a"}}, "is a reference itself"),
        ({"a": {"$same": ""}}, "where nothing"),
        ({"a": {"$same": 5}}, "where nothing"),
        ({"a": [{"$same": "/a"}]}, r"context\.a\[0\]: holds itself"),
    ],
)
def test_a_reference_that_means_nothing_is_refused(encoded, words):
    with pytest.raises(CodecError, match=words):
        codec.decode(encoded)


PLACES = {
    "list": [[1], [2]],
    "a~2": [3],
    "tuple": {"$tuple": [[4]]},
    "deque": {"$deque": [[[5]], None]},
    "dict": {"$dict": [[6, [6]]]},
    "default": {"$defaultdict": ["list", [["k", [7]]]]},
    "object": {"$object": ["nobody's", {"x": [8]}]},
    "unknown": {"$unknown": [[9]]},
    "day": {"$date": "2026-12-01"},
    "same": {"$same": "/list/0"},
}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/list/1", [2]),
        ("/a~02", [3]),
        ("/tuple/$tuple/0", [4]),
        ("/deque/$deque/0/0", [5]),
        ("/dict/$dict/0/1", [6]),
        ("/default/$defaultdict/1/0/1", [7]),
        ("/object/$object/1/x", [8]),
        ("/unknown/$unknown/0", [9]),
        ("/day", date(2026, 12, 1)),
    ],
)
def test_a_reference_leads_to_any_value(pointer, value):
    assert codec.decode({**PLACES, "b": {"$same": pointer}})["b"] == value


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        ("/list/01", "where nothing"),
        ("/list/+1", "where nothing"),
        ("/list/-1", "where nothing"),
        ("/list/\u0661", "where nothing"),
        ("/list/", "where nothing"),
        ("list", "no JSON pointer"),
        ("#/list", "no JSON pointer"),
        ("/a~2", "no JSON pointer"),
        ("/tuple/$tuple", "only a part of a $tuple"),
        ("/deque/$deque/0", "only a part of a $deque"),
        ("/deque/$deque/1", "only a part of a $deque"),
        ("/dict/$dict/0", "only a part of a $dict"),
        ("/default/$defaultdict/0", "only a part of a $defaultdict"),
        ("/object/$object/0", "only a part of a $object"),
        ("/day/$date", "only a part of a $date"),
        ("/same/$same", "leads through a reference"),
        ("/same/0", "leads through a reference"),
        ("/same", "is a reference itself"),
    ],
)
def test_a_reference_spelled_otherwise_or_to_no_value_is_refused_in_words(pointer, why):
    with pytest.raises(CodecError) as caught:
        codec.decode({**PLACES, "b": {"$same": pointer}})

    assert str(caught.value).startswith(f"context.b: refers to {pointer!r}, ")
    assert why in str(caught.value)


def test_a_value_of_an_unknown_tag_keeps_its_references_as_they_are():
    unknown = {"$unknown": [[1], {"$same": "/a"}, {"$same": "/gone"}]}
    context = codec.decode({"a": [2], "b": {"$same": "/a"}, "n": unknown, "m": {"$same": "/n/$unknown/0"}})

    assert context["a"] is context["b"]
    assert codec.encode(context) == {"a": [2], "b": {"$same": "/a"}, "n": unknown, "m": [1]}


def test_what_is_wrong_within_an_unknown_tag_that_is_referred_to_is_told_where_it_stands():
    with pytest.raises(CodecError, match=r"^context\.n\[\"\$unknown\"\]\[0\]\.x: refers to '/gone'"):
        codec.decode({"n": {"$unknown": [{"x": {"$same": "/gone"}}]}, "m": {"$same": "/n/$unknown/0"}})


def calls_for(count, shared):
    """How many calls it takes to read references, and to keep their meaning when what they mean goes."""
    references = {f"r{n}": {"$same": f"/all/{n % shared}"} for n in range(count)}
    calls = []
    sys.setprofile(lambda _frame, event, _what: calls.append(event))
    try:
        codec.decode({"all": [[n] for n in range(shared)], **references})
        edited({"all": [[n] for n in range(shared)], **references}, unset=["all"])
    finally:
        sys.setprofile(None)
    return len(calls)


@pytest.mark.parametrize("each", [1, 200])
def test_twice_as_many_references_take_twice_as_long(each):
    once, twice = (calls_for(count, count // each) for count in (200, 400))

    assert twice < 2.2 * once


def test_a_list_that_holds_itself_is_refused_by_path():
    context = {"a": [[]]}
    context["a"][0].append(context["a"])

    with pytest.raises(CodecError, match=r"^context\.a\[0\]\[0\]: holds itself"):
        codec.encode(context)


def test_a_person_is_told_where_it_stands():
    assert preview({"$same": "/jobs/0/lines"}) == "<same as jobs[0].lines>"


def edited(context, values=(), unset=()):
    before = release()._replace(context=context)
    return apply(before, [context_event(before, dict(values), unset, by="ada")]).context


SHARED = {"all": ["x"], "current": {"$same": "/all"}, "third": [{"$same": "/all"}]}


def test_an_edit_of_one_place_is_seen_in_the_other():
    by_first = codec.decode(edited(SHARED, {"all[0]": "y"}))
    by_second = codec.decode(edited(SHARED, {"current[0]": "y"}))

    assert by_first == by_second == {"all": ["y"], "current": ["y"], "third": [["y"]]}
    assert by_second["all"] is by_second["current"] is by_second["third"][0]


@pytest.mark.parametrize("change", [{"unset": ["all"]}, {"values": {"all": 5}}])
def test_what_is_left_of_a_shared_object_keeps_its_value(change):
    again = codec.decode(edited(SHARED, **change))

    assert again["current"] == ["x"]
    assert again["current"] is again["third"][0]


def test_a_place_that_is_given_another_value_is_shared_no_more():
    assert codec.decode(edited(SHARED, {"current": ["z"]}))["all"] == ["x"]


def test_a_reference_by_hand_has_to_lead_somewhere():
    with pytest.raises(CodecError, match="where nothing"):
        edited(SHARED, {"new": {"$same": "/nowhere"}})


def test_a_path_leads_through_a_reference():
    assert value_at(SHARED, "current") == ["x"]
    assert value_at(SHARED, "third[0][0]") == "x"
