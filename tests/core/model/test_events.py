"""One event is one line, and the line is the event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfepy_core import TaskState
from wfepy_core.model.events import (
    Changes,
    ConditionFailed,
    Intervened,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
    decode,
    encode,
)
from wfepy_core.model.records import TaskError
from wfepy_core.model.status import InstanceStatus, InterventionKind

TEXT = st.text(max_size=8)
NUMBER = st.integers(0, 2**50)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KEYED = st.dictionaries(TEXT, JSON, max_size=3)
ERRORS = st.builds(TaskError, TEXT, TEXT, TEXT, TEXT)
PARTLY = st.builds(Changes, KEYED, st.lists(TEXT, max_size=3).map(tuple))
WHOLE = st.builds(Changes, whole=JSON.map(lambda value: (value,)))
CHANGES = st.just(Changes()) | PARTLY | WHOLE
STATES = st.sampled_from([TaskState.COMPLETE, TaskState.WAITING, TaskState.FAILED])
TAKEN = st.text("TN", max_size=4)
TOKENS = st.none() | st.lists(st.tuples(TEXT, st.sampled_from(TaskState)), max_size=3).map(tuple)
EVENTS = st.one_of(
    st.builds(PassStarted, NUMBER, NUMBER, TEXT, TEXT, NUMBER),
    st.builds(TaskStarted, NUMBER, NUMBER, TEXT),
    st.builds(TaskEnded, NUMBER, NUMBER, TEXT, STATES, TEXT, NUMBER, st.none() | ERRORS, CHANGES, TAKEN),
    st.builds(TransitionsDecided, NUMBER, NUMBER, TEXT, TAKEN, CHANGES),
    st.builds(ConditionFailed, NUMBER, NUMBER, TEXT, ERRORS),
    st.builds(
        Intervened,
        NUMBER,
        NUMBER,
        st.sampled_from(InterventionKind),
        TEXT,
        TEXT,
        TEXT,
        CHANGES,
        KEYED,
        TOKENS,
    ),
    st.builds(PassEnded, NUMBER, NUMBER, st.sampled_from(InstanceStatus)),
)


@given(EVENTS)
def test_a_line_read_back_is_the_event(event):
    line = encode(event)

    assert decode(line) == event
    assert type(decode(line)) is type(event)
    assert b"\n" not in line
    assert line.isascii()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"e": "start"}',
        b'{"e": "start", "g": 1, "t": 2}',
        b'{"e": "start", "g": "1", "t": 2, "task": "a"}',
        b'{"e": "start", "g": true, "t": 2, "task": "a"}',
        b'{"e": "not yet known", "g": 1, "t": 2}',
        b'{"e": "end", "g": 1, "t": 2, "task": "a", "state": "DONE"}',
        b'{"e": "end", "g": 1, "t": 2, "task": "a", "state": "FAILED", "error": {"kind": "x"}}',
        b'{"e": "hand", "g": 1, "t": 2, "kind": "skip", "by": "me", "tokens": [["a"]]}',
        b'{"e": "hand", "g": 1, "t": 2, "kind": "bless", "by": "me"}',
        b'{"e": "saved", "g": 1, "t": 2, "status": "tired"}',
    ],
)
def test_a_line_that_is_no_event_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011  any of several reasons
        decode(line)


def test_where_an_instance_stood_before_is_kept_in_its_line():
    event = Intervened(
        1,
        2,
        InterventionKind.SKIP,
        "me",
        "a",
        tokens=(),
        stood=(("a", TaskState.WAITING), ("b", TaskState.READY)),
    )

    assert decode(encode(event)) == event
    assert decode(encode(event._replace(stood=None))).stood is None
