"""What the operator asks of the graph: the next failed task, find, back and forward, transitions, a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.drawing.palette import NEEDS_A_PERSON
from wfepy_core.model.status import TaskStatus
from wfepy_gui.views.graph.graph_filter import GraphFilter, NodeDetail
from wfepy_gui.views.graph.task_search import find_tasks, names_in_reading_order, names_with_status, next_name
from wfepy_gui.views.graph.visit_history import VisitHistory

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.views.graph.scene import GraphScene

MAX_DEPTH = 99


class Navigation(QObject):
    """Finds where to go; `go` takes the operator there.

    Signals:
        matches_changed: another text is looked for, or another of its tasks is selected.
        filter_changed: other tasks are left out.
        visit_history_changed: there is another task to go back or forward to.
        no_task_found: no task has one of these statuses (a tuple of `TaskStatus`); nothing moves.
        transition_changed: another transition is selected, or none; see `GraphScene.transition`.
    """

    matches_changed = Signal()
    filter_changed = Signal()
    visit_history_changed = Signal()
    no_task_found = Signal(tuple)
    transition_changed = Signal()

    def __init__(self, scene: GraphScene, go: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._go = go
        self._visit_history = VisitHistory()
        self._is_revisiting = False
        self._text = ""
        self._matches: list[str] = []
        self._stuck_tasks: list[str] = []

    def restart(self, *, is_same: bool) -> None:
        """Begin anew after another graph was shown; search on in the same one, placed anew."""
        if not is_same:
            self._visit_history.clear()
            self._visit_history.visit(self._scene.selected)
            self._text = ""
            self._stuck_tasks = []
            self.visit_history_changed.emit()
        self.find(self._text)
        self.filter_changed.emit()

    # -- the next of a kind -------------------------------------------------------------------------------

    def go_to_next_failed(self) -> None:
        """Go to the next failed or interrupted task, top down, round and round."""
        self._go_to_next(NEEDS_A_PERSON)

    def go_to_next_waiting(self) -> None:
        """Go to the next waiting task, top down, round and round."""
        self._go_to_next((TaskStatus.WAITING,))

    def set_stuck_tasks(self, names: list[str]) -> None:
        """Say which tasks are stuck, the longest first."""
        self._stuck_tasks = names

    def go_to_next_by_age(self) -> None:
        """Go to what is stuck longest, then to the next, round and round."""
        name = next_name(self._stuck_tasks, self._scene.selected, 1)
        if name:
            self._go(name)

    def _go_to_next(self, statuses: tuple[TaskStatus, ...]) -> None:
        name = next_name(names_with_status(self._scene.drawn, statuses), self._scene.selected, 1)
        if name:
            self._go(name)
        else:
            self.no_task_found.emit(statuses)

    # -- find ---------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._text

    @property
    def match_position(self) -> tuple[int, int]:
        """Which of the found tasks is selected, from 1 (0: none of them), and how many there are."""
        selected = self._scene.selected
        at = self._matches.index(selected) + 1 if selected in self._matches else 0
        return at, len(self._matches)

    def find(self, text: str) -> None:
        """Ring the tasks with a text in their name or a label; nothing moves."""
        self._text = text
        numbers = find_tasks(self._scene.drawn.graph, text)
        self._matches = names_in_reading_order(self._scene.drawn, numbers)
        self._scene.mark_matches(numbers)
        self.matches_changed.emit()

    def find_next(self) -> None:
        """Go to the next task that was found, round and round."""
        self._go_to_match(1)

    def find_previous(self) -> None:
        """Go to the one before."""
        self._go_to_match(-1)

    def _go_to_match(self, step: int) -> None:
        name = next_name(self._matches, self._scene.selected, step)
        if name:
            self._go(name)

    # -- transitions --------------------------------------------------------------------------------------

    @property
    def transitions(self) -> list[int]:
        """The drawn transitions of the selected task: first those that leave it, each in their order."""
        drawn = self._scene.drawn
        number = drawn.number.get(self._scene.selected)
        if number is None:
            return []
        shown = [index for index in range(len(drawn.edges)) if drawn.shows_edge(index)]
        leaving = [index for index in shown if drawn.neighbours.ends[index][0] == number]
        coming = [index for index in shown if drawn.neighbours.ends[index][1] == number]
        return list(dict.fromkeys([*leaving, *coming]))

    def select_transition(self, index: int | None) -> None:
        """Select a transition, or none."""
        if index != self._scene.transition:
            self._scene.select_transition(index)
            self.transition_changed.emit()

    def step_transition(self, step: int) -> None:
        """Select the next transition of the selected task, or with -1 the one before, round and round."""
        known = self.transitions
        if known:
            at = (
                known.index(self._scene.transition) + step
                if self._scene.transition in known
                else min(step, 0)
            )
            self.select_transition(known[at % len(known)])

    @property
    def transition_leads_to(self) -> str:
        """The task at the other end of the selected transition; empty when none is selected."""
        drawn, index = self._scene.drawn, self._scene.transition
        if index is None:
            return ""
        source, dest = (drawn.nodes[number].name for number in drawn.neighbours.ends[index])
        return source if self._scene.selected == dest else dest

    def follow_transition(self) -> None:
        """Go to the other end of the selected transition."""
        name = self.transition_leads_to
        if name:
            self._go(name)

    # -- back and forward ---------------------------------------------------------------------------------

    @property
    def visit_history(self) -> VisitHistory:
        """The visited tasks."""
        return self._visit_history

    def visit(self, name: str) -> None:
        """Remember a task that was selected."""
        if not self._is_revisiting:
            self._visit_history.visit(name)
            self.visit_history_changed.emit()
        self.matches_changed.emit()

    def go_back(self) -> None:
        """Go to the task visited before."""
        self._revisit(self._visit_history.back())

    def go_forward(self) -> None:
        """Undo `go_back`."""
        self._revisit(self._visit_history.forward())

    def _revisit(self, name: str) -> None:
        if not name:
            return
        self._is_revisiting = True
        self._go(name)
        self._is_revisiting = False
        self.visit_history_changed.emit()

    # -- what is left out ---------------------------------------------------------------------------------

    @property
    def graph_filter(self) -> GraphFilter:
        """What the operator asked to see."""
        return self._scene.graph_filter

    @property
    def labels(self) -> list[str]:
        """The labels of the graph's tasks, sorted."""
        return self._scene.drawn.neighbours.all_labels()

    def show_all(self) -> None:
        """Leave nothing out."""
        self._set_filter(GraphFilter())

    def focus_on(self, name: str) -> None:
        """Show the neighbourhood of a task only; an empty name: the whole graph."""
        self._set_filter(self.graph_filter._replace(centre=name))

    def set_depth(self, depth: int) -> None:
        """How many transitions away the neighbourhood reaches, at least 1."""
        self._set_filter(self.graph_filter._replace(depth=min(MAX_DEPTH, max(1, depth))))

    def hide_done(self, hides: bool) -> None:
        """Make placeholders of complete and skipped tasks."""
        self._set_filter(self.graph_filter._replace(hides_done=hides))

    def filter_label(self, label: str) -> None:
        """Make placeholders of tasks without a label; empty: of none."""
        self._set_filter(self.graph_filter._replace(label=label))

    def include_in_neighbourhood(self, name: str) -> None:
        """Move the neighbourhood to a task the operator goes to, if it would not be seen."""
        if self.graph_filter.centre and self._scene.detail_of(name) is NodeDetail.NONE:
            self.focus_on(name)

    def _set_filter(self, graph_filter: GraphFilter) -> None:
        if graph_filter != self.graph_filter:
            self._scene.set_filter(graph_filter)
            self.filter_changed.emit()
