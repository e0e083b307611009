"""What an intervention would do, told before it is done. Pure."""

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
    runs: int
    safe_to_repeat: bool
    dead_end: bool
    warnings: tuple[str, ...]


def of_event(snapshot: Snapshot, event: Intervened) -> Consequences:
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
    shown = snapshot.graph.tasks[snapshot.topology.index[task]]
    runs = snapshot.record(task).attempts
    follows = tuple(edge for edge in snapshot.graph.transitions if edge.source == task)
    found = Consequences(
        "", (task, *(name for name in changed if name != task)), follows, freed, lost, runs,
        shown.safe_to_repeat, dead_end, (),
    )  # fmt: skip
    told = (
        _dead_end(event, found),
        _repeats(event, found, before_facts.statuses[task]),
        _unfinished(snapshot, event),
    )
    return found._replace(sentence=_SENTENCES[event.kind](found, task), warnings=tuple(filter(None, told)))


def _complete(found: Consequences, task: str) -> str:
    if not found.follows:
        return f"{task} counts as done; nothing comes after it"
    conditions = sum(1 for edge in found.follows if edge.condition)
    dests = join_names([edge.dest for edge in found.follows])
    how = f"the next pass evaluates its {conditions} condition{'s' if conditions > 1 else ''} for {dests}"
    return f"{task} counts as done; " + (how if conditions else f"the next pass goes on with {dests}")


def _skip(found: Consequences, task: str) -> str:
    parts = [f"{task} is not run and its branch ends here"]
    if found.freed:
        parts.append(
            f"{join_names(found.freed)} no longer {'waits' if len(found.freed) == 1 else 'wait'} for it"
        )
    if found.lost:
        parts.append(f"{join_names(found.lost)} cannot be reached any more")
    return "; ".join(parts)


def _retry(found: Consequences, task: str) -> str:
    again = (
        f" again; it was called {found.runs} time{'s' if found.runs > 1 else ''} before" if found.runs else ""
    )
    return f"the next pass runs {task}{again}"


_SENTENCES = {
    InterventionKind.COMPLETE: _complete,
    InterventionKind.SKIP: _skip,
    InterventionKind.RETRY: _retry,
}


def _dead_end(event: Intervened, found: Consequences) -> str:
    if not found.dead_end:
        return ""
    way_back = f"; a retry of {event.task} takes it back" if event.kind is InterventionKind.SKIP else ""
    return f"no token would be left and no end point was reached: the instance stops for good{way_back}"


def _repeats(event: Intervened, found: Consequences, status: TaskStatus) -> str:
    over = status in (TaskStatus.COMPLETE, TaskStatus.INTERRUPTED) and found.runs
    if event.kind is not InterventionKind.RETRY or found.safe_to_repeat or not over:
        return ""
    return f"the author of {event.task} does not call it safe to repeat: what it did before is done twice"


def _unfinished(snapshot: Snapshot, event: Intervened) -> str:
    if (
        event.kind is not InterventionKind.COMPLETE
        or dict(snapshot.tokens).get(event.task) is TaskState.WAITING
    ):
        return ""
    return f"{event.task} did not do its work: what comes after it may count on that"
