"""What the inspector and the headline say: the answers of `explain` as sentences, and facts as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.why import why
from wfepy_core.model.status import TransitionStatus
from wfepy_gui.text.secrets import secrets_in, without_secrets
from wfepy_gui.text.translation import marked, said

if TYPE_CHECKING:
    from wfepy_core.explain.cause_tree import Cause
    from wfepy_core.explain.sentences import Times
    from wfepy_core.explain.why import ConditionResult
    from wfepy_core.model.records import Record
    from wfepy_core.model.snapshot import GraphTask, Snapshot
    from wfepy_gui.text.time_format import Clock

Row = tuple[str, str]
MOST_LINES = 200


class Answer(NamedTuple):
    """Why something does not move.

    Attributes:
        sentence: the answer.
        causes: the tree of causes, what can never be met and the conditions, as indented lines; empty when
            the sentence says it all.
    """

    sentence: str
    causes: str


def answer_of(snapshot: Snapshot, task: str | None, current: int, times: Times | None = None) -> Answer:
    """Why the instance, or a task of it, does not move. Pure; some 10 ms for a thousand tasks.

    Args:
        snapshot: the instance.
        task: its name; None: the instance.
        current: the present, microseconds since 1970 UTC.
        times: how moments are told; None: as on the command line.
    """
    found = why(snapshot, task, now=current, times=times)
    lines = [line for cause in found.causes for line in _cause_lines(cause, 0)]
    if len(lines) == 1:
        lines = []
    lines += [said("never: {}").format(text) for text in found.never]
    lines += [
        f"{known.source} → {known.dest}: {known.condition} — {told(known)}" for known in found.conditions
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [said("… and {} more").format(len(lines) - MOST_LINES)]
    hidden = secrets_in(snapshot.context)
    return Answer(without_secrets(f"{found.sentence}.", hidden), without_secrets("\n".join(lines), hidden))


def told(known: ConditionResult) -> str:
    """What is known of a condition, in words."""
    if known.error:
        return said("raised {}").format(known.error)
    return said(_RESULTS[known.result, known.again])


_RESULTS = {
    (TransitionStatus.TAKEN, True): marked("was true last time"),
    (TransitionStatus.TAKEN, False): marked("was true"),
    (TransitionStatus.NOT_TAKEN, True): marked("was false last time"),
    (TransitionStatus.NOT_TAKEN, False): marked("was false"),
    (TransitionStatus.UNDECIDED, True): marked("not asked yet"),
    (TransitionStatus.UNDECIDED, False): marked("was never asked"),
}


def _cause_lines(cause: Cause, depth: int) -> list[str]:
    own = f"{'    ' * depth}{cause.text}"
    below = [line for child in cause.children for line in _cause_lines(child, depth + 1)]
    more = [f"{'    ' * (depth + 1)}{said('… and {} more').format(cause.more)}"] if cause.more else []
    return [own, *below, *more]


def task_rows(task: GraphTask, record: Record, current: int, clock: Clock) -> list[Row]:
    """Facts of a task worth a row, as caption and text; the sentence above them says why it waits."""
    points = [
        point
        for is_one, point in (
            (task.start, said("start")),
            (task.join, said("join")),
            (task.end, said("end")),
        )
        if is_one
    ]
    first_start = record.first_start if record.first_start != record.last_start else 0
    rows = [
        (said("Waiting since"), clock.full_text(record.waiting_since, current) if record.polls else ""),
        (said("Waits until"), clock.full_text(record.until, current)),
        (said("Polls"), str(record.polls) if record.polls else ""),
        (said("Attempts"), str(record.attempts) if record.attempts else ""),
        (said("Done"), _times(record.iterations) if record.iterations else ""),
        (said("First start"), clock.full_text(first_start, current)),
        (said("Last start"), clock.full_text(record.last_start, current)),
        (said("Last end"), clock.full_text(record.end, current)),
        (said("Reason"), "" if record.polls else record.reason),
        (said("By hand"), record.by_hand),
        (said("Point"), ", ".join(points)),
        (said("Labels"), ", ".join(task.labels)),
        (said("Safe to repeat"), said("yes, says its author") if task.safe_to_repeat else ""),
    ]
    return [row for row in rows if row[1]]


def instance_rows(snapshot: Snapshot, current: int, clock: Clock) -> list[Row]:
    """Facts of the instance as a whole, or of a workflow without one (generation 0)."""
    saved = snapshot.saved
    by = said("by {} on {}").format(saved.by, saved.host) if saved.by else ""
    tokens = ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12])
    rows = [
        (said("Workflow"), snapshot.workflow.name),
        (said("Module"), ", ".join(snapshot.workflow.modules)),
        (said("Generation"), str(snapshot.generation) if snapshot.generation else ""),
        (said("Saved"), " ".join(filter(None, [clock.full_text(saved.at, current), by]))),
        (said("Tasks"), str(len(snapshot.graph.tasks))),
        (said("Tokens"), tokens if snapshot.generation else ""),
    ]
    return [row for row in rows if row[1]]


def _times(count: int) -> str:
    return said("once") if count == 1 else said("{} times").format(count)
