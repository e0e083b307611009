"""Where an instance stands, in a few words: a column of a list of many. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.status import TaskStatus
from wfepy_core.time_text import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.summary import Summary, TaskSummary


def stands_at(summary: Summary, now: int, tr: Callable[[str], str] = str) -> str:
    """The tasks that matter, with their status, since when and why: `sign waiting 3 days: no signature yet`.

    Args:
        summary: of the instance.
        now: the present, microseconds since 1970 UTC.
        tr: translates.
    """
    words = [_task_text(one, now, tr) for one in summary.at]
    if summary.more:
        words.append(tr("{} more").format(summary.more))
    return "; ".join(words)


def _task_text(one: TaskSummary, now: int, tr: Callable[[str], str]) -> str:
    words = [one.task, tr(one.status.value)]
    if one.since and one.status is not TaskStatus.FAILED and now > one.since:
        words.append(in_words(now - one.since, tr))
    return f"{' '.join(words)}: {one.why}" if one.why else " ".join(words)
