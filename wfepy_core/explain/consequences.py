"""What an intervention would do, before it is done. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.explain.facts import Facts
from wfepy_core.explain.sentences import join_names
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus

if TYPE_CHECKING:
    from wfepy_core.model.events import Intervened
    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.snapshot import Snapshot


class Consequences(NamedTuple):
    """What an intervention on one task would do.

    Attributes:
        sentence: what happens, without a full stop.
        affected: tasks whose status changes at once, the task itself first.
        follows: its transitions, of which the next pass decides (complete) or which are not taken (skip).
        freed: blocked join points that stop waiting for it.
        lost: tasks that could still be reached before and cannot afterwards.
        is_called: the next pass calls the task; false where only its transitions are decided.
        runs: how often the task was called so far.
        safe_to_repeat: its author says that running it twice does no harm.
        dead_end: the instance would be left without a token and without an end point reached.
        warnings: what the operator should know before, one sentence each.
    """

    sentence: str
    affected: tuple[str, ...]
    follows: tuple[GraphTransition, ...]
    freed: tuple[str, ...]
    lost: tuple[str, ...]
    is_called: bool
    runs: int
    safe_to_repeat: bool
    dead_end: bool
    warnings: tuple[str, ...]


def consequences_of(snapshot: Snapshot, event: Intervened) -> Consequences:
    """What `event`, an intervention on one task, would do to `snapshot`."""
    after = apply(snapshot, [event])
    before_facts, facts = Facts(snapshot, event.at), Facts(after, event.at)
    task = event.task
    lost = tuple(
        name
        for name, status in facts.statuses.items()
        if status is TaskStatus.SKIPPED and before_facts.statuses[name] is TaskStatus.NOT_REACHED
    )
    still_waiting = set(facts.blocked_by([task])) if task in facts.tokens else set()
    freed = tuple(name for name in before_facts.blocked_by([task]) if name not in still_waiting)
    changed = [name for name, status in facts.statuses.items() if status is not before_facts.statuses[name]]
    dead_end = instance_status(after) is InstanceStatus.DEAD_END
    graph_task = snapshot.graph.tasks[snapshot.topology.index[task]]
    runs = snapshot.record(task).attempts
    follows = tuple(edge for edge in snapshot.graph.transitions if edge.source == task)
    outcome = Consequences(
        sentence="",
        affected=(task, *(name for name in changed if name != task)),
        follows=follows,
        freed=freed,
        lost=lost,
        is_called=facts.tokens.get(task) in (TaskState.READY, TaskState.NEW),
        runs=runs,
        safe_to_repeat=graph_task.safe_to_repeat,
        dead_end=dead_end,
        warnings=(),
    )
    warnings = (
        _dead_end(event, outcome),
        _repeats(event, outcome, before_facts.statuses[task]),
        _unfinished(snapshot, event),
    )
    return outcome._replace(
        sentence=_SENTENCES[event.kind](outcome, task), warnings=tuple(filter(None, warnings))
    )


def _complete(outcome: Consequences, task: str) -> str:
    if not outcome.follows:
        return f"{task} counts as done; nothing comes after it"
    conditions = sum(1 for edge in outcome.follows if edge.condition)
    dests = join_names([edge.dest for edge in outcome.follows])
    how = f"the next pass evaluates its {conditions} condition{'s' if conditions > 1 else ''} for {dests}"
    return f"{task} counts as done; " + (how if conditions else f"the next pass goes on with {dests}")


def _skip(outcome: Consequences, task: str) -> str:
    parts = [f"{task} is not run and its branch ends here"]
    if outcome.freed:
        parts.append(
            f"{join_names(outcome.freed)} no longer {'waits' if len(outcome.freed) == 1 else 'wait'} for it"
        )
    if outcome.lost:
        parts.append(f"{join_names(outcome.lost)} cannot be reached any more")
    return "; ".join(parts)


def _retry(outcome: Consequences, task: str) -> str:
    if not outcome.is_called:
        asked = [edge.dest for edge in outcome.follows if edge.condition]
        conditions = f"condition{'s' if len(asked) > 1 else ''} for {join_names(asked)}"
        only = f"only evaluates the {conditions} again" if asked else "only takes its transitions"
        return f"the next pass {only}; {task} is done and is not called"
    again = (
        f" again; it was called {outcome.runs} time{'s' if outcome.runs > 1 else ''} before"
        if outcome.runs
        else ""
    )
    return f"the next pass runs {task}{again}"


_SENTENCES = {
    InterventionKind.COMPLETE: _complete,
    InterventionKind.SKIP: _skip,
    InterventionKind.RETRY: _retry,
}


def _dead_end(event: Intervened, outcome: Consequences) -> str:
    if not outcome.dead_end:
        return ""
    way_back = f"; a retry of {event.task} takes it back" if event.kind is InterventionKind.SKIP else ""
    return f"no token would be left and no end point was reached: the instance stops for good{way_back}"


def _repeats(event: Intervened, outcome: Consequences, status: TaskStatus) -> str:
    over = status in (TaskStatus.COMPLETE, TaskStatus.INTERRUPTED) and outcome.runs and outcome.is_called
    if event.kind is not InterventionKind.RETRY or outcome.safe_to_repeat or not over:
        return ""
    return f"the author of {event.task} does not call it safe to repeat: what it did before is done twice"


def _unfinished(snapshot: Snapshot, event: Intervened) -> str:
    if (
        event.kind is not InterventionKind.COMPLETE
        or dict(snapshot.tokens).get(event.task) is TaskState.WAITING
    ):
        return ""
    return f"{event.task} did not do its work: what comes after it may count on that"
