"""The small map of the whole graph with a frame around what the view shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from wfepy_gui.views.graph.painter_context import painter_on

if TYPE_CHECKING:
    from wfepy_gui.theme import Theme
    from wfepy_gui.views.graph.view import GraphView

_REFRESH_MS = 200
_REST = 40
"""After a picture it rests this many times as long as that took, ..."""
_LONGEST_REST_MS = 1000
"""... but never longer: a pass over a large graph changes it all the time."""
_MARGIN = 6.0
_LEAST_FRAME = 10.0
_STEP = 0.25
"""Of a view's width or height, for an arrow key."""

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Minimap(QWidget):
    """Follows a view; dragging the frame, clicking beside it and the arrow keys move the view."""

    def __init__(self, view: GraphView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._theme = theme
        self._picture: QPixmap | None = None
        self._grip: QPointF | None = None
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._on_refresh_timeout)
        self.setMinimumSize(120, 70)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of the graph"))
        self.setAccessibleDescription(self.tr("The arrow keys move the view"))
        self.setToolTip(self.tr("Drag the frame, or click, to move the view"))
        view.camera.moved.connect(self.update)
        view.graph_scene.picture_changed.connect(self._on_picture_changed)

    def sizeHint(self) -> QSize:
        """A small corner of the window."""
        return QSize(240, 130)

    @property
    def frame(self) -> QRectF:
        """What the view shows, in the map's pixels."""
        zoom, origin = self._placement()
        shown = self._view.camera.visible_rect.intersected(self._view.graph_scene.bounds)
        return QRectF(origin + shown.topLeft() * zoom, shown.size() * zoom)

    def _placement(self) -> tuple[float, QPointF]:
        """Pixels per scene unit, and where the scene's origin is."""
        bounds = self._view.graph_scene.bounds
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if bounds.isEmpty() or room.isEmpty():
            return 1.0, QPointF()
        zoom = min(room.width() / bounds.width(), room.height() / bounds.height())
        return zoom, room.center() - bounds.center() * zoom

    def _on_picture_changed(self) -> None:
        if self.isVisible() and not self._refresh.isActive():
            self._refresh.start()
        elif not self.isVisible():
            self._picture = None

    def _on_refresh_timeout(self) -> None:
        self._picture = None
        self.update()

    def _paint_picture(self) -> QPixmap:
        began, ratio = time.thread_time(), self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.look.page)
        zoom, origin = self._placement()
        with painter_on(picture) as painter:
            painter.translate(origin)
            painter.scale(zoom, zoom)
            self._view.graph_scene.paint_map(painter, zoom)
        rest = round((time.thread_time() - began) * 1000 * _REST)
        self._refresh.setInterval(max(_REFRESH_MS, min(_LONGEST_REST_MS, rest)))
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint the map and the frame."""
        if self._picture is None:
            self._picture = self._paint_picture()
        with painter_on(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            if not self._view.graph_scene.bounds.isEmpty():
                self._paint_frame(painter)
            else:
                painter.setPen(self.palette().placeholderText().color())
                wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                hint = self.tr("Open a state file to see the map of its graph.")
                painter.drawText(self.rect(), wrapped, hint)
            if self.hasFocus():
                painter.setPen(QPen(self._theme.look.selection, 2.0))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_frame(self, painter: QPainter) -> None:
        """Veil what is out of view: a thin line alone would be lost between the nodes."""
        look, frame = self._theme.look, self.frame
        half = QPointF(_LEAST_FRAME / 2, _LEAST_FRAME / 2)
        frame = frame.united(QRectF(frame.center() - half, frame.center() + half))
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        outside.addRect(frame)
        veil = QColor(look.page)
        veil.setAlpha(130)
        painter.fillPath(outside, veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((look.page, 5.0), (look.selection, 3.0 if self.hasFocus() else 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint it anew at another size."""
        super().resizeEvent(event)
        self._picture = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame, or bring its middle here."""
        place, frame = event.position(), self.frame
        self._grip = place - frame.center() if frame.contains(place) else QPointF()
        self._move(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the frame."""
        if self._grip is not None:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  Qt's signature
        """Let the frame go."""
        self._grip = None

    def _move(self, place: QPointF) -> None:
        zoom, origin = self._placement()
        middle = (place - (self._grip or QPointF()) - origin) / zoom
        bounds = self._view.graph_scene.bounds
        inside = QPointF(
            min(bounds.right(), max(bounds.left(), middle.x())),
            min(bounds.bottom(), max(bounds.top(), middle.y())),
        )
        self._view.look_at(inside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the view, plus and minus zoom it."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is not None:
            shown = self._view.camera.visible_rect
            step = QPointF(way[0] * shown.width() * _STEP, way[1] * shown.height() * _STEP)
            self._view.look_at(shown.center() + step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._view.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self._view.zoom_out()
        else:
            super().keyPressEvent(event)
