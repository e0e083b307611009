"""The summary of an instance says what a list needs, in bounded room."""

import json

import pytest

from tests.core.state_samples import release
from wfepy_core.explain.stands_at import stands_at
from wfepy_core.model.records import TaskError
from wfepy_core.model.status import TaskState, TaskStatus
from wfepy_core.model.summary import Summary, TaskSummary, summary_of
from wfepy_core.storage.head_validation import check_summary
from wfepy_core.storage.state_serialization import summary_text

DAY = 86_400_000_000


def standing(*tokens, **columns):
    snapshot = release()
    records = snapshot.records
    for name, values in columns.items():
        getattr(records, name).clear()
        getattr(records, name).update(values)
    return summary_of(snapshot._replace(tokens=tuple(tokens), records=records))


def test_what_waits_matters_more_than_what_is_blocked_by_it():
    summary = standing(("publish", TaskState.BLOCKED), ("sign", TaskState.WAITING), errors={})

    assert [(one.task, one.status) for one in summary.at] == [("sign", TaskStatus.WAITING)]
    assert summary.at[0].why == "no signature yet"
    assert (summary.more, summary.done, summary.tasks) == (0, 2, 4)


def test_where_nothing_else_matters_it_stands_where_its_tokens_are():
    summary = standing(("publish", TaskState.BLOCKED), errors={})

    assert [(one.task, one.status) for one in summary.at] == [("publish", TaskStatus.BLOCKED)]


def test_a_failure_comes_first_with_its_error():
    error = TaskError("builtins.ValueError", "no\n  n", "")
    summary = standing(("sign", TaskState.WAITING), ("build", TaskState.FAILED), errors={1: error})

    assert [one.task for one in summary.at] == ["build", "sign"]
    assert summary.at[0].why == "ValueError: no n"


def test_another_reason_has_another_fingerprint_even_where_it_is_cut():
    one, two = (
        standing(("sign", TaskState.WAITING), errors={}, reasons={2: "x" * 100 + end}).at[0] for end in "ab"
    )

    assert one.why == two.why == "x" * 79 + "…"
    assert one.fingerprint != two.fingerprint


@pytest.mark.parametrize("letter", ["x", "ë", "\U0001f600", '"'])
@pytest.mark.parametrize("size", [1, 30, 100, 700])
def test_a_summary_takes_at_most_600_bytes_whatever_its_texts_hold(letter, size):
    rows = tuple(
        TaskSummary(letter * size + str(n), TaskStatus.WAITING, 1, 2, letter * 80, "0" * 8) for n in range(3)
    )

    text = summary_text(Summary(rows, 4, 5, 600))

    assert len(text) <= 600
    read = check_summary(json.loads(text))
    assert len(read.at) + read.more == 7
    assert [one.task for one in read.at] == [row.task for row in rows[: len(read.at)]]


def test_a_list_says_where_an_instance_stands_since_when_and_why():
    rows = (
        TaskSummary("build", TaskStatus.FAILED, 5 * DAY, 0, "ValueError: no n", "1"),
        TaskSummary("sign", TaskStatus.WAITING, 2 * DAY, 0, "no signature yet", "2"),
        TaskSummary("ask", TaskStatus.WAITING, 3 * DAY, 0, "", ""),
    )

    assert stands_at(Summary(rows, 2, 0, 9), 5 * DAY) == (
        "build failed: ValueError: no n; sign waiting 3 days: no signature yet; ask waiting 2 days; 2 more"
    )
