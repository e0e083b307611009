"""Moves a view over its scene: at once, or in a short flight that anything else ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPointF, QRectF, QSizeF, QVariantAnimation, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsView

STEP = 1.25
CLOSEST = 4.0
READABLE = 0.7
"""Zoom at which names and status words can be read: the view never opens further away."""

OWN_SIZE = 1.0
FLIGHT_MS = 180
_FARTHEST = 3.0
"""Screens: a longer flight would only flicker past what lies between."""


class Camera(QObject):
    """Where a view looks.

    Signals:
        moved: the part of the scene in view is another one.
    """

    moved = Signal()

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._bounds = QRectF()
        self._origin = QPoint()
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.setDuration(FLIGHT_MS)
        self._flight.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._flight.valueChanged.connect(self._move_along)
        self._from = (QPointF(), 1.0)
        self._to = (QPointF(), 1.0)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.moved)

    @property
    def zoom(self) -> float:
        """Pixels per scene unit."""
        return self._view.transform().m11()

    @property
    def visible_rect(self) -> QRectF:
        """The part of the scene in view."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def set_bounds(self, bounds: QRectF) -> None:
        """Say what there is to look at."""
        self.stop()
        self._bounds = QRectF(bounds)
        self.make_room()

    def make_room(self) -> None:
        """Let every corner of the graph be brought to the middle."""
        across = self._view.viewport().width() / self.zoom * 0.5
        down = self._view.viewport().height() / self.zoom * 0.5
        self._view.setSceneRect(self._bounds.adjusted(-across, -down, across, down))

    @property
    def scroll_position(self) -> QPoint:
        """What `keep_in_window` needs to know from before another size."""
        return QPoint(self._view.horizontalScrollBar().value(), self._view.verticalScrollBar().value())

    def keep_in_window(self, position: QPoint) -> None:
        """Keep what is shown where it was in the window, after the view got another size or moved in it.

        A bar that comes and goes above the view would move everything below it.

        Args:
            position: the `scroll_position` of before.
        """
        self.make_room()
        origin = self._view.viewport().mapTo(self._view.window(), QPoint())
        position += origin - self._origin
        self._origin = origin
        # At the rim there may be less room than before: some more, until the next zoom.
        shown = QRectF(QPointF(position) / self.zoom, QSizeF(self._view.viewport().size()) / self.zoom)
        self._view.setSceneRect(self._view.sceneRect().united(shown))
        self._scroll(position - self.scroll_position)

    def stop(self) -> None:
        """End a flight where it is."""
        self._flight.stop()

    def fitting_zoom(self, rect: QRectF, most: float = OWN_SIZE) -> float:
        """The zoom at which a rectangle just fits into the view."""
        size = self._view.viewport().size()
        return min(most, size.width() / max(rect.width(), 1.0), size.height() / max(rect.height(), 1.0))

    def set_zoom(self, zoom: float) -> None:
        """Zoom as far as is allowed; the caller decides what stays where it is."""
        factor = self._clamp_zoom(zoom) / self.zoom
        self._view.scale(factor, factor)
        self.make_room()
        self.moved.emit()

    def zoom_at(self, zoom: float, at: QPointF) -> None:
        """Zoom; what is under a point of the viewport stays there."""
        self.stop()
        under = self._view.mapToScene(at.toPoint())
        self.set_zoom(zoom)
        self._scroll(self._view.mapFromScene(under) - at.toPoint())

    def scroll(self, by: QPoint) -> None:
        """Move the view by so many pixels."""
        self.stop()
        self._scroll(by)

    def show_rect(self, rect: QRectF, *, most: float = OWN_SIZE, animated: bool = False) -> None:
        """Make a rectangle fill the view, never larger than a zoom."""
        if not rect.isEmpty():
            self.look_at(rect.center(), self.fitting_zoom(rect, most), animated=animated)

    def look_at(self, centre: QPointF, zoom: float, *, animated: bool = False) -> None:
        """Bring a point of the scene to the middle."""
        self.stop()
        self._from = self.visible_rect.center(), self.zoom
        self._to = QPointF(centre), self._clamp_zoom(zoom)
        if animated and self._is_near():
            self._flight.start()
        else:
            self._move_along(1.0)

    def open_on(self, rect: QRectF) -> None:
        """Show a rectangle, at its own size if it fits, and as much of the graph around it as there is."""
        zoom = self.fitting_zoom(rect)
        viewport, bounds = self._view.viewport(), self._bounds
        centre = QPointF(
            _clamp_middle(rect.center().x(), bounds.left(), bounds.right(), viewport.width() / zoom),
            _clamp_middle(rect.center().y(), bounds.top(), bounds.bottom(), viewport.height() / zoom),
        )
        self.look_at(centre, zoom)

    def reveal(self, rect: QRectF, margin: float, *, animated: bool = False) -> None:
        """Move as little as is needed to have a rectangle in view, with so many pixels around it."""
        away = margin / self.zoom
        wanted, shown = rect.adjusted(-away, -away, away, away), self.visible_rect
        dx = _shift_needed(shown.left(), shown.right(), wanted.left(), wanted.right())
        dy = _shift_needed(shown.top(), shown.bottom(), wanted.top(), wanted.bottom())
        if dx or dy:
            self.look_at(shown.center() + QPointF(dx, dy), self.zoom, animated=animated)

    def _is_near(self) -> bool:
        shown = self.visible_rect
        way = self._to[0] - self._from[0]
        scale = self._to[1] / self._from[1]
        return (
            abs(way.x()) <= _FARTHEST * max(1.0, 1.0 / scale) * shown.width()
            and abs(way.y()) <= _FARTHEST * max(1.0, 1.0 / scale) * shown.height()
        )

    def _move_along(self, part: float) -> None:
        (start, near), (end, far) = self._from, self._to
        self.set_zoom(math.exp(math.log(near) + part * (math.log(far) - math.log(near))))
        # A point of the way as it looks on the screen: slower where the view is closer.
        way = 1 / far - 1 / near  # none between zooms that differ by a rounding error
        gone = (1 / self.zoom - 1 / near) / way if way else part
        self._view.centerOn(start + (end - start) * min(1.0, max(0.0, gone)) if part < 1.0 else end)

    def _scroll(self, by: QPoint) -> None:
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def _clamp_zoom(self, zoom: float) -> float:
        if self._bounds.isEmpty():
            return min(CLOSEST, max(READABLE, zoom))
        least = min(READABLE, self.fitting_zoom(self._bounds) * 0.8)
        return min(CLOSEST, max(least, zoom))


def _clamp_middle(middle: float, low: float, high: float, length: float) -> float:
    """The middle of a range of some length inside another; where it is longer, the middle of that one."""
    return (low + high) / 2 if length >= high - low else min(max(middle, low + length / 2), high - length / 2)


def _shift_needed(low: float, high: float, wanted_low: float, wanted_high: float) -> float:
    """How far a range must move to hold another, or to begin with it where it is too long."""
    if wanted_low < low or wanted_high - wanted_low > high - low:
        return wanted_low - low
    return max(0.0, wanted_high - high)
