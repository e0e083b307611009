"""A view of a graph's scene that goes to the whole graph, to a task or a transition, and opens readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize

from wfepy_core.drawing.palette import ACTIVE
from wfepy_gui.views.graph.camera import OWN_SIZE, READABLE
from wfepy_gui.views.graph.drawn_graph import bounding_rect
from wfepy_gui.views.graph.hit_test import task_at
from wfepy_gui.views.graph.pan_zoom_view import PanZoomView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.prepared_graph import PreparedGraph
    from wfepy_gui.views.graph.scene import GraphScene


_MOST_PARTS = 16
"""Changes in one frame that are painted one by one."""

_FIT_MARGIN = 20.0
"""Scene units around what is fitted into the view."""

_TASK_MARGIN = 60.0
_TRANSITION_MARGIN = 6.0
"""Pixels around a task, or a transition, that is brought into view."""


class SceneView(PanZoomView):
    """Looks at a `GraphScene`. It opens by itself until the operator moves it, and stays where it is then."""

    def __init__(self, scene: GraphScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        scene.setParent(self)
        self._graph_scene = scene
        self._window_size = QSize()

    @property
    def graph_scene(self) -> GraphScene:
        """What is shown, to read from and for the export."""
        return self._graph_scene

    # -- going somewhere ----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole graph, never larger than 100 %."""
        self.mark_moved_by_user()
        self.camera.show_rect(self._graph_scene.bounds, animated=self.animates)

    def fit_filtered(self) -> None:
        """Show all tasks that are not left out, or one of them where all of them could not be read."""
        rect = self._graph_scene.filtered_rect()
        self.mark_moved_by_user()
        if self.camera.fitting_zoom(rect) >= READABLE:
            room = rect.adjusted(-_FIT_MARGIN, -_FIT_MARGIN, _FIT_MARGIN, _FIT_MARGIN)
            self.camera.show_rect(room, animated=self.animates)
        else:
            self.show_task(self._graph_scene.graph_filter.centre or self._graph_scene.selected)

    def show_task(self, name: str) -> None:
        """Bring a task into view, as near as is readable."""
        rect = self._graph_scene.rect_of(name)
        if rect.isEmpty():
            return
        self.mark_moved_by_user()
        if self.zoom < READABLE:
            self.camera.look_at(rect.center(), OWN_SIZE, animated=self.animates)
        else:
            self.camera.reveal(rect, _TASK_MARGIN, animated=self.animates)

    def show_transition(self) -> None:
        """Bring the selected transition into view: all of it, or some of one that is longer than the view."""
        index = self._graph_scene.transition
        if index is None:
            return
        self.mark_moved_by_user()
        rect, shown = self._graph_scene.drawn.line_rect(index), self.camera.visible_rect
        fits = rect.width() < shown.width() and rect.height() < shown.height()
        if fits or not shown.intersects(rect):
            self.camera.reveal(rect, _TRANSITION_MARGIN if fits else _TASK_MARGIN, animated=self.animates)

    def open_readable(self) -> None:
        """Show everything if that is readable, else all active tasks, else the most urgent one."""
        wanted = QRectF()
        for wanted in opening_rects(self._graph_scene.drawn, self._graph_scene.selected):
            if self.camera.fitting_zoom(wanted) >= READABLE:
                break
        if not wanted.isEmpty():
            self.camera.open_on(wanted)
        self.moved_by_user = False

    # -- another graph ------------------------------------------------------------------------------------

    def show_graph(self, prepared: PreparedGraph) -> bool:
        """Show a graph; returns whether it is the same graph, placed anew.

        The view of another graph opens on its active tasks; of the same graph, placed anew, it stays with
        the task it was on.
        """
        scene = self._graph_scene
        is_same = prepared.drawn.graph == scene.drawn.graph
        anchor = self._anchor() if is_same and self.moved_by_user else ""
        before = self._place_of(anchor)
        transition = scene.transition if is_same else None
        scene.show_graph(prepared)
        scene.select_transition(transition)
        self.camera.set_bounds(scene.bounds)
        if anchor:
            self.camera.scroll(self._place_of(anchor) - before)
        elif self.isVisible():
            self.open_readable()
        else:
            self.moved_by_user = False
        return is_same

    def _anchor(self) -> str:
        """The selected task if it is in view, else the one nearest to the middle."""
        scene, shown = self._graph_scene, self.camera.visible_rect
        if scene.selected and shown.intersects(scene.rect_of(scene.selected)):
            return scene.selected
        return task_at(scene.drawn, shown.center(), max(shown.width(), shown.height()) / 2)

    def _place_of(self, name: str) -> QPoint:
        """Where the middle of a task is in the viewport."""
        return self.mapFromScene(self._graph_scene.rect_of(name).center())

    # -- Qt -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything where it is in the window; a view nobody moved yet may open anew."""
        position = self.camera.scroll_position
        super().resizeEvent(event)
        self.camera.keep_in_window(position)
        # A bar above or below takes some height, and nothing else changes.
        is_bar = event.size().width() == event.oldSize().width() and self.window().size() == self._window_size
        self._window_size = self.window().size()
        if not self.moved_by_user and self.isVisible() and not is_bar:
            self.open_readable()
        self.camera.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a few small changes one by one instead of everything between them."""
        region = event.region()
        parts = []
        if 1 < region.rectCount() <= _MOST_PARTS:
            rects: list[QRect] = list(region)  # type: ignore[call-overload]  # the stubs lack __iter__
            parts = [self.mapToScene(rect).boundingRect() for rect in rects]
        self._graph_scene.expect_parts(parts)
        super().paintEvent(event)


_MARGIN = 20.0
"""Scene units around tasks."""


def opening_rects(drawn: DrawnGraph, selected: str) -> Iterator[QRectF]:
    """What to open on, best first: everything, what is active, what is most urgent, one task of that.

    Args:
        drawn: the graph; nothing to open on if it has no task.
        selected: the selected task: the one, if it is among the most urgent.
    """
    if not drawn.nodes:
        return
    yield drawn.bounds
    active = [index for index, status in enumerate(drawn.statuses) if status in ACTIVE]
    urgent = tasks_to_open_on(drawn)
    number = drawn.number.get(selected)
    one = [number] if number is not None and number in urgent else urgent[:1]
    for numbers in filter(None, (active, urgent, one)):
        yield bounding_rect(drawn, numbers).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


def tasks_to_open_on(drawn: DrawnGraph) -> list[int]:
    """Numbers of the tasks of the most urgent active status, else of the start points, else of the first."""
    for wanted in ACTIVE:
        if drawn.counts[wanted]:
            return [index for index, status in enumerate(drawn.statuses) if status is wanted]
    starts = [index for index, node in enumerate(drawn.nodes) if node.start]
    return starts or list(range(len(drawn.nodes)))[:1]
