"""The strip below the graph: what the colours, lines and marks mean, and how many tasks have each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wfepy_core.drawing.legend import GAP, ICON, LINE, SAMPLE, places_in_lines
from wfepy_core.drawing.palette import Mark
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr
from wfepy_gui.views.graph.overlay import RINGED_FROM, paint_gauge, paint_pencil
from wfepy_gui.views.graph.painter_context import painter_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from wfepy_gui.theme import Look, Theme

_GAUGE = 10.0
LAPS, PENDING = "laps", "pending"
_MARKS = {Mark.START: QT_TR_NOOP("start"), Mark.JOIN: QT_TR_NOOP("join"), Mark.END: QT_TR_NOOP("end")}

_Entry = TaskStatus | TransitionStatus | Mark | str | int
"""A status, a mark, `LAPS` or `PENDING`, or a grade of how long tasks are stuck."""


class LegendPainter:
    """Lays out and paints legend entries; the widget and the export share it."""

    def __init__(
        self, look: Look, counts: Mapping[TaskStatus, int], marks: Mapping[str | int, str] | None = None
    ) -> None:
        """Lay out entries.

        Args:
            look: what to paint with.
            counts: of the statuses; those without a task are left out.
            marks: words for what else is drawn: `LAPS`, `PENDING`, and each grade of how long tasks are
                stuck; without: nothing more.
        """
        self._look = look
        metrics = QFontMetricsF(look.label_font)
        self._ascent = (metrics.ascent() - metrics.descent()) / 2
        self._entries: list[tuple[_Entry, str, float]] = []
        for status in TaskStatus:
            if counts.get(status):
                self._add(status, f"{label_of(status)} {counts[status]}", ICON, metrics)
        for transition in TransitionStatus:
            self._add(transition, label_of(transition), SAMPLE, metrics)
        for mark, word in _MARKS.items():
            self._add(mark, tr(word), SAMPLE if mark is Mark.JOIN else ICON, metrics)
        for extra, words in (marks or {}).items():
            self._add(extra, words, SAMPLE if isinstance(extra, str) else _sample_width(extra), metrics)

    def _add(self, entry: _Entry, text: str, sample: float, metrics: QFontMetricsF) -> None:
        self._entries.append((entry, text, sample + GAP + metrics.horizontalAdvance(text)))

    def height(self, width: float) -> float:
        """How high the legend is when it is so wide."""
        return max((y for _, _, _, y in self._places(width)), default=0.0) + LINE

    def _places(self, width: float) -> list[tuple[_Entry, str, float, float]]:
        places = places_in_lines([wide for _, _, wide in self._entries], width)
        return [(entry, text, x, y) for (entry, text, _), (x, y) in zip(self._entries, places, strict=True)]

    def paint(self, painter: QPainter, origin: QPointF, width: float) -> None:
        """Paint the legend with its top left corner at a point."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.label_font)
        for entry, text, x, y in self._places(width):
            left, middle = origin.x() + x, origin.y() + y + LINE / 2
            sample = self._paint_sample(painter, entry, left, middle)
            painter.setPen(self._look.text)
            painter.drawText(QPointF(left + sample + GAP, middle + self._ascent), text)

    def _paint_sample(self, painter: QPainter, entry: _Entry, x: float, y: float) -> float:
        if isinstance(entry, TaskStatus):
            self._look.page_icon(entry).paint(painter, x, y - ICON / 2, ICON)
            return ICON
        if isinstance(entry, TransitionStatus):
            paint_edge_sample(painter, self._look, entry, QPointF(x, y))
            return SAMPLE
        if isinstance(entry, int):
            paint_gauge(painter, QRectF(round(x) + 2, round(y) - 9, 6, 18), entry, self._look.text)
            for ring in range(RINGED_FROM, entry + 1):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._look.text, 1.4))
                radius = 4.0 + 3.2 * (ring - RINGED_FROM)
                painter.drawEllipse(QPointF(x + _GAUGE + 10.0, y), radius, radius)
            return _sample_width(entry)
        if isinstance(entry, Mark):
            return self._paint_mark(painter, entry, x, y)
        return self._paint_extra(painter, entry, QRectF(x, y - 7.0, SAMPLE, 14.0))

    def _paint_extra(self, painter: QPainter, entry: str, place: QRectF) -> float:
        if entry == LAPS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.text)
            painter.drawRoundedRect(place.adjusted(2, 0, -2, 0), 7.0, 7.0)
            painter.setPen(self._look.page)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "×2")  # noqa: RUF001  as in "twice"
            return SAMPLE
        pen = QPen(self._look.text, 1.5)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 0, -1, 0), 4.0, 4.0)
        paint_pencil(painter, place.center() - QPointF(5.0, 5.0), self._look.text)
        return SAMPLE

    def _paint_mark(self, painter: QPainter, mark: Mark, x: float, y: float) -> float:
        ink = self._look.text
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if mark is Mark.JOIN:
            painter.drawRoundedRect(QRectF(x, y - 2.5, SAMPLE, 5.0), 2.5, 2.5)
            return SAMPLE
        middle = QPointF(x + ICON / 2, y)
        if mark is Mark.START:
            painter.drawEllipse(middle, 5.0, 5.0)
            return ICON
        painter.drawEllipse(middle, 3.0, 3.0)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 6.0, 6.0)
        return ICON


def _sample_width(grade: int) -> float:
    """Of a gauge, with room for the rings that stand for it when far away."""
    return _GAUGE + (20.0 if grade >= RINGED_FROM else 0.0)


def paint_edge_sample(painter: QPainter, look: Look, status: TransitionStatus, at: QPointF) -> None:
    """Paint a short horizontal transition that begins at a point."""
    pen = look.edges[status]
    painter.setPen(pen)
    painter.drawLine(at, at + QPointF(SAMPLE - 8, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    tip = at + QPointF(SAMPLE, 0.0)
    painter.drawPolygon(QPolygonF([tip, tip + QPointF(-8.0, -3.0), tip + QPointF(-8.0, 3.0)]))


class LegendStrip(QWidget):
    """The legend strip; as many lines as its width needs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[TaskStatus, int] = {}
        self._stuck_ages: dict[int, str] = {}
        self._has_pending = False
        self._has_laps = False
        self._least = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend"))
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def set_counts(self, counts: Mapping[TaskStatus, int]) -> None:
        """Show how many tasks have each status; statuses nobody has are left out."""
        self._counts = dict(counts)
        self._rebuild()

    def set_stuck_ages(self, words: Mapping[int, str]) -> None:
        """Say what the grades of how long tasks are stuck mean; empty: they are not shown."""
        if words != self._stuck_ages:
            self._stuck_ages = dict(words)
            self._rebuild()

    def set_pending(self, shown: bool) -> None:
        """Say what the mark of pending changes means, or do not."""
        if shown != self._has_pending:
            self._has_pending = shown
            self._rebuild()

    def set_laps(self, shown: bool) -> None:
        """Say what the badge of a loop means, or do not."""
        if shown != self._has_laps:
            self._has_laps = shown
            self._rebuild()

    def _marks(self) -> dict[str | int, str]:
        marks: dict[str | int, str] = {}
        if self._has_laps:
            marks[LAPS] = self.tr("done so often")
        if self._has_pending:
            marks[PENDING] = self.tr("pending change")
        return marks | self._stuck_ages

    def _rebuild(self) -> None:
        marks = self._marks()
        counted = (
            f"{self._counts[status]} {label_of(status)}" for status in TaskStatus if self._counts.get(status)
        )
        self.setAccessibleDescription(", ".join([*counted, *marks.values()]))
        self._painter = LegendPainter(self._theme.look, self._counts, marks)
        self._fit_height()
        self.update()

    def _fit_height(self) -> None:
        """As high as its lines; not lower again by itself, or the graph above would grow and shrink."""
        self._least = max(self._least, round(self._painter.height(self.width())) + 8)
        self.setFixedHeight(self._least)

    def reset_height(self) -> None:
        """Another graph is shown: be as high as that needs."""
        self._least = 0
        self._fit_height()

    def sizeHint(self) -> QSize:
        """One line, as wide as it gets."""
        return QSize(600, round(LINE) + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.reset_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        look = self._theme.look
        with painter_on(self) as painter:
            painter.fillRect(event.rect(), look.panel)
            painter.setPen(QPen(look.panel_border, 1.0))
            painter.drawLine(0, 0, self.width(), 0)
            self._painter.paint(painter, QPointF(0.0, 4.0), self.width())
