"""One grammar of tags: what the codec writes and reads, and what those who walk through values see, agree."""

import json
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from uuid import UUID

import pytest

from wfepy_core.storage import codec
from wfepy_core.storage.codec_decoding import DECODERS
from wfepy_core.storage.codec_preview import kind_of
from wfepy_core.storage.codec_refusal import step_to
from wfepy_core.storage.codec_tags import (
    SAME,
    TAGS,
    is_keyed,
    member_list,
    members_of,
    split_tag,
    tag_of,
    with_member_list,
)

CONTAINERS = [
    (1, 2),
    {1, 2},
    frozenset({1, 2}),
    deque([1, 2], 5),
    {1: "a", 2: "b"},
    OrderedDict(a=1, b=2),
    Counter(a=1, b=2),
    defaultdict(list, {"a": [1], "b": [2]}),
]
SINGLE = [
    b"x",
    bytearray(b"x"),
    datetime(2026, 12, 1, tzinfo=UTC),
    time(9),
    date(2026, 12, 1),
    timedelta(1),
    Decimal("1.50"),
    UUID(int=1),
    PurePosixPath("a"),
    float("nan"),
    "\udc80",
]


def test_every_tag_has_a_row_and_a_decoder():
    assert set(TAGS) == set(DECODERS)


def test_every_tag_but_that_of_registered_objects_is_written_for_some_value():
    written = {tag_of(codec.encode(value)) for value in [*CONTAINERS, *SINGLE]}

    assert written == set(TAGS) - {"$object", SAME}


@pytest.mark.parametrize("value", CONTAINERS, ids=lambda value: type(value).__name__)
def test_the_members_of_a_container_can_be_taken_out_and_put_back(value):
    encoded = codec.encode(value)
    tag, payload = split_tag(encoded)
    members = member_list(tag, payload)
    fewer = codec.decode(with_member_list(tag, payload, members[:1]))

    assert len(members_of(encoded).values) == len(value)
    assert with_member_list(tag, payload, members) == encoded
    assert (type(fewer), len(fewer)) == (type(value), 1)


def test_keys_and_values_come_in_json_form():
    assert members_of(codec.encode({date(2026, 12, 1): 1})) == ([{"$date": "2026-12-01"}], [1])
    assert members_of({"a": 1}) == (["a"], [1])
    assert members_of([1, 2]) == (None, [1, 2])


@pytest.mark.parametrize("value", SINGLE, ids=lambda value: type(value).__name__)
def test_a_single_value_has_no_members_but_says_something(value):
    encoded = codec.encode(value)
    tag, payload = split_tag(encoded)

    assert members_of(encoded) is None
    assert TAGS[tag].text_of(payload)
    assert kind_of(encoded) == TAGS[tag].word


@pytest.mark.parametrize(
    "torn",
    [
        *({"$set": 3}, {"$dict": [[1]]}, {"$dict": {"a": 1}}, {"$deque": []}, {"$deque": [[1]]}),
        *({"$defaultdict": "list"}, {"$defaultdict": ["list", [1]]}, {"$next": [1]}, {"$object": ["a", [1]]}),
    ],
    ids=json.dumps,
)
def test_what_a_hand_edited_file_has_wrong_has_no_members(torn):
    assert members_of(torn) is None


def test_only_a_dict_with_one_key_that_begins_with_a_dollar_is_tagged():
    assert not is_keyed({"$next": 1})
    assert tag_of({"$next": 1}) == "$next"
    for plain in ({}, {"a": 1}, {"$set": [], "a": 1}):
        assert is_keyed(plain)
        assert (tag_of(plain), split_tag(plain)) == ("", None)
    assert not is_keyed([])


def test_a_path_goes_on_as_python_would_write_it():
    steps = [step_to(key) for key in ("due", "due date", 3, {"$date": "2026-12-01"})]

    assert steps == [".due", '["due date"]', "[3]", "[2026-12-01]"]
