"""Paints single nodes and pills in full detail."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap, QStaticText, QTransform

from wfepy_core.drawing import node_shape as shape
from wfepy_core.drawing.printable_text import printable_text
from wfepy_core.model.status import TaskStatus
from wfepy_gui.models.node_badges import parts_of
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.graph.painter_context import painter_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont

    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnNode

_WORDS_FROM = 0.55
"""Zoom from which the status word can be read."""

_MOST_BOXES = 300
"""Cached pixmaps: one for each status and width in view."""

_RIM = 2.0
"""Around a box, for its border."""

_MARK = 5.0
_TEXT_LEFT = shape.PADDING + shape.ICON + shape.GAP


class NodePainter:
    """Paints nodes and pills in one look; keeps their laid-out text."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._names: dict[str, QStaticText] = {}
        self._words: dict[str, QStaticText] = {}
        self._status_words = {status: label_of(status) for status in TaskStatus}
        self._pills: dict[str, tuple[QStaticText, float]] = {}
        self._boxes: dict[tuple[TaskStatus, float], QPixmap] = {}
        self._boxes_for = (0.0, 0.0)
        self._name_ascent = QFontMetricsF(look.name_font).ascent()
        self._word_ascent = QFontMetricsF(look.word_font).ascent()

    def paint_box(self, painter: QPainter, rect: QRectF, status: TaskStatus) -> None:
        """Paint the box of one node and its icon."""
        look = self._look.statuses[status]
        painter.setPen(look.border)
        painter.setBrush(look.fill)
        painter.drawRoundedRect(rect, shape.RADIUS, shape.RADIUS)
        top = rect.y() + (rect.height() - shape.ICON) / 2
        look.icon.paint(painter, rect.x() + shape.PADDING, top, shape.ICON)

    def paint_boxes(
        self, painter: QPainter, boxes: Iterable[tuple[QRectF, TaskStatus]], zoom: float, ratio: float
    ) -> None:
        """Paint many boxes from pixmaps, which takes a fifth of the time.

        Args:
            painter: in scene units, turned and sheared by nothing.
            boxes: rectangles and statuses.
            zoom: pixels per unit.
            ratio: device pixels per pixel.
        """
        if (zoom, ratio) != self._boxes_for or len(self._boxes) > _MOST_BOXES:
            self._boxes_for = zoom, ratio
            self._boxes.clear()
        scene = painter.worldTransform()
        dx, dy, known = scene.dx() - _RIM * zoom, scene.dy() - _RIM * zoom, self._boxes
        painter.setWorldTransform(QTransform())
        try:
            for rect, status in boxes:
                key = status, rect.width()
                pixmap = known.get(key)
                if pixmap is None:
                    pixmap = known[key] = self._box_pixmap(rect, status, zoom, ratio)
                painter.drawPixmap(QPoint(round(rect.x() * zoom + dx), round(rect.y() * zoom + dy)), pixmap)
        finally:
            painter.setWorldTransform(scene)

    def _box_pixmap(self, rect: QRectF, status: TaskStatus, zoom: float, ratio: float) -> QPixmap:
        scale = zoom * ratio
        width, height = ((side + 2 * _RIM) * scale for side in (rect.width(), rect.height()))
        pixmap = QPixmap(math.ceil(width), math.ceil(height))
        pixmap.fill(Qt.GlobalColor.transparent)
        with painter_on(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            self.paint_box(painter, QRectF(_RIM, _RIM, rect.width(), rect.height()), status)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def paint_text(
        self, painter: QPainter, node: DrawnNode, status: TaskStatus, badge: str, zoom: float
    ) -> None:
        """Paint the name and, where it can be read, the status word with its badge."""
        look = self._look.statuses[status]
        left, top = node.rect.x() + _TEXT_LEFT, node.rect.y()
        painter.setPen(look.name)
        painter.setFont(self._look.name_font)
        name = _static(self._names, node.name, self._look.name_font)
        laps, age = parts_of(badge)
        if laps:
            self._paint_laps(painter, node.rect, status, laps)
            painter.setPen(look.name)
            painter.setFont(self._look.name_font)
        if zoom < _WORDS_FROM:
            painter.drawStaticText(QPointF(left, top + (shape.HEIGHT - name.size().height()) / 2), name)
            return
        painter.drawStaticText(QPointF(left, top + shape.NAME_BASELINE - self._name_ascent), name)
        painter.setPen(look.word)
        painter.setFont(self._look.word_font)
        words = self._status_words[status]
        if age:
            words = f"{words} · {age}"
        text = _static(self._words, words, self._look.word_font)
        painter.drawStaticText(QPointF(left, top + shape.WORD_BASELINE - self._word_ascent), text)

    def _paint_laps(self, painter: QPainter, rect: QRectF, status: TaskStatus, laps: str) -> None:
        """How often a loop came by, on the upper right corner, where neither name nor word is."""
        look = self._look.statuses[status]
        text = _static(self._words, laps, self._look.word_font)
        width, height = text.size().width() + 10.0, text.size().height() + 1.0
        pill = QRectF(rect.right() - width + 4.0, rect.y() - height / 2 - 2.0, width, height)
        painter.setPen(QPen(self._look.page, 1.5))
        painter.setBrush(look.border.color())
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(self._look.page)
        painter.setFont(self._look.word_font)
        painter.drawStaticText(QPointF(pill.x() + 5.0, pill.y() + 0.5), text)

    def paint_marks(self, painter: QPainter, node: DrawnNode) -> None:
        """Start: a disc on the upper edge. Join: a bar along it. End: a target on the lower edge."""
        rect = node.rect
        ink, page = self._look.text, self._look.page
        if node.join:
            bar = QRectF(rect.x() + shape.RADIUS, rect.y() - 2.5, rect.width() - 2 * shape.RADIUS, 5.0)
            painter.setPen(QPen(page, 1.0))
            painter.setBrush(ink)
            painter.drawRoundedRect(bar, 2.5, 2.5)
        if node.start:
            painter.setPen(QPen(page, 1.5))
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(rect.x() + 16.0, rect.y()), _MARK, _MARK)
        if node.end:
            place = QPointF(rect.right() - 16.0, rect.bottom())
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(page)
            painter.drawEllipse(place, _MARK + 1.0, _MARK + 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(place, _MARK - 2.0, _MARK - 2.0)

    def paint_pill(self, painter: QPainter, centre: tuple[float, float], text: str) -> None:
        """Paint a condition's name on its edge."""
        if text not in self._pills:
            width = QFontMetricsF(self._look.label_font).horizontalAdvance(text)
            self._pills[text] = (_new_static(text, self._look.label_font), width)
        label, width = self._pills[text]
        size = shape.label_size(width)
        rect = QRectF(centre[0] - size[0] / 2, centre[1] - size[1] / 2, *size)
        painter.setPen(QPen(self._look.panel_border, 1.0))
        painter.setBrush(self._look.panel)
        painter.drawRoundedRect(rect, size[1] / 2, size[1] / 2)
        painter.setPen(self._look.text)
        painter.setFont(self._look.label_font)
        top = rect.y() + (rect.height() - label.size().height()) / 2
        painter.drawStaticText(QPointF(rect.x() + shape.LABEL_PADDING, top), label)


def _static(known: dict[str, QStaticText], text: str, font: QFont) -> QStaticText:
    if text not in known:
        known[text] = _new_static(text, font)
    return known[text]


def _new_static(text: str, font: QFont) -> QStaticText:
    static = QStaticText(printable_text(text))
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=font)
    return static
