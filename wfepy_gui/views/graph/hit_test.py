"""What is at a place of the drawn graph: a task, or a transition."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.tiles import PILL_REACH

if TYPE_CHECKING:
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph

_PILL_HALF = 10.0


def task_at(drawn: DrawnGraph, place: QPointF, reach: float) -> str:
    """The task at a place of the scene, or the nearest within a reach; empty if there is none."""
    square = _square_around(place, reach)
    best, nearest = "", float("inf")
    for tile in drawn.visible_tiles(square):
        for index in tile.nodes:
            if drawn.detail(index) is NodeDetail.NONE:
                continue
            rect = drawn.nodes[index].rect
            if rect.contains(place):
                return drawn.nodes[index].name
            distance = (rect.center() - place).manhattanLength()
            if rect.intersects(square) and distance < nearest:
                best, nearest = drawn.nodes[index].name, distance
    return best


def transition_at(drawn: DrawnGraph, place: QPointF, reach: float) -> int | None:
    """The number of the transition whose pill is at a place of the scene, or whose line is nearest."""
    square = _square_around(place, reach)
    wide = square.adjusted(-PILL_REACH, -_PILL_HALF, PILL_REACH, _PILL_HALF)
    best, nearest = None, reach
    for tile in drawn.visible_tiles(wide):
        for index in filter(drawn.shows_edge, tile.edges):
            if drawn.pills[index] and drawn.pill_rect(index).contains(place):
                return index
            if drawn.curve(index).rect.intersects(square):
                distance = _distance_to_line(drawn, index, place)
                if distance <= nearest:
                    best, nearest = index, distance
    return best


def _square_around(place: QPointF, reach: float) -> QRectF:
    return QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)


def _distance_to_line(drawn: DrawnGraph, index: int, place: QPointF) -> float:
    """From a place to an edge's line, as flattened for painting."""
    least = float("inf")
    for polygon in drawn.curve(index).line.toSubpathPolygons():
        for start, end in pairwise(polygon.toList()):
            least = min(least, _distance_to_segment(place, start, end))
    return least


def _distance_to_segment(place: QPointF, start: QPointF, end: QPointF) -> float:
    along, away = end - start, place - start
    length = QPointF.dotProduct(along, along)
    part = min(1.0, max(0.0, QPointF.dotProduct(away, along) / length)) if length else 0.0
    rest = away - along * part
    return float(QPointF.dotProduct(rest, rest) ** 0.5)
