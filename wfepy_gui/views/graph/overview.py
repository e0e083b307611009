"""A picture of the whole graph to blit from far away, in halving sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QColor

_MOST_PIXELS = 9_000_000
"""36 MB: a graph that fills a 4K screen stays sharp."""

_LONGEST_SIDE = 16_000
_SMALLEST_SIDE = 200


class Overview:
    """Images of the same scene rectangle, each half as large as the one before.

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

    def _build(self) -> list[QImage]:
        largest = self._empty(self.zoom)
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

    def _empty(self, zoom: float) -> QImage:
        width = max(1, round(self._bounds.width() * zoom))
        height = max(1, round(self._bounds.height() * zoom))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self._background)
        return image

    def _painter(self, image: QImage) -> QPainter:
        painter = QPainter(image)
        painter.scale(image.width() / self._bounds.width(), image.height() / self._bounds.height())
        painter.translate(-self._bounds.topLeft())
        return painter

    def repaint(self, paint_changes: Callable[[QPainter, float], None]) -> None:
        """Paint what changed over every level; the function gets a painter in scene units and the zoom."""
        for step, image in enumerate(self._levels):
            painter = self._painter(image)
            paint_changes(painter, self.zoom / 2**step)
            painter.end()

    def repaint_parts(self, parts: Iterable[QRectF]) -> None:
        """Paint some parts of the scene anew on every level."""
        rects = [rect.intersected(self._bounds) for rect in parts]
        for step, image in enumerate(self._levels):
            painter = self._painter(image)
            for rect in rects:
                # Whole pixels, or the fractions at the rim would be lost.
                pixel = 2.0 * self._bounds.width() / image.width()
                part = rect.adjusted(-pixel, -pixel, pixel, pixel)
                painter.save()
                painter.setClipRect(part)
                painter.fillRect(part, self._background)
                self._paint_part(painter, part, self.zoom / 2**step)
                painter.restore()
            painter.end()

    def blit(self, painter: QPainter, exposed: QRectF, device_zoom: float) -> None:
        """Draw a part of the scene from the level that fits a zoom in device pixels per unit."""
        part = exposed.intersected(self._bounds)
        if part.isEmpty():
            return
        step = 0
        while step + 1 < len(self._levels) and self.zoom / 2 ** (step + 1) >= device_zoom:
            step += 1
        image = self._levels[step]
        across = image.width() / self._bounds.width()
        down = image.height() / self._bounds.height()
        source = QRectF(
            (part.x() - self._bounds.x()) * across,
            (part.y() - self._bounds.y()) * down,
            part.width() * across,
            part.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(part, image, source)
