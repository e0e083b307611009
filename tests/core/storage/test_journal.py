"""A journal is read as events, whatever else stands in it, and its history outlives a rotation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.state_samples import STATES, TEXTS, TIMES, json_values, release
from tests.histories import history, read_events
from wfepy_core.model import events
from wfepy_core.model.events import (
    Changes,
    ConditionFailed,
    Interrupted,
    Intervened,
    PassEnded,
    PassStarted,
    SnapshotTaken,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
)
from wfepy_core.model.records import TaskError
from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import InstanceStatus, InterventionKind, Origin
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import journal_size, newer_events

GENERATIONS = st.integers(0, 10**6)
ERRORS = st.builds(TaskError, TEXTS, TEXTS, TEXTS, TEXTS)
DICTS = st.dictionaries(TEXTS, json_values(), max_size=3)
CHANGES = st.builds(Changes, DICTS, st.lists(TEXTS, max_size=2).map(tuple), st.just(())) | st.tuples(
    json_values()
).map(lambda whole: Changes(whole=whole))
TAKEN = st.text("TN", max_size=3)
TOKENS = st.none() | st.lists(st.tuples(TEXTS, STATES), max_size=3).map(tuple)
EVENTS = st.one_of(
    st.builds(PassStarted, GENERATIONS, TIMES, TEXTS, TEXTS, TIMES),
    st.builds(TaskStarted, GENERATIONS, TIMES, TEXTS),
    st.builds(TaskEnded, GENERATIONS, TIMES, TEXTS, STATES, TEXTS, TIMES, st.none() | ERRORS, CHANGES, TAKEN),
    st.builds(
        lambda *start, new, taken: TaskEnded(*start, changes=Changes(new), taken=taken),
        GENERATIONS,
        TIMES,
        TEXTS,
        STATES,
        new=DICTS,
        taken=TAKEN,
    ),
    st.builds(
        TransitionsDecided, GENERATIONS, TIMES, TEXTS, TAKEN, CHANGES, st.lists(TEXTS, max_size=2).map(tuple)
    ),
    st.builds(Interrupted, GENERATIONS, TIMES, TEXTS, TIMES),
    st.builds(ConditionFailed, GENERATIONS, TIMES, TEXTS, ERRORS),
    st.builds(
        Intervened,
        GENERATIONS,
        TIMES,
        st.sampled_from(InterventionKind),
        TEXTS,
        TEXTS,
        TEXTS,
        CHANGES,
        DICTS,
        TOKENS,
        TOKENS,
        GENERATIONS,
        st.none() | DICTS,
    ),
    st.builds(
        SnapshotTaken,
        GENERATIONS,
        TIMES,
        st.sampled_from(Origin),
        DICTS,
        st.integers(0, 10**6),
        TEXTS,
        TEXTS,
    ),
    st.builds(PassEnded, GENERATIONS, TIMES, st.sampled_from(InstanceStatus)),
)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "a.wfstate")


def write_journal(path, lines):
    Path(path + ".journal").write_bytes(b"".join(line + b"\n" for line in lines))


@given(EVENTS)
def test_an_event_is_one_line_and_read_back_equal(event):
    line = events.encode(event)

    assert line.isascii()
    assert b"\n" not in line
    assert events.decode(line) == event


@given(EVENTS)
def test_the_quick_spelling_of_the_frequent_lines_is_the_plain_one(event):
    plain = events._encode_any(event)  # noqa: SLF001  the one spelling that both must have
    assert events.encode(event) == plain


def test_lines_that_are_no_events_are_passed_over():
    good = TaskStarted(1, 2, "sign")
    torn = [b"", b"{", b'{"e":"dance","g":1,"t":2}', b"null", b"\xff", b'{"e":[],"g":1,"t":2}']
    wrong = [b'{"e":"start","g":1,"t":2}', b'{"e":"start","g":1.0,"t":2,"task":"a"}', b"[" * 100_000]

    assert read_events([*torn, events.encode(good), *wrong]) == [good]


def test_what_stands_behind_the_size_at_the_save_is_newer(path):
    lines = [events.encode(TaskStarted(5, number, "sign")) for number in range(4)]
    write_journal(path, lines)

    behind = len(lines[0]) + len(lines[1]) + 2

    assert [event.at for event in newer_events(path, Saved(journal=behind), "", 1)] == [2, 3]
    assert list(newer_events(path, Saved(journal=journal_size(path)), "", 1)) == []


def test_a_journal_that_got_shorter_is_read_from_its_beginning(path):
    write_journal(path, [events.encode(TaskStarted(5, 1, "sign"))])

    assert [event.at for event in newer_events(path, Saved(journal=10_000), "", 1)] == [1]


def test_without_a_journal_there_is_no_newer_event_and_no_history(path):
    assert list(newer_events(path, Saved(journal=10), "", 1)) == []
    assert history(path) == []
    assert journal_size(path) == 0


def test_a_journal_of_many_lines_each_with_a_new_key_is_replayed_in_linear_time(tmp_path):
    path = str(tmp_path / "a.wfstate")
    state_file.write(path, release()._replace(context={}))
    with open(f"{path}.journal", "wb") as journal:
        for number in range(100_000):
            line = '{"e":"hand","g":417,"t":9,"kind":"context","by":"o","set":{"k%d":%d}}\n'
            journal.write((line % (number, number)).encode())

    snapshot = state_file.read(path)

    assert snapshot.context == {f"k{number}": number for number in range(100_000)}
