"""Events, lists and lengths of time in words."""

import pytest

from wfepy_core.explain.event_text import EventText, event_text, sentence
from wfepy_core.explain.list_text import and_more, first_names
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
from wfepy_core.model.status import InstanceStatus, InterventionKind, Origin, TaskState
from wfepy_core.time_text import DAY, HOUR, MINUTE, SECOND, in_words

ERROR = TaskError("ValueError", "no pen", "…", "b")
CHANGED = Changes({"n": 2})
MOVED = {"tokens": (("b", TaskState.READY),), "stood": (("a", TaskState.WAITING), ("b", TaskState.READY))}

SENTENCES = [
    (PassStarted(1, 2, "ada", "ops1", 7), "pass begins: by ada on ops1, process 7"),
    (PassEnded(2, 3, InstanceStatus.DEAD_END), "pass ends: dead end; saved as generation 2"),
    (TaskStarted(1, 2, "a"), "a starts"),
    (TaskEnded(1, 2, "a", TaskState.COMPLETE), "a done"),
    (TaskEnded(1, 2, "a", TaskState.COMPLETE, changes=CHANGED), "a done: n changed"),
    (
        TaskEnded(1, 2, "a", TaskState.COMPLETE, changes=CHANGED, taken="TT", to=("b", "d")),
        "a done: to b, d; n changed",
    ),
    (TaskEnded(1, 2, "a", TaskState.WAITING, "no pen", 9), "a waits: no pen; until <9>"),
    (TaskEnded(1, 2, "a", TaskState.FAILED, error=ERROR), "a failed: ValueError: no pen"),
    (ConditionFailed(1, 2, "a", ERROR), "a condition failed: to b: ValueError: no pen"),
    (TransitionsDecided(1, 2, "a", "TNT", CHANGED), "a decided: 2 of 3 transitions taken; n changed"),
    (
        TransitionsDecided(1, 2, "a", "TNT", to=("b", "d")),
        "a decided: to b, d; 2 of 3 transitions taken",
    ),
    (Interrupted(5, 9, "a", 7), "a interrupted: called <7>; its process ended before it came back"),
    (
        SnapshotTaken(1, 2, Origin.NEW, {"context": {"n": 1}}, by="ann"),
        "by hand (ann): started: n changed",
    ),
    (
        Intervened(1, 2, InterventionKind.RESTORE, "ann", target=3, reason="forged"),
        "by hand (ann): restored: back to generation 3; forged",
    ),
    (
        Intervened(1, 2, InterventionKind.OUTSIDE, "", changes=CHANGED, old={"n": 1}),
        "changed outside: n changed from 1",
    ),
    (
        Intervened(1, 2, InterventionKind.SKIP, "ann", "a", "not needed", **MOVED),
        "by hand (ann): skipped a: not needed; a: waiting → skipped",
    ),
    (
        Intervened(1, 2, InterventionKind.CONTEXT, "ann", changes=CHANGED, old={"n": 1}),
        "by hand (ann): context changed: n changed from 1",
    ),
]


def changes_text(changes, old):
    return ", ".join(f"{key} changed{f' from {old[key]}' if key in old else ''}" for key in changes.set)


@pytest.mark.parametrize(("event", "expected"), SENTENCES, ids=lambda part: part if type(part) is str else "")
def test_an_event_is_one_sentence(event, expected):
    assert sentence(event_text(event, changes_text, moment_text=lambda at: f"<{at}>")) == expected


@pytest.mark.parametrize("kind", InterventionKind)
def test_every_intervention_has_a_text(kind):
    text = event_text(Intervened(1, 2, kind, "ann", "a", "why"), changes_text)

    assert text == EventText(text.what, "a", ("why",), "ann")
    assert text.what


def test_events_are_translated_part_by_part():
    text = event_text(
        TaskEnded(1, 2, "a", TaskState.WAITING, "no pen", 9), changes_text, str.upper, lambda at: f"<{at}>"
    )

    assert text == EventText("WAITS", "a", ("no pen", "UNTIL <9>"))


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, "a moment"),
        (SECOND - 1, "a moment"),
        (59 * SECOND, "59 s"),
        (12 * MINUTE, "12 min"),
        (12 * MINUTE + 3 * SECOND, "12 min 3 s"),
        (DAY, "1 day"),
        (3 * DAY + 4 * HOUR + MINUTE, "3 days 4 h"),
        (DAY + MINUTE, "1 day"),
        (-2 * HOUR, "2 h"),
    ],
)
def test_a_length_of_time_has_at_most_two_units(length, expected):
    assert in_words(length) == expected


def test_a_length_of_time_is_translated_unit_by_unit():
    german = {"{} days": "{} Tage", "{} h": "{} Std."}

    assert in_words(3 * DAY + 4 * HOUR, german.__getitem__) == "3 Tage 4 Std."


def test_a_long_list_says_how_many_are_left_out():
    assert first_names(["a", "b", "c"], 3) == "a, b, c"
    assert first_names(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert and_more(5) == "… and 5 more"
