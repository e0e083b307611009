"""The graph as a picture from the desktop: SVG, PDF or PNG, with title, legend and time stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from wfepy_core.drawing.legend import LINE
from wfepy_core.drawing.node_shape import MARGIN
from wfepy_core.errors import DrawingError
from wfepy_gui.models.node_badges import has_laps
from wfepy_gui.text.translation import tr
from wfepy_gui.views.graph.export_part import whole_graph
from wfepy_gui.views.graph.legend import LAPS, LegendPainter

if TYPE_CHECKING:
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.export_part import ExportPart
    from wfepy_gui.views.graph.scene import GraphScene

FORMATS = ("svg", "pdf", "png")

_TITLE_ROOM = 44.0
_LEAST_WIDTH = 560.0
_MOST_PIXELS = 120_000_000
_LONGEST_SIDE = 32_000
_LONGEST_PAGE = 14_400.0
"""Points: what PDF readers accept."""


class ExportPage(NamedTuple):
    """What to draw, apart from the scene.

    Attributes:
        look: usually the light one, whatever the screen shows.
        title: above the graph; may be empty.
        stamp: below the legend, for example `saved 2026-11-22 10:05 UTC`; may be empty.
        part: which part of the graph; None is the whole graph.
        legend: whether colours, lines and marks are explained.
        background: whether the page has its colour; paper is white already.
    """

    look: Look
    title: str = ""
    stamp: str = ""
    part: ExportPart | None = None
    legend: bool = True
    background: bool = True


class PagePainter:
    """Lays a page out and paints it at any scale."""

    def __init__(self, scene: GraphScene, page: ExportPage) -> None:
        self._scene = scene
        self._page = page
        drawn = scene.drawn
        if not drawn.nodes:
            raise DrawingError(tr("there is no graph to export"), hint=tr("open a state file first"))
        self._part = page.part or whole_graph(drawn)
        marks: dict[str | int, str] = {}
        if any(map(has_laps, drawn.badges.values())):
            marks[LAPS] = tr("done so often")
        self._legend = LegendPainter(page.look, self._part.counts(drawn), marks)
        self._title_font = QFont(page.look.name_font)
        self._title_font.setPixelSize(18)
        self._title_font.setBold(True)
        title = QFontMetricsF(self._title_font).horizontalAdvance(page.title) + 2 * MARGIN
        self._width = max(self._part.rect.width(), _LEAST_WIDTH, title)

    @property
    def size(self) -> QSizeF:
        """Of the page at 100 %, in points."""
        title = _TITLE_ROOM if self._page.title else 0.0
        stamp = LINE if self._page.stamp else 0.0
        legend = self._legend.height(self._width) if self._page.legend else 0.0
        return QSizeF(self._width, title + self._part.rect.height() + legend + stamp)

    def paint(self, painter: QPainter, scale: float) -> None:
        """Paint the page at the painter's origin, so many painter units to the point."""
        look, width = self._page.look, self._width
        painter.scale(scale, scale)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if self._page.background:
            painter.fillRect(QRectF(QPointF(0, 0), self.size), look.page)
        y = 0.0
        if self._page.title:
            painter.setFont(self._title_font)
            painter.setPen(look.text)
            painter.drawText(QPointF(MARGIN, 32.0), self._page.title)
            y = _TITLE_ROOM
        painter.save()
        rect = self._part.rect
        painter.translate((width - rect.width()) / 2 - rect.x(), y - rect.y())
        painter.setClipRect(rect)
        self._scene.paint_export(painter, self._part, look, scale)
        painter.restore()
        y += self._part.rect.height()
        if self._page.legend:
            self._legend.paint(painter, QPointF(0.0, y), width)
            y += self._legend.height(width)
        if self._page.stamp:
            painter.setFont(look.word_font)
            painter.setPen(look.muted)
            painter.drawText(QPointF(12.0, y + LINE / 2 + 4.0), self._page.stamp)


def render_image(scene: GraphScene, page: ExportPage, scale: float = 2.0) -> QImage:
    """The page as an image, for a PNG file or the clipboard.

    Args:
        scene: what to draw.
        page: how.
        scale: pixels to the point; less for a graph that would not fit into an image.
    """
    pages = PagePainter(scene, page)
    size = pages.size
    scale = min(
        scale,
        _LONGEST_SIDE / max(size.width(), size.height()),
        (_MOST_PIXELS / (size.width() * size.height())) ** 0.5,
    )
    pixels = QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
    image = QImage(pixels, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pages.paint(painter, scale)
    painter.end()
    return image


def save_picture(
    scene: GraphScene, page: ExportPage, path: str, output_format: str, scale: float = 2.0
) -> None:
    """Write the page to a file.

    Args:
        scene: what to draw.
        page: how.
        path: the file; an existing one is replaced.
        output_format: one of `FORMATS`.
        scale: of a PNG, in pixels to the point.

    Raises:
        DrawingError: the file cannot be written.
    """
    file = QSaveFile(path)
    pages = PagePainter(scene, page)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _cannot_write(path, file.errorString())
    if output_format == "png":
        done = QImageWriter(file, QByteArray(b"png")).write(render_image(scene, page, scale))
    elif output_format == "pdf":
        done = _write_pdf(pages, file, page.title)
    else:
        done = _write_svg(pages, file, page.title)
    if not (done and file.commit()):
        raise _cannot_write(path, file.errorString())


def _cannot_write(path: str, reason: str) -> DrawingError:
    return DrawingError(
        tr("{}: cannot write the picture: {}").format(path, reason), hint=tr("choose another place")
    )


def _write_pdf(pages: PagePainter, device: QIODevice, title: str) -> bool:
    size = pages.size
    scale = min(1.0, _LONGEST_PAGE / max(size.width(), size.height()))
    writer = QPdfWriter(device)
    writer.setTitle(title)
    writer.setResolution(72)
    points = QPageSize(size * scale, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(points, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    pages.paint(painter, scale)
    return painter.end()


def _write_svg(pages: PagePainter, device: QIODevice, title: str) -> bool:
    from PySide6.QtSvg import QSvgGenerator  # noqa: PLC0415  only an SVG export needs it

    size = pages.size
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setTitle(title)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(QPointF(0, 0), size))
    generator.setResolution(72)
    painter = QPainter(generator)
    pages.paint(painter, 1.0)
    return painter.end()
