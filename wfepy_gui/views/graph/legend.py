"""The strip below the graph: what the colours, lines and marks mean, and how many tasks have each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wfepy_core.status import TaskStatus, TransitionStatus
from wfepy_gui.wording import marked, said, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from wfepy_gui.theme import Look, Theme

LINE = 24.0
"""Height of one line of the legend."""

_ICON = 14.0
_SAMPLE = 30.0
_GAP = 6.0
_APART = 18.0
_MARGIN = 12.0
_MARKS = (marked("start"), marked("join"), marked("end"))


class LegendPainter:
    """Lays out and paints legend entries; the widget and the export share it."""

    def __init__(self, look: Look, counts: Mapping[TaskStatus, int]) -> None:
        self._look = look
        metrics = QFontMetricsF(look.label_font)
        self._ascent = (metrics.ascent() - metrics.descent()) / 2
        self._entries: list[tuple[TaskStatus | TransitionStatus | str, str, float]] = []
        for status in TaskStatus:
            if counts.get(status):
                self._add(status, f"{word(status)} {counts[status]}", _ICON, metrics)
        for transition in TransitionStatus:
            self._add(transition, word(transition), _SAMPLE, metrics)
        for mark in _MARKS:
            self._add(mark, said(mark), _SAMPLE if mark == "join" else _ICON, metrics)

    def _add(
        self, entry: TaskStatus | TransitionStatus | str, text: str, sample: float, metrics: QFontMetricsF
    ) -> None:
        self._entries.append((entry, text, sample + _GAP + metrics.horizontalAdvance(text) + _APART))

    def height(self, width: float) -> float:
        """How high the legend is when it is so wide."""
        return max((y for _, _, _, y in self._places(width)), default=0.0) + LINE

    def _places(self, width: float) -> list[tuple[TaskStatus | TransitionStatus | str, str, float, float]]:
        places = []
        x, y = _MARGIN, 0.0
        for entry, text, wide in self._entries:
            if x > _MARGIN and x + wide - _APART > width - _MARGIN:
                x, y = _MARGIN, y + LINE
            places.append((entry, text, x, y))
            x += wide
        return places

    def paint(self, painter: QPainter, origin: QPointF, width: float) -> None:
        """Paint the legend with its top left corner at a point."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.label_font)
        for entry, text, x, y in self._places(width):
            left, middle = origin.x() + x, origin.y() + y + LINE / 2
            sample = self._paint_sample(painter, entry, left, middle)
            painter.setPen(self._look.text)
            painter.drawText(QPointF(left + sample + _GAP, middle + self._ascent), text)

    def _paint_sample(
        self, painter: QPainter, entry: TaskStatus | TransitionStatus | str, x: float, y: float
    ) -> float:
        if isinstance(entry, TaskStatus):
            self._look.page_icon(entry).paint(painter, x, y - _ICON / 2, _ICON)
            return _ICON
        if isinstance(entry, TransitionStatus):
            pen = self._look.edges[entry]
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + _SAMPLE - 8, y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            right = x + _SAMPLE
            painter.drawPolygon(
                QPolygonF([QPointF(right, y), QPointF(right - 8, y - 3), QPointF(right - 8, y + 3)])
            )
            return _SAMPLE
        return self._paint_mark(painter, entry, x, y)

    def _paint_mark(self, painter: QPainter, mark: str, x: float, y: float) -> float:
        ink = self._look.text
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if mark == "join":
            painter.drawRoundedRect(QRectF(x, y - 2.5, _SAMPLE, 5.0), 2.5, 2.5)
            return _SAMPLE
        middle = QPointF(x + _ICON / 2, y)
        if mark == "start":
            painter.drawEllipse(middle, 5.0, 5.0)
            return _ICON
        painter.drawEllipse(middle, 3.0, 3.0)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 6.0, 6.0)
        return _ICON


class Legend(QWidget):
    """The legend strip; as many lines as its width needs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[TaskStatus, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend"))
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def set_counts(self, counts: Mapping[TaskStatus, int]) -> None:
        """Show how many tasks have each status; statuses nobody has are left out."""
        self._counts = dict(counts)
        words = (f"{counts[status]} {word(status)}" for status in TaskStatus if counts.get(status))
        self.setAccessibleDescription(", ".join(words))
        self._rebuild()

    def _rebuild(self) -> None:
        self._painter = LegendPainter(self._theme.look, self._counts)
        self._settle()
        self.update()

    def _settle(self) -> None:
        self.setFixedHeight(round(self._painter.height(self.width())) + 8)

    def sizeHint(self) -> QSize:
        """One line, as wide as it gets."""
        return QSize(600, round(LINE) + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        look = self._theme.look
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.panel)
        painter.setPen(QPen(look.panel_border, 1.0))
        painter.drawLine(0, 0, self.width(), 0)
        self._painter.paint(painter, QPointF(0.0, 4.0), self.width())
        painter.end()
