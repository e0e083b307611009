"""A picture of the whole graph to blit from far away, in halving sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

_MOST_PIXELS = 9_000_000
"""36 MB: a graph that fills a 4K screen stays sharp."""

_LONGEST_SIDE = 16_000
_SMALLEST_SIDE = 200


class Overview:
    """Pixmaps of the same scene rectangle, each half as large as the one before.

    Args:
        bounds: of the scene.
        most_zoom: device pixels per scene unit that the largest one needs at most.
        background: of the page.
        paint_part: paints a part of the scene at a zoom.
    """

    def __init__(
        self,
        bounds: QRectF,
        most_zoom: float,
        background: QColor,
        paint_part: Callable[[QPainter, QRectF, float], None],
    ) -> None:
        self._bounds = bounds
        self._background = background
        self._paint_part = paint_part
        area = max(bounds.width() * bounds.height(), 1.0)
        side = max(bounds.width(), bounds.height(), 1.0)
        self.zoom = min(most_zoom, (_MOST_PIXELS / area) ** 0.5, _LONGEST_SIDE / side)
        self._levels = self._build()

    def _build(self) -> list[QPixmap]:
        largest = self._pixmap(self.zoom)
        painter = self._painter(largest)
        self._paint_part(painter, self._bounds, self.zoom)
        painter.end()
        levels = [largest]
        while max(levels[-1].width(), levels[-1].height()) > _SMALLEST_SIDE:
            last = levels[-1]
            levels.append(
                last.scaled(
                    max(1, last.width() // 2),
                    max(1, last.height() // 2),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        return levels

    def _pixmap(self, zoom: float) -> QPixmap:
        width = max(1, round(self._bounds.width() * zoom))
        height = max(1, round(self._bounds.height() * zoom))
        pixmap = QPixmap(width, height)
        pixmap.fill(self._background)
        return pixmap

    def _painter(self, pixmap: QPixmap) -> QPainter:
        painter = QPainter(pixmap)
        painter.scale(pixmap.width() / self._bounds.width(), pixmap.height() / self._bounds.height())
        painter.translate(-self._bounds.topLeft())
        return painter

    def repaint(self, paint_changes: Callable[[QPainter, float], None]) -> None:
        """Paint what changed over every level; the function gets a painter in scene units and the zoom."""
        for step, pixmap in enumerate(self._levels):
            painter = self._painter(pixmap)
            paint_changes(painter, self.zoom / 2**step)
            painter.end()

    def blit(self, painter: QPainter, exposed: QRectF, device_zoom: float) -> None:
        """Draw a part of the scene from the level that fits a zoom in device pixels per unit."""
        part = exposed.intersected(self._bounds)
        if part.isEmpty():
            return
        step = 0
        while step + 1 < len(self._levels) and self.zoom / 2 ** (step + 1) >= device_zoom:
            step += 1
        pixmap = self._levels[step]
        across = pixmap.width() / self._bounds.width()
        down = pixmap.height() / self._bounds.height()
        source = QRectF(
            (part.x() - self._bounds.x()) * across,
            (part.y() - self._bounds.y()) * down,
            part.width() * across,
            part.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(part, pixmap, source)
