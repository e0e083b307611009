"""Paints the graph where names cannot be read any more: boxes that icons fill; from far away, plain marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from wfepy_core.drawing import node_shape as shape
from wfepy_core.drawing.palette import ACTIVE, NEEDS_A_PERSON
from wfepy_core.model.status import TaskStatus
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.painter_context import at_least, faint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfepy_core.model.status import TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.tiles import Tile


MARK = 7.0
"""Half the size, in pixels, of the mark on what needs a person."""

_MOST_ZOOMS = 12
_LEAST_WIDTH = 6.0
_LEAST_HEIGHT = 2.0
_LEAST_ACTIVE = 4.0
"""Pixels of a node's rectangle from far away."""


class DistantPainter:
    """Paints a `DrawnGraph` in a `Look` without text; touches no widget, so that any thread may use it."""

    def __init__(self, drawn: DrawnGraph, look: Look) -> None:
        self._drawn = drawn
        self._look = look

    def paint(self, painter: QPainter, exposed: Sequence[QRectF], zoom: float) -> None:
        """Paint some parts of the scene, or more; nothing gets too thin to be seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        tiles = self._drawn.visible_tiles(*exposed)
        # All tiles together: each call into Qt may have to wait for worker threads that hold the interpreter.
        lines: dict[TransitionStatus, QPainterPath] = {}
        rects: dict[TaskStatus, list[QRectF]] = {}
        placeholders: list[QRectF] = []
        for tile in tiles:
            for edge_status, path in self._drawn.lines(tile).items():
                if edge_status in lines:
                    lines[edge_status].addPath(path)
                else:
                    lines[edge_status] = QPainterPath(path)
            for status in self._drawn.rects(tile):
                rects.setdefault(status, []).extend(self._rects(tile, status, zoom))
            placeholders += tile.placeholders
        for edge_status, path in lines.items():
            painter.strokePath(path, QPen(self._look.edges[edge_status].color(), 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        if placeholders:
            painter.setBrush(faint(self._look.panel_border))
            painter.drawRects(placeholders)
        # What matters most is painted over the rest, where all is too small to lie side by side.
        for status in sorted(rects, key=lambda each: -each.priority):
            painter.setBrush(self._look.statuses[status].solid)
            painter.drawRects(rects[status])

    def _rects(self, tile: Tile, status: TaskStatus, zoom: float) -> list[QRectF]:
        """The rectangles of a tile's nodes of a status; cached for a few zooms: the map asks often."""
        if len(tile.distant_rects) > _MOST_ZOOMS:
            tile.distant_rects.clear()
        key = status, zoom
        if key not in tile.distant_rects:
            tile.distant_rects[key] = _distant_rects(self._drawn.rects(tile)[status], status, zoom)
        return tile.distant_rects[key]

    def paint_nodes(self, painter: QPainter, numbers: Iterable[int], zoom: float) -> None:
        """Paint some nodes over what they were; a node hides the edges below it."""
        for index in numbers:
            detail = self._drawn.detail(index)
            if detail is NodeDetail.NONE:
                continue
            rect, status = self._drawn.nodes[index].rect, self._drawn.statuses[index]
            painter.fillRect(rect, self._look.page)
            if detail is NodeDetail.PLACEHOLDER:
                painter.fillRect(rect, faint(self._look.panel_border))
            else:
                painter.fillRect(_distant_rects([rect], status, zoom)[0], self._look.statuses[status].solid)

    def paint_marks(self, painter: QPainter, exposed: QRectF, zoom: float) -> None:
        """Marks of the same size however far away: rings on matches, the icon on what needs a person."""
        half, rim = MARK / zoom, 1.0 / zoom
        reach = exposed.adjusted(-half, -half, half, half)
        drawn = self._drawn
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.text, 2.0 / zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in drawn.matches:
            rect = drawn.nodes[index].rect
            if drawn.detail(index) is not NodeDetail.NONE and rect.intersects(reach):
                painter.drawRoundedRect(at_least(rect, half, half).adjusted(-rim, -rim, rim, rim), rim, rim)
        painter.setPen(Qt.PenStyle.NoPen)
        shapes = {
            status: QTransform.fromScale(half / 8, half / 8).translate(-8, -8).map(look.icon.body)
            for status, look in self._look.statuses.items()
            if status in NEEDS_A_PERSON
        }
        for index in sorted(drawn.urgent, key=self._rising_urgency):
            rect = drawn.nodes[index].rect
            if rect.intersects(reach) and drawn.detail(index) is not NodeDetail.NONE:
                status = drawn.statuses[index]
                painter.setBrush(self._look.page)
                painter.drawEllipse(rect.center(), half + rim, half + rim)
                painter.setBrush(self._look.statuses[status].solid)
                painter.drawPath(shapes[status].translated(rect.center()))

    def _rising_urgency(self, index: int) -> tuple[int, int]:
        return -self._drawn.statuses[index].priority, index


def _distant_rects(rects: list[QRectF], status: TaskStatus, zoom: float) -> list[QRectF]:
    """Skipped tasks are flat, so that they differ in shape too; nothing gets too small to see."""
    if status is TaskStatus.SKIPPED:
        rects = [rect.adjusted(0, rect.height() / 3, 0, -rect.height() / 3) for rect in rects]
    if shape.HEIGHT * zoom > _LEAST_HEIGHT and rects[0].width() * zoom > _LEAST_WIDTH:
        return rects
    height = _LEAST_ACTIVE if status in ACTIVE else _LEAST_HEIGHT
    return [at_least(rect, _LEAST_WIDTH / zoom, height / zoom) for rect in rects]


_ICON = 24
"""Side of the icons' pixmaps."""


class BoxPainter:
    """Paints a `DrawnGraph` in a `Look` as boxes by status, each with its icon."""

    def __init__(self, drawn: DrawnGraph, look: Look) -> None:
        self._drawn = drawn
        self._look = look

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint a part of the scene; what needs a person has a mark of its own besides."""
        tiles = self._drawn.visible_tiles(exposed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_edges(painter, tiles)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in tiles:
            for status, rects in self._drawn.rects(tile).items():
                look = self._look.statuses[status]
                painter.setPen(QPen(look.border.color(), 0.0))
                painter.setBrush(look.solid if status in NEEDS_A_PERSON else look.fill)
                painter.drawRects(rects)
                if status not in NEEDS_A_PERSON:
                    self._paint_icons(painter, tile, status, exposed)
            if tile.placeholders:
                painter.setPen(QPen(faint(self._look.panel_border), 0.0))
                painter.setBrush(self._look.page)
                painter.drawRects(tile.placeholders)

    def _paint_icons(self, painter: QPainter, tile: Tile, status: TaskStatus, exposed: QRectF) -> None:
        pixmap, whole = self._look.statuses[status].icon.pixmap(_ICON), QRectF(0, 0, _ICON, _ICON)
        targets = self._drawn.icons(tile, status)
        if not exposed.contains(tile.rect):
            targets = [target for target in targets if target.intersects(exposed)]
        for target in targets:
            painter.drawPixmap(target, pixmap, whole)

    def _paint_edges(self, painter: QPainter, tiles: Sequence[Tile]) -> None:
        for tile in tiles:
            for status, (lines, heads) in self._drawn.strokes(tile).items():
                pen = QPen(self._look.edges[status])
                pen.setWidthF(0.0)
                painter.strokePath(lines, pen)
                painter.fillPath(heads, pen.color())
