"""What the graph item draws: plain values by number, and where they are."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from wfepy_core.drawing.node_shape import (
    ARROW_WIDTH,
    LABEL_SIZE,
    MARGIN,
    label_size,
    pill_text,
    text_width,
)
from wfepy_core.drawing.palette import NEEDS_A_PERSON
from wfepy_core.status import TaskStatus, TransitionStatus
from wfepy_gui.views.graph.visibility import Detail, Neighbours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.drawing.layout import EdgePath, Placement
    from wfepy_core.snapshot import Graph
    from wfepy_gui.views.graph.visibility import Visibility

TILE = 1500.0
"""Side of a tile in scene units: a tile is culled whole, and its nodes are drawn together."""

_FAR_EDGE = 3 * TILE
"""A piece of an edge longer than this would make its tile's rectangle useless for culling."""

CROWD = 24
"""Edges at one node from which each is drawn lighter."""

PILL_REACH = 150.0
"""How far a pill may reach to each side of its centre."""


class Node(NamedTuple):
    """One task as it is drawn."""

    name: str
    rect: QRectF
    start: bool
    join: bool
    end: bool


class Curve(NamedTuple):
    """One edge: its line, its arrow head, and a rectangle around both."""

    line: QPainterPath
    head: QPainterPath
    rect: QRectF


class Tile:
    """The nodes and edges whose middle is in one square of the scene, and what was made of them."""

    def __init__(self) -> None:
        self.rect = QRectF()
        self.nodes: list[int] = []
        self.edges: list[int] = []
        self.placeholders: list[QRectF] = []
        self.rects: dict[TaskStatus, list[QRectF]] | None = None
        self.icons: dict[TaskStatus, list[QRectF]] = {}
        self.far: dict[tuple[TaskStatus, float], list[QRectF]] = {}
        self.strokes: dict[TransitionStatus, tuple[QPainterPath, QPainterPath]] | None = None
        self.lines: dict[TransitionStatus, list[QLineF]] | None = None

    def hold(self, rect: QRectF) -> None:
        """Grow around something new."""
        self.rect = self.rect.united(rect)

    def forget(self) -> None:
        """Drop what was made of the nodes and edges."""
        self.rects = self.strokes = self.lines = None


class DrawnGraph:
    """Numbered nodes and edges with their places, statuses and badges, sorted into tiles."""

    def __init__(self, graph: Graph, placement: Placement) -> None:
        self.nodes = [
            Node(task.name, QRectF(*placement.nodes[task.name]), task.start, task.join, task.end)
            for task in graph.tasks
        ]
        self.near = Neighbours(graph)
        self.number = self.near.number
        self.edges = placement.edges
        self.crowds = self._count_crowds()
        self.pills = [pill_text(edge.condition) for edge in graph.transitions]
        self.statuses = [TaskStatus.NOT_REACHED] * len(self.nodes)
        self.counts = dict.fromkeys(TaskStatus, 0) | {TaskStatus.NOT_REACHED: len(self.nodes)}
        self.urgent: set[int] = set()
        self.running: set[int] = set()
        self.matches: frozenset[int] = frozenset()
        self.visibility: Visibility | None = None
        self.transitions = [TransitionStatus.UNDECIDED] * len(self.edges)
        self.badges: dict[int, str] = {}
        self.bounds = QRectF(0.0, 0.0, placement.width, placement.height).adjusted(
            -MARGIN, -MARGIN, MARGIN, MARGIN
        )
        self._curves: list[Curve | None] = [None] * len(self.edges)
        self.line_rects: list[QRectF] = []
        self._tiles: dict[tuple[int, int], Tile] = {}
        self._tile_of_node: list[Tile] = []
        self._tile_of_edge: list[Tile] = []
        self._sort_into_tiles()
        self.tiles = list(self._tiles.values())

    def _count_crowds(self) -> list[int]:
        """How many edges leave each edge's source together with it, or enter its end with it."""
        sources, ends = Counter(s for s, _ in self.near.ends), Counter(d for _, d in self.near.ends)
        return [max(sources[source], ends[dest]) for source, dest in self.near.ends]

    def _sort_into_tiles(self) -> None:
        for index, node in enumerate(self.nodes):
            tile = self._tile_at(node.rect)
            tile.nodes.append(index)
            tile.hold(node.rect)
            self._tile_of_node.append(tile)
        for index, edge in enumerate(self.edges):
            rect = edge_rect(edge)
            self.line_rects.append(line_rect(edge))
            tile = self._tile_at(rect)
            tile.edges.append(index)
            tile.hold(rect)
            self._tile_of_edge.append(tile)

    def _tile_at(self, rect: QRectF) -> Tile:
        middle = rect.center()
        place = (int(middle.x() // TILE), int(middle.y() // TILE))
        if max(rect.width(), rect.height()) > _FAR_EDGE:
            place = (place[0] // 4 - 1_000_000, place[1] // 4)
        tile = self._tiles.get(place)
        if tile is None:
            tile = self._tiles[place] = Tile()
        return tile

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
            self._tile_of_node[index].rects = None
        return changed

    def set_visibility(self, visibility: Visibility | None) -> bool:
        """Draw some tasks as placeholders or not at all; returns whether that changes anything."""
        if visibility == self.visibility:
            return False
        self.visibility = visibility
        for tile in self.tiles:
            tile.forget()
        return True

    def detail(self, index: int) -> Detail:
        """How a task is drawn."""
        return self.visibility.nodes[index] if self.visibility else Detail.FULL

    def set_detail(self, index: int, detail: Detail) -> None:
        """Draw one task otherwise."""
        if self.visibility is not None and self.visibility.nodes[index] is not detail:
            self.visibility.nodes[index] = detail
            self._tile_of_node[index].rects = None

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
            self._tile_of_edge[index].strokes = None
            self._tile_of_edge[index].lines = None
        return changed

    def set_badges(self, badges: Mapping[str, str]) -> list[int]:
        """Take the badges of all tasks that have one; returns the numbers of those that changed."""
        new = {self.number[name]: badge for name, badge in badges.items() if badge and name in self.number}
        old, self.badges = self.badges, new
        return [index for index in {*new, *old} if new.get(index) != old.get(index)]

    def rects(self, tile: Tile) -> dict[TaskStatus, list[QRectF]]:
        """The rectangles of a tile's nodes, by status; those of placeholders are then in the tile."""
        if tile.rects is None:
            tile.rects, tile.placeholders, tile.icons, tile.far = {}, [], {}, {}
            for index in tile.nodes:
                detail = self.detail(index)
                if detail is Detail.FULL:
                    tile.rects.setdefault(self.statuses[index], []).append(self.nodes[index].rect)
                elif detail is Detail.PLACEHOLDER:
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
            for index in filter(self.shows_edge, tile.edges):
                status = self.transitions[index]
                if status not in tile.strokes:
                    heads = QPainterPath()
                    # Heads that meet at a node overlap: the default rule would leave a hole there.
                    heads.setFillRule(Qt.FillRule.WindingFill)
                    tile.strokes[status] = QPainterPath(), heads
                _add_edge(self.edges[index], *tile.strokes[status])
        return tile.strokes

    def curve(self, index: int) -> Curve:
        """One edge in full detail."""
        curve = self._curves[index]
        if curve is None:
            line, head = QPainterPath(), QPainterPath()
            _add_edge(self.edges[index], line, head)
            rect = line.controlPointRect().united(head.controlPointRect())
            curve = self._curves[index] = Curve(line, head, rect.adjusted(-2, -2, 2, 2))
        return curve

    def pill_rect(self, index: int) -> QRectF:
        """Where a transition's pill is, at most; empty without one."""
        label = self.edges[index].label
        if not label or not self.pills[index]:
            return QRectF()
        width, height = label_size(text_width(self.pills[index], LABEL_SIZE))
        return QRectF(label[0] - width / 2, label[1] - height / 2, width, height)

    def lines(self, tile: Tile) -> dict[TransitionStatus, list[QLineF]]:
        """A tile's edges as straight pieces, by status: enough from far away."""
        if tile.lines is None:
            tile.lines = {}
            for index in filter(self.shows_edge, tile.edges):
                points = self.edges[index].points[::3]
                tile.lines.setdefault(self.transitions[index], []).extend(
                    QLineF(*a, *b) for a, b in pairwise(points)
                )
        return tile.lines


def line_rect(edge: EdgePath) -> QRectF:
    """A rectangle around an edge and its arrow head, its pill left out."""
    return edge_rect(edge._replace(label=None))


def edge_rect(edge: EdgePath) -> QRectF:
    """A rectangle around a whole edge, its arrow head and pill included."""
    if not edge.points:
        return QRectF()
    across, along = zip(*edge.points, *filter(None, (edge.tip, edge.label)), strict=True)
    left, top = min(across), min(along)
    reach = PILL_REACH if edge.label else ARROW_WIDTH
    return QRectF(left - reach, top - 12.0, max(across) - left + 2 * reach, max(along) - top + 24.0)


def _add_edge(edge: EdgePath, lines: QPainterPath, heads: QPainterPath) -> None:
    points = edge.points
    if not points:
        return
    lines.moveTo(*points[0])
    for index in range(1, len(points) - 2, 3):
        lines.cubicTo(*points[index], *points[index + 1], *points[index + 2])
    if edge.tip:
        heads.addPolygon(arrow_head(points[-1], edge.tip))
        heads.closeSubpath()


def arrow_head(base: tuple[float, float], tip: tuple[float, float]) -> QPolygonF:
    """The triangle from the end of a line to the tip."""
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * ARROW_WIDTH / 2, dx / length * ARROW_WIDTH / 2
    return QPolygonF(
        [
            QPointF(*tip),
            QPointF(base[0] + nx, base[1] + ny),
            QPointF(base[0] - nx, base[1] - ny),
        ]
    )
