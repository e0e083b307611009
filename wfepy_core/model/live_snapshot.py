"""A snapshot that grows with the events of a running pass, and what is shown of it.

Only what changed is computed again; the results equal those of `snapshot.apply` with `task_statuses` and
`transition_statuses`. Pure.

Whether a token can still come to a task is counted, not searched: a component of the graph is *open* while it
holds a token or a transition out of an open one leads into it. Within a pass components only ever close, each
once.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.derived_status import (
    decided_status,
    idle_status,
    instance_status,
    task_statuses,
    transition_statuses,
)
from wfepy_core.model.events import Intervened
from wfepy_core.model.records import UNDECIDED
from wfepy_core.model.snapshot import Replay
from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import InstanceStatus, TaskState, TransitionStatus
    from wfepy_core.model.topology import Topology

    Derived = tuple[Mapping[str, TaskStatus], list[TransitionStatus], InstanceStatus]


class LiveSnapshot:
    """Follows an instance from one snapshot on.

    Attributes:
        snapshot: the instance after the events applied so far.
        statuses: status of every task by name, in graph order. Replaced, never changed, by `apply`.
        transitions: status of every transition, in graph order. Likewise.
        status: of the instance as a whole.
    """

    def __init__(self, snapshot: Snapshot, derived: Derived | None = None) -> None:
        """Start to follow. O(tasks + transitions).

        Args:
            snapshot: where the instance stands.
            derived: what is shown of that, where it is known already; None: it is computed here.
        """
        self.snapshot = snapshot
        self._topology = snapshot.topology
        self._edges = _edges_by_source(snapshot)
        self.statuses, self.transitions, self.status = derived or _derive(snapshot)
        self._restart(snapshot)

    def _restart(self, snapshot: Snapshot) -> None:
        self._replay = Replay(snapshot)
        self._tokens = self._replay.stepper.tokens.copy()
        self._running = set(self._replay.running)
        self._open = _OpenComponents(self._topology, self._tokens)

    def apply(self, events: Iterable[Event]) -> frozenset[str]:
        """Follow some more events.

        Returns:
            Names of the tasks whose status, record or decisions changed.
        """
        replay, is_by_hand, before = self._replay, False, self.statuses
        for event in events:
            replay.apply(event)
            is_by_hand = is_by_hand or isinstance(event, Intervened)
        touched = replay.touched
        self.snapshot = replay.result()
        replay.records = replay.records.copy()
        replay.touched = set()
        if is_by_hand:  # tokens may be anywhere now: count again
            self._restart(self.snapshot)
            self.statuses, self.transitions, self.status = _derive(self.snapshot)
            names = self._topology.names
            moved = {name for name, status in self.statuses.items() if before[name] is not status}
            return frozenset(moved | {names[task] for task in touched})
        return self._update(touched)

    def _update(self, touched: set[int]) -> frozenset[str]:
        tokens, index = self._replay.stepper.tokens, self._topology.index
        moved = {task for task, state in tokens.items() if self._tokens.get(task) is not state}
        moved.update(self._tokens.keys() - tokens.keys())
        running = {index[name] for name in {*self._running} ^ {*self._replay.running}}
        closed = self._open.follow(self._tokens, tokens, moved)
        self._tokens, self._running = tokens.copy(), set(self._replay.running)
        changed = self._update_statuses(touched | moved | running | closed)
        if decided := touched | {index[name] for name in changed}:
            self._update_transitions(decided)
        self.status = instance_status(self.snapshot)
        return changed | {self._topology.names[task] for task in touched}

    def _update_statuses(self, tasks: set[int]) -> frozenset[str]:
        """Compute the status of these tasks again; the names of those whose status changed."""
        names, records, tokens = self._topology.names, self.snapshot.records, self._tokens
        active = TaskStatus.INTERRUPTED if self.snapshot.interrupted else TaskStatus.RUNNING
        found = {}
        for task in tasks:
            name = names[task]
            if name in self._running:
                status = active
            else:
                reachable = self._open.can_reach(task)
                status = idle_status(task, records, tokens.get(task), is_reachable=reachable)
            if self.statuses[name] is not status:
                found[name] = status
        if found:
            self.statuses = {**self.statuses, **found}
        return frozenset(found)

    def _update_transitions(self, tasks: set[int]) -> None:
        decisions, transitions = self.snapshot.records.decisions, self.transitions.copy()
        for task in tasks:
            taken = decisions.get(task, UNDECIDED)
            status = self.statuses[self._topology.names[task]]
            for position, edge in enumerate(self._edges[task]):
                transitions[edge] = decided_status(taken, position, status)
        self.transitions = transitions


def _derive(snapshot: Snapshot) -> Derived:
    return task_statuses(snapshot), transition_statuses(snapshot), instance_status(snapshot)


class _OpenComponents:
    """Which components a token can still come to."""

    def __init__(self, topology: Topology, tokens: Iterable[int]) -> None:
        self._component, self._exits, self._members = topology.component, topology.exits, topology.members
        reachable = topology.reachable(tokens)
        # Tokens in it, and transitions into it from open components; what is not open has no entry.
        self._held = dict.fromkeys({self._component[task] for task in reachable}, 0)
        for component in tuple(self._held):
            for other in self._exits[component]:
                self._held[other] += 1
        for task in tokens:
            self._held[self._component[task]] += 1

    def can_reach(self, task: int) -> bool:
        """Whether a token can still come to a task, or holds it."""
        return self._component[task] in self._held

    def follow(
        self, before: dict[int, TaskState], after: dict[int, TaskState], moved: Iterable[int]
    ) -> set[int]:
        """Note that tokens moved; the tasks that no token can come to any more."""
        emptied = []
        for task in moved:
            step = (task in after) - (task in before)
            if step:
                self._held[self._component[task]] += step
                emptied.append(self._component[task])
        closed: set[int] = set()
        while emptied:
            component = emptied.pop()
            if self._held.get(component, 1):
                continue
            del self._held[component]
            closed.update(self._members.get(component, (component,)))
            for other in self._exits[component]:
                self._held[other] -= 1
                emptied.append(other)
        return closed


def _edges_by_source(snapshot: Snapshot) -> list[list[int]]:
    """For each task the places of its transitions in the graph's list."""
    index = snapshot.topology.index
    found: list[list[int]] = [[] for _ in index]
    for place, edge in enumerate(snapshot.graph.transitions):
        found[index[edge.source]].append(place)
    return found
