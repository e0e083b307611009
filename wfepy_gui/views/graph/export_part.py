"""What an export is of: the whole graph, what the view shows, or the neighbourhood of a task."""

from __future__ import annotations

import enum
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.drawing.node_shape import MARGIN
from wfepy_core.drawing.picture import Picture
from wfepy_core.model.graph import Graph
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.views.graph.drawn_graph import bounding_rect
from wfepy_gui.views.graph.graph_filter import NodeDetail, Visibility

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph


@enum.unique
class ExportScope(enum.Enum):
    """How much of the graph. `value` is the caption."""

    WHOLE = QT_TR_NOOP("The whole graph")
    VIEW = QT_TR_NOOP("What the view shows")
    NEIGHBOURHOOD = QT_TR_NOOP("The neighbourhood of the selected task")


class ExportPart(NamedTuple):
    """A part of a drawn graph.

    Attributes:
        rect: in scene units.
        visibility: how each task is drawn; None: all in full.
        tasks: numbers of the tasks that are in it, not as placeholders.
        transitions: numbers of the transitions between them.
    """

    rect: QRectF
    visibility: Visibility | None
    tasks: list[int]
    transitions: list[int]

    def counts(self, drawn: DrawnGraph) -> dict[TaskStatus, int]:
        """How many of its tasks have each status that occurs."""
        return dict(Counter(drawn.statuses[index] for index in self.tasks))

    def picture(self, drawn: DrawnGraph, title: str) -> Picture:
        """The same part for the formats that are text."""
        graph = drawn.graph
        part = Graph(
            tuple(graph.tasks[index] for index in self.tasks),
            tuple(graph.transitions[index] for index in self.transitions),
        )
        statuses = {graph.tasks[index].name: drawn.statuses[index] for index in self.tasks}
        badges = {
            graph.tasks[index].name: drawn.badges[index] for index in self.tasks if index in drawn.badges
        }
        return Picture(part, statuses, [drawn.transitions[i] for i in self.transitions], badges, title)


def whole_graph(drawn: DrawnGraph) -> ExportPart:
    """Everything, whatever the screen leaves out."""
    return ExportPart(drawn.bounds, None, list(range(len(drawn.nodes))), list(range(len(drawn.edges))))


def part_in_view(drawn: DrawnGraph, shown: QRectF) -> ExportPart:
    """Exactly what is in view, with what is left out there."""
    rect = shown.intersected(drawn.bounds)
    tasks = [
        index
        for index, node in enumerate(drawn.nodes)
        if node.rect.intersects(rect) and drawn.detail(index) is NodeDetail.FULL
    ]
    return ExportPart(rect, drawn.visibility, tasks, _between(drawn, set(tasks)))


def neighbourhood_part(drawn: DrawnGraph, name: str, depth: int) -> ExportPart:
    """The tasks up to so many transitions away from one, and the transitions between them."""
    inside = drawn.neighbours.within(name, depth)
    transitions = _between(drawn, inside)
    rect = bounding_rect(drawn, inside)
    for index in transitions:
        rect = rect.united(drawn.edge_rect(index))
    nodes = [NodeDetail.FULL if index in inside else NodeDetail.NONE for index in range(len(drawn.nodes))]
    edges = [False] * len(drawn.edges)
    for index in transitions:
        edges[index] = True
    room = rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    return ExportPart(room, Visibility(nodes, edges), sorted(inside), transitions)


def _between(drawn: DrawnGraph, tasks: set[int]) -> list[int]:
    return [
        index
        for index, (source, dest) in enumerate(drawn.neighbours.ends)
        if source in tasks and dest in tasks
    ]
