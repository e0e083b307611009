"""What interventions on some tasks would do, before they are done. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.errors import InterventionError, NoChangeError
from wfepy_core.explain.consequences import consequences_of
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import ON_ONE_TASK, task_event, tokens_event, tokens_with
from wfepy_gui.models.explanations.rows import MOST_ROWS, Row, section
from wfepy_gui.text.translation import QT_TR_NOOP, how_often, label_of, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.explain.consequences import Consequences
    from wfepy_core.model.events import Intervened
    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import InstanceStatus, TaskState, TaskStatus

MOST_TASKS = 20
"""Tasks in one plan; each has rows of its own."""


class PlannedIntervention(NamedTuple):
    """One intervention of a plan, and what it would do after those before it.

    Attributes:
        changes: tasks whose status changes at once, with both statuses in words.
    """

    event: Intervened
    consequences: Consequences
    changes: tuple[str, ...]


class InterventionPlan(NamedTuple):
    """What one kind of intervention on some tasks would do.

    Attributes:
        kind: COMPLETE, SKIP or RETRY.
        base: the snapshot it is true for.
        planned: in order; each stands on what goes before.
        refused: tasks it does not fit, with the reason.
        statuses: of all tasks before.
        after: status of the instance afterwards.
    """

    kind: InterventionKind
    base: Snapshot
    planned: tuple[PlannedIntervention, ...]
    refused: tuple[tuple[str, str], ...]
    statuses: Mapping[str, TaskStatus]
    after: InstanceStatus

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks it is done to."""
        return tuple(each.event.task for each in self.planned)


def plan_interventions(
    snapshot: Snapshot, kind: InterventionKind, tasks: Sequence[str], *, by: str
) -> InterventionPlan:
    """What `kind` of each of these tasks would do, one after the other."""
    planned = []
    refused = [(task, tr("only {} tasks at a time").format(MOST_TASKS)) for task in tasks[MOST_TASKS:]]
    after, statuses = snapshot, task_statuses(snapshot)
    before = statuses
    for task in tasks[:MOST_TASKS]:
        try:
            event = task_event(after, kind, task, by=by)
        except InterventionError as error:
            refused.append((task, str(error)))
            continue
        found = consequences_of(after, event)
        after = apply(after, [event])
        then = task_statuses(after)
        changes = [
            f"{name}: {label_of(before[name])} → {label_of(then[name])}"
            for name in found.affected[:MOST_ROWS]
        ]
        planned.append(PlannedIntervention(event, found, tuple(changes)))
        before = then
    return InterventionPlan(kind, snapshot, tuple(planned), tuple(refused), statuses, instance_status(after))


def misfits(snapshot: Snapshot, tasks: Sequence[str]) -> dict[InterventionKind, str]:
    """For each kind why it fits none of these tasks; empty where it fits one."""
    return {kind: _misfit(snapshot, kind, tasks[:MOST_TASKS]) for kind in ON_ONE_TASK}


def _misfit(snapshot: Snapshot, kind: InterventionKind, tasks: Sequence[str]) -> str:
    reasons = [tr("Select a task first")]
    for task in tasks:
        try:
            task_event(snapshot, kind, task, by="")
        except InterventionError as error:
            reasons.append(str(error))
        else:
            return ""
    return reasons[min(1, len(reasons) - 1)]


# -- as rows ------------------------------------------------------------------------------------------------


def plan_rows(plan: InterventionPlan) -> tuple[Row, ...]:
    """Every affected task and what follows, task by task."""
    statuses = plan.statuses
    rows = [_planned_row(plan.kind, each, statuses) for each in plan.planned]
    left_out = [Row(f"{task}: {why}", task, statuses.get(task)) for task, why in plan.refused]
    return (*rows, section(tr("Left out"), left_out)) if left_out else tuple(rows)


def plan_warnings(plan: InterventionPlan) -> tuple[str, ...]:
    """What the operator should know before, each once."""
    return tuple(dict.fromkeys(text for each in plan.planned for text in each.consequences.warnings))


def _planned_row(
    kind: InterventionKind, planned: PlannedIntervention, statuses: Mapping[str, TaskStatus]
) -> Row:
    found, task = planned.consequences, planned.event.task

    def named(caption: str, names: Sequence[str]) -> list[Row]:
        rows = tuple(Row(name, name, statuses.get(name)) for name in names)
        return [section(caption, rows)] if rows else []

    runs = (
        tr("It was never called")
        if not found.runs
        else tr("It was called {} so far").format(how_often(found.runs))
    )
    safe = (
        tr("its author calls it safe to repeat")
        if found.safe_to_repeat
        else tr("not marked as safe to repeat")
    )
    asks_only = kind is InterventionKind.RETRY and not found.is_called
    children = [] if asks_only else [Row(f"{runs}; {safe}")]
    changes = zip(found.affected, planned.changes, strict=False)
    children.append(
        section(tr("Changes at once"), [Row(text, name, statuses.get(name)) for name, text in changes])
    )
    children += named(tr("Stops waiting for it"), found.freed)
    children += named(tr("Cannot be reached any more"), found.lost)
    if found.follows:
        caption = tr(_FOLLOWS[InterventionKind.COMPLETE if asks_only else kind])
        children.append(section(caption, [_edge_row(edge, statuses) for edge in found.follows]))
    return Row(found.sentence, task, statuses.get(task), children=tuple(children))


_FOLLOWS = {
    InterventionKind.COMPLETE: QT_TR_NOOP("The next pass decides its transitions"),
    InterventionKind.SKIP: QT_TR_NOOP("Its transitions are not taken"),
    InterventionKind.RETRY: QT_TR_NOOP("Its transitions are decided anew when it is done"),
}


def _edge_row(edge: GraphTransition, statuses: Mapping[str, TaskStatus]) -> Row:
    text = tr("→ {} if {}") if edge.condition else "→ {}"
    return Row(text.format(edge.dest, edge.condition), edge.dest, statuses.get(edge.dest))


# -- tokens placed by hand ----------------------------------------------------------------------------------


class TokenPlan(NamedTuple):
    """What placing tokens by hand would do.

    Attributes:
        base: the snapshot it is true for.
        tokens: where the instance would stand.
        rows: what would change, for a tree.
        problem: why it cannot be done; else empty.
    """

    base: Snapshot
    tokens: tuple[tuple[str, TaskState], ...]
    rows: tuple[Row, ...]
    problem: str = ""


def token_plan(snapshot: Snapshot, changes: Mapping[str, TaskState | None], *, by: str) -> TokenPlan:
    """What giving tasks other tokens would do.

    Args:
        snapshot: the instance.
        changes: the new state of each task's token; None takes it away.
        by: who.
    """
    now = dict(reversed(snapshot.tokens))
    try:
        tokens = tokens_with(snapshot, changes)
    except NoChangeError:
        return TokenPlan(snapshot, snapshot.tokens, (), tr("nothing would change"))
    try:
        event = tokens_event(snapshot, tokens, by=by)
    except InterventionError as error:
        return TokenPlan(snapshot, tokens, (), str(error))
    return TokenPlan(snapshot, tokens, _token_rows(snapshot, event, now, dict(tokens)))


def _token_rows(
    snapshot: Snapshot, event: Intervened, now: Mapping[str, TaskState], then: Mapping[str, TaskState]
) -> tuple[Row, ...]:
    after = apply(snapshot, [event])
    before_statuses, statuses = task_statuses(snapshot), task_statuses(after)
    placed = [
        Row(f"{task}: {_word(now.get(task))} → {_word(then.get(task))}", task, before_statuses[task])
        for task in dict.fromkeys((*now, *then))
        if now.get(task) is not then.get(task)
    ]
    changed = [
        Row(f"{task}: {label_of(before_statuses[task])} → {label_of(status)}", task, status)
        for task, status in statuses.items()
        if status is not before_statuses[task]
    ]
    stands = tr("The instance: {} → {}").format(
        label_of(instance_status(snapshot)), label_of(instance_status(after))
    )
    sections = (section(tr("Tokens"), placed), section(tr("Changes its status"), changed))
    return (*(each for each in sections if each.children), Row(stands))


def _word(state: TaskState | None) -> str:
    return tr("no token") if state is None else state.name
