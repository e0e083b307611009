"""Paints the graph where its names can be read: curves with heads, whole nodes, pills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from wfepy_core.drawing import node_shape as shape
from wfepy_gui.views.graph.drawn_graph import CROWD
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.node_painter import NodePainter
from wfepy_gui.views.graph.painter_context import faint
from wfepy_gui.views.graph.tiles import PILL_REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.status import TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph, EdgeCurve
    from wfepy_gui.views.graph.tiles import Tile

_DENSE = 150
"""Edges in view from which each is drawn as a hairline."""

_BOXES_BELOW = 1.25
"""Zoom up to which boxes come from pixmaps; nearer there are few of them, and their edges would be seen."""

_CROWD_ALPHA = 95


class DetailPainter:
    """Paints a `DrawnGraph` in a `Look` in full detail."""

    def __init__(self, drawn: DrawnGraph, look: Look) -> None:
        self._drawn = drawn
        self._look = look
        self._nodes = NodePainter(look)
        self._crowd_pens = {status: _crowd_pen(pen) for status, pen in look.edges.items()}

    def paint(
        self, painter: QPainter, exposed: QRectF, zoom: float, *, ratio: float, selected: int | None
    ) -> None:
        """Paint a part of the scene.

        Args:
            painter: in scene units.
            exposed: the part.
            zoom: pixels per unit, which decides the detail.
            ratio: device pixels per pixel; 0 for a device that wants shapes instead of pixels.
            selected: the node that is drawn in full whatever is left out.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tiles = self._drawn.visible_tiles(exposed)
        self._paint_edges(painter, tiles, exposed)
        shown = self._visible_nodes(painter, tiles, exposed, selected)
        if ratio and zoom < _BOXES_BELOW:
            statuses = self._drawn.statuses
            boxes = [(self._drawn.nodes[index].rect, statuses[index]) for index in shown]
            self._nodes.paint_boxes(painter, boxes, zoom, ratio)
        else:
            for index in shown:
                self._nodes.paint_box(painter, self._drawn.nodes[index].rect, self._drawn.statuses[index])
        for index in shown:
            self._paint_words(painter, index, zoom)
        self._paint_pills(painter, tiles, exposed.adjusted(-PILL_REACH, -12, PILL_REACH, 12))

    def _visible_nodes(
        self, painter: QPainter, tiles: Sequence[Tile], exposed: QRectF, selected: int | None
    ) -> list[int]:
        """The nodes to draw in full, what needs a person last; placeholders are painted at once."""
        drawn = self._drawn
        reach = exposed.adjusted(-8, -8, 8, 8)
        numbers = [
            index for tile in tiles for index in tile.nodes if drawn.nodes[index].rect.intersects(reach)
        ]
        if drawn.visibility is not None:
            details = drawn.visibility.nodes
            placeholders = [i for i in numbers if details[i] is NodeDetail.PLACEHOLDER and i != selected]
            self._paint_placeholders(painter, placeholders)
            numbers = [index for index in numbers if details[index] is NodeDetail.FULL or index == selected]
        if drawn.urgent:
            numbers.sort(key=drawn.urgent.__contains__)
        return numbers

    def _paint_placeholders(self, painter: QPainter, numbers: list[int]) -> None:
        outline = QPen(self._look.panel_border, 1.0, Qt.PenStyle.DotLine)
        for index in numbers:
            rect = self._drawn.nodes[index].rect
            painter.setPen(outline)
            painter.setBrush(self._look.page)
            painter.drawRoundedRect(rect, shape.RADIUS, shape.RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faint(self._look.statuses[self._drawn.statuses[index]].solid))
            painter.drawEllipse(rect.center(), 6.0, 6.0)

    def _paint_words(self, painter: QPainter, index: int, zoom: float) -> None:
        drawn = self._drawn
        node, status = drawn.nodes[index], drawn.statuses[index]
        self._nodes.paint_text(painter, node, status, drawn.badges.get(index, ""), zoom)
        if node.start or node.join or node.end:
            self._nodes.paint_marks(painter, node)
        if index in drawn.matches:
            painter.setPen(QPen(self._look.text, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(node.rect.adjusted(-3.5, -3.5, 3.5, 3.5), 9.0, 9.0)

    def _paint_pills(self, painter: QPainter, tiles: Sequence[Tile], reach: QRectF) -> None:
        drawn = self._drawn
        for tile in tiles:
            for index in tile.edges:
                label = drawn.edges.label(index) if drawn.pills[index] else None
                if label and reach.contains(*label) and drawn.shows_edge(index):
                    self._nodes.paint_pill(painter, label, drawn.pills[index])

    def _paint_edges(self, painter: QPainter, tiles: Sequence[Tile], exposed: QRectF) -> None:
        """Only curves that are seen: stroking a whole tile takes five times as long where little is seen."""
        drawn = self._drawn
        visible = [
            (index, curve)
            for tile in tiles
            for index in tile.edges
            if (curve := drawn.curve(index)).rect.intersects(exposed) and drawn.shows_edge(index)
        ]
        if len(visible) > _DENSE:
            self._paint_hairlines(painter, visible)
            return
        pens, crowd_pens = self._look.edges, self._crowd_pens
        for index, curve in visible:
            status = drawn.transitions[index]
            painter.strokePath(curve.line, (crowd_pens if drawn.crowds[index] > CROWD else pens)[status])
            painter.fillPath(curve.head, pens[status].color())

    def _paint_hairlines(self, painter: QPainter, visible: Sequence[tuple[int, EdgeCurve]]) -> None:
        """Many thin edges by colour, each for itself: one path of all takes twice as long."""
        drawn = self._drawn
        gathered: dict[tuple[TransitionStatus, bool], list[EdgeCurve]] = {}
        for index, curve in visible:
            key = drawn.transitions[index], drawn.crowds[index] > CROWD
            gathered.setdefault(key, []).append(curve)
        for (status, is_crowded), curves in gathered.items():
            pen = QPen((self._crowd_pens if is_crowded else self._look.edges)[status])
            pen.setWidthF(0.0)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for curve in curves:
                painter.drawPath(curve.line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.edges[status].color())
            for curve in curves:
                painter.drawPath(curve.head)


def _crowd_pen(pen: QPen) -> QPen:
    """For one of many edges that meet at a node: thin and translucent, or all together are a black band."""
    thin = QPen(pen)
    colour = QColor(pen.color())
    colour.setAlpha(_CROWD_ALPHA)
    thin.setColor(colour)
    thin.setWidthF(0.8)
    return thin
