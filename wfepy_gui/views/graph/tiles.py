"""The squares of the scene that are drawn or left out as a whole, and what lies in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from wfepy_core.drawing.node_shape import ARROW_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainterPath

    from wfepy_core.drawing.edge_paths import EdgePaths
    from wfepy_core.drawing.placement import NodeBox
    from wfepy_core.model.status import TaskStatus, TransitionStatus

TILE = 1500.0
"""Side of a tile in scene units: a tile is culled whole, and its nodes are drawn together."""

PILL_REACH = 150.0
"""How far a pill may reach to each side of its centre."""

EDGE_ROOM = 12.0
"""Above and below an edge: half an arrow head or half a pill."""

_LONG_EDGE = 3 * TILE
"""A piece of an edge longer than this would make its tile's rectangle useless for culling."""


class Tile:
    """The nodes and edges whose middle is in one square of the scene, and what is cached of them."""

    def __init__(self) -> None:
        self.rect = QRectF()
        self.nodes: list[int] = []
        self.edges: list[int] = []
        self.placeholders: list[QRectF] = []
        self.rects: dict[TaskStatus, list[QRectF]] | None = None
        self.icons: dict[TaskStatus, list[QRectF]] = {}
        self.distant_rects: dict[tuple[TaskStatus, float], list[QRectF]] = {}
        self.strokes: dict[TransitionStatus, tuple[QPainterPath, QPainterPath]] | None = None
        self.lines: dict[TransitionStatus, QPainterPath] | None = None

    def clear_cache(self) -> None:
        """Drop what was computed from the nodes and edges."""
        self.rects = self.strokes = self.lines = None


_Sides = tuple[Tile, list[float], list[float], list[float], list[float]]


class Tiles:
    """All tiles of a graph that have something in them.

    Attributes:
        all: every tile.
        of_node: the tile of each node.
        of_edge: the tile of each edge.
    """

    def __init__(self, boxes: Iterable[NodeBox], edges: EdgePaths) -> None:
        self.of_node: list[Tile] = []
        self.of_edge: list[Tile] = []
        self._sides: dict[tuple[int, int], _Sides] = {}
        """The tile of each square, and the sides of what is in it, until all is sorted in."""
        self._sort_nodes(boxes)
        self._sort_edges(edges)
        for tile, lefts, tops, rights, bottoms in self._sides.values():
            left, top = min(lefts), min(tops)
            tile.rect = QRectF(left, top, max(rights) - left, max(bottoms) - top)
        self.all = [sides[0] for sides in self._sides.values()]
        self._sides.clear()

    def _sort_nodes(self, boxes: Iterable[NodeBox]) -> None:
        for index, (x, y, width, height) in enumerate(boxes):
            right, bottom = x + width, y + height
            tile = self._tile_for(x, y, right, bottom)
            tile.nodes.append(index)
            self.of_node.append(tile)

    def _sort_edges(self, edges: EdgePaths) -> None:
        sides = (edges.boxes[side::4] for side in range(4))
        for index, (left, top, right, bottom) in enumerate(zip(*sides, strict=True)):
            label = edges.label(index)
            if label is None:
                tile = self._tile_for(
                    left - ARROW_WIDTH, top - EDGE_ROOM, right + ARROW_WIDTH, bottom + EDGE_ROOM
                )
            else:
                tile = self._tile_for(*around_pill((left, top, right, bottom), label))
            tile.edges.append(index)
            self.of_edge.append(tile)

    def _tile_for(self, left: float, top: float, right: float, bottom: float) -> Tile:
        """The tile for something in a rectangle, grown around it."""
        place = (int((left + right) / 2 // TILE), int((top + bottom) / 2 // TILE))
        if right - left > _LONG_EDGE or bottom - top > _LONG_EDGE:
            place = (place[0] // 4 - 1_000_000, place[1] // 4)
        sides = self._sides.get(place)
        if sides is None:
            sides = self._sides[place] = Tile(), [], [], [], []
        tile, lefts, tops, rights, bottoms = sides
        lefts.append(left)
        tops.append(top)
        rights.append(right)
        bottoms.append(bottom)
        return tile


def around_pill(
    box: tuple[float, float, float, float], label: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an edge with its arrow head and its pill, given those of its line."""
    (left, top, right, bottom), (x, y) = box, label
    return (
        min(left - ARROW_WIDTH, x - PILL_REACH),
        min(top, y) - EDGE_ROOM,
        max(right + ARROW_WIDTH, x + PILL_REACH),
        max(bottom, y) + EDGE_ROOM,
    )
