"""What the mouse is told about a task or a transition."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from wfepy_gui.models.node_badges import parts_of
from wfepy_gui.text.translation import QT_TR_NOOP, description, label_of, tr
from wfepy_gui.views.graph.tiles import PILL_REACH

if TYPE_CHECKING:
    from wfepy_core.model.graph import Graph
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.scene import GraphScene

_PILL_HALF = 10.0
_LONGEST = 4000
_POINTS = {
    "start": QT_TR_NOOP("start point"),
    "join": QT_TR_NOOP("join point"),
    "end": QT_TR_NOOP("end point"),
}


def task_tip(graph: Graph, drawn: DrawnGraph, index: int) -> str:
    """A task's name, status with its meaning, badge, points, labels and description."""
    task, status = graph.tasks[index], drawn.statuses[index]
    points = [tr(_POINTS[point]) for point in _POINTS if getattr(task, point)]
    laps, age = parts_of(drawn.badges.get(index, ""))
    lines = [
        f"{task.name}: {label_of(status)} ({description(status)})",
        tr("for {} so far").format(age) if age else "",
        tr("done so often: {}").format(laps) if laps else "",
        ", ".join(points) if points else "",
        tr("labels: {}").format(", ".join(task.labels)) if task.labels else "",
        task.doc,
    ]
    return "\n".join(filter(None, lines))


def transition_tip(graph: Graph, drawn: DrawnGraph, index: int) -> str:
    """Where a transition leads, whether it was taken, and its whole condition."""
    edge, status = graph.transitions[index], drawn.transitions[index]
    ends = f"{edge.source} \u2192 {edge.dest}: {label_of(status)}"
    if not edge.condition:
        told = tr("without a condition: taken whenever {} is done").format(edge.source)
        return f"{ends}\n{told}"
    condition = tr("if {}").format(edge.condition[:_LONGEST])
    return f"{ends} ({description(status)})\n{condition}"


def accessible_description(scene: GraphScene, graph: Graph | None) -> str:
    """What is selected, and how many tasks there are of each status, for who cannot see the graph."""
    drawn, index, name = scene.drawn, scene.transition, scene.selected
    transition = transition_tip(graph, drawn, index) if graph and drawn and index is not None else ""
    status = scene.status_of(name)
    task = ", ".join(filter(None, [name, label_of(status), scene.pending_of(name)])) if status else ""
    counts = sorted(scene.counts().items(), key=lambda item: item[0].priority)
    words = ", ".join(f"{count} {label_of(each)}" for each, count in counts)
    return ". ".join(filter(None, [transition, task, words]))


def transition_at(drawn: DrawnGraph, place: QPointF, reach: float) -> int | None:
    """The number of the transition whose pill is under a place of the scene, or whose line is nearest."""
    square = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
    wide = square.adjusted(-PILL_REACH, -_PILL_HALF, PILL_REACH, _PILL_HALF)
    best, nearest = None, reach
    for tile in drawn.visible_tiles(wide):
        for index in filter(drawn.shows_edge, tile.edges):
            if drawn.pills[index] and drawn.pill_rect(index).contains(place):
                return index
            curve = drawn.curve(index)
            if curve.rect.intersects(square):
                away = _distance(drawn, index, place)
                if away <= nearest:
                    best, nearest = index, away
    return best


def _distance(drawn: DrawnGraph, index: int, place: QPointF) -> float:
    """From a place to an edge's line, as flattened for painting."""
    least = float("inf")
    for polygon in drawn.curve(index).line.toSubpathPolygons():
        points = polygon.toList()
        for a, b in pairwise(points):
            least = min(least, _to_segment(place, a, b))
    return least


def _to_segment(place: QPointF, a: QPointF, b: QPointF) -> float:
    way, away = b - a, place - a
    length = QPointF.dotProduct(way, way)
    part = min(1.0, max(0.0, QPointF.dotProduct(away, way) / length)) if length else 0.0
    left = away - way * part
    return float(QPointF.dotProduct(left, left) ** 0.5)
