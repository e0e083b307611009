"""What a person is shown for tasks, transitions and the instance: derived from tokens and records. Pure."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.records import UNDECIDED
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus, TransitionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.records import Records
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.topology import Topology

_STATUS_OF_TOKEN = {
    TaskState.NEW: TaskStatus.READY,
    TaskState.READY: TaskStatus.READY,
    TaskState.WAITING: TaskStatus.WAITING,
    TaskState.BLOCKED: TaskStatus.BLOCKED,
    TaskState.FAILED: TaskStatus.FAILED,
    TaskState.COMPLETE: TaskStatus.COMPLETE,
}


def task_statuses(snapshot: Snapshot) -> dict[str, TaskStatus]:
    """Status of every task, in graph order. O(tasks + transitions)."""
    topology, records = snapshot.topology, snapshot.records
    tokens = {topology.index[name]: state for name, state in reversed(snapshot.tokens)}
    running = {topology.index[name] for name in snapshot.running}
    reachable = topology.reachable(tokens)
    active = TaskStatus.INTERRUPTED if snapshot.interrupted else TaskStatus.RUNNING
    return {
        name: active
        if number in running
        else idle_status(number, records, tokens.get(number), is_reachable=number in reachable)
        for number, name in enumerate(topology.names)
    }


def idle_status(task: int, records: Records, token: TaskState | None, *, is_reachable: bool) -> TaskStatus:
    """Status of a task that is not running.

    Args:
        task: its number.
        records: of all tasks.
        token: state of the token it holds; None: it holds none.
        is_reachable: whether a token can still come to it.
    """
    if task in records.errors:
        return TaskStatus.FAILED
    if token is not None:
        # A pass asks every waiting task again; until it answers it still waits.
        return TaskStatus.WAITING if records.polls[task] else _STATUS_OF_TOKEN[token]
    if records.by_hand.get(task) is InterventionKind.SKIP:
        return TaskStatus.SKIPPED
    if records.iterations[task]:
        return TaskStatus.COMPLETE
    return TaskStatus.NOT_REACHED if is_reachable else TaskStatus.SKIPPED


def transition_statuses(snapshot: Snapshot) -> list[TransitionStatus]:
    """Status of every transition, in graph order. O(tasks + transitions)."""
    statuses = task_statuses(snapshot)
    index, decisions = snapshot.topology.index, snapshot.records.decisions
    seen: dict[int, int] = {}
    found = []
    for edge in snapshot.graph.transitions:
        source = index[edge.source]
        position = seen.get(source, 0)
        seen[source] = position + 1
        found.append(decided_status(decisions.get(source, ""), position, statuses[edge.source]))
    return found


def decided_status(taken: str, position: int, source: TaskStatus) -> TransitionStatus:
    """What a decision string says of the transition at a position; one out of a skipped task is not taken."""
    decided = _DECISIONS[taken[position : position + 1] or UNDECIDED]
    is_left_out = source is TaskStatus.SKIPPED and decided is TransitionStatus.UNDECIDED
    return TransitionStatus.NOT_TAKEN if is_left_out else decided


_DECISIONS = {
    status.name[0] if status.name != "UNDECIDED" else UNDECIDED: status for status in TransitionStatus
}


def instance_status(snapshot: Snapshot) -> InstanceStatus:
    """Status of the instance as a whole. O(tokens + end points)."""
    return status_of(
        (state for _, state in snapshot.tokens),
        snapshot.records,
        snapshot.topology,
        running=bool(snapshot.running),
        interrupted=snapshot.interrupted,
    )


def status_of(
    tokens: Iterable[TaskState],
    records: Records,
    topology: Topology,
    *,
    running: bool = False,
    interrupted: bool = False,
) -> InstanceStatus:
    """Status of an instance from its parts; `tokens` are the states alone."""
    if running:
        return InstanceStatus.INTERRUPTED if interrupted else InstanceStatus.RUNNING
    states = set(tokens)
    if TaskState.FAILED in states or records.errors:
        return InstanceStatus.FAILED
    if not states:
        reached = any(records.iterations[end] for end in topology.ends)
        return InstanceStatus.FINISHED if reached else InstanceStatus.DEAD_END
    if states == {TaskState.NEW} and not any(records.attempts):
        return InstanceStatus.NEW
    return InstanceStatus.WAITING
