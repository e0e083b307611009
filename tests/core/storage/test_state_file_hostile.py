"""Whatever a file of that name holds: it is read, or refused with the place, and nothing else happens."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.state_samples import json_values, release, snapshots
from tests.cron_environment import cron_environment
from wfepy_core.errors import StateFileError, UnreadableStateError
from wfepy_core.model.derived_status import instance_status, task_statuses, transition_statuses
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import newer_events
from wfepy_core.storage.state_document import Document
from wfepy_core.storage.state_serialization import snapshot_text

RELEASE = snapshot_text(release())
ODD = [
    *(None, True, 0, 1, -1, 1.0, 0.5, 2**53, 2**80, "", "x", "sign", "\ud800", "READY", "CANCELED"),
    *([], [[]], {}, ["sign"], ["sign", "sign"], [["sign", "READY"]], {"sign": "skip"}, {"type": 1}),
    "2026-02-30T00:00:00+00:00",
]


def shown(text):
    """All that is made of a file to show it."""
    snapshot = Document("release.wfstate", text).snapshot()
    assert isinstance(snapshot, Snapshot)
    task_statuses(snapshot)
    transition_statuses(snapshot)
    instance_status(snapshot)
    return snapshot


def refusal(text):
    with pytest.raises(UnreadableStateError) as caught:
        shown(text)
    str(caught.value).encode("utf-8")
    return caught.value.message


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


@st.composite
def damaged(draw):
    """The JSON of a valid file with one value replaced, removed or added anywhere."""
    value = json.loads(snapshot_text(draw(st.just(release()) | snapshots())))
    path = draw(st.sampled_from(list(places(value))[1:]))
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    odd = draw(st.sampled_from(ODD) | json_values())
    if action == "replace":
        parent[path[-1]] = odd
    elif action == "remove":
        del parent[path[-1]]
    elif isinstance(parent, list):
        parent.insert(path[-1], odd)
    else:
        parent[draw(st.sampled_from(["sign", "extra", "error", "attempts"]))] = odd
    return value


@given(damaged())
def test_a_file_with_a_wrong_value_anywhere_is_shown_or_refused(value):
    for text in (json.dumps(value).encode(), json.dumps(value, indent=1).encode()):
        try:
            shown(text)
        except UnreadableStateError as error:
            assert error.message.startswith("release.wfstate: ")


@given(st.data())
def test_a_file_with_broken_bytes_is_shown_or_refused(data):
    text = bytearray(RELEASE)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text[start:end] = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"{", b"]", b",", b"NaN"]))
    try:
        snapshot = shown(bytes(text))
    except UnreadableStateError:
        return
    Document("a", snapshot_text(snapshot)).snapshot()


def test_a_file_cut_off_anywhere_is_refused():
    for size in range(len(RELEASE) - 1):
        refusal(RELEASE[:size])


def test_a_file_cut_off_within_its_graph_is_not_advanced():
    for size in range(RELEASE.index(b'"graph"'), len(RELEASE) - 1):
        for end in (b"", b"\n", b"]\n"):
            with pytest.raises(UnreadableStateError):
                Document("release.wfstate", RELEASE[:size] + end).contents(release().topology.names)


CASES = {
    '"tokens": [["sign", "WAITNG"]': (
        'tokens[0]: state "WAITNG" is not one of NEW, WAITING, BLOCKED, READY, COMPLETE, FAILED'
    ),
    '"tokens": [["sign", "CANCELED"]': 'tokens[0]: state "CANCELED" is not one of',
    '"tokens": [["sing", "WAITING"]': 'tokens[0]: the graph has no task "sing"',
    '"tokens": [["publish", "READY"]': 'tokens[1]: "publish" has a token already',
    '"tokens": [["sign", "WAITING"], 5': "tokens[1]: a task name and a state is expected, not a number 5",
    '"tokens": NaN, "x": [["sign", "WAITING"]': "NaN is not JSON",
    '"tokens": [], "tokens": [["sign", "WAITING"]': 'the member "tokens" stands there twice',
    '"tokens": [], "token": [["sign", "WAITING"]': 'the file: the member "token" is unknown',
    '"running": ["sign", "sign"]': "running: a task stands there twice",
    '"running": false': "running: null or a list of task names is expected, not true or false false",
    '"status": "fine"': 'status: "fine" is not one of failed, interrupted,',
    '"generation": -1': "generation: -1 is not between 0 and",
    '"generation": 1e999': "the number 1e999 is too large",
    '"at": "yesterday"': "saved.at: Invalid isoformat string: 'yesterday'",
    '"at": "2026-11-18T11:06:40"': "saved.at: the time '2026-11-18T11:06:40' names no zone",
    '"attempts": [1, 2, 14, 0, 0]': "records.attempts: 5 numbers for 4 tasks",
    '"attempts": [1, 2.0]': "records.attempts[1]: an integer is expected, not a number 2.0",
    '"decisions": "TT,X"': "records.decisions: only the letters T, N and .",
    '"by_hand": {"prepare": "done"}': 'records.by_hand.prepare: "done" is neither complete nor skip',
    '"line": "9"': 'graph.tasks[1].line: an integer is expected, not a text "9"',
    '["prepare", "bild"]': 'graph.transitions[0]: the graph has no task "bild"',
}


@pytest.mark.parametrize(("wrong", "message"), CASES.items())
def test_the_message_names_the_place(wrong, message):
    before, after = _replaced(wrong)
    text = RELEASE.decode().replace(before, after, 1)
    assert text != RELEASE.decode()

    assert refusal(text.encode()).startswith(f"release.wfstate: {message}")


def _replaced(wrong):
    """What stands in the sample where `wrong` goes."""
    if wrong.startswith("["):
        return '["prepare", "build"]', wrong
    for start, end in (('"tokens": [["sign"', '"WAITING"]'), ('"attempts"', "14]"), ('"decisions"', 'T"')):
        if wrong.startswith(start.split(":")[0]):
            text = RELEASE.decode()
            begin = text.index(start)
            return text[begin : text.index(end, begin) + len(end)], wrong
    before = {
        "running": '"running": null',
        "status": '"status": "failed"',
        "generation": '"generation": 417',
        "at": '"at": "2026-11-18T11:06:40.123456+00:00"',
        "by_hand": '"by_hand": {"prepare": "complete"}',
        "line": '"line": 9',
    }
    return before[wrong.split('"')[1]], wrong


def test_a_file_of_a_newer_wfepy_is_refused_with_its_version():
    text = json.dumps({"format": "wfepy-state", "version": 3, "state": {}}).encode()

    with pytest.raises(
        UnreadableStateError, match=r"by a newer wfepy as file version 3.*reads up to 1"
    ) as caught:
        shown(text)

    assert "update" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[1]",
        b'{"format": "else"}',
        b"\x80\x04\x95pickle",
        b"\xff\xfe{\x00}\x00",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        RELEASE.replace(b'"n": 1', b'"n": ' + b"[" * 100_000 + b"]" * 100_000),
        RELEASE.replace(b'"n": 1', b'"n": ' + b"9" * 5000),
    ],
    ids=["empty", "null", "list", "other", "pickle", "utf16", "deep", "deep objects", "deep value", "digits"],
)
def test_what_is_no_state_file_is_refused(tmp_path, text):
    path = tmp_path / "a.wfstate"
    path.write_bytes(text)

    for reading in (state_file.read, state_file.summarize):
        if reading is state_file.summarize and text.startswith(RELEASE[:100]):
            continue  # its head is whole
        with pytest.raises(UnreadableStateError, match=r"a\.wfstate"):
            reading(str(path))
    assert path.read_bytes() == text


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.wfstate")
    (tmp_path / "folder.wfstate").mkdir()
    huge = tmp_path / "huge.wfstate"
    huge.touch()
    os.truncate(huge, state_file.MAX_BYTES + 1)

    for name in ("pipe", "folder", "huge", "missing"):
        path = str(tmp_path / f"{name}.wfstate")
        for reading in (state_file.read, state_file.read_head):
            with pytest.raises(UnreadableStateError) as caught:
                reading(path)
            assert f"{name}.wfstate" in str(caught.value)


@given(st.data())
def test_a_hostile_journal_is_passed_over(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("journal") / "release.wfstate"
    path.write_bytes(RELEASE)
    kinds = st.sampled_from(["pass", "start", "end", "decided", "condition", "hand", "saved", "x", None])
    odd = st.sampled_from(
        [*ODD, {"sign": [1]}, [["sign", "NEW"]], {"type": "a", "message": "", "traceback": ""}]
    )
    names = ("by", "host", "pid", "task", "state", "reason", "until", "error", "taken", "set", "unset",
             "context", "kind", "old", "tokens", "status")  # fmt: skip
    good = {
        "g": 417,
        "t": 5,
        "task": "sign",
        "state": "COMPLETE",
        "by": "a",
        "host": "b",
        "pid": 1,
        "kind": "retry",
    }
    lines = []
    for _ in range(data.draw(st.integers(1, 4))):
        line = {
            **good,
            "e": data.draw(kinds),
            **data.draw(st.dictionaries(st.sampled_from(names), odd, max_size=4)),
        }
        lines.append(json.dumps(line).encode())
    lines.append(data.draw(st.binary()).replace(b"\n", b""))
    path.with_name("release.wfstate.journal").write_bytes(b"\n".join(lines) + b"\n")

    snapshot = state_file.read(str(path))
    instance_status(snapshot)
    task_statuses(snapshot)

    state_file.write(str(path), snapshot)
    list(newer_events(str(path), snapshot.saved, snapshot.id, snapshot.generation))
    state_file.read(str(path))


WITH_LITTLE_MEMORY = """
import resource, sys
from wfepy_core.cli import main
resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
raise SystemExit(main(sys.argv[1:]))
"""


def leave_hole(journal):
    """As file systems do after a power cut."""
    with journal.open("ab") as file:
        file.truncate(20 << 30)


def leave_endless_line(journal):
    with journal.open("ab") as file:
        file.writelines(b"x" * (1 << 20) for _ in range(300))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit of memory does not hold")
@pytest.mark.parametrize("damage", [leave_hole, leave_endless_line, lambda journal: journal.mkdir()])
@pytest.mark.parametrize("how", [[], ["--tasks"]])
def test_an_instance_with_a_huge_or_damaged_journal_is_named_and_the_others_are_listed(tmp_path, damage, how):
    for name in ("bad", "good"):
        (tmp_path / f"{name}.wfstate").write_bytes(RELEASE)
    damage(tmp_path / "bad.wfstate.journal")

    command = [sys.executable, "-c", WITH_LITTLE_MEMORY, "status", str(tmp_path), *how]
    done = subprocess.run(command, env=cron_environment(), capture_output=True, text=True, check=False)

    assert (done.returncode, "Traceback" in done.stderr) == (65, False)
    assert "bad.wfstate" in done.stderr
    assert "good.wfstate" in done.stdout
    assert "good.wfstate" not in done.stderr


def test_an_unreadable_journal_is_reported(tmp_path):
    path = tmp_path / "release.wfstate"
    path.write_bytes(RELEASE)
    path.with_name("release.wfstate.journal").mkdir()

    with pytest.raises(StateFileError, match="journal"):
        state_file.read(str(path))


@given(st.integers(0, len(RELEASE)))
def test_a_head_is_read_or_refused_however_the_file_ends(tmp_path_factory, size):
    assume(size != len(RELEASE))
    path = tmp_path_factory.mktemp("head") / "release.wfstate"
    path.write_bytes(RELEASE[:size])
    try:
        head = state_file.read_head(str(path))
    except UnreadableStateError:
        return
    assert head.generation == 417
