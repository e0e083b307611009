"""The one graphics item that paints every node and edge; an item per node costs ten times as much a frame.

Levels of detail, by zoom (pixels per scene unit): from `NEAR` everything; below it boxes with icons; below
`FAR` plain rectangles, in a large graph blitted from the overview. What needs a person is always painted
last, and with a mark of its own size when far away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from wfepy_core.drawing import node_shape as shape
from wfepy_core.drawing.palette import ACTIVE, NEEDS_A_PERSON
from wfepy_core.status import TaskStatus
from wfepy_gui.views.graph.drawn_graph import PILL_REACH
from wfepy_gui.views.graph.node_painter import NodePainter
from wfepy_gui.views.graph.overview import Overview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph, Tile

NEAR = 0.45
FAR = 0.25

_OVERVIEW_FROM = 1500
"""Nodes from which blitting beats painting."""

_FAR_MARK = 7.0
"""Half the size, in pixels, of the mark on what needs a person."""

_RING = 4.0

_MANY = 200
"""Changes from which repainting all is cheaper than adding up where."""

_DENSE = 150
"""Edges in view from which each is drawn as a hairline."""

_SLIVER = 40.0
"""Pixels: a graph narrower than this at some zoom, a long chain, would vanish in an overview."""

_LEAST_WIDTH = 6.0
_LEAST_HEIGHT = 2.0
_LEAST_ACTIVE = 4.0
"""Pixels of a node's rectangle from far away."""


class GraphItem(QGraphicsItem):
    """Paints a `DrawnGraph` in a `Look`."""

    def __init__(self, drawn: DrawnGraph, look: Look) -> None:
        super().__init__()
        self._drawn = drawn
        self._look = look
        self._nodes = NodePainter(look)
        self._overview: Overview | None = None
        self._selected: int | None = None
        self._last_zoom = 1.0
        self._parts: list[QRectF] = []
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """The whole graph, and room for marks that keep their size in pixels when it is far away."""
        bounds = self._drawn.bounds
        room = max(bounds.width(), bounds.height()) * 0.03
        return bounds.adjusted(-room, -room, room, room)

    def set_look(self, look: Look) -> None:
        """Paint everything anew in another look."""
        self._look = look
        self._nodes = NodePainter(look)
        self._overview = None
        self.update()

    def select(self, index: int | None) -> None:
        """Ring a node, or none."""
        for changed in (self._selected, index):
            if changed is not None:
                self._update_node(changed)
        self._selected = index

    def nodes_changed(self, changed: Iterable[int]) -> None:
        """Repaint some nodes, and nothing else."""
        numbers = list(changed)
        if self._overview is not None and numbers:
            self._overview.repaint(lambda painter, zoom: self._paint_far_nodes(painter, numbers, zoom))
        if len(numbers) > _MANY:
            self.update()
            return
        for index in numbers:
            self._update_node(index)

    def edges_changed(self, changed: Iterable[int]) -> None:
        """Repaint where edges changed."""
        self._overview = None
        numbers = list(changed)
        if len(numbers) > _MANY:
            self.update()
            return
        for index in numbers:
            self._update_part(self._drawn.curve(index).rect)

    def _update_node(self, index: int) -> None:
        reach = max(8.0, (_FAR_MARK + _RING + 2) / self._last_zoom)
        self._update_part(self._drawn.nodes[index].rect.adjusted(-reach, -reach, reach, reach))

    def _update_part(self, rect: QRectF) -> None:
        """Through the scene, which keeps a list: an item joins its updates to the rectangle around all."""
        scene = self.scene()
        if scene:
            scene.update(rect)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,  # noqa: ARG002  Qt's signature
    ) -> None:
        """Paint what is exposed, in the detail that the zoom can show."""
        exposed: QRectF = option.exposedRect
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        self._last_zoom = max(zoom, 1e-6)
        parts, self._parts = self._parts, []
        for part in parts:
            painter.save()
            painter.setClipRect(part)
            self.paint_part(painter, part, self._last_zoom, ratio)
            painter.restore()
        if not parts:
            self.paint_part(painter, exposed, self._last_zoom, ratio)

    def expect_parts(self, parts: list[QRectF]) -> None:
        """Paint only these parts of the scene next time; Qt tells an item just the rectangle around all."""
        self._parts = parts

    def paint_part(self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float = 1.0) -> None:
        """Paint a part of the scene.

        Args:
            painter: in scene units.
            exposed: the part.
            zoom: pixels per unit, which decides the detail.
            ratio: device pixels per pixel.
        """
        if zoom >= NEAR:
            self._paint_near(painter, exposed, zoom)
        elif zoom >= FAR:
            self._paint_middle(painter, exposed)
        elif not self._blit(painter, exposed, zoom, ratio):
            self._paint_far(painter, exposed, zoom)
        if zoom < NEAR:
            self._paint_urgent_marks(painter, exposed, zoom)
        if self._selected is not None:
            self._paint_ring(painter, zoom)

    def _paint_near(self, painter: QPainter, exposed: QRectF, zoom: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = self._drawn
        tiles = drawn.visible_tiles(exposed)
        self._paint_curves(painter, tiles, exposed)
        reach = exposed.adjusted(-8, -8, 8, 8)
        last: list[int] = []
        for tile in tiles:
            for index in tile.nodes:
                if not drawn.nodes[index].rect.intersects(reach):
                    continue
                if drawn.statuses[index] in NEEDS_A_PERSON:
                    last.append(index)
                else:
                    self._paint_node(painter, index, zoom)
        for index in last:
            self._paint_node(painter, index, zoom)
        self._paint_pills(painter, tiles, exposed.adjusted(-PILL_REACH, -12, PILL_REACH, 12))

    def _paint_node(self, painter: QPainter, index: int, zoom: float) -> None:
        drawn = self._drawn
        badge = drawn.badges.get(index, "")
        self._nodes.paint(painter, drawn.nodes[index], drawn.statuses[index], badge, zoom)

    def _paint_pills(self, painter: QPainter, tiles: list[Tile], reach: QRectF) -> None:
        drawn = self._drawn
        for tile in tiles:
            for index in tile.edges:
                label = drawn.edges[index].label
                if label and drawn.pills[index] and reach.contains(*label):
                    self._nodes.paint_pill(painter, label, drawn.pills[index])

    def _paint_curves(self, painter: QPainter, tiles: list[Tile], exposed: QRectF) -> None:
        """Edge by edge: stroking the merged path of a tile takes five times as long where little is seen."""
        drawn = self._drawn
        visible = [
            (drawn.transitions[index], curve)
            for tile in tiles
            for index in tile.edges
            if (curve := drawn.curve(index)).rect.intersects(exposed)
        ]
        pens = self._look.edges
        if len(visible) > _DENSE:
            pens = {status: _hairline(pen) for status, pen in pens.items()}
        for status, curve in visible:
            painter.strokePath(curve.line, pens[status])
            painter.fillPath(curve.head, pens[status].color())

    def _paint_strokes(self, painter: QPainter, tiles: list[Tile]) -> None:
        for tile in tiles:
            for status, (lines, heads) in self._drawn.strokes(tile).items():
                colour = self._look.edges[status].color()
                painter.strokePath(lines, QPen(colour, 0.0))
                painter.fillPath(heads, colour)

    def _paint_middle(self, painter: QPainter, exposed: QRectF) -> None:
        """Boxes by status with an icon that fills them; the text would not be readable."""
        tiles = self._drawn.visible_tiles(exposed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_strokes(painter, tiles)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in tiles:
            for status, rects in self._drawn.rects(tile).items():
                look = self._look.statuses[status]
                painter.setPen(QPen(look.border.color(), 0.0))
                painter.setBrush(look.solid if status in NEEDS_A_PERSON else look.fill)
                painter.drawRects(rects)
                if status in NEEDS_A_PERSON:
                    continue  # has a mark of its own
                pixmap = look.icon.pixmap(24)
                for rect in rects:
                    if rect.intersects(exposed):
                        size = rect.height() - 12.0
                        target = QRectF(rect.x() + 10.0, rect.y() + 6.0, size, size)
                        painter.drawPixmap(target, pixmap, QRectF(0, 0, 24, 24))

    def _blit(self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float) -> bool:
        """Draw from the overview, unless it is not worth having or not sharp enough."""
        bounds, device_zoom = self._drawn.bounds, zoom * ratio
        if len(self._drawn.nodes) < _OVERVIEW_FROM or min(bounds.width(), bounds.height()) * zoom < _SLIVER:
            return False
        if self._overview is None:
            self._overview = Overview(bounds, FAR, self._look.page, self._paint_far)
        if device_zoom > self._overview.zoom * 1.1:
            return False
        self._overview.blit(painter, exposed, device_zoom)
        return True

    def _paint_far(self, painter: QPainter, exposed: QRectF, zoom: float) -> None:
        """Straight lines and plain rectangles, never thinner than can be seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        tiles = self._drawn.visible_tiles(exposed)
        for tile in tiles:
            for edge_status, lines in self._drawn.lines(tile).items():
                painter.setPen(QPen(self._look.edges[edge_status].color(), 0.0))
                painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for tile in tiles:
            for status, rects in _least_urgent_first(self._drawn.rects(tile)):
                painter.setBrush(self._look.statuses[status].solid)
                painter.drawRects(_far_rects(rects, status, zoom))

    def _paint_far_nodes(self, painter: QPainter, numbers: list[int], zoom: float) -> None:
        """Paint some nodes over what they were; a node hides the edges below it."""
        for index in numbers:
            rect, status = self._drawn.nodes[index].rect, self._drawn.statuses[index]
            painter.fillRect(rect, self._look.page)
            painter.fillRect(_far_rects([rect], status, zoom)[0], self._look.statuses[status].solid)

    def _paint_urgent_marks(self, painter: QPainter, exposed: QRectF, zoom: float) -> None:
        """A plate with the icon on every node that needs a person, of the same size however far away."""
        half, rim = _FAR_MARK / zoom, 1.0 / zoom
        reach = exposed.adjusted(-half, -half, half, half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shapes = {
            status: QTransform.fromScale(half / 8, half / 8).translate(-8, -8).map(look.icon.body)
            for status, look in self._look.statuses.items()
            if status in NEEDS_A_PERSON
        }
        for index in sorted(self._drawn.urgent, key=self._rising_urgency):
            rect = self._drawn.nodes[index].rect
            if rect.intersects(reach):
                status = self._drawn.statuses[index]
                painter.setBrush(self._look.page)
                painter.drawEllipse(rect.center(), half + rim, half + rim)
                painter.setBrush(self._look.statuses[status].solid)
                painter.drawPath(shapes[status].translated(rect.center()))

    def _rising_urgency(self, index: int) -> tuple[int, int]:
        return -self._drawn.statuses[index].priority, index

    def _paint_ring(self, painter: QPainter, zoom: float) -> None:
        index = self._selected
        if index is None:
            return
        away = max(_RING, _RING / zoom) if zoom < FAR else _RING
        rect = self._drawn.nodes[index].rect.adjusted(-away, -away, away, away)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.selection, max(2.5, 2.5 / zoom) if zoom < NEAR else 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(_at_least(rect, 18.0 / zoom, 18.0 / zoom), 10.0, 10.0)


def _hairline(pen: QPen) -> QPen:
    """The same pen one pixel wide, which is drawn several times faster."""
    thin = QPen(pen)
    thin.setWidthF(0.0)
    return thin


def _at_least(rect: QRectF, width: float, height: float) -> QRectF:
    wider = max(0.0, (width - rect.width()) / 2)
    taller = max(0.0, (height - rect.height()) / 2)
    return rect.adjusted(-wider, -taller, wider, taller)


def _far_rects(rects: list[QRectF], status: TaskStatus, zoom: float) -> list[QRectF]:
    """Skipped tasks are flat, so that they differ in shape too; nothing gets too small to see."""
    if status is TaskStatus.SKIPPED:
        rects = [rect.adjusted(0, rect.height() / 3, 0, -rect.height() / 3) for rect in rects]
    if shape.HEIGHT * zoom > _LEAST_HEIGHT and rects[0].width() * zoom > _LEAST_WIDTH:
        return rects
    height = _LEAST_ACTIVE if status in ACTIVE else _LEAST_HEIGHT
    return [_at_least(rect, _LEAST_WIDTH / zoom, height / zoom) for rect in rects]


def _least_urgent_first(rects: dict[TaskStatus, list[QRectF]]) -> list[tuple[TaskStatus, list[QRectF]]]:
    """What matters most is painted over the rest, where everything is too small to lie side by side."""
    return sorted(rects.items(), key=lambda item: -item[0].priority)
