"""A picture of the whole graph to blit from far away, in halving sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion

from wfepy_gui.views.graph.painter_context import painter_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtGui import QColor

    PaintParts = Callable[[QPainter, Sequence[QRectF], float], None]
    PaintNodes = Callable[[QPainter, Iterable[int], float], None]

_MOST_PIXELS = 9_000_000
"""36 MB: a graph that fills a 4K screen stays sharp."""

_LONGEST_SIDE = 16_000
_SMALLEST_SIDE = 200

_BLOCK = 750.0
"""Side in scene units of the squares in which changed parts become one rectangle."""


class _Stale:
    """What changed since a level was painted."""

    def __init__(self) -> None:
        self.all = False
        self.nodes: set[int] = set()
        self.blocks: dict[tuple[int, int], QRectF] = {}

    def add_blocks(self, blocks: Mapping[tuple[int, int], QRectF]) -> None:
        """Grow by changed parts."""
        for place, block in blocks.items():
            known = self.blocks.get(place)
            self.blocks[place] = known.united(block) if known is not None else block


class Overview:
    """Images of the same scene rectangle, each half as large as the one before.

    What changes is only noted; a level is brought up to date when it is blitted, once for all changes.

    Args:
        bounds: of the scene.
        most_zoom: device pixels per scene unit that the largest one needs at most.
        background: of the page.
        paint_parts: paints some parts of the scene at a zoom.
        paint_nodes: paints some nodes over what they were, at a zoom.
    """

    def __init__(
        self,
        bounds: QRectF,
        most_zoom: float,
        background: QColor,
        paint_parts: PaintParts,
        paint_nodes: PaintNodes,
    ) -> None:
        self._bounds = bounds
        self._background = background
        self._paint_parts = paint_parts
        self._paint_nodes = paint_nodes
        area = max(bounds.width() * bounds.height(), 1.0)
        side = max(bounds.width(), bounds.height(), 1.0)
        self.zoom = min(most_zoom, (_MOST_PIXELS / area) ** 0.5, _LONGEST_SIDE / side)
        self._levels = self._build()
        self._stale = [_Stale() for _ in self._levels]

    def _build(self) -> list[QImage]:
        largest = self._empty(self.zoom)
        self._paint_all(largest, self.zoom)
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
        return QImage(width, height, QImage.Format.Format_RGB32)

    def _paint_all(self, image: QImage, zoom: float) -> None:
        if image.isNull():
            return
        image.fill(self._background)
        with painter_on(image) as painter:
            self._to_image(painter, image)
            self._paint_parts(painter, [self._bounds], zoom)

    @property
    def is_whole(self) -> bool:
        """Whether there was memory for it; where there is none, nothing can be blitted."""
        return not any(level.isNull() for level in self._levels)

    def _to_image(self, painter: QPainter, image: QImage) -> None:
        """Let a painter on an image paint in scene units."""
        painter.scale(image.width() / self._bounds.width(), image.height() / self._bounds.height())
        painter.translate(-self._bounds.topLeft())

    def outdate_all(self) -> None:
        """Paint everything anew, before it is seen next."""
        for stale in self._stale:
            stale.all = True

    def outdate_nodes(self, numbers: Iterable[int]) -> None:
        """Paint some nodes over what they were, before they are seen next."""
        changed = set(numbers)
        for stale in self._stale:
            stale.nodes |= changed

    def outdate_parts(self, parts: Iterable[QRectF]) -> None:
        """Paint some parts of the scene anew, before they are seen next."""
        blocks = _Stale()
        for part in parts:
            rect = part.intersected(self._bounds)
            place = int(rect.x() // _BLOCK), int(rect.y() // _BLOCK)
            blocks.add_blocks({place: rect})
        for stale in self._stale:
            stale.add_blocks(blocks.blocks)

    def _refresh(self, step: int) -> None:
        """Bring a level up to date."""
        stale, image = self._stale[step], self._levels[step]
        if not stale.all and not stale.blocks and not stale.nodes:
            return
        zoom = self.zoom / 2**step
        if stale.all:
            self._paint_all(image, zoom)
        else:
            with painter_on(image) as painter:
                self._to_image(painter, image)
                if stale.blocks:
                    # Whole pixels, or the fractions at the rim would be lost.
                    room = 2.0 * self._bounds.width() / image.width()
                    self._paint_blocks(painter, stale.blocks.values(), room, zoom)
                self._paint_nodes(painter, stale.nodes, zoom)
        self._stale[step] = _Stale()

    def _paint_blocks(self, painter: QPainter, blocks: Iterable[QRectF], room: float, zoom: float) -> None:
        parts = [block.adjusted(-room, -room, room, room) for block in blocks]
        region = QRegion()
        for part in parts:
            region += part.toAlignedRect()
        painter.setClipRegion(region)
        painter.fillRect(self._bounds, self._background)
        self._paint_parts(painter, parts, zoom)
        painter.setClipping(False)

    def blit(self, painter: QPainter, exposed: QRectF, device_zoom: float) -> None:
        """Draw a part of the scene from the level that fits a zoom in device pixels per unit."""
        part = exposed.intersected(self._bounds)
        if part.isEmpty():
            return
        step = 0
        while step + 1 < len(self._levels) and self.zoom / 2 ** (step + 1) >= device_zoom:
            step += 1
        self._refresh(step)
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
