"""What the inspector and the headline say: the answers of `explain` as sentences, and facts as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.why import why
from wfepy_core.model.status import TransitionStatus
from wfepy_gui.text.secrets import secrets_in, without_secrets
from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from wfepy_core.explain.cause_tree import Cause
    from wfepy_core.explain.facts import Times
    from wfepy_core.explain.why import ConditionResult
    from wfepy_core.model.graph import GraphTask
    from wfepy_core.model.records import Record
    from wfepy_core.model.snapshot import Snapshot
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
    lines += [tr("never: {}").format(text) for text in found.never]
    lines += [
        f"{known.source} → {known.dest}: {known.condition} — {told(known)}" for known in found.conditions
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [tr("… and {} more").format(len(lines) - MOST_LINES)]
    hidden = secrets_in(snapshot.context)
    return Answer(without_secrets(f"{found.sentence}.", hidden), without_secrets("\n".join(lines), hidden))


def told(known: ConditionResult) -> str:
    """What is known of a condition, in words."""
    if known.error:
        return tr("raised {}").format(known.error)
    return tr(_RESULTS[known.result, known.again])


_RESULTS = {
    (TransitionStatus.TAKEN, True): QT_TR_NOOP("was true last time"),
    (TransitionStatus.TAKEN, False): QT_TR_NOOP("was true"),
    (TransitionStatus.NOT_TAKEN, True): QT_TR_NOOP("was false last time"),
    (TransitionStatus.NOT_TAKEN, False): QT_TR_NOOP("was false"),
    (TransitionStatus.UNDECIDED, True): QT_TR_NOOP("not asked yet"),
    (TransitionStatus.UNDECIDED, False): QT_TR_NOOP("was never asked"),
}


def _cause_lines(cause: Cause, depth: int) -> list[str]:
    own = f"{'    ' * depth}{cause.text}"
    below = [line for child in cause.children for line in _cause_lines(child, depth + 1)]
    more = [f"{'    ' * (depth + 1)}{tr('… and {} more').format(cause.more)}"] if cause.more else []
    return [own, *below, *more]


def task_rows(task: GraphTask, record: Record, current: int, clock: Clock) -> list[Row]:
    """Facts of a task worth a row, as caption and text; the sentence above them says why it waits."""
    points = [
        point
        for is_one, point in (
            (task.start, tr("start")),
            (task.join, tr("join")),
            (task.end, tr("end")),
        )
        if is_one
    ]
    first_start = record.first_start if record.first_start != record.last_start else 0
    rows = [
        (tr("Waiting since"), clock.full_text(record.waiting_since, current) if record.polls else ""),
        (tr("Waits until"), clock.full_text(record.until, current)),
        (tr("Polls"), str(record.polls) if record.polls else ""),
        (tr("Attempts"), str(record.attempts) if record.attempts else ""),
        (tr("Done"), _times(record.iterations) if record.iterations else ""),
        (tr("First start"), clock.full_text(first_start, current)),
        (tr("Last start"), clock.full_text(record.last_start, current)),
        (tr("Last end"), clock.full_text(record.end, current)),
        (tr("Reason"), "" if record.polls else record.reason),
        (tr("By hand"), record.by_hand),
        (tr("Point"), ", ".join(points)),
        (tr("Labels"), ", ".join(task.labels)),
        (tr("Safe to repeat"), tr("yes, says its author") if task.safe_to_repeat else ""),
    ]
    return [row for row in rows if row[1]]


def instance_rows(snapshot: Snapshot, current: int, clock: Clock) -> list[Row]:
    """Facts of the instance as a whole, or of a workflow without one (generation 0)."""
    saved = snapshot.saved
    by = tr("by {} on {}").format(saved.by, saved.host) if saved.by else ""
    tokens = ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12])
    rows = [
        (tr("Workflow"), snapshot.workflow.name),
        (tr("Module"), ", ".join(snapshot.workflow.modules)),
        (tr("Generation"), str(snapshot.generation) if snapshot.generation else ""),
        (tr("Saved"), " ".join(filter(None, [clock.full_text(saved.at, current), by]))),
        (tr("Tasks"), str(len(snapshot.graph.tasks))),
        (tr("Tokens"), tokens if snapshot.generation else ""),
    ]
    return [row for row in rows if row[1]]


def _times(count: int) -> str:
    return tr("once") if count == 1 else tr("{} times").format(count)
