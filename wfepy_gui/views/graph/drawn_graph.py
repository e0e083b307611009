"""What the graph item draws: plain values by number, and where they are."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from wfepy_core.drawing.edge_paths import EdgePaths
from wfepy_core.drawing.node_shape import (
    ARROW_WIDTH,
    LABEL_SIZE,
    MARGIN,
    label_size,
    pill_texts,
    text_width,
)
from wfepy_core.drawing.palette import NEEDS_A_PERSON
from wfepy_core.drawing.placement import Placement
from wfepy_core.model.graph import Graph
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.views.graph.graph_filter import Neighbours, NodeDetail
from wfepy_gui.views.graph.tiles import EDGE_ROOM, Tiles, around_pill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wfepy_core.drawing.placement import NodeBox
    from wfepy_gui.views.graph.graph_filter import Visibility
    from wfepy_gui.views.graph.tiles import Tile

CROWD = 24
"""Edges at one node from which each is drawn lighter."""


class DrawnNode(NamedTuple):
    """One task as it is drawn."""

    name: str
    rect: QRectF
    start: bool
    join: bool
    end: bool


class EdgeCurve(NamedTuple):
    """One edge: its line, its arrow head, and a rectangle around both."""

    line: QPainterPath
    head: QPainterPath
    rect: QRectF


class DrawnGraph:
    """Numbered nodes and edges with their places, statuses and badges, sorted into tiles.

    Attributes:
        graph: what is drawn; tasks and transitions have their numbers from it.
        boxes: where each task is, by name, as plain numbers.
        bounds: everything with its margin; empty without a task.
        statuses, badges: of tasks, by number.
        transitions: the status of every transition.
        urgent, running: numbers of the tasks that need a person, or run.
        matches: numbers of the tasks that were found.
        visibility: how tasks are drawn; None: all in full.
    """

    def __init__(self, graph: Graph, placement: Placement) -> None:
        self.graph = graph
        self.boxes: Mapping[str, NodeBox] = placement.nodes
        boxes = list(map(placement.nodes.__getitem__, (task.name for task in graph.tasks)))
        self.nodes = [
            DrawnNode(task.name, QRectF(*box), task.start, task.join, task.end)
            for task, box in zip(graph.tasks, boxes, strict=True)
        ]
        self.neighbours = Neighbours(graph)
        self.number = self.neighbours.number
        self.edges = placement.edges
        self.crowds = self._count_crowds()
        texts = pill_texts(graph)
        self.pills = [edge.condition and texts[edge.condition] for edge in graph.transitions]
        self.statuses = [TaskStatus.NOT_REACHED] * len(self.nodes)
        self.counts = dict.fromkeys(TaskStatus, 0) | {TaskStatus.NOT_REACHED: len(self.nodes)}
        self.urgent: set[int] = set()
        self.running: set[int] = set()
        self.matches: frozenset[int] = frozenset()
        self.visibility: Visibility | None = None
        self.transitions = [TransitionStatus.UNDECIDED] * len(self.edges)
        self.badges: dict[int, str] = {}
        whole = QRectF(0.0, 0.0, placement.width, placement.height)
        self.bounds = whole.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN) if self.nodes else QRectF()
        self._curves: list[EdgeCurve | None] = [None] * len(self.edges)
        self._tiles = Tiles(boxes, self.edges)
        self.tiles = self._tiles.all

    def _count_crowds(self) -> list[int]:
        """How many edges leave each edge's source together with it, or enter its end with it."""
        sources = Counter(map(itemgetter(0), self.neighbours.ends))
        ends = Counter(map(itemgetter(1), self.neighbours.ends))
        return [max(sources[source], ends[dest]) for source, dest in self.neighbours.ends]

    def visible_tiles(self, *exposed: QRectF) -> list[Tile]:
        """The tiles with something inside one of some rectangles."""
        return [tile for tile in self.tiles if any(map(tile.rect.intersects, exposed))]

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> list[int]:
        """Take the statuses of some or all tasks; returns the numbers of those that changed."""
        changed = [
            index
            for name, status in statuses.items()
            if (index := self.number.get(name)) is not None and self.statuses[index] is not status
        ]
        for index in changed:
            status = statuses[self.nodes[index].name]
            self.counts[self.statuses[index]] -= 1
            self.counts[status] += 1
            self.statuses[index] = status
            (self.urgent.add if status in NEEDS_A_PERSON else self.urgent.discard)(index)
            (self.running.add if status is TaskStatus.RUNNING else self.running.discard)(index)
            self._tiles.of_node[index].rects = None
        return changed

    def set_visibility(self, visibility: Visibility | None) -> bool:
        """Draw some tasks as placeholders or not at all; returns whether that changes anything."""
        if visibility == self.visibility:
            return False
        self.visibility = visibility
        for tile in self.tiles:
            tile.clear_cache()
        return True

    def detail(self, index: int) -> NodeDetail:
        """How a task is drawn."""
        return self.visibility.nodes[index] if self.visibility else NodeDetail.FULL

    def set_detail(self, index: int, detail: NodeDetail) -> None:
        """Draw one task otherwise."""
        if self.visibility is not None and self.visibility.nodes[index] is not detail:
            self.visibility.nodes[index] = detail
            self._tiles.of_node[index].rects = None

    def shows_edge(self, index: int) -> bool:
        """Whether a transition is drawn."""
        return self.visibility is None or self.visibility.edges[index]

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> list[int]:
        """Take the status of every transition, in the graph's order; returns the numbers that changed."""
        changed = [
            index
            for index, (new, old) in enumerate(zip(statuses, self.transitions, strict=True))
            if new is not old
        ]
        for index in changed:
            self.transitions[index] = statuses[index]
            tile = self._tiles.of_edge[index]
            tile.strokes = tile.lines = None
        return changed

    def set_badges(self, badges: Mapping[str, str]) -> list[int]:
        """Take the badges of all tasks that have one; returns the numbers of those that changed."""
        new = {self.number[name]: badge for name, badge in badges.items() if badge and name in self.number}
        old, self.badges = self.badges, new
        return [index for index in {*new, *old} if new.get(index) != old.get(index)]

    def rects(self, tile: Tile) -> dict[TaskStatus, list[QRectF]]:
        """The rectangles of a tile's nodes, by status; those of placeholders are then in the tile."""
        if tile.rects is None:
            tile.rects, tile.placeholders, tile.icons, tile.distant_rects = {}, [], {}, {}
            for index in tile.nodes:
                detail = self.detail(index)
                if detail is NodeDetail.FULL:
                    tile.rects.setdefault(self.statuses[index], []).append(self.nodes[index].rect)
                elif detail is NodeDetail.PLACEHOLDER:
                    tile.placeholders.append(self.nodes[index].rect)
        return tile.rects

    def icons(self, tile: Tile, status: TaskStatus) -> list[QRectF]:
        """Where the icons of a tile's nodes of a status go when they fill their boxes."""
        if status not in tile.icons:
            tile.icons[status] = [
                QRectF(rect.x() + 10.0, rect.y() + 6.0, rect.height() - 12.0, rect.height() - 12.0)
                for rect in self.rects(tile).get(status, ())
            ]
        return tile.icons[status]

    def strokes(self, tile: Tile) -> dict[TransitionStatus, tuple[QPainterPath, QPainterPath]]:
        """The lines and the arrow heads of a tile's edges, by status."""
        if tile.strokes is None:
            tile.strokes = {}
            for index in self.shown_edges(tile):
                status = self.transitions[index]
                if status not in tile.strokes:
                    heads = QPainterPath()
                    # Heads that meet at a node overlap: the default rule would leave a hole there.
                    heads.setFillRule(Qt.FillRule.WindingFill)
                    tile.strokes[status] = QPainterPath(), heads
                self._add_edge(index, *tile.strokes[status])
        return tile.strokes

    def curve(self, index: int) -> EdgeCurve:
        """One edge in full detail."""
        curve = self._curves[index]
        if curve is None:
            line, head = QPainterPath(), QPainterPath()
            self._add_edge(index, line, head)
            rect = line.controlPointRect().united(head.controlPointRect())
            curve = self._curves[index] = EdgeCurve(line, head, rect.adjusted(-2, -2, 2, 2))
        return curve

    def _add_edge(self, index: int, lines: QPainterPath, heads: QPainterPath) -> None:
        edges = self.edges
        begin, end = edges.starts[index], edges.starts[index + 1]
        if begin == end:
            return
        points = edges.points[begin:end].tolist()
        lines.moveTo(points[0], points[1])
        for at in range(2, len(points) - 5, 6):
            lines.cubicTo(*points[at : at + 6])
        tip = edges.tip(index)
        if tip:
            _add_head(heads, points[-2], points[-1], *tip)

    def line_rect(self, index: int) -> QRectF:
        """A rectangle around an edge and its arrow head, its pill left out."""
        left, top, right, bottom = self.edges.boxes[4 * index : 4 * index + 4]
        reach = ARROW_WIDTH
        return QRectF(left - reach, top - EDGE_ROOM, right - left + 2 * reach, bottom - top + 2 * EDGE_ROOM)

    def edge_rect(self, index: int) -> QRectF:
        """A rectangle around a whole edge, its arrow head and pill included."""
        label = self.edges.label(index)
        if label is None:
            return self.line_rect(index)
        left, top, right, bottom = self.edges.boxes[4 * index : 4 * index + 4]
        left, top, right, bottom = around_pill((left, top, right, bottom), label)
        return QRectF(left, top, right - left, bottom - top)

    def pill_rect(self, index: int) -> QRectF:
        """Where a transition's pill is, at most; empty without one."""
        label = self.edges.label(index)
        if not label or not self.pills[index]:
            return QRectF()
        width, height = label_size(text_width(self.pills[index], LABEL_SIZE))
        return QRectF(label[0] - width / 2, label[1] - height / 2, width, height)

    def lines(self, tile: Tile) -> dict[TransitionStatus, QPainterPath]:
        """A tile's edges as straight pieces, by status: enough from far away."""
        if tile.lines is None:
            tile.lines = {}
            points, starts = self.edges.points, self.edges.starts
            for index in self.shown_edges(tile):
                begin, end = starts[index], starts[index + 1]
                if begin == end:
                    continue
                status = self.transitions[index]
                if status not in tile.lines:
                    tile.lines[status] = QPainterPath()
                path = tile.lines[status]
                path.moveTo(points[begin], points[begin + 1])
                for at in range(begin + 6, end, 6):  # the last point of every curve
                    path.lineTo(points[at], points[at + 1])
        return tile.lines

    def shown_edges(self, tile: Tile) -> Iterable[int]:
        """The edges of a tile that are drawn."""
        return tile.edges if self.visibility is None else filter(self.shows_edge, tile.edges)


def empty_graph() -> DrawnGraph:
    """What is drawn before there is a graph."""
    return DrawnGraph(
        Graph(tasks=(), transitions=()),
        Placement(nodes={}, edges=EdgePaths(), width=0.0, height=0.0, engine=""),
    )


def bounding_rect(drawn: DrawnGraph, numbers: Iterable[int]) -> QRectF:
    """Around some nodes; empty for none."""
    rect = QRectF()
    for index in numbers:
        rect = rect.united(drawn.nodes[index].rect)
    return rect


def _add_head(heads: QPainterPath, x: float, y: float, tip_x: float, tip_y: float) -> None:
    """Add the triangle from the end of a line to the tip."""
    dx, dy = tip_x - x, tip_y - y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * ARROW_WIDTH / 2, dx / length * ARROW_WIDTH / 2
    heads.moveTo(tip_x, tip_y)
    heads.lineTo(x + nx, y + ny)
    heads.lineTo(x - nx, y - ny)
    heads.closeSubpath()
