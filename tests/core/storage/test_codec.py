"""What is saved is read back equal, types included."""

import json
import math
import subprocess
import sys
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import PosixPath, PurePosixPath, PureWindowsPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cron_environment import cron_environment
from wfepy_core.errors import CodecError
from wfepy_core.storage import codec
from wfepy_core.storage.codec_decoding import DECODERS
from wfepy_core.storage.codec_preview import kind_of, preview

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")

any_text = (
    st.text(st.characters(codec=None, exclude_categories=())) | st.just("\ud83d\ude00") | st.just("$set")
)
offsets = st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59)).map(
    lambda delta: timezone(timedelta(seconds=int(delta.total_seconds())))
)
zones = (
    st.none()
    | st.sampled_from(ZONES).map(ZoneInfo)
    | offsets
    | st.just(UTC)
    | any_text.map(lambda name: timezone(timedelta(hours=2), name))
)
folds = st.sampled_from((0, 1))
datetimes = st.builds(lambda d, z, f: d.replace(tzinfo=z, fold=f), st.datetimes(), zones, folds)
times = st.builds(lambda t, z, f: t.replace(tzinfo=z, fold=f), st.times(), zones, folds)
uuids = st.uuids() | st.builds(lambda u: uuid.UUID(int=u.int, is_safe=uuid.SafeUUID.safe), st.uuids())
path_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=())).map(
    lambda text: text.encode("utf-8", "replace").decode()
)
paths = st.builds(
    lambda cls, text: cls(text), st.sampled_from((PosixPath, PurePosixPath, PureWindowsPath)), path_texts
) | st.just(PosixPath("caf\udce9"))
single = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(2**200)
    | st.floats()
    | any_text
    | st.binary()
    | datetimes
    | times
    | st.dates()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.just(Decimal("-0.00"))
    | uuids
    | paths
)
opaques = st.builds(
    codec.Opaque,
    st.sampled_from(("$next", "$", "$future kind")),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5),
)
keys = st.recursive(
    single | opaques, lambda inner: st.tuples(inner, inner) | st.frozensets(inner), max_leaves=4
)


def containers(inner):
    dicts = st.dictionaries(keys, inner, max_size=4)
    return (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(any_text, inner, max_size=4)
        | dicts
        | st.sets(keys, max_size=4)
        | st.frozensets(keys, max_size=4)
        | dicts.map(OrderedDict)
        | dicts.map(Counter)
        | dicts.map(lambda d: defaultdict(list, d))
        | st.lists(inner, max_size=4).map(lambda items: deque(items, 5))
        | st.binary().map(bytearray)
    )


values = st.recursive(single | opaques, containers, max_leaves=25)


def facts(value):
    """What must survive, in a form that compares by type and bit, NaN and the order of dicts included."""
    kind = type(value).__name__
    if isinstance(value, dict):
        factory = value.default_factory if isinstance(value, defaultdict) else None
        return kind, factory, [(facts(key), facts(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return kind, [facts(item) for item in value]
    if isinstance(value, deque):
        return kind, value.maxlen, [facts(item) for item in value]
    if isinstance(value, set | frozenset):
        return kind, sorted(repr(facts(item)) for item in value)
    if isinstance(value, float):
        return kind, repr(value)
    if isinstance(value, datetime | time):
        return kind, value.isoformat(), repr(value.tzinfo), value.tzname(), value.fold
    if isinstance(value, uuid.UUID):
        return kind, value.int, value.is_safe
    return kind, repr(value)


def through_json(encoded, *, ensure_ascii=False):
    text = json.dumps(encoded, allow_nan=False, ensure_ascii=ensure_ascii)
    return json.loads(text.encode())


@given(values, st.booleans())
def test_every_value_comes_back_equal_and_of_the_same_type(value, ensure_ascii):
    encoded = codec.encode(value)
    stored = through_json(encoded, ensure_ascii=ensure_ascii)
    assert facts(stored) == facts(encoded)
    assert facts(codec.decode(stored)) == facts(value)


@given(values)
def test_saving_what_was_read_writes_the_same_text(value):
    stored = through_json(codec.encode(value))
    again = codec.encode(codec.decode(stored))
    assert json.dumps(again) == json.dumps(stored)


@given(values)
def test_the_kind_and_a_preview_of_any_value_are_short_text(value):
    encoded = codec.encode(value)
    assert 0 < len(kind_of(encoded)) <= 80
    assert len(preview(encoded, 30)) <= 30


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(DECODERS)), inner, max_size=1)
    ),
    max_leaves=15,
)


@given(json_like)
def test_a_hand_edited_value_is_read_or_refused_and_can_be_previewed(item):
    assert len(preview(item)) <= 80
    assert kind_of(item)
    try:
        value = codec.decode(item)
    except CodecError:
        return
    assert facts(codec.decode(codec.encode(value))) == facts(value)


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ({"a": [1, True, None, 1.5, "x"]}, {"a": [1, True, None, 1.5, "x"]}),
        ({"builds": {"b", "a"}}, {"builds": {"$set": ["a", "b"]}}),
        (datetime(2026, 12, 1, tzinfo=UTC), {"$datetime": "2026-12-01T00:00:00+00:00"}),
        (
            datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            {"$datetime": {"iso": "2026-10-25T02:30:00+01:00", "zone": "Europe/Berlin", "fold": 1}},
        ),
        (time(9, 30), {"$time": "09:30:00"}),
        (date(2026, 12, 1), {"$date": "2026-12-01"}),
        (timedelta(1, 2, 3), {"$timedelta": [1, 2, 3]}),
        (Decimal("1.20"), {"$decimal": "1.20"}),
        (uuid.UUID(int=1), {"$uuid": "00000000-0000-0000-0000-000000000001"}),
        (PosixPath("/srv/in"), {"$path": "/srv/in"}),
        (PurePosixPath("in"), {"$path": ["PurePosixPath", "in"]}),
        (b"\0\1", {"$bytes": "AAE="}),
        (bytearray(b"\0"), {"$bytearray": "AA=="}),
        (-math.inf, {"$float": "-inf"}),
        ((1, ()), {"$tuple": [1, {"$tuple": []}]}),
        (frozenset({2, 1}), {"$frozenset": [1, 2]}),
        ({1: "x"}, {"$dict": [[1, "x"]]}),
        ({"$set": [1]}, {"$dict": [["$set", [1]]]}),
        ({"$set": [1], "b": 2}, {"$set": [1], "b": 2}),
        ("caf\udce9", {"$text": "caf\\udce9"}),
        ({"caf\udce9": 1}, {"$dict": [[{"$text": "caf\\udce9"}, 1]]}),
        (OrderedDict(b=1), {"$ordereddict": [["b", 1]]}),
        (Counter("a"), {"$counter": [["a", 1]]}),
        (defaultdict(list, a=[1]), {"$defaultdict": ["list", [["a", [1]]]]}),
        (deque([1], 3), {"$deque": [[1], 3]}),
    ],
)
def test_the_format_stays_as_it_was_released(value, encoded):
    assert codec.encode(value) == encoded
    assert facts(codec.decode(encoded)) == facts(value)


def test_an_integer_as_long_as_python_reads_back_is_kept():
    number = 10**4299
    assert codec.decode(through_json(codec.encode({"n": number}))) == {"n": number}


def test_the_read_value_shares_nothing_with_what_was_saved():
    context = {"builds": [1], "info": {"a": {}}}
    encoded = codec.encode(context)
    context["builds"].append(2)
    context["info"]["a"]["b"] = 1
    assert encoded == {"builds": [1], "info": {"a": {}}}
    read = codec.decode(encoded)
    read["builds"].append(3)
    assert encoded["builds"] == [1]


def test_an_unknown_tag_is_written_back_untouched_wherever_it_stands():
    text = (
        '{"a": {"$next": {"z": [1, 1.0, true, null, {"$set": [2, 1]}], "a": "é"}}, '
        '"b": {"$set": [{"$next": 1}, {"$next": true}]}, "c": {"$dict": [[{"$next": [1]}, 2]]}, '
        '"d": {"$object": ["nobody.knows", {"$tuple": [1]}]}}'
    )
    assert json.dumps(codec.encode(codec.decode(json.loads(text))), ensure_ascii=False) == text


def test_an_opaque_value_equals_only_one_with_the_same_json():
    assert codec.Opaque("$next", [1]) == codec.Opaque("$next", [1])
    assert codec.Opaque("$next", [1]) != codec.Opaque("$next", [True])
    with pytest.raises(AttributeError, match="cannot be changed"):
        codec.Opaque("$next", 1).payload = 2


CHILD = """
import json, sys
from wfepy_core.errors import CodecError
from wfepy_core.storage import codec
value = {"names": {"b", "a", "ü", "c"}, "mixed": {1, "1", 2.5, None, (1, "x"), frozenset({"q", "p", b"r"})}}
print(json.dumps(codec.encode(value)))
"""


def test_sets_are_written_in_the_same_order_by_every_process():
    texts = {
        subprocess.run(
            [sys.executable, "-c", CHILD],
            env=cron_environment(PYTHONHASHSEED=seed),
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1


def test_importing_and_plain_saving_load_no_module_that_a_context_may_not_need():
    child = (
        "import sys; before = set(sys.modules); from wfepy_core.storage import codec;"
        "codec.decode(codec.encode({'a': [1, 2.5, 'x', None, (1,)], 'b': {'c'}}));"
        "print(*set(sys.modules) - before)"
    )
    # Without site, whose start-up files import what they like, the package must be named.
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", child],
        env=cron_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert "wfepy_core.storage.codec" in loaded
    assert not {"datetime", "decimal", "uuid", "pathlib", "base64", "dataclasses", "inspect"} & set(loaded)


@pytest.mark.parametrize(
    ("encoded", "kind", "text"),
    [
        ("x", "text", "'x'"),
        (None, "nothing", "None"),
        (True, "yes or no", "True"),
        (2, "number", "2"),
        ({"$float": "nan"}, "number", "nan"),
        ({"$set": ["a", "b"]}, "set", "{'a', 'b'}"),
        ({"$set": []}, "set", "set()"),
        ({"$tuple": [1]}, "tuple", "(1,)"),
        ({"$frozenset": [1]}, "frozen set", "frozenset({1})"),
        ({"a": [1, {"b": 2}]}, "dict", "{'a': [1, {'b': 2}]}"),
        ({"$dict": [[1, 2]]}, "dict", "{1: 2}"),
        ({"$datetime": "2026-12-01T00:00:00"}, "datetime", "2026-12-01T00:00:00"),
        (
            {"$datetime": {"iso": "2026-12-01T00:00:00+01:00", "zone": "Europe/Berlin"}},
            "datetime",
            "2026-12-01T00:00:00+01:00 Europe/Berlin",
        ),
        ({"$timedelta": [2, 3661, 0]}, "duration", "2 days 1:01:01"),
        ({"$bytes": "AAE="}, "bytes", "2 bytes"),
        ({"$path": "/srv"}, "path", "/srv"),
        ({"$decimal": "1.20"}, "decimal", "1.20"),
        ({"$deque": [[1], None]}, "deque", "deque([1])"),
        ({"$object": ["release.build", {"n": 1}]}, "object release.build", "<release.build {'n': 1}>"),
        ({"$next": 5}, "opaque $next", "<$next>"),
        ({"$set": 5}, "set", "{'$set': 5}"),
        (2**8000, "number", "a number of 8001 bits"),
        (["x" * 500], "list", "['" + "x" * 77 + "…"),
    ],
)
def test_kind_and_preview_say_what_a_value_is(encoded, kind, text):
    assert kind_of(encoded) == kind
    assert preview(encoded) == text
