"""The view of a graph: selection, keyboard, statuses, tool tips. Nothing but the operator moves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.views.graph.graph_item import DISTANT_BELOW
from wfepy_gui.views.graph.hit_test import task_at, transition_at
from wfepy_gui.views.graph.keyboard_steps import Direction, task_in_direction
from wfepy_gui.views.graph.navigation import Navigation
from wfepy_gui.views.graph.pulse import Pulse
from wfepy_gui.views.graph.scene import GraphScene
from wfepy_gui.views.graph.scene_view import SceneView, tasks_to_open_on
from wfepy_gui.views.graph.tool_tips import accessible_description, task_tip, transition_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Theme
    from wfepy_gui.views.graph.prepared_graph import PreparedGraph

_TASK_REACH = 6.0
_TRANSITION_REACH = 5.0
"""Pixels from the cursor in which a task, or a transition, is meant."""

_DIRECTIONS = {
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
}


class GraphView(SceneView):
    """Shows one graph with its statuses.

    Signals:
        task_selected: the operator selected a task, or none (empty name).
        task_activated: the operator double-clicked a task or pressed Enter on it.
    """

    task_selected = Signal(str)
    task_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(GraphScene(theme.look), parent)
        self._theme = theme
        self.navigation = Navigation(self._graph_scene, self._go_to, self)
        self._pulse = Pulse(self._graph_scene.set_pulse, self)
        self._key_commands = self._create_key_commands()
        self.setAccessibleName(self.tr("Workflow graph"))
        self._connect()
        self._on_theme_changed()
        self._describe()

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        self.clicked.connect(self._on_clicked)
        self.navigation.transition_changed.connect(self._describe)
        self.zoom_frame_changed.connect(self._describe)

    def _create_key_commands(self) -> dict[Qt.Key, Callable[[], object]]:
        """Single keys while the graph has the keyboard; the menus have keys for the whole window."""
        key, navigation = Qt.Key, self.navigation
        return {
            key.Key_Plus: self.zoom_in,
            key.Key_Equal: self.zoom_in,
            key.Key_Minus: self.zoom_out,
            key.Key_0: self.zoom_to_own_size,
            key.Key_F: self.fit,
            key.Key_Z: self.begin_zoom_frame,
            key.Key_N: self.focus_on_selected,
            key.Key_T: partial(navigation.step_transition, 1),
            key.Key_Exclam: navigation.go_to_next_failed,
            key.Key_Question: navigation.go_to_next_waiting,
        }

    # -- setters: plain values in -------------------------------------------------------------------------

    def show_graph(self, prepared: PreparedGraph) -> bool:
        """Show a graph as `SceneView` does, and search on in the same one; the selection is kept by name."""
        is_same = super().show_graph(prepared)
        self.navigation.restart(is_same=is_same)
        self._refresh()
        self.camera.moved.emit()
        return is_same

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> None:
        """Show the statuses of some or all tasks."""
        if self._graph_scene.set_statuses(statuses):
            self._refresh()

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Show the status of every transition, in the order of `Graph.transitions`."""
        self._graph_scene.set_transitions(statuses)
        self._describe()

    def set_stuck_ages(self, grades: Mapping[str, int], longest_first: list[str]) -> None:
        """Show how long tasks are stuck, from 1 to 4, and go through those that are, the longest first."""
        self._graph_scene.set_stuck_ages(grades)
        self.navigation.set_stuck_tasks(longest_first)

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

    # -- what the operator asks for -----------------------------------------------------------------------

    def show_task(self, name: str) -> None:
        """Bring a task into view, and back into the picture if it is left out."""
        if name in self._graph_scene.drawn.number:
            self.navigation.include_in_neighbourhood(name)
        super().show_task(name)

    def focus_on_selected(self) -> None:
        """Show the selected task's neighbourhood only, and go there; once more: the whole graph."""
        name = self._graph_scene.selected
        self.navigation.focus_on("" if name == self.navigation.graph_filter.centre else name)
        if self.navigation.graph_filter.centre:
            self.fit_filtered()

    def tip_at(self, place: QPoint) -> str:
        """What is said about the task or transition at a point of the viewport; empty: nothing is there."""
        drawn, at = self._graph_scene.drawn, self.mapToScene(place)
        name = task_at(drawn, at, 0.0)
        transition = None if name else transition_at(drawn, at, _TRANSITION_REACH / self.zoom)
        if transition is not None:
            return transition_tip(drawn, transition)
        name = name or self._task_under(place)
        if not name:
            return ""
        pending = self._graph_scene.pending_of(name)
        change = self.tr("Pending change: {}").format(pending) if pending else ""
        return "\n".join(filter(None, [task_tip(drawn, drawn.number[name]), change]))

    # -- how it is done -----------------------------------------------------------------------------------

    def _on_theme_changed(self) -> None:
        self.animates = self._theme.animates
        self._graph_scene.set_look(self._theme.look)
        self._update_pulse()

    def _refresh(self) -> None:
        self._describe()
        self._update_pulse()

    def _update_pulse(self) -> None:
        self._pulse.set_active(self.animates and self.isVisible() and self._graph_scene.has_running)

    def _describe(self) -> None:
        """Say to a screen reader what is seen."""
        words = self.zoom_frame_hint or accessible_description(self._graph_scene)
        self.setAccessibleDescription(words or self.tr("no graph"))

    def _choose(self, name: str) -> None:
        """Select a task as the operator does: others are told."""
        if name != self._graph_scene.selected:
            self.select(name)
            self.task_selected.emit(name)

    def _go_to(self, name: str) -> None:
        self._choose(name)
        self.show_task(name)

    def _on_clicked(self, place: QPoint) -> None:
        name, index = self._task_under(place), self._transition_under(place)
        if name or index is None:
            self.navigation.select_transition(None)
            self._choose(name)
            return
        edge = self._graph_scene.drawn.graph.transitions[index]
        if self._graph_scene.selected not in (edge.source, edge.dest):
            self._choose(edge.source)
        self.navigation.select_transition(index)

    def _task_under(self, place: QPoint) -> str:
        return task_at(self._graph_scene.drawn, self.mapToScene(place), _TASK_REACH / self.zoom)

    def _transition_under(self, place: QPoint) -> int | None:
        """The transition a click means; from far away none: they are too many for a hand."""
        if self.zoom < DISTANT_BELOW:
            return None
        at: QPointF = self.mapToScene(place)
        return transition_at(self._graph_scene.drawn, at, _TRANSITION_REACH / self.zoom)

    def _go_in_direction(self, direction: Direction) -> None:
        drawn, selected = self._graph_scene.drawn, self._graph_scene.selected
        if selected in drawn.number:
            self._go_to(task_in_direction(drawn, selected, direction))
        elif drawn.nodes:
            self._go_to(drawn.nodes[tasks_to_open_on(drawn)[0]].name)

    # -- Qt -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Open the view once there is a size to open it in."""
        super().showEvent(event)
        self._refresh()
        if not self.moved_by_user:
            self.open_readable()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees the pulse."""
        super().hideEvent(event)
        self.camera.stop()
        self._pulse.set_active(wanted=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the task under the cursor."""
        name = self._task_under(event.position().toPoint())
        if name:
            self._choose(name)
            self.task_activated.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, go from task to task, activate; see `_create_key_commands`."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif self._move_zoom_frame(event):
            event.accept()
        elif key in _DIRECTIONS:
            self._go_in_direction(_DIRECTIONS[key])
        elif key is Qt.Key.Key_T and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.navigation.step_transition(-1)
        elif key in self._key_commands:
            self._key_commands[key]()
        elif not self._press_on_selection(key):
            super().keyPressEvent(event)

    def _press_on_selection(self, key: Qt.Key) -> bool:
        """Enter follows or activates what is selected, Escape selects it no longer; whether it did."""
        scene, is_enter = self._graph_scene, key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter and key is not Qt.Key.Key_Escape:
            return False
        if scene.transition is not None:
            self.navigation.follow_transition() if is_enter else self.navigation.select_transition(None)
        elif scene.selected:
            self.task_activated.emit(scene.selected) if is_enter else self._choose("")
        else:
            return False
        return True

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a tool tip about the task or the transition under the cursor."""
        if isinstance(event, QHelpEvent):
            tip = plain_tip(self.tip_at(event.pos()))
            QToolTip.showText(event.globalPos(), tip, self.viewport()) if tip else QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))
