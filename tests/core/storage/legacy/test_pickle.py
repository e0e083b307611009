"""Files that wfepy 0.1.1 dumped are read as data.

`data/legacy` holds `{"state": STATE, "context": CONTEXT}`, pickled by Python 3.11 with each protocol.
"""

import copyreg
import os
import pickle  # noqa: TID251  the files to be read are made with it
import subprocess
import sys
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
import wfepy
import wfepy.workflow

from tests.core.legacy_pickles import DATA, written
from tests.cron_environment import PACKAGES, cron_environment
from wfepy_core.errors import LegacyImportError
from wfepy_core.model.status import TaskState
from wfepy_core.storage import codec
from wfepy_core.storage.legacy import reader
from wfepy_core.storage.legacy.reader import LegacyState

PROTOCOLS = range(6)
STATE = [(name.lower(), member) for name, member in wfepy.TaskState.__members__.items()]
SHARED = ["shared"]
SHARED_ID = uuid.UUID(int=9)
BERLIN = ZoneInfo("Europe/Berlin")
CONTEXT = {
    "plain": [
        None,
        True,
        False,
        0,
        -5,
        300,
        70_000,
        2**40,
        -(2**70),
        1.5,
        float("inf"),
        "text",
        "ümläut\n\\",
        "",
    ],
    "nested": {"a": {"b": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)]}},
    "sets": [set(), {1, "x"}, frozenset(), frozenset({(1, 2)})],
    "bytes": [b"", b"\x00\xffab", b"x" * 300, bytearray(b"\x80"), bytearray()],
    "times": [
        datetime(2026, 1, 2, 3, 4, 5, 6),
        datetime(2026, 1, 2, tzinfo=UTC),
        datetime(2026, 7, 2, 12, 30, tzinfo=BERLIN),
        datetime(2026, 7, 2, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
        datetime(2026, 7, 2, tzinfo=timezone(timedelta(hours=2), "CEST")),
        date(1999, 12, 31),
        time(23, 59, 59, 999_999),
        time(1, 2, tzinfo=UTC),
        timedelta(days=-3, seconds=2, microseconds=1),
    ],
    "numbers": [Decimal("1.20"), Decimal("-Infinity")],
    "ids": [uuid.UUID(int=5), uuid.UUID(int=7, is_safe=uuid.SafeUUID.safe), SHARED_ID, SHARED_ID],
    "paths": [Path("/srv/in/a.csv"), Path(), PurePosixPath("x/y")],
    "collections": [
        OrderedDict(b=1, a=2),
        defaultdict(list, a=[1]),
        defaultdict(None, a=1),
        Counter("aab"),
        deque([1, 2], 5),
        deque(["x"]),
    ],
    "shared": [SHARED, SHARED],
    1: "a key that is a number",
    (1, "x"): "a key that is a tuple",
}


@wfepy.task()
@wfepy.start_point()
@wfepy.end_point()
def brew(_context):
    return False


def runner(context):
    workflow = wfepy.Workflow()
    workflow.load_tasks(sys.modules[__name__])
    return workflow.create_runner(context)


def read(folder, content):
    return reader.read(written(folder, content))


def refusal(folder, content):
    path = written(folder, content)
    with pytest.raises(LegacyImportError) as caught:
        reader.read(path)
    assert caught.value.path == path
    assert caught.value.message.startswith(path)
    assert caught.value.hint
    return caught.value


def expected_state(state):
    return tuple((name, TaskState[member.name]) for name, member in state)


def types_and_order(value):
    """Types and the order of dicts, which equality does not look at."""
    if isinstance(value, dict):
        return type(value), [(types_and_order(k), types_and_order(v)) for k, v in value.items()]
    if isinstance(value, list | tuple | deque):
        return type(value), [types_and_order(item) for item in value]
    return type(value)


def assert_same(value, expected):
    assert value == expected
    assert types_and_order(value) == types_and_order(expected)
    assert codec.encode(value) == codec.encode(expected)


def test_what_a_runner_of_wfepy_dumped_is_read(tmp_path):
    path = str(tmp_path / "old.pickle")
    wfepy_runner = runner({"cups": 2, "when": datetime(2026, 1, 2, tzinfo=UTC)})
    wfepy_runner.run()
    wfepy_runner.dump(path)
    assert reader.read(path) == LegacyState(
        (("brew", TaskState.WAITING),), {"cups": 2, "when": datetime(2026, 1, 2, tzinfo=UTC)}
    )


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_pickle_protocol_is_read(protocol, tmp_path):
    content = pickle.dumps({"state": STATE, "context": CONTEXT}, protocol)
    read_back = read(tmp_path, content)
    assert read_back.state == expected_state(STATE)
    assert_same(read_back.context, CONTEXT)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_files_kept_from_wfepy_are_read(protocol):
    read_back = reader.read(str(DATA / f"protocol{protocol}.pickle"))
    assert read_back.state == expected_state(STATE)
    assert_same(read_back.context, CONTEXT)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_pickler_written_in_python_makes_no_difference(protocol, tmp_path):
    left = {"state": STATE, "context": CONTEXT}
    content = pickle._dumps(left, protocol)  # noqa: SLF001  it has no public name
    assert_same(read(tmp_path, content).context, CONTEXT)


def test_the_second_occurrence_of_a_time_is_kept(tmp_path):
    context = [datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), time(2, 30, fold=1)]
    back = read(tmp_path, pickle.dumps({"state": [], "context": context})).context
    assert [moment.fold for moment in back] == [1, 1]


def test_a_context_that_is_no_dict_is_read(tmp_path):
    for context in (None, [1], "text"):
        assert read(tmp_path, pickle.dumps({"state": [], "context": context})).context == context


def test_an_enum_member_pickled_by_its_name_is_read(tmp_path):
    content = (
        b"(dVstate\n(l((Va\nc__builtin__\ngetattr\n(cwfepy.workflow\nTaskState\nVWAITING\ntRtasVcontext\nNs."
    )
    content = content.replace(b"((Va", b"(Va")
    assert read(tmp_path, content).state == (("a", TaskState.WAITING),)


class Release:
    """Stands for a class of the user."""

    def __init__(self):
        self.version = 1


class Reduced:
    """An object that is pickled as a call."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def dumped(context, protocol=2, **extra):
    return pickle.dumps({"state": STATE, "context": context, **extra}, protocol)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_object_of_a_foreign_class_is_refused_by_its_name(protocol, tmp_path):
    error = refusal(tmp_path, dumped({"release": Release()}, protocol))
    assert f"it holds an object of class '{__name__}.Release'" in error.message
    assert "byte " in error.message
    assert "wfepy new --context" in error.hint


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_program_in_the_pickle_is_not_run(protocol, tmp_path):
    mark = tmp_path / "mark"
    for function, argument in (
        (os.system, f"touch {mark}"),
        (eval, f"__import__('os').mknod({str(mark)!r})"),
    ):
        content = dumped(Reduced(function, argument), protocol)
        assert "it calls the function" in refusal(tmp_path, content).message
        assert not mark.exists()
        pickle.loads(content)  # noqa: S301  shows that the file is what this test takes it for
        assert mark.exists()
        mark.unlink()


def test_nothing_that_the_pickle_names_is_imported(tmp_path):
    (tmp_path / "trap.py").write_text("raise SystemExit('imported')")
    path = written(tmp_path, b"\x80\x02ctrap\nTrap\n)R.")
    code = f"from wfepy_core.storage.legacy.reader import read; read({path!r})"
    child = subprocess.run(
        [sys.executable, "-c", code],
        env=cron_environment(PYTHONPATH=f"{tmp_path}:{PACKAGES}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "it holds an object of class 'trap.Trap'" in child.stderr


@pytest.mark.parametrize(
    ("context", "what"),
    [
        (1j, "calls the function 'builtins.complex'"),
        (range(3), "xrange' "),
        (len, "calls the function 'builtins.len'"),
        (datetime, "holds 'datetime.datetime' itself"),
        ({"kind": list}, "holds 'builtins.list' itself"),
        ({"a": wfepy.TaskState.NEW}, "context.a: cannot save <TaskState>"),
        (Reduced(getattr, wfepy.workflow.TaskState, "__class__"), "does not take"),
        (Reduced(datetime, b"\x07\xea\xff\x02\0\0\0\0\0\0"), "does not take"),
        (Reduced(bytearray, 10**9), "does not take"),
        (Reduced(Decimal, "9" * 6000), "more than 5000 digits"),
        (Reduced(Decimal, "x"), "does not take"),
        ([{1: Reduced(OrderedDict)}, Reduced(frozenset, [OrderedDict()])], "a OrderedDict as a dict key"),
        (Reduced(frozenset, [Decimal("sNaN")]), "a Decimal as a dict key"),
        (Reduced(timedelta, 10**12), "does not take"),
        ([10**5000], "more than 4200 digits"),
        (Reduced(ZoneInfo("UTC").__reduce__()[0], "../../etc/passwd", True), "does not take"),
        (Reduced(ZoneInfo("UTC").__reduce__()[0], "No/Where", True), "does not take"),
        (wfepy.workflow.Workflow(), "'wfepy.workflow.Workflow'"),
    ],
)
def test_what_cannot_be_taken_over_is_named(context, what, tmp_path):
    assert what.strip() in refusal(tmp_path, dumped(context)).message


def test_what_a_runner_of_the_users_own_dumped_beside_is_named(tmp_path):
    assert (
        "beside state and context it holds 'log', 'user'"
        in refusal(tmp_path, dumped({}, log=[], user="me")).message
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (pickle.dumps([1]), "holds a list and not the dict"),
        (pickle.dumps({"context": 1}), "without 'state'"),
        (pickle.dumps({"state": [], 1: 2}), "without 'context'"),
        (pickle.dumps({"state": {"a": 1}, "context": 1}), "its state is a dict"),
        (pickle.dumps({"state": [("a", 1)], "context": 1}), "not a task name with a TaskState"),
        (pickle.dumps({"state": ["ab"], "context": 1}), "not a task name with a TaskState"),
        (pickle.dumps({"state": [], "context": 1}) + b"x", "goes on after the end"),
        (pickle.dumps({"state": [], "context": 1})[:-1], "is no complete pickle"),
        (b"", "is empty"),
        (b"{}\n", "is no complete pickle"),
        (b"\x80\x06N.", "protocol 6"),
        (b"Pid\n.", "kept outside"),
        (b"NQ.", "kept outside"),
        (b"\x82\x01.", "copyreg extension"),
        (b"\x97.", "kept outside"),
        (b"(iposix\nsystem\n.", "'posix.system'"),
        (b"\x8c\x01a\x8c\x01b\x93.", "'a.b'"),
        (b"NN\x93.", "no text"),
        (b"h\x05.", "value number 5"),
        (b"N(.", "something else than one value"),
        (b"NN.", "something else than one value"),
        (b".", "something else than one value"),
        (b"R.", "lacks its operand"),
        (b"t.", "lacks its mark"),
        (b"Na.", "adds to"),
        (b"](NNe}b.", "sets the attributes"),
        (b"}Nb.", "sets the attributes"),
        (b"U\x01\xff.", "Python 2"),
        (b"cwfepy.workflow\nTaskState\n(K\x07tR.", "does not take"),
        (b"cuuid\nUUID\n)\x81.", "UUID without its number" ),
    ],
)  # fmt: skip
def test_what_is_no_file_of_wfepy_is_refused_with_the_reason(content, what, tmp_path):
    if content.endswith(b"\x81."):
        content = b"(dVstate\n(lsVcontext\n" + content[:-1] + b"s."
    assert what in refusal(tmp_path, content).message


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LegacyImportError, match=r"cannot be read: .*No such file"):
        reader.read(str(tmp_path / "none.pickle"))
    with pytest.raises(LegacyImportError, match="cannot be read"):
        reader.read(str(tmp_path))


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.pickle"
    with path.open("wb") as file:
        file.truncate(reader.MAX_BYTES + 1)
    with pytest.raises(LegacyImportError, match="larger than 16 MB"):
        reader.read(str(path))


def test_reading_leaves_the_copy_registry_alone(tmp_path):
    before = dict(copyreg.dispatch_table)
    read(tmp_path, dumped(CONTEXT))
    assert copyreg.dispatch_table == before
