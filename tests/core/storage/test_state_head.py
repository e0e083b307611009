"""The heads of a list: taken apart without a parser, they say what the parser would."""

from __future__ import annotations

import json

import pytest

from wfepy_core.model.snapshot import Saved
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.model.summary import Summary, TaskSummary
from wfepy_core.storage.head_validation import check_head
from wfepy_core.storage.iso_time import END_OF_TIME
from wfepy_core.storage.state_head import quick_head
from wfepy_core.storage.state_serialization import Parts, compose

SIGN = TaskSummary("sign", TaskStatus.WAITING, 1_796_140_305_119_764, 0, "no signature yet", "a41c")
SHIP = TaskSummary("ship", TaskStatus.FAILED, 0, 1_800_000_000_000_000, "OSError: no disk", "")
ODD = TaskSummary('a "task"', TaskStatus.NOT_REACHED, 1, 0, "waits for Ünal… and \\ so on", "7")
SUMMARIES = [
    Summary((), 0, 0, 0),
    Summary((SIGN,), 0, 3, 9),
    Summary((SIGN, SHIP), 12, 3, 9),
    Summary((SHIP, SIGN, SHIP), 0, 1, 3),
    Summary((SIGN, ODD), 0, 1, 3),
]


def text_of(summary: Summary) -> bytes:
    saved = Saved(1_796_140_305_123_504, "ops", "ops1", 812, 4056)
    parts = Parts(b'{"name": "release", "module": "release.py"}', b"[]", b"null", b"{}", b"{}", b"{}")
    return compose("0" * 32, 417, InstanceStatus.WAITING, saved, summary, parts)


def parsed(data: bytes):
    return check_head(json.loads(data[: data.index(b",\n")] + b"}"), "release")


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda summary: f"{len(summary.at)} tasks")
def test_a_head_taken_apart_is_the_parsed_one(summary):
    data = text_of(summary)
    head = quick_head(data)
    assert head == parsed(data)
    assert head.summary == summary


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        (b'"waiting", 17', b'"asleep", 17'),
        (b'"waiting", 17', b'"waiting", -17'),
        (b"1796140305119764", b"%d" % END_OF_TIME),
        (b"1796140305119764", b"01"),
        (b'"done": 3', b'"done": 3.5'),
        (b'"a41c"]', b'"a41c", 1]'),
        (b', "more"', b', "fewer"'),
    ],
)
def test_a_summary_that_makes_no_sense_is_left_to_who_reads_it_all(what, instead):
    data = text_of(SUMMARIES[1])
    assert data.count(what) == 1
    assert quick_head(data.replace(what, instead)) is None


def test_members_of_later_versions_are_read_over():
    data = text_of(SUMMARIES[1]).replace(b'"tasks": 9}', b'"tasks": 9, "overdue": 1}')
    assert quick_head(data).summary == SUMMARIES[1]
