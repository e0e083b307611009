"""What lies over the nodes and edges: how long tasks are stuck, pending changes, the selected transition."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from wfepy_core.drawing import node_shape as shape
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.painter_context import at_least

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph

GRADES = 4
RINGED_FROM = 3
"""The grade from which a task has rings when far away; with all of them ringed none would be found."""

_MANY = 200
"""Of one kind: so many are searched for tile by tile, and are not ringed."""

DISTANT_REACH = 16.0
"""Pixels from the middle of a node to the outside of what is drawn around it when far away."""

DETAIL_REACH = 16.0
"""Scene units from a node to the outside of its pending mark."""

_AWAY = 4.0
_RADII = (9.0, 13.0)
_GAUGE = QRectF(3.0, 7.0, 5.0, 30.0)
"""Where the gauge is in a node: in the padding left of the icon, where no mark and no text is."""

_APART = 2.0
_EMPTY_ALPHA = 55
_PEN = 10.0
"""Side of the square of the pencil."""


class Overlay:
    """Plain values by number.

    Attributes:
        grades: how long tasks are stuck, from 1 to `GRADES`; empty: not shown.
        pending: in a few words what pending changes make of tasks.
        transition: the selected one; None: none.
    """

    def __init__(self) -> None:
        self.grades: dict[int, int] = {}
        self.pending: dict[int, str] = {}
        self.transition: int | None = None
        self._ringed: tuple[dict[int, int], dict[int, list[int]]] = {}, {}

    def ring_numbers(self, least: int) -> list[int]:
        """What has rings when far away: this grade and above, or only a higher one if these are too many."""
        if self._ringed[0] is not self.grades:
            self._ringed = self.grades, {}
        known = self._ringed[1]
        if least not in known:
            numbers = [index for index, grade in self.grades.items() if grade >= least]
            known[least] = numbers if len(numbers) <= _MANY else []
            if len(numbers) > _MANY and least < GRADES:
                known[least] = self.ring_numbers(least + 1)
        return known[least]


class OverlayPainter:
    """Paints an `Overlay` of a `DrawnGraph` in a `Look`."""

    def __init__(self, drawn: DrawnGraph, look: Look, overlay: Overlay) -> None:
        self._drawn = drawn
        self._look = look
        self._overlay = overlay
        self._metrics = QFontMetricsF(look.label_font)
        self._rings: list[QPixmap] = []
        self._rings_for = 0.0, 0.0

    def paint_detail(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint it where names can be read."""
        if self._overlay.transition is not None:
            self._paint_transition(painter, self._overlay.transition, 1.0)
        for index in self._numbers_in_view(self._overlay.grades, exposed, 0.0):
            colour = self._look.statuses[self._drawn.statuses[index]].border.color()
            place = _GAUGE.translated(self._drawn.nodes[index].rect.topLeft())
            paint_gauge(painter, place, self._overlay.grades[index], colour)
        for index in self._numbers_in_view(self._overlay.pending, exposed, DETAIL_REACH):
            self._paint_pending(painter, self._drawn.nodes[index].rect, self._overlay.pending[index])

    def paint_distant(
        self, painter: QPainter, exposed: QRectF, zoom: float, least: int = RINGED_FROM
    ) -> None:
        """Paint it from far away: marks of the same size at every zoom.

        Args:
            painter: in scene units.
            exposed: the part of the scene.
            zoom: pixels per unit.
            least: the lowest grade that is ringed.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._overlay.transition is not None:
            self._paint_transition(painter, self._overlay.transition, 1.0 / zoom)
        reach = DISTANT_REACH / zoom
        rings = [
            (index, self._overlay.grades[index] - least + 1)
            for index in self._numbers_in_view(self._overlay.ring_numbers(least), exposed, reach)
        ]
        if rings:
            self._paint_rings(painter, rings, painter.worldTransform().m11() / zoom)
        self._paint_frames(painter, self._numbers_in_view(self._overlay.pending, exposed, reach), zoom)

    def _paint_rings(self, painter: QPainter, rings: list[tuple[int, int]], pixel: float) -> None:
        """From pixmaps, which takes a tenth of the time; so many around each, a pixel as large as that."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        if (pixel, ratio) != self._rings_for:
            self._rings_for = pixel, ratio
            self._rings = [self._ring_pixmap(count, pixel, ratio) for count in (1, 2)]
        scene = painter.worldTransform()
        painter.setWorldTransform(QTransform())
        half = DISTANT_REACH * pixel
        for index, count in rings:
            middle = scene.map(self._drawn.nodes[index].rect.center())
            painter.drawPixmap(middle - QPointF(half, half), self._rings[count - 1])
        painter.setWorldTransform(scene)

    def _ring_pixmap(self, count: int, pixel: float, ratio: float) -> QPixmap:
        side = math.ceil(2 * DISTANT_REACH * pixel * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(pixel * ratio, pixel * ratio)
        for radius in _RADII[:count]:
            for colour, width in ((self._look.page, 4.0), (self._look.text, 2.0)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(QPointF(DISTANT_REACH, DISTANT_REACH), radius, radius)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _paint_frames(self, painter: QPainter, numbers: list[int], zoom: float) -> None:
        """Around what is pending."""
        away, least = _AWAY / zoom, 8.0 / zoom
        rects = (at_least(self._drawn.nodes[index].rect, least, least) for index in numbers)
        frames = [rect.adjusted(-away, -away, away, away) for rect in rects]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(self._look.page, 4.0 / zoom), self._dashed_pen(2.0 / zoom)):
            painter.setPen(pen)
            painter.drawRects(frames)

    def _numbers_in_view(self, numbers: Collection[int], exposed: QRectF, reach: float) -> list[int]:
        """Those in view; of many only what is in its tiles is looked at."""
        drawn, part = self._drawn, exposed.adjusted(-reach, -reach, reach, reach)
        near: Iterable[int] = numbers
        if len(numbers) > _MANY:
            near = (index for tile in drawn.visible_tiles(part) for index in tile.nodes if index in numbers)
        return [
            index
            for index in near
            if drawn.nodes[index].rect.intersects(part) and drawn.detail(index) is NodeDetail.FULL
        ]

    def _dashed_pen(self, width: float) -> QPen:
        pen = QPen(self._look.text, width)
        pen.setDashPattern([3.0, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    # -- pending changes ----------------------------------------------------------------------------------

    def _paint_pending(self, painter: QPainter, rect: QRectF, words: str) -> None:
        """A dashed outline around the node, and over its lower edge a pencil with the words."""
        away = _AWAY
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._dashed_pen(2.0))
        painter.drawRoundedRect(rect.adjusted(-away, -away, away, away), 9.0, 9.0)
        width = self._metrics.horizontalAdvance(words) + _PEN + 4.0 + 2 * shape.LABEL_PADDING
        pill = QRectF(rect.x() + 6.0, rect.bottom() - 4.0, width, shape.LABEL_HEIGHT)
        painter.setPen(QPen(self._look.text, 1.0))
        painter.setBrush(self._look.panel)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        left, middle = pill.x() + shape.LABEL_PADDING, pill.center().y()
        paint_pencil(painter, QPointF(left, middle - _PEN / 2), self._look.text)
        painter.setPen(self._look.text)
        painter.setFont(self._look.label_font)
        down = (self._metrics.ascent() - self._metrics.descent()) / 2
        painter.drawText(QPointF(left + _PEN + 4.0, middle + down), words)

    # -- the selected transition --------------------------------------------------------------------------

    def _paint_transition(self, painter: QPainter, index: int, pixel: float) -> None:
        """In the selection's colour with its own dashes, over a band of it; its condition framed."""
        drawn, colour = self._drawn, self._look.selection
        if not drawn.shows_edge(index):
            return
        curve = drawn.curve(index)
        band = QColor(colour)
        band.setAlpha(70)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(curve.line, QPen(band, 10.0 * pixel))
        line = QPen(self._look.edges[drawn.transitions[index]])
        line.setColor(colour)
        line.setWidthF(2.6 * pixel)
        painter.strokePath(curve.line, line)
        painter.setPen(QPen(colour, 2.0 * pixel))
        painter.setBrush(colour)
        painter.drawPath(curve.head)
        label = drawn.edges[index].label
        if label and drawn.pills[index] and pixel >= 1.0:
            width, height = shape.label_size(self._metrics.horizontalAdvance(drawn.pills[index]))
            frame = QRectF(label[0] - width / 2, label[1] - height / 2, width, height)
            painter.setPen(QPen(colour, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, height / 2, height / 2)


def paint_gauge(painter: QPainter, place: QRectF, grade: int, colour: QColor) -> None:
    """Paint as many full cells as the grade says, from below, and the others hardly."""
    height = (place.height() - (GRADES - 1) * _APART) / GRADES
    empty = QColor(colour)
    empty.setAlpha(_EMPTY_ALPHA)
    for cell in range(GRADES):
        top = place.bottom() - height - cell * (height + _APART)
        painter.fillRect(QRectF(place.x(), top, place.width(), height), colour if cell < grade else empty)


def paint_pencil(painter: QPainter, at: QPointF, colour: QColor) -> None:
    """Paint a small pencil: something is written and not yet applied."""
    path = QPainterPath(QPointF(0.5, 9.5))
    for x, y in ((1.3, 6.6), (6.9, 1.0), (9.0, 3.1), (3.4, 8.7)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path.translated(at))
