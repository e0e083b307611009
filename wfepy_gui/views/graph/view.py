"""The view of a graph: zoom, pan, keyboard, selection. Nothing but the operator moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from wfepy_gui.views.graph.scene import GraphScene
from wfepy_gui.views.graph.walking import Step, Walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.snapshot import Graph
    from wfepy_core.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Theme

_STEP = 1.25
_CLOSEST = 4.0
_READABLE = 0.6
"""Zoom at which names and status words can be read: the view never opens further away."""

_OPENS_AT = 1.0
_DRAG = 4
_PARTS = 16
_STEPS = {
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
}


class GraphView(QGraphicsView):
    """Shows one graph with its statuses.

    Signals:
        task_selected: the operator selected a task, or none (empty name).
        task_activated: the operator double-clicked a task or pressed Enter on it.
        zoom_changed: pixels per scene unit.
    """

    task_selected = Signal(str)
    task_activated = Signal(str)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._graph_scene = GraphScene(theme.look, self)
        self._walk: Walk | None = None
        self._docs: dict[str, str] = {}
        self._graph: Graph | None = None
        self._pressed: QPoint | None = None
        self._panned: QPoint | None = None
        self._space_down = False
        self._untouched = True
        self._build()
        theme.changed.connect(self._repaint_all)

    def _build(self) -> None:
        self.setScene(self._graph_scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The place is changed by dragging and keys; bars would only show the room around the graph.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.setAccessibleName(self.tr("Workflow graph"))
        self._describe()

    @property
    def graph_scene(self) -> GraphScene:
        """The scene, for the export."""
        return self._graph_scene

    @property
    def zoom(self) -> float:
        """Pixels per scene unit."""
        return self.transform().m11()

    # Setters: plain values in.

    def set_graph(self, graph: Graph, placement: Placement) -> None:
        """Show a graph, or the same graph placed anew.

        The view of another graph opens on its active tasks; of the same graph, placed anew, it stays with
        the task it was on. Statuses and selection are kept by name.
        """
        same = graph == self._graph
        anchor = "" if not same or self._untouched else self._anchor()
        before = self.mapFromScene(self._graph_scene.rect_of(anchor).center()) if anchor else QPoint()
        self._graph = graph
        self._walk = Walk(graph, placement.nodes)
        self._docs = {task.name: task.doc for task in graph.tasks}
        self._graph_scene.set_graph(graph, placement)
        self._make_room()
        self._describe()
        if anchor:
            now = self.mapFromScene(self._graph_scene.rect_of(anchor).center())
            self._scroll(now - before)
        elif self.isVisible():
            self.open_readable()
        else:
            self._untouched = True

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> None:
        """Show the statuses of some or all tasks."""
        if self._graph_scene.set_statuses(statuses):
            self._describe()

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Show the status of every transition, in the order of `Graph.transitions`."""
        self._graph_scene.set_transitions(statuses)

    def set_badges(self, badges: Mapping[str, str]) -> None:
        """Show a few characters (an age, an iteration) beside the status word of some tasks."""
        self._graph_scene.set_badges(badges)

    def select(self, name: str) -> None:
        """Ring a task without moving the view and without a signal; an empty name selects none."""
        self._graph_scene.select(name)

    # What the operator asks for.

    def fit(self) -> None:
        """Show the whole graph, never larger than 100 %."""
        self._untouched = False
        self._show_rect(self._graph_scene.bounds)

    def zoom_to(self, zoom: float) -> None:
        """Zoom around the middle of the view, to so many pixels per scene unit."""
        self._untouched = False
        self._zoom_at(zoom, QPointF(self.viewport().rect().center()))

    def zoom_in(self) -> None:
        """Zoom in a step."""
        self.zoom_to(self.zoom * _STEP)

    def zoom_out(self) -> None:
        """Zoom out a step."""
        self.zoom_to(self.zoom / _STEP)

    def show_task(self, name: str) -> None:
        """Bring a task into view, as near as is readable."""
        rect = self._graph_scene.rect_of(name)
        if rect.isEmpty():
            return
        self._untouched = False
        if self.zoom < _READABLE:
            self._set_zoom(_OPENS_AT)
            self.centerOn(rect.center())
        else:
            self.ensureVisible(rect, 60, 60)

    def select_next_failed(self) -> None:
        """Select and show the next failed or interrupted task, top down, round and round."""
        names = self._graph_scene.urgent_names()
        if not names:
            return
        selected = self._graph_scene.selected
        following = names.index(selected) + 1 if selected in names else 0
        self._choose(names[following % len(names)], show=True)

    def open_readable(self) -> None:
        """Show everything if that is readable, else the most urgent active task at 100 %."""
        bounds = self._graph_scene.bounds
        if bounds.isEmpty():
            return
        if self._fitting_zoom(bounds) >= _READABLE:
            self._show_rect(bounds)
        else:
            self._set_zoom(_OPENS_AT)
            self.centerOn(self._graph_scene.rect_of(self._graph_scene.active_names()[0]).center())
        self._untouched = True

    # How it is done.

    def _repaint_all(self) -> None:
        self._graph_scene.set_look(self._theme.look)

    def _describe(self) -> None:
        counts = sorted(self._graph_scene.counts().items(), key=lambda item: item[0].priority)
        words = ", ".join(f"{count} {status.value}" for status, count in counts)
        self.setAccessibleDescription(words or self.tr("no graph"))

    def _anchor(self) -> str:
        """The selected task if it is in view, else the one nearest to the middle."""
        scene = self._graph_scene
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        if scene.selected and shown.intersects(scene.rect_of(scene.selected)):
            return scene.selected
        return scene.task_at(shown.center(), max(shown.width(), shown.height()) / 2)

    def _make_room(self) -> None:
        """Let every corner of the graph be brought to the middle."""
        bounds = self._graph_scene.bounds
        across = self.viewport().width() / self.zoom * 0.5
        down = self.viewport().height() / self.zoom * 0.5
        self.setSceneRect(bounds.adjusted(-across, -down, across, down))

    def _fitting_zoom(self, rect: QRectF) -> float:
        size = self.viewport().size()
        return min(1.0, size.width() / rect.width(), size.height() / rect.height())

    def _show_rect(self, rect: QRectF) -> None:
        if rect.isEmpty():
            return
        self._set_zoom(self._fitting_zoom(rect))
        self.centerOn(rect.center())

    def _set_zoom(self, zoom: float) -> None:
        bounds = self._graph_scene.bounds
        least = min(_READABLE, self._fitting_zoom(bounds) * 0.8) if not bounds.isEmpty() else _READABLE
        factor = min(_CLOSEST, max(least, zoom)) / self.zoom
        self.scale(factor, factor)
        self._make_room()
        self.zoom_changed.emit(self.zoom)

    def _zoom_at(self, zoom: float, at: QPointF) -> None:
        under = self.mapToScene(at.toPoint())
        self._set_zoom(zoom)
        moved = self.mapFromScene(under) - at.toPoint()
        self._scroll(moved)

    def _scroll(self, by: QPoint) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def _choose(self, name: str, *, show: bool) -> None:
        if name != self._graph_scene.selected:
            self._graph_scene.select(name)
            self.task_selected.emit(name)
        if show:
            self.show_task(name)

    def _task_under(self, place: QPoint) -> str:
        return self._graph_scene.task_at(self.mapToScene(place), 6.0 / self.zoom)

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Open the view once there is a size to open it in."""
        super().showEvent(event)
        if self._untouched:
            self.open_readable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place; a view nobody touched yet opens anew."""
        super().resizeEvent(event)
        self._make_room()
        if self._untouched and self.isVisible():
            self.open_readable()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a few small changes one by one instead of everything between them."""
        region = event.region()
        parts = []
        if 1 < region.rectCount() <= _PARTS:
            rects: list[QRect] = list(region)  # type: ignore[call-overload]  # the stubs lack __iter__
            parts = [self.mapToScene(rect).boundingRect() for rect in rects]
        self._graph_scene.expect_parts(parts)
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; sideways wheels and Shift pan."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not turned.y():
            self._untouched = False
            self._scroll(QPoint(-(turned.x() or turned.y()), 0))
        else:
            self._untouched = False
            self._zoom_at(self.zoom * _STEP ** (turned.y() / 120.0), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        place = event.position().toPoint()
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._panned = place
            self._pressed = (
                place if event.button() is Qt.MouseButton.LeftButton and not self._space_down else None
            )
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while a button is held."""
        if self._panned is None:
            return
        place = event.position().toPoint()
        if self._pressed is not None and (place - self._pressed).manhattanLength() < _DRAG:
            return
        self._pressed = None
        self._untouched = False
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scroll(self._panned - place)
        self._panned = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that did not become a pan selects."""
        if self._pressed is not None:
            self._choose(self._task_under(event.position().toPoint()), show=False)
        self._pressed = self._panned = None
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the task under the cursor."""
        name = self._task_under(event.position().toPoint())
        if name:
            self._choose(name, show=False)
            self.task_activated.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, walk, activate; see the class."""
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._walk_on(_STEPS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key is Qt.Key.Key_Minus:
            self.zoom_out()
        elif key is Qt.Key.Key_0:
            self.zoom_to(1.0)
        elif key is Qt.Key.Key_F:
            self.fit()
        elif key is Qt.Key.Key_Exclam:
            self.select_next_failed()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._graph_scene.selected:
            self.task_activated.emit(self._graph_scene.selected)
        elif key is Qt.Key.Key_Escape and self._graph_scene.selected:
            self._choose("", show=False)
        elif key is Qt.Key.Key_Space and not event.isAutoRepeat():
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
        shape = Qt.CursorShape.OpenHandCursor if self._space_down else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _walk_on(self, step: Step) -> None:
        scene = self._graph_scene
        if self._walk is None or not scene.names:
            return
        if scene.selected in scene.names:
            self._choose(self._walk.step(scene.selected, step), show=True)
        else:
            self._choose(scene.active_names()[0], show=True)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a task's name, status and description under the cursor."""
        if isinstance(event, QHelpEvent):
            name = self._task_under(event.pos())
            status = self._graph_scene.status_of(name)
            if status is None:
                QToolTip.hideText()
                return True
            lines = [f"{name}: {status.value} ({status.description})", self._docs.get(name, "")]
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, lines)), self.viewport())
            return True
        return bool(super().viewportEvent(event))
