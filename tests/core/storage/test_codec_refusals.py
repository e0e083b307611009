"""What cannot be saved, or read, is refused by its path; classes can be made known."""

import enum
import json
import subprocess
import sys
from collections import Counter, OrderedDict, defaultdict, namedtuple
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import PosixPath

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.errors import CodecError, WorkflowError
from wfepy_core.storage import codec, codec_decoding, codec_encoding
from wfepy_core.storage.codec_preview import kind_of, preview


class Socket:
    """Stands for what can never be saved."""

    def __repr__(self):
        raise AssertionError("a message must not run the code of the value")


class Level(enum.IntEnum):
    HIGH = 2


class Text(str):
    __slots__ = ()


class Clock(datetime):
    pass


class Money(Decimal):
    pass


class Folder(PosixPath):
    pass


class Elsewhere(tzinfo):
    def utcoffset(self, _when):
        return timedelta(hours=1)


Point = namedtuple("Point", "x y")  # noqa: PYI024  the kind a user has


def ordered_with_attributes():
    value = OrderedDict(a=1)
    value.note = "kept aside"
    return value


@pytest.mark.parametrize(
    ("context", "path"),
    [
        ({"builds": [0, 1, 2, Socket()]}, "context.builds[3]"),
        ({"odd key": Socket()}, 'context["odd key"]'),
        ({"a": {"b": ({"c": Socket()},)}}, "context.a.b[0].c"),
        ({"a": {7: Socket()}}, "context.a[7]"),
        ({"a": {(1, "x"): Socket()}}, "context.a[(1, 'x')]"),
        ({"a": {Point(1, 2): 3}}, "context.a{key}"),
        ({"a": {Socket()}}, "context.a{…}"),
        (Socket(), "context"),
        ({"a": Socket}, "context.a"),
        ({"a": len}, "context.a"),
        ({"a": 1j}, "context.a"),
        ({"a": range(3)}, "context.a"),
        ({"a": Level.HIGH}, "context.a"),
        ({"a": Text("x")}, "context.a"),
        ({Text("x"): 1}, "context{key}"),
        ({"a": Point(1, 2)}, "context.a"),
        ({"a": Clock(2026, 1, 1)}, "context.a"),
        ({"a": Money("1")}, "context.a"),
        ({"a": Folder("x")}, "context.a"),
        ({"a": datetime(2026, 1, 1, tzinfo=Elsewhere())}, "context.a"),
        ({"a": defaultdict(lambda: 1)}, "context.a"),
        ({"a": ordered_with_attributes()}, "context.a"),
        ({"a": type("Mine", (Counter,), {})()}, "context.a"),
        ({"a": type("datetime", (), {"__module__": "datetime"})()}, "context.a"),
        ({"a": 10**4300}, "context.a"),
        ({"a": -(10**4300)}, "context.a"),
        ({"a": codec.Opaque("$set", [1])}, "context.a"),
        ({"a": codec.Opaque("no dollar", 1)}, "context.a"),
        ({"a": codec.Opaque("$next", (1,))}, "context.a"),
        ({"a": codec.Opaque("$next", {1: 2})}, "context.a"),
        ({"a": codec.Opaque("$next", [float("nan")])}, "context.a"),
        ({"a": codec.Opaque("$next", "\ud800")}, "context.a"),
    ],
)
def test_what_cannot_be_saved_is_refused_by_its_path(context, path):
    with pytest.raises(CodecError) as caught:
        codec.encode(context)
    assert caught.value.path == path
    assert caught.value.message.startswith(f"{path}: cannot save ")


def test_the_message_names_the_class_and_says_what_to_do():
    with pytest.raises(
        CodecError, match=r"^context\.builds\[3\]: cannot save <Socket> \(.*wfepy_core\.register\)$"
    ):
        codec.encode({"builds": [0, 1, 2, Socket()]})
    with pytest.raises(CodecError, match="plain int, or register"):
        codec.encode(Level.HIGH)


def test_the_caller_says_what_the_value_is_called():
    with pytest.raises(CodecError, match=r"^reason\[0\]: "):
        codec.encode([Socket()], "reason")


def test_a_number_is_refused_when_this_process_could_not_print_it():
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(700)
    try:
        with pytest.raises(CodecError, match="more than 700 digits"):
            codec.encode({"a": 10**700})
    finally:
        sys.set_int_max_str_digits(before)


def looped_dict():
    value = {"a": {}}
    value["a"]["self"] = value["a"]
    return value


def looped_list():
    value = []
    value.append((1, value))
    return {"a": value}


@pytest.mark.parametrize(
    ("value", "path"), [(looped_dict(), "context.a.self"), (looped_list(), "context.a[0][1]")]
)
def test_a_value_that_holds_itself_is_refused_where_the_circle_closes(value, path):
    with pytest.raises(CodecError, match="holds itself") as caught:
        codec.encode(value)
    assert caught.value.path == path


def nested(levels, wrap):
    value = 1
    for _ in range(levels):
        value = wrap(value)
    return value


WRAPS = [
    lambda v: [v],
    lambda v: (v,),
    lambda v: {"a": v},
    lambda v: {1: v},
    lambda v: frozenset([v]),
    lambda v: {v: 1},
    lambda v: defaultdict(list, a=v),
]


@pytest.mark.parametrize("wrap", WRAPS[:5])
def test_a_value_of_the_greatest_depth_comes_back_and_a_deeper_one_is_refused(wrap):
    value = nested(codec.MAX_DEPTH, wrap)
    assert codec.decode(json.loads(json.dumps(codec.encode(value)))) == value
    with pytest.raises(CodecError, match="nested deeper than 100 levels"):
        codec.encode(wrap(value))


@pytest.mark.parametrize("wrap", [WRAPS[0], WRAPS[1], WRAPS[2], WRAPS[3], WRAPS[6]])
def test_extreme_depth_is_refused_and_does_not_exhaust_the_stack(wrap):
    with pytest.raises(CodecError, match="nested deeper"):
        codec.encode(nested(50_000, wrap))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda v: [v],
        lambda v: {"a": v},
        lambda v: {"$tuple": [v]},
        lambda v: {"$dict": [[1, v]]},
        lambda v: {"$deque": [[v], None]},
    ],
)
def test_reading_extreme_depth_is_refused_as_well(wrap):
    with pytest.raises(CodecError, match="nested deeper"):
        codec.decode(nested(50_000, wrap))


@pytest.mark.parametrize(
    "encoded",
    [
        {"$set": [[1]]},
        {"$set": 1},
        {"$tuple": "ab"},
        {"$dict": [[1, 2], [1, 3]]},
        {"$dict": [[1]]},
        {"$dict": [[[1], 2]]},
        {"$bytes": "!"},
        {"$datetime": "yesterday"},
        {"$datetime": {"iso": "2026-12-01", "colour": "red"}},
        {"$datetime": {"iso": "2026-12-01", "zone": "No/Where"}},
        {"$datetime": {"iso": "2026-12-01", "zone": "../../etc/passwd"}},
        {"$datetime": {"iso": "2026-12-01", "fold": 2}},
        {"$timedelta": [10**20, 0, 0]},
        {"$decimal": "one"},
        {"$uuid": "1"},
        {"$path": ["Socket", "x"]},
        {"$float": "1.5"},
        {"$text": "\\"},
        {"$deque": [[1, 2], 1]},
        {"$defaultdict": ["eval", []]},
        {"$object": "x"},
        (1, 2),
    ],
)
def test_a_payload_that_means_nothing_is_refused_by_its_path(encoded):
    with pytest.raises(CodecError) as caught:
        codec.decode({"a": [encoded]})
    assert caught.value.path.startswith("context.a[0]")


class Build:
    def __init__(self, number, when):
        self.number = number
        self.when = when

    def __eq__(self, other):
        return type(other) is Build and (self.number, self.when) == (other.number, other.when)

    __hash__ = None


@pytest.fixture
def registry():
    """Gives the process back its registered classes."""
    objects, encoders = dict(codec_decoding.OBJECTS), dict(codec_encoding.ENCODERS)
    yield codec.register
    codec_decoding.OBJECTS.clear()
    codec_decoding.OBJECTS.update(objects)
    codec_encoding.ENCODERS.clear()
    codec_encoding.ENCODERS.update(encoders)


def register_build(register):
    register(Build, "release.build", lambda b: (b.number, b.when), lambda pair: Build(*pair))


def test_an_object_of_a_registered_class_is_saved_under_its_name(registry):
    register_build(registry)
    value = {"builds": [Build(1, datetime(2026, 12, 1, tzinfo=UTC))]}
    encoded = codec.encode(value)
    assert encoded == {
        "builds": [
            {"$object": ["release.build", {"$tuple": [1, {"$datetime": "2026-12-01T00:00:00+00:00"}]}]},
        ]
    }
    assert codec.decode(encoded) == value


def test_a_subclass_of_a_listed_class_can_be_registered(registry):
    registry(Point, "geo.point", list, lambda xy: Point(*xy))
    registry(Level, "level", lambda level: level.name, lambda name: Level[name])
    back = codec.decode(codec.encode({Point(1, 2): Level.HIGH}))
    assert back == {Point(1, 2): Level.HIGH}
    assert [type(part) for pair in back.items() for part in pair] == [Point, Level]


def test_an_object_read_before_its_class_was_registered_is_kept_and_read_afterwards(registry):
    stored = {"$object": ["release.build", {"$tuple": [1, None]}]}
    early = codec.decode(stored)
    assert type(early) is codec.Opaque
    register_build(registry)
    assert codec.encode(early) == stored
    assert codec.decode(codec.encode(early)) == Build(1, None)


def test_describing_a_value_runs_none_of_the_registered_functions(registry):
    def explode(_value):
        raise AssertionError("a viewer ran the user's code")

    registry(Build, "release.build", explode, explode)
    encoded = {"$object": ["release.build", 1]}
    assert kind_of(encoded) == "object release.build"
    assert preview(encoded) == "<release.build 1>"


def test_registering_a_class_again_or_its_reloaded_twin_is_no_clash(registry):
    register_build(registry)
    register_build(registry)
    twin = type("Build", (), {"__module__": Build.__module__, "__qualname__": Build.__qualname__})
    registry(twin, "release.build", lambda _b: None, lambda _plain: twin())
    assert type(codec.decode(codec.encode(twin()))) is twin


def test_a_clash_of_names_is_told(registry):
    register_build(registry)
    with pytest.raises(
        WorkflowError, match=r"'release\.build' cannot be the name of <Socket>: it is that of .*Build"
    ):
        registry(Socket, "release.build", str, str)
    with pytest.raises(WorkflowError, match=r"already registered as 'release\.build'"):
        registry(Build, "other", str, str)
    with pytest.raises(WorkflowError, match="saved without being registered"):
        registry(Decimal, "number", str, Decimal)
    with pytest.raises(WorkflowError, match="cannot be the name"):
        registry(Socket, "", str, str)


def test_a_registered_function_that_fails_is_told_by_path(registry):
    def fail(_value):
        raise ZeroDivisionError("no build")

    registry(Build, "release.build", fail, fail)
    with pytest.raises(
        CodecError, match=r"^context\.b: cannot save <Build>: its to_json raised ZeroDivisionError: no"
    ):
        codec.encode({"b": Build(1, 2)})
    with pytest.raises(
        CodecError, match=r"^context\.b: cannot read this <release\.build>: its from_json raised"
    ):
        codec.decode({"b": {"$object": ["release.build", 1]}})


def test_what_a_registered_function_returns_is_checked_as_well(registry):
    registry(Build, "release.build", lambda b: {"number": b.number}, Build)
    with pytest.raises(CodecError, match=r"^context<release\.build>\.number: cannot save <Socket>"):
        codec.encode(Build(Socket(), None))
    registry(Build, "release.build", lambda b: b, lambda b: b)
    with pytest.raises(CodecError, match="holds itself"):
        codec.encode(Build(1, 2))


def test_a_missing_time_zone_database_is_told_as_that():
    code = (
        "from wfepy_core.storage.codec import decode\n"
        "import sys; sys.modules['tzdata'] = None\n"
        "decode({'due': {'$datetime': {'iso': '2026-10-25T02:30:00', 'zone': 'Europe/Berlin'}}})"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=cron_environment(PYTHONTZPATH="/none"),
        capture_output=True,
        text=True,
        check=False,
    ).stderr

    assert "context.due: cannot read a time in Europe/Berlin: this Python finds no time zone database" in told
    assert "tzdata" in told
