"""What the explanations need to know of a snapshot, computed once and used many times. Pure."""

from __future__ import annotations

from functools import cached_property

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.model.derived_status import task_statuses, transition_statuses
from wfepy_core.model.graph import cached_by_identity
from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.graph import GraphTransition
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import TaskState, TransitionStatus
    from wfepy_core.model.topology import Topology

#: How many tasks a sentence names before it says "and 5 more".
NAMED = 3


class Analysis:
    """What follows from one snapshot, whatever the time.

    Attributes:
        snapshot: the instance.
        tokens: state by task name, in order of arrival.
        statuses: status by task name, in graph order.
        results: every transition with what is known of it, in graph order.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.tokens: dict[str, TaskState] = {}
        for name, state in snapshot.tokens:
            self.tokens.setdefault(name, state)
        self.statuses: dict[str, TaskStatus] = task_statuses(snapshot)
        known = transition_statuses(snapshot)
        self.results: list[tuple[GraphTransition, TransitionStatus]] = list(
            zip(snapshot.graph.transitions, known, strict=True)
        )

    @cached_property
    def arrivals(self) -> Arrivals:
        """Which tokens can still arrive where."""
        topology = self.snapshot.topology
        return Arrivals(topology, sorted(topology.index[name] for name in self.tokens))

    @cached_property
    def alive(self) -> set[int]:
        """Numbers of the tasks that a token holds or can still reach."""
        topology = self.snapshot.topology
        return topology.reachable(topology.index[name] for name in self.tokens)

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """Holders of a token that some other blocked task waits for directly: no blocked one lies between."""
        topology, tokens = self.snapshot.topology, self.tokens
        names, predecessors = topology.names, topology.predecessors
        blocked = [topology.index[name] for name in tokens if self.statuses[name] is TaskStatus.BLOCKED]
        stops = frozenset(blocked)
        walk = [(number, number) for number in blocked]
        # From which blocked tasks each was come to: two are enough to know that one of them is another task.
        come_to: dict[int, list[int]] = {}
        for origin, number in walk:
            if number != origin and number in stops:
                continue
            for source in predecessors[number]:
                known = come_to.setdefault(source, [])
                if len(known) < 2 and origin not in known:
                    known.append(origin)
                    walk.append((origin, source))
        return frozenset(
            names[number]
            for number, origins in come_to.items()
            if names[number] in tokens and any(origin != number for origin in origins)
        )


class Arrivals:
    """For every task the tokens that can still arrive at it, its own left out: the nearest, and how many.

    Computed for all tasks at once, in O((tasks + transitions) * NAMED), and the counts in as many operations
    on one bit a token: a search from each join point would take seconds where hundreds of them are blocked.
    """

    def __init__(self, topology: Topology, holders: Sequence[int]) -> None:
        self._topology = topology
        self._nearest = _nearest(topology, holders)
        self._bits = {number: 1 << place for place, number in enumerate(holders)}

    def nearest(self, task: int) -> list[int]:
        """Up to `NAMED` numbers of tasks whose token can arrive, nearest first."""
        return self._nearest.get(task, [])[:NAMED]

    def count(self, task: int) -> int:
        """How many tokens can arrive."""
        arriving = self._masks[self._topology.component[task]]
        return (arriving & ~self._bits.get(task, 0)).bit_count()

    @cached_property
    def _masks(self) -> list[int]:
        """For each component the tokens that can arrive at its tasks, one bit each."""
        topology = self._topology
        held = [0] * len(topology.exits)
        for number, bit in self._bits.items():
            held[topology.component[number]] |= bit
        masks = [0] * len(topology.exits)
        pending, order = list(topology.base_open), list(topology.sources)
        for each in order:
            leaving = masks[each] | held[each]
            if each in topology.members:
                masks[each] = leaving
            for other in topology.exits[each]:
                masks[other] |= leaving
                pending[other] -= 1
                if not pending[other]:
                    order.append(other)
        return masks


def _nearest(topology: Topology, holders: Sequence[int]) -> dict[int, list[int]]:
    # One more than is named, because a task that is on a loop does not count itself.
    limit = NAMED + 1
    found: dict[int, list[int]] = {}
    walk = [(number, number) for number in holders]
    for holder, number in walk:
        for dest in topology.successors[number]:
            known = found.setdefault(dest, [])
            if dest != holder and len(known) < limit and holder not in known:
                known.append(holder)
                walk.append((holder, dest))
    return found


@cached_by_identity(size=2)
def analyse(snapshot: Snapshot) -> Analysis:
    """What follows from a snapshot; computed once for each of the snapshots asked about last."""
    return Analysis(snapshot)
