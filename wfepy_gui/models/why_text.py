"""What the inspector and the headline say: the answers of `explain` as sentences, and facts as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from wfepy_core.explain import why
from wfepy_gui.masking import secrets_in, without_secrets

if TYPE_CHECKING:
    from wfepy_core.causes import Cause
    from wfepy_core.records import Record
    from wfepy_core.snapshot import GraphTask, Snapshot
    from wfepy_gui.clock import Clock

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


def answer_of(snapshot: Snapshot, task: str | None, current: int) -> Answer:
    """Why the instance, or a task of it, does not move. Pure; some 10 ms for a thousand tasks."""
    found = why(snapshot, task, now=current)
    lines = [line for cause in found.causes for line in _cause_lines(cause, 0)]
    if len(lines) == 1:
        lines = []
    lines += [f"never: {text}" for text in found.never]
    lines += [
        f"{known.source} → {known.dest}: {known.condition} — {known.told}" for known in found.conditions
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"… and {len(lines) - MOST_LINES} more"]
    hidden = secrets_in(snapshot.context)
    return Answer(without_secrets(f"{found.sentence}.", hidden), without_secrets("\n".join(lines), hidden))


def _cause_lines(cause: Cause, depth: int) -> list[str]:
    own = f"{'    ' * depth}{cause.text}"
    below = [line for child in cause.children for line in _cause_lines(child, depth + 1)]
    return [own, *below, *([f"{'    ' * (depth + 1)}… and {cause.more} more"] if cause.more else [])]


def task_rows(task: GraphTask, record: Record, current: int, clock: Clock) -> list[Row]:
    """Facts of a task worth a row, as caption and text."""
    points = [
        word
        for is_one, word in (
            (task.start, _said("start")),
            (task.join, _said("join")),
            (task.end, _said("end")),
        )
        if is_one
    ]
    rows = [
        (_said("Point"), ", ".join(points)),
        (_said("Labels"), ", ".join(task.labels)),
        (_said("Attempts"), str(record.attempts) if record.attempts else ""),
        (_said("Done"), _times(record.iterations) if record.iterations else ""),
        (_said("Waiting since"), clock.full_text(record.waiting_since, current) if record.polls else ""),
        (_said("Polls"), str(record.polls) if record.polls else ""),
        (_said("Waits until"), clock.full_text(record.until, current)),
        (_said("Reason"), record.reason),
        (_said("By hand"), record.by_hand),
        (_said("First start"), clock.full_text(record.first_start, current)),
        (_said("Last start"), clock.full_text(record.last_start, current)),
        (_said("Last end"), clock.full_text(record.end, current)),
        (_said("Safe to repeat"), _said("yes, says its author") if task.safe_to_repeat else ""),
    ]
    return [row for row in rows if row[1]]


def instance_rows(snapshot: Snapshot, current: int, clock: Clock) -> list[Row]:
    """Facts of the instance as a whole."""
    saved = snapshot.saved
    by = _said("by {} on {}").format(saved.by, saved.host) if saved.by else ""
    rows = [
        (_said("Workflow"), snapshot.workflow.name),
        (_said("Module"), ", ".join(snapshot.workflow.modules)),
        (_said("Generation"), str(snapshot.generation)),
        (_said("Saved"), " ".join(filter(None, [clock.full_text(saved.at, current), by]))),
        (_said("Tasks"), str(len(snapshot.graph.tasks))),
        (_said("Tokens"), ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12])),
    ]
    return [row for row in rows if row[1]]


def _times(count: int) -> str:
    return _said("once") if count == 1 else _said("{} times").format(count)


def _said(text: str) -> str:
    """A text in the operator's language."""
    return QCoreApplication.translate("Facts", text)
