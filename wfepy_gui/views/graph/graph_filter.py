"""Which tasks are drawn in full, as placeholders or not at all: what the operator asked to see."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.model.status import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.graph import Graph

DONE = (TaskStatus.COMPLETE, TaskStatus.SKIPPED)


class NodeDetail(enum.IntEnum):
    """How a task is drawn."""

    FULL = 0
    PLACEHOLDER = 1
    NONE = 2


class GraphFilter(NamedTuple):
    """What the operator wants to see.

    Attributes:
        centre: the task whose neighbourhood is shown; empty: the whole graph.
        depth: how many transitions away from it, forward or back.
        hides_done: complete and skipped tasks become placeholders.
        label: tasks without this label become placeholders; empty: any.
    """

    centre: str = ""
    depth: int = 1
    hides_done: bool = False
    label: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.centre or self.hides_done or self.label)

    def detail_of(self, status: TaskStatus, labels: Sequence[str]) -> NodeDetail:
        """How a task of the neighbourhood, or of the whole graph, is drawn."""
        is_left_out = (self.hides_done and status in DONE) or (self.label and self.label not in labels)
        return NodeDetail.PLACEHOLDER if is_left_out else NodeDetail.FULL


class Visibility(NamedTuple):
    """How every task is drawn and whether every transition is, by number."""

    nodes: list[NodeDetail]
    edges: list[bool]


class Neighbours:
    """The transitions of a graph by number, both ways."""

    def __init__(self, graph: Graph) -> None:
        self.number = {task.name: index for index, task in enumerate(graph.tasks)}
        self.ends = [(self.number[edge.source], self.number[edge.dest]) for edge in graph.transitions]
        self.labels = [task.labels for task in graph.tasks]
        self._adjacent: list[list[int]] = []  # built on first use

    def within(self, name: str, depth: int) -> set[int]:
        """The tasks up to so many transitions away from one, forward or back; empty for an unknown one."""
        start = self.number.get(name)
        if start is None:
            return set()
        if not self._adjacent:
            self._adjacent = [[] for _ in self.number]
            for source, dest in self.ends:
                self._adjacent[source].append(dest)
                self._adjacent[dest].append(source)
        inside, border = {start}, [start]
        for _ in range(depth):
            border = [other for index in border for other in self._adjacent[index] if other not in inside]
            inside.update(border)
        return inside

    def all_labels(self) -> list[str]:
        """Every label in use, sorted."""
        return sorted({label for labels in self.labels for label in labels})


def visibility(
    neighbours: Neighbours, statuses: Sequence[TaskStatus], graph_filter: GraphFilter
) -> Visibility | None:
    """What a filter means for each task and transition; None: everything is drawn in full.

    Around a neighbourhood the next tasks stay as placeholders, so that transitions out of it can be seen.
    """
    if graph_filter.is_everything:
        return None
    nodes = list(map(graph_filter.detail_of, statuses, neighbours.labels))
    edges = [True] * len(neighbours.ends)
    inside = neighbours.within(graph_filter.centre, graph_filter.depth) if graph_filter.centre else set()
    if inside:
        border = neighbours.within(graph_filter.centre, graph_filter.depth + 1)
        for index in range(len(nodes)):
            if index not in inside:
                nodes[index] = NodeDetail.PLACEHOLDER if index in border else NodeDetail.NONE
        edges = [source in inside or dest in inside for source, dest in neighbours.ends]
    return Visibility(nodes, edges)
