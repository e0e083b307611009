"""The palette's icons as Qt paths, pixmaps and icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

if TYPE_CHECKING:
    from wfepy_core.drawing.palette import Icon

_BOX = 16.0
_MARK_WIDTH = 2.0
_ICON_SIZES = (16, 20, 24, 32, 48)


def painter_path(data: str) -> QPainterPath:
    """The path of SVG path data made of absolute `M`, `L`, `C` and `Z`, as the palette's icons are."""
    path = QPainterPath()
    words = iter(data.split())
    for word in words:
        command, x = word[0], word[1:]
        if command == "M":
            path.moveTo(float(x), float(next(words)))
        elif command == "L":
            path.lineTo(float(x), float(next(words)))
        elif command == "C":
            numbers = [float(x), *(float(next(words)) for _ in range(5))]
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
    return path


class IconPainter:
    """Paints one status icon in its two colours."""

    def __init__(self, icon: Icon, colour: QColor, mark: QColor) -> None:
        self._icon = icon
        self._paths: tuple[QPainterPath, QPainterPath, QPainterPath] | None = None
        self._colour = colour
        self._mark_pen = QPen(mark, _MARK_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        self._outline_pen = QPen(colour, _MARK_WIDTH)
        self._pixmaps: dict[int, QPixmap] = {}

    @property
    def body(self) -> QPainterPath:
        """The outline of the body, in the icon's box of 16 by 16."""
        return self._drawn()[0]

    def _drawn(self) -> tuple[QPainterPath, QPainterPath, QPainterPath]:
        """Body, mark and outline; read from their text when they are painted first."""
        if self._paths is None:
            icon = self._icon
            self._paths = painter_path(icon.body), painter_path(icon.mark), painter_path(icon.outline)
        return self._paths

    def paint(self, painter: QPainter, x: float, y: float, size: float) -> None:
        """Paint the icon with its top left corner at (x, y), in the painter's units."""
        body, mark, outline = self._drawn()
        painter.save()
        painter.translate(x, y)
        painter.scale(size / _BOX, size / _BOX)
        painter.fillPath(body, self._colour)
        if not mark.isEmpty():
            painter.strokePath(mark, self._mark_pen)
        if not outline.isEmpty():
            painter.strokePath(outline, self._outline_pen)
        painter.restore()

    def pixmap(self, pixels: int) -> QPixmap:
        """The icon as a square pixmap of so many device pixels; kept."""
        if pixels not in self._pixmaps:
            pixmap = QPixmap(pixels, pixels)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, 0.0, 0.0, float(pixels))
            painter.end()
            self._pixmaps[pixels] = pixmap
        return self._pixmaps[pixels]

    def icon(self) -> QIcon:
        """The icon for lists, menus and buttons."""
        icon = QIcon()
        for size in _ICON_SIZES:
            icon.addPixmap(self.pixmap(size))
        return icon
