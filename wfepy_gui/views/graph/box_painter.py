"""Paints the graph where names cannot be read any more, but icons can: boxes that their icons fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from wfepy_core.drawing.palette import NEEDS_A_PERSON
from wfepy_gui.views.graph.painter_context import faint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.status import TaskStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.tiles import Tile

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
