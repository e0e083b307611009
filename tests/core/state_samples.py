"""Snapshots to save and read: one worked example, and a strategy for any."""

from hypothesis import strategies as st

from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records, TaskError
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef
from wfepy_core.model.status import InterventionKind, TaskState
from wfepy_core.storage.iso_time import END_OF_TIME

COUNTS = st.integers(0, 5) | st.integers(0, 2**53 - 1)
TIMES = st.just(0) | st.integers(0, END_OF_TIME - 1)
TEXTS = st.text(max_size=8)
STATES = st.sampled_from([state for state in TaskState if state is not TaskState.CANCELED])


def release():
    """An instance that waits for a signature, with something in every member."""
    tasks = (
        GraphTask("prepare", start=True, doc="Collects the parts.", line=3),
        GraphTask("build", labels=("slow",), line=9, safe_to_repeat=True),
        GraphTask("sign", line=15),
        GraphTask("publish", join=True, end=True, line=21, module=1),
    )
    transitions = (
        GraphTransition("prepare", "build"),
        GraphTransition("prepare", "sign"),
        GraphTransition("build", "publish", "c['n'] > 0"),
        GraphTransition("sign", "publish"),
    )
    records = Records(4)
    records.attempts = [1, 2, 14, 0]
    records.polls = [0, 0, 14, 0]
    records.iterations = [1, 1, 0, 0]
    records.first_start = records.last_start = [1_795_000_000_000_000, 1_795_000_000_000_700, 5, 0]
    records.end = [1_795_000_000_000_500, 1_795_000_000_001_000, 0, 0]
    records.waiting_since = [0, 0, 1_795_000_000_002_000, 0]
    records.reasons = {2: "no signature yet"}
    records.untils = {2: 1_796_000_000_000_000}
    records.errors = {1: TaskError("ValueError", "no n", "Traceback ...", "publish")}
    records.by_hand = {0: InterventionKind.COMPLETE}
    records.decisions = {0: "TT", 1: "T"}
    return Snapshot(
        generation=417,
        workflow=WorkflowRef("release", ("release.py", "steps.publish"), "9c1e", "77ab"),
        graph=Graph(tasks, transitions),
        tokens=(("sign", TaskState.WAITING), ("publish", TaskState.BLOCKED)),
        records=records,
        context={"n": 1, "builds": {"$set": ["a", "b"]}, "ratio": 0.1, "who": "Zoë"},
        saved=Saved(1_795_000_000_123_456, "ops", "ops1", 812, 0),
        id="5f0c" * 8,
    )


def json_values():
    """Anything JSON has a word for."""
    plain = (
        st.none() | st.booleans() | st.integers() | TEXTS | st.floats(allow_nan=False, allow_infinity=False)
    )
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=8,
    )


@st.composite
def records_of(draw, size):
    """Records of `size` tasks."""
    records = Records(size)
    for name in ("attempts", "polls", "iterations"):
        setattr(records, name, draw(st.lists(COUNTS, min_size=size, max_size=size)))
    for name in ("first_start", "last_start", "end", "waiting_since"):
        setattr(records, name, draw(st.lists(TIMES, min_size=size, max_size=size)))
    if size:
        numbers = st.integers(0, size - 1)
        records.reasons = draw(st.dictionaries(numbers, TEXTS, max_size=2))
        records.untils = draw(st.dictionaries(numbers, TIMES, max_size=2))
        errors = st.builds(TaskError, TEXTS, TEXTS, TEXTS, TEXTS)
        records.errors = draw(st.dictionaries(numbers, errors, max_size=2))
        records.by_hand = draw(
            st.dictionaries(
                numbers, st.sampled_from([InterventionKind.COMPLETE, InterventionKind.SKIP]), max_size=2
            )
        )
        letters = st.text("TN.", min_size=1, max_size=3)
        records.decisions = draw(st.dictionaries(numbers, letters, max_size=3))
    return records


@st.composite
def snapshots(draw):
    """Any snapshot that a state file can hold."""
    names = draw(st.lists(TEXTS, unique=True, max_size=5))
    tasks = tuple(
        GraphTask(
            name,
            *(draw(st.booleans()) for _ in range(3)),
            labels=tuple(draw(st.lists(TEXTS, max_size=2))),
            doc=draw(TEXTS),
            module=draw(st.integers(0, 2)),
            line=draw(COUNTS),
            safe_to_repeat=draw(st.booleans()),
        )
        for name in names
    )
    some = st.lists(st.sampled_from(names), unique=True) if names else st.just([])
    ends = st.sampled_from(names) if names else st.nothing()
    transitions = (
        st.lists(st.builds(GraphTransition, ends, ends, TEXTS), max_size=4) if names else st.just([])
    )
    ref = WorkflowRef(draw(TEXTS), tuple(draw(st.lists(TEXTS, max_size=3))), draw(TEXTS), draw(TEXTS))
    running = tuple(draw(some))
    return Snapshot(
        generation=draw(COUNTS),
        workflow=ref,
        graph=Graph(tasks, tuple(draw(transitions))),
        tokens=tuple((name, draw(STATES)) for name in draw(some)),
        records=draw(records_of(len(names))),
        context=draw(json_values()),
        saved=Saved(draw(TIMES), draw(TEXTS), draw(TEXTS), draw(COUNTS), draw(COUNTS)),
        running=running,
        interrupted=bool(running),
        id=draw(st.sampled_from(["", "5f0c" * 8, "by hand"])),
    )
