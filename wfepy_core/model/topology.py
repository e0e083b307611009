"""The pure shape of a workflow: who follows whom, what lies on a loop, what can still be reached.

Tasks are numbered in workflow order; everything here speaks of those numbers. A *component* is a strongly
connected component: a loop with all that it entangles, or a single task that lies on no loop.
"""

from __future__ import annotations

from functools import cached_property

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Topology:
    """An immutable directed graph of tasks with the facts the join rule needs.

    Attributes:
        names: task names, in workflow order.
        index: task number by name.
        successors: for each task the destinations of its transitions, in written order (parallel
            transitions repeat a destination).
        joins: for each task whether it is a join point.
        starts: numbers of the start points, in workflow order.
        ends: numbers of the end points.
        has_joins: whether any task is a join point.
    """

    def __init__(
        self,
        names: Sequence[str],
        transitions: Iterable[tuple[str, str]],
        *,
        starts: Iterable[str] = (),
        joins: Iterable[str] = (),
        ends: Iterable[str] = (),
    ) -> None:
        """Build from names and (source, destination) pairs; unknown destinations raise KeyError."""
        self.names = tuple(names)
        self.index = index = {name: number for number, name in enumerate(self.names)}
        successors: list[list[int]] = [[] for _ in self.names]
        for source, dest in transitions:
            successors[index[source]].append(index[dest])
        self.successors: tuple[tuple[int, ...], ...] = tuple(map(tuple, successors))
        chosen = {self.index[name] for name in starts}
        self.starts = tuple(sorted(chosen))
        chosen = {self.index[name] for name in joins}
        self.joins = tuple(map(chosen.__contains__, range(len(self.names))))
        self.ends = frozenset(self.index[name] for name in ends)
        self.has_joins = bool(chosen)

    # Only the join rule and the checks of a graph need these: each is computed on first use.

    @cached_property
    def component(self) -> tuple[int, ...]:
        """For each task its component. A task on no loop is its own; loops are numbered behind the tasks."""
        return self._components[0]

    @cached_property
    def members(self) -> dict[int, tuple[int, ...]]:
        """The tasks of each loop, by the number of the loop."""
        return self._components[1]

    @cached_property
    def exits(self) -> tuple[tuple[int, ...], ...]:
        """For each component the components that the transitions out of it lead to, one each."""
        return self._exits(self.component, self.members) if self.members else self.successors

    @cached_property
    def direct(self) -> tuple[tuple[int, ...] | None, ...]:
        """For each task its `successors`, where those need no care; else None.

        That is where neither it nor any of them lies on a loop, and no two of them are the same.
        """
        return tuple(
            dests if way == dests and (len(dests) < 2 or len(set(dests)) == len(dests)) else None
            for way, dests in zip(self.exits, self.successors, strict=False)
        )

    @cached_property
    def base_open(self) -> tuple[int, ...]:
        """For each component how many transitions lead into it from outside."""
        opened = [0] * len(self.exits)
        for others in self.exits:
            for other in others:
                opened[other] += 1
        return tuple(opened)

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """Components that nothing leads into."""
        opened = self.base_open
        return tuple(number for number in {*self.component} if not opened[number])

    @cached_property
    def counted(self) -> tuple[bool, ...]:
        """For each task whether its arrivals matter to the join rule.

        They do at join points and on loops, in a graph that has join points.
        """
        if not self.has_joins:
            return (False,) * len(self.names)
        size = len(self.names)
        return tuple(join or number >= size for join, number in zip(self.joins, self.component, strict=True))

    @cached_property
    def _components(self) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
        """`component` and `members`."""
        size = len(self.names)
        component = list(range(size))
        members: dict[int, tuple[int, ...]] = {}
        if not _has_no_loop(self.successors):
            for tasks in _strongly_connected(self.successors):
                if len(tasks) > 1 or tasks[0] in self.successors[tasks[0]]:
                    loop = size + len(members)
                    members[loop] = tasks
                    for task in tasks:
                        component[task] = loop
        return tuple(component), members

    def _exits(
        self, component: Sequence[int], members: dict[int, tuple[int, ...]]
    ) -> tuple[tuple[int, ...], ...]:
        exits: list[list[int]] = [[] for _ in range(len(self.names) + len(members))]
        for source, dests in enumerate(self.successors):
            for dest in dests:
                if component[dest] != component[source]:
                    exits[component[source]].append(component[dest])
        return tuple(map(tuple, exits))

    @cached_property
    def predecessors(self) -> tuple[tuple[int, ...], ...]:
        """For each task the sources of the transitions into it."""
        sources: list[list[int]] = [[] for _ in self.names]
        for source, dests in enumerate(self.successors):
            for dest in dests:
                sources[dest].append(source)
        return tuple(map(tuple, sources))

    def reachable(self, sources: Iterable[int]) -> set[int]:
        """Tasks that can be reached from `sources`, those included, ignoring conditions."""
        seen = set(sources)
        stack = list(seen)
        while stack:
            for dest in self.successors[stack.pop()]:
                if dest not in seen:
                    seen.add(dest)
                    stack.append(dest)
        return seen


def _has_no_loop(successors: Sequence[Sequence[int]]) -> bool:
    """Whether all tasks can be put in order; much cheaper than finding components, and the usual case."""
    pending = [0] * len(successors)
    for dests in successors:
        for dest in dests:
            pending[dest] += 1
    free = [task for task, count in enumerate(pending) if not count]
    for task in free:
        for dest in successors[task]:
            pending[dest] -= 1
            if not pending[dest]:
                free.append(dest)
    return len(free) == len(successors)


def _strongly_connected(successors: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Tarjan's algorithm without recursion."""
    count = len(successors)
    order = [0] * count  # visiting order, from 1; 0: not visited
    low = [0] * count
    component = [-1] * count
    members: list[tuple[int, ...]] = []
    stack: list[int] = []
    visited = 0
    for root in range(count):
        if order[root]:
            continue
        work = [(root, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                visited += 1
                order[node] = low[node] = visited
                stack.append(node)
            descend = False
            dests = successors[node]
            while position < len(dests):
                dest = dests[position]
                position += 1
                if not order[dest]:
                    work.append((node, position))
                    work.append((dest, 0))
                    descend = True
                    break
                if component[dest] < 0 and order[dest] < low[node]:
                    low[node] = order[dest]
            if descend:
                continue
            if low[node] == order[node]:
                members.append(_pop_component(stack, node, component, len(members)))
            if work and low[node] < low[work[-1][0]]:
                low[work[-1][0]] = low[node]
    return members


def _pop_component(stack: list[int], root: int, component: list[int], number: int) -> tuple[int, ...]:
    tasks = []
    while True:
        node = stack.pop()
        component[node] = number
        tasks.append(node)
        if node == root:
            return tuple(sorted(tasks))
