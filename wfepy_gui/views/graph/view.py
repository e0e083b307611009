"""The view of a graph: mouse, keyboard, selection. Nothing but the operator moves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from wfepy_gui.views.graph.camera import OWN_SIZE, READABLE, STEP
from wfepy_gui.views.graph.graph_item import DISTANT_BELOW
from wfepy_gui.views.graph.keyboard_steps import Direction
from wfepy_gui.views.graph.navigation import Navigation
from wfepy_gui.views.graph.pan_zoom_view import PanZoomView
from wfepy_gui.views.graph.pulse import Pulse
from wfepy_gui.views.graph.scene import GraphScene
from wfepy_gui.views.graph.tool_tips import accessible_description, task_tip, transition_at, transition_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Theme
    from wfepy_gui.views.graph.prepared_graph import PreparedGraph

_PARTS = 16
_TASK_MARGIN = 60.0
_TRANSITION_MARGIN = 6.0
"""Pixels around a task, or a transition, that is brought into view."""

_DIRECTIONS = {
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
}


class GraphView(PanZoomView):
    """Shows one graph with its statuses.

    Signals:
        task_selected: the operator selected a task, or none (empty name).
        task_activated: the operator double-clicked a task or pressed Enter on it.
    """

    task_selected = Signal(str)
    task_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._graph_scene = GraphScene(theme.look)
        super().__init__(self._graph_scene, parent)
        self._graph_scene.setParent(self)
        self.setAccessibleName(self.tr("Workflow graph"))
        self._prepared: PreparedGraph | None = None
        self._window_size = QSize()
        self.navigation = Navigation(self._graph_scene, self._go, self)
        for signal in (self.navigation.transition_changed, self.zoom_frame_changed):
            signal.connect(self._describe)
        self._pulse = Pulse(self._graph_scene.pulse, self)
        self._keys = self._make_keys()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.clicked.connect(self._choose_at)
        self._describe()

    def _make_keys(self) -> dict[Qt.Key, Callable[[], object]]:
        """Single keys while the graph has the keyboard; the menus have keys for the whole window."""
        key, ask = Qt.Key, self.navigation
        return {
            key.Key_Plus: self.zoom_in,
            key.Key_Equal: self.zoom_in,
            key.Key_Minus: self.zoom_out,
            key.Key_0: self.zoom_to_own_size,
            key.Key_F: self.fit,
            key.Key_Z: self.begin_zoom_frame,
            key.Key_N: self.focus_on_selected,
            key.Key_T: partial(ask.step_transition, 1),
            key.Key_Exclam: ask.go_to_next_failed,
            key.Key_Question: ask.go_to_next_waiting,
        }

    @property
    def graph_scene(self) -> GraphScene:
        """The scene, for the export."""
        return self._graph_scene

    # Setters: plain values in.

    def set_graph(self, graph: Graph, placement: Placement) -> None:
        """Prepare and show a graph at once; see `show_prepared`. Statuses and badges are kept by name."""
        self.show_prepared(self._graph_scene.prepare(graph, placement))

    def show_prepared(self, prepared: PreparedGraph) -> None:
        """Show a graph, or the same graph placed anew.

        The view of another graph opens on its active tasks; of the same graph, placed anew, it stays with
        the task it was on. The selection is kept by name.
        """
        same = self._prepared is not None and prepared.graph == self._prepared.graph
        anchor = "" if not same or not self.moved_by_user else self._anchor()
        before = self.mapFromScene(self._graph_scene.rect_of(anchor).center()) if anchor else QPoint()
        transition = self._graph_scene.transition if same else None
        self._prepared = prepared
        self._graph_scene.show(prepared)
        self._graph_scene.select_transition(transition)
        self.camera.set_bounds(self._graph_scene.bounds)
        self.navigation.set_graph(prepared.graph)
        self._follow_statuses()
        if anchor:
            now = self.mapFromScene(self._graph_scene.rect_of(anchor).center())
            self.camera.scroll(now - before)
        elif self.isVisible():
            self.open_readable()
        else:
            self.moved_by_user = False
        self.camera.moved.emit()

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> None:
        """Show the statuses of some or all tasks."""
        if self._graph_scene.set_statuses(statuses):
            self._follow_statuses()

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Show the status of every transition, in the order of `Graph.transitions`."""
        self._graph_scene.set_transitions(statuses)
        self._describe()

    def set_stuck_ages(self, grades: Mapping[str, int], aged: list[str]) -> None:
        """Show how long tasks are stuck, from 1 to 4; `aged` are the names of what is, the longest first."""
        self._graph_scene.set_stuck_ages(grades)
        self.navigation.set_stuck_tasks(aged)

    def set_pending(self, words: Mapping[str, str]) -> None:
        """Mark what pending changes make something else of, with what in a few words."""
        self._graph_scene.set_pending(words)
        self._describe()

    def set_badges(self, badges: Mapping[str, str]) -> None:
        """Show a few characters (an age, an iteration) beside the status word of some tasks."""
        self._graph_scene.set_badges(badges)

    def select(self, name: str) -> None:
        """Ring a task without moving the view and without a signal; an empty name selects none."""
        if name != self._graph_scene.selected:
            self.navigation.select_transition(None)
        self._graph_scene.select(name)
        self.navigation.visit(name)
        self._describe()

    # What the operator asks for.

    def fit(self) -> None:
        """Show the whole graph, never larger than 100 %."""
        self.mark_moved_by_user()
        self.camera.show_rect(self._graph_scene.bounds, animated=self.animates)

    def fit_filtered(self) -> None:
        """Show all tasks that are not left out, as large as they can be read."""
        rect = self._graph_scene.filtered_rect()
        self.mark_moved_by_user()
        if self.camera.fitting_zoom(rect) >= READABLE:
            self.camera.show_rect(rect.adjusted(-20, -20, 20, 20), animated=self.animates)
        else:
            self.show_task(self.navigation.graph_filter.centre or self._graph_scene.selected)

    def zoom_to(self, zoom: float) -> None:
        """Zoom around the middle of the view, to so many pixels per scene unit."""
        self.mark_moved_by_user()
        self.camera.zoom_at(zoom, QPointF(self.viewport().rect().center()))

    def zoom_to_own_size(self) -> None:
        """Zoom to 100 % around the middle of the view."""
        self.mark_moved_by_user()
        self.camera.look_at(self.camera.shown.center(), OWN_SIZE, animated=self.animates)

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

    def show_task(self, name: str) -> None:
        """Bring a task into view, as near as is readable."""
        rect = self._graph_scene.rect_of(name)
        if rect.isEmpty():
            return
        self.mark_moved_by_user()
        self.navigation.bring_back(name)
        if self.zoom < READABLE:
            self.camera.look_at(rect.center(), OWN_SIZE, animated=self.animates)
        else:
            self.camera.reveal(rect, _TASK_MARGIN, animated=self.animates)

    def focus_on_selected(self) -> None:
        """Show the selected task's neighbourhood only, and go there; once more: the whole graph."""
        name = self._graph_scene.selected
        self.navigation.focus_on("" if name == self.navigation.graph_filter.centre else name)
        if self.navigation.graph_filter.centre:
            self.fit_filtered()

    def open_readable(self) -> None:
        """Show everything if that is readable, else all active tasks, else the most urgent one."""
        wanted = QRectF()
        for wanted in self._graph_scene.opening_rects():
            if self.camera.fitting_zoom(wanted) >= READABLE:
                break
        if not wanted.isEmpty():
            self.camera.open_on(wanted)
        self.moved_by_user = False

    # How it is done.

    def _follow_theme(self) -> None:
        self.animates = self._theme.animates
        self._graph_scene.set_look(self._theme.look)
        self._beat()

    def _follow_statuses(self) -> None:
        self._describe()
        self._beat()

    def _beat(self) -> None:
        self._pulse.set_active(self.animates and self.isVisible() and self._graph_scene.has_running)

    def _describe(self) -> None:
        """For who cannot see it."""
        graph = self._prepared.graph if self._prepared else None
        told = self.zoom_frame_hint or accessible_description(self._graph_scene, graph)
        self.setAccessibleDescription(told or self.tr("no graph"))

    def show_transition(self) -> None:
        """Bring the selected transition into view: all of it, or some of one that is longer than the view."""
        drawn, index = self._graph_scene.drawn, self._graph_scene.transition
        if drawn is None or index is None:
            return
        self.mark_moved_by_user()
        rect, shown = drawn.line_rect(index), self.camera.shown
        fits = rect.width() < shown.width() and rect.height() < shown.height()
        if fits or not shown.intersects(rect):
            self.camera.reveal(rect, _TRANSITION_MARGIN if fits else _TASK_MARGIN, animated=self.animates)

    def _anchor(self) -> str:
        """The selected task if it is in view, else the one nearest to the middle."""
        scene, shown = self._graph_scene, self.camera.shown
        if scene.selected and shown.intersects(scene.rect_of(scene.selected)):
            return scene.selected
        return scene.task_at(shown.center(), max(shown.width(), shown.height()) / 2)

    def _choose(self, name: str) -> None:
        if name != self._graph_scene.selected:
            self.select(name)
            self.task_selected.emit(name)

    def _choose_at(self, place: QPoint) -> None:
        name, index = self._task_under(place), self._transition_under(place)
        if name or index is None or self._prepared is None:
            self.navigation.select_transition(None)
            self._choose(name)
            return
        edge = self._prepared.graph.transitions[index]
        if self._graph_scene.selected not in (edge.source, edge.dest):
            self._choose(edge.source)
        self.navigation.select_transition(index)

    def _transition_under(self, place: QPoint) -> int | None:
        """The transition a click means; from far away none: they are too many for a hand."""
        if self._prepared is None or self.zoom < DISTANT_BELOW:
            return None
        return transition_at(self._prepared.drawn, self.mapToScene(place), 5.0 / self.zoom)

    def _go(self, name: str) -> None:
        self._choose(name)
        self.show_task(name)

    def _task_under(self, place: QPoint) -> str:
        return self._graph_scene.task_at(self.mapToScene(place), 6.0 / self.zoom)

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Open the view once there is a size to open it in."""
        super().showEvent(event)
        self._follow_statuses()
        if not self.moved_by_user:
            self.open_readable()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the pulse."""
        super().hideEvent(event)
        self.camera.stop()
        self._pulse.set_active(wanted=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything where it is in the window; a view nobody touched yet may open anew."""
        place = self.camera.place
        super().resizeEvent(event)
        self.camera.stay(place)
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
        if 1 < region.rectCount() <= _PARTS:
            rects: list[QRect] = list(region)  # type: ignore[call-overload]  # the stubs lack __iter__
            parts = [self.mapToScene(rect).boundingRect() for rect in rects]
        self._graph_scene.expect_parts(parts)
        super().paintEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the task under the cursor."""
        name = self._task_under(event.position().toPoint())
        if name:
            self._choose(name)
            self.task_activated.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, walk, activate; see the class."""
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif self._move_zoom_frame(event):
            event.accept()
        elif key in _DIRECTIONS:
            self._walk(_DIRECTIONS[key])
        elif key is Qt.Key.Key_T and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.navigation.step_transition(-1)
        elif key in self._keys:
            self._keys[key]()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._graph_scene.transition is not None:
            self.navigation.follow_transition()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._graph_scene.selected:
            self.task_activated.emit(self._graph_scene.selected)
        elif key is Qt.Key.Key_Escape and self._graph_scene.transition is not None:
            self.navigation.select_transition(None)
        elif key is Qt.Key.Key_Escape and self._graph_scene.selected:
            self._choose("")
        else:
            super().keyPressEvent(event)

    def _walk(self, direction: Direction) -> None:
        scene, prepared = self._graph_scene, self._prepared
        if prepared is None or not scene.names:
            return
        if scene.selected in scene.names:
            self._go(prepared.keyboard_steps.step(scene.selected, direction))
        else:
            self._go(scene.active_names()[0])

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the task or the transition under the cursor."""
        if isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos())
            QToolTip.showText(event.globalPos(), tip, self.viewport()) if tip else QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def tip_at(self, place: QPoint) -> str:
        """What is told about the task or transition at a point of the viewport; empty: nothing is there."""
        if self._prepared is None:
            return ""
        graph, drawn = self._prepared.graph, self._prepared.drawn
        at = self.mapToScene(place)
        name = self._graph_scene.task_at(at, 0.0)
        transition = None if name else transition_at(drawn, at, 5.0 / self.zoom)
        if transition is not None:
            return transition_tip(graph, drawn, transition)
        name = name or self._task_under(place)
        if not name:
            return ""
        pending = self._graph_scene.pending_of(name)
        told = self.tr("Pending change: {}").format(pending) if pending else ""
        return "\n".join(filter(None, [task_tip(graph, drawn, drawn.number[name]), told]))
