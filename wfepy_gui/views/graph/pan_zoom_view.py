"""A view that is dragged, zoomed with the wheel, and zoomed to an area; nothing but the operator moves it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.views.graph.camera import CLOSEST, OWN_SIZE, STEP, Camera
from wfepy_gui.views.graph.zoom_frame import ZoomFrame

_DRAG = 4

_ZOOM_FRAME_KEYS = QT_TR_NOOP(
    "Zoom to area: drag a frame, or move it with the arrow keys, Shift and arrow keys change its size, "
    "Enter zooms, Escape leaves"
)


class PanZoomView(QGraphicsView):
    """What mouse and keys do to any scene.

    Signals:
        clicked: where in the viewport; a drag is none.
        zoom_frame_changed: a frame around what to zoom to is waited for from now on, or no longer.

    Attributes:
        camera: where it looks.
        moved_by_user: whether the operator has moved it since it was opened.
        animates: whether movements are animated.
    """

    clicked = Signal(QPoint)
    zoom_frame_changed = Signal()

    def __init__(self, scene: QGraphicsScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget(self))  # Qt's own is unknown to PySide, which loads all classes to find it
        self.setScene(scene)
        self.moved_by_user = False
        self.animates = False
        self._pressed: QPoint | None = None
        self._panned: QPoint | None = None
        self._space_down = False
        self._build()
        self.camera = Camera(self)
        self._zoom_frame = ZoomFrame(self.viewport())

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The place is changed by dragging and keys; bars would only show the room around the graph.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing)

    @property
    def zoom(self) -> float:
        """Pixels per scene unit."""
        return self.camera.zoom

    def mark_moved_by_user(self) -> None:
        """Note that the operator moves the view: from now on it opens on nothing by itself."""
        self.moved_by_user = True
        self.camera.stop()

    def zoom_to(self, zoom: float) -> None:
        """Zoom around the middle of the view, to so many pixels per scene unit."""
        self.mark_moved_by_user()
        self.camera.zoom_at(zoom, QPointF(self.viewport().rect().center()))

    def zoom_to_own_size(self) -> None:
        """Zoom to 100 % around the middle of the view."""
        self.mark_moved_by_user()
        self.camera.look_at(self.camera.visible_rect.center(), OWN_SIZE, animated=self.animates)

    def zoom_in(self) -> None:
        """Zoom in a step."""
        self.zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        """Zoom out a step."""
        self.zoom_to(self.zoom / STEP)

    def look_at(self, place: QPointF) -> None:
        """Bring a place of the scene to the middle."""
        self.mark_moved_by_user()
        self.camera.look_at(place, self.zoom)

    def begin_zoom_frame(self) -> None:
        """Let the next drag, or keys and Enter, mark the area to zoom to; Escape ends that."""
        self.camera.stop()
        self._zoom_frame.arm()
        self._show_cursor()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.zoom_frame_changed.emit()

    @property
    def zoom_frame_hint(self) -> str:
        """What keys do while an area to zoom to is waited for; else empty."""
        return tr(_ZOOM_FRAME_KEYS) if self._zoom_frame.is_armed else ""

    def _move_zoom_frame(self, event: QKeyEvent) -> bool:
        """Let keys place the frame while an area is waited for; whether the key was one of these."""
        if not self._zoom_frame.is_armed:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._end_zoom_frame(is_taken=key is not Qt.Key.Key_Escape)
            return True
        resizes = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self._zoom_frame.step(key, resizes=resizes)

    def _end_zoom_frame(self, *, is_taken: bool) -> None:
        was_armed, area = self._zoom_frame.is_armed, self._zoom_frame.end()
        if is_taken and min(area.width(), area.height()) >= _DRAG:
            self.mark_moved_by_user()
            rect: QRectF = self.mapToScene(area).boundingRect()
            self.camera.show_rect(rect, most=CLOSEST, animated=self.animates)
        self._show_cursor()
        if was_armed:
            self.zoom_frame_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; sideways wheels and Shift pan."""
        turned = event.angleDelta()
        self.mark_moved_by_user()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not turned.y():
            self.camera.scroll(QPoint(-(turned.x() or turned.y()), 0))
        else:
            self.camera.zoom_at(self.zoom * STEP ** (turned.y() / 120.0), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a pan, or an area to zoom to (with Shift)."""
        place, is_left = event.position().toPoint(), event.button() is Qt.MouseButton.LeftButton
        self.camera.stop()
        if is_left and (self._zoom_frame.is_armed or event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self._zoom_frame.begin(place)
        elif is_left or event.button() is Qt.MouseButton.MiddleButton:
            self._panned = place
            self._pressed = place if is_left and not self._space_down else None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan or draw the area while a button is held."""
        place = event.position().toPoint()
        if self._zoom_frame.is_drawn:
            self._zoom_frame.stretch(place)
            return
        if self._panned is None:
            return
        if self._pressed is not None and (place - self._pressed).manhattanLength() < _DRAG:
            return
        self._pressed = None
        self.mark_moved_by_user()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.camera.scroll(self._panned - place)
        self._panned = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that did not become a pan selects; an area is zoomed to."""
        if self._zoom_frame.is_drawn:
            self._end_zoom_frame(is_taken=True)
        elif self._pressed is not None:
            self.clicked.emit(event.position().toPoint())
        self._pressed = self._panned = None
        self._show_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan with the left button while the space bar is down."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_down = True
            self._show_cursor()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End panning with the space bar."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_down = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def _show_cursor(self) -> None:
        if self._zoom_frame.is_armed:
            cursor = Qt.CursorShape.CrossCursor
        else:
            cursor = Qt.CursorShape.OpenHandCursor if self._space_down else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(cursor)
