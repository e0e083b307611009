"""What the inspector and the headline say: why it does not move, in a sentence, and facts as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.explain.why import why
from wfepy_gui.text.secrets import secrets_in, without_secrets
from wfepy_gui.text.translation import how_often, tr

if TYPE_CHECKING:
    from wfepy_core.explain.facts import Times
    from wfepy_core.model.graph import GraphTask
    from wfepy_core.model.records import Record
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.text.time_format import Clock


class Fact(NamedTuple):
    """One row of facts."""

    caption: str
    text: str


def why_sentence(snapshot: Snapshot, task: str | None, current: int, times: Times | None = None) -> str:
    """Why the instance, or a task of it, does not move. Pure; some 10 ms for a thousand tasks.

    Args:
        snapshot: the instance.
        task: its name; None: the instance.
        current: the present, microseconds since 1970 UTC.
        times: how moments are told; None: as on the command line.
    """
    answer = why(snapshot, task, now=current, times=times)
    return without_secrets(f"{answer.sentence}.", secrets_in(snapshot.context))


def module_sentence(task: str) -> str:
    """Why a task does not move where there is no instance."""
    text = tr("{} is a task of a workflow that has no instance here. New instance… starts one.")
    return text.format(task)


def task_facts(task: GraphTask, record: Record, current: int, clock: Clock) -> list[Fact]:
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
    facts = [
        Fact(tr("Waiting since"), clock.full_text(record.waiting_since, current) if record.polls else ""),
        Fact(tr("Waits until"), clock.full_text(record.until, current)),
        Fact(tr("Polls"), str(record.polls) if record.polls else ""),
        Fact(tr("Attempts"), str(record.attempts) if record.attempts else ""),
        Fact(tr("Done"), how_often(record.iterations) if record.iterations else ""),
        Fact(tr("First start"), clock.full_text(first_start, current)),
        Fact(tr("Last start"), clock.full_text(record.last_start, current)),
        Fact(tr("Last end"), clock.full_text(record.end, current)),
        Fact(tr("Reason"), "" if record.polls else record.reason),
        Fact(tr("By hand"), record.by_hand.value if record.by_hand else ""),
        Fact(tr("Point"), ", ".join(points)),
        Fact(tr("Labels"), ", ".join(task.labels)),
        Fact(tr("Safe to repeat"), tr("yes, says its author") if task.safe_to_repeat else ""),
    ]
    return [fact for fact in facts if fact.text]


def instance_facts(snapshot: Snapshot, current: int, clock: Clock) -> list[Fact]:
    """Facts of the instance as a whole, or of a workflow without one (generation 0)."""
    saved = snapshot.saved
    by = tr("by {} on {}").format(saved.by, saved.host) if saved.by else ""
    last = snapshot.last_pass
    last_pass = tr("{} by {} on {}: {}") if last else ""
    if last:
        when = clock.full_text(last.at, current)
        last_pass = last_pass.format(when, last.by, last.host, tr(last.ended))
    tokens = ", ".join(f"{name} {state.name}" for name, state in snapshot.tokens[:12])
    facts = [
        Fact(tr("Workflow"), snapshot.workflow.name),
        Fact(tr("Module"), ", ".join(snapshot.workflow.modules)),
        Fact(tr("Generation"), str(snapshot.generation) if snapshot.generation else ""),
        Fact(tr("Saved"), " ".join(filter(None, [clock.full_text(saved.at, current), by]))),
        Fact(tr("Last pass"), last_pass),
        Fact(tr("Tasks"), str(len(snapshot.graph.tasks))),
        Fact(tr("Tokens"), tokens if snapshot.generation else ""),
    ]
    return [fact for fact in facts if fact.text]
