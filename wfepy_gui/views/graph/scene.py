"""The scene of one graph: setters in, repaints out; it holds no session and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from wfepy_gui.views.graph.drawn_graph import bounding_rect, empty_graph
from wfepy_gui.views.graph.graph_filter import GraphFilter, NodeDetail, visibility
from wfepy_gui.views.graph.graph_item import GraphItem
from wfepy_gui.views.graph.prepared_graph import PreparedGraph, prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.export_part import ExportPart

_V = TypeVar("_V", int, str)


class GraphScene(QGraphicsScene):
    """One graph item, and where its nodes are; an empty graph before the first one.

    Signals:
        picture_changed: another graph, other statuses or another look: pictures of the whole are outdated.
    """

    picture_changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A single item needs no index, and an index would be rebuilt with every graph.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setBackgroundBrush(look.page)
        self._look = look
        self._drawn = empty_graph()
        self._item = GraphItem(self._drawn, look)
        self.addItem(self._item)
        self._selected = ""
        self._graph_filter = GraphFilter()
        self._grades: Mapping[str, int] = {}
        self._pending: Mapping[str, str] = {}

    # -- what is shown ------------------------------------------------------------------------------------

    def prepare(self, graph: Graph, placement: Placement) -> PreparedGraph:
        """Prepare a graph, or the same one placed anew, with the statuses and badges shown now, by name."""
        before, names = self._drawn, self.names
        is_like_before = len(before.transitions) == len(graph.transitions)
        return prepare(
            graph,
            placement,
            self._look,
            statuses=dict(zip(names, before.statuses, strict=True)),
            transitions=before.transitions if is_like_before else (),
            badges={names[index]: badge for index, badge in before.badges.items()},
        )

    def show_graph(self, prepared: PreparedGraph) -> None:
        """Show a prepared graph; the selection stays by name, and nothing is found or filtered any more."""
        self._drawn = prepared.drawn
        self._graph_filter = GraphFilter()
        self._item.show_graph(prepared.drawn, prepared.overview)
        self.select(self._selected)
        self.set_stuck_ages(self._grades)
        self.set_pending(self._pending)
        self.setSceneRect(prepared.drawn.bounds)
        self.picture_changed.emit()

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> bool:
        """Take the statuses of some or all tasks; returns whether any changed."""
        changed = self._drawn.set_statuses(statuses)
        if changed:
            if self._graph_filter.hides_done:
                self._update_details(changed)
            self._item.repaint_nodes(changed)
            self.picture_changed.emit()
        return bool(changed)

    def _update_details(self, changed: Iterable[int]) -> None:
        """Draw tasks that may now be done, or no longer, as the filter says."""
        if self._graph_filter.centre:
            self._apply_filter()
            return
        for index in changed:
            status, labels = self._drawn.statuses[index], self._drawn.neighbours.labels[index]
            self._drawn.set_detail(index, self._graph_filter.detail_of(status, labels))

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Take the status of every transition, in the order of `Graph.transitions`."""
        changed = self._drawn.set_transitions(statuses)
        if changed:
            self._item.repaint_edges(changed)

    def set_badges(self, badges: Mapping[str, str]) -> None:
        """Show a few characters beside the status word of some tasks, and nothing beside the others."""
        self._item.repaint_badges(self._drawn.set_badges(badges))

    def set_stuck_ages(self, grades: Mapping[str, int]) -> None:
        """Show how long these tasks are stuck, from 1 to 4, and nothing of the others."""
        self._grades = grades
        overlay = self._item.overlay
        overlay.grades, changed = self._by_number(overlay.grades, grades)
        self._item.repaint_overlay(changed)
        if changed:
            self.picture_changed.emit()

    def set_pending(self, words: Mapping[str, str]) -> None:
        """Mark the tasks that pending changes make something else of, with what in a few words."""
        self._pending = words
        overlay = self._item.overlay
        overlay.pending, changed = self._by_number(overlay.pending, words)
        self._item.repaint_overlay(changed)

    def _by_number(self, old: Mapping[int, _V], named: Mapping[str, _V]) -> tuple[dict[int, _V], list[int]]:
        """Values by name as values by number, and the numbers whose value differs from the old ones."""
        number = self._drawn.number
        new: dict[int, _V] = {number[name]: value for name, value in named.items() if name in number}
        return new, [index for index in {*new, *old} if new.get(index) != old.get(index)]

    def select(self, name: str) -> None:
        """Ring a task, or none for an empty name."""
        self._selected = name
        self._item.select(self._drawn.number.get(name))

    def select_transition(self, index: int | None) -> None:
        """Highlight a transition, or none."""
        before = self._item.overlay.transition
        if index != before:
            self._item.overlay.transition = index
            self._item.repaint_transitions(before, index)

    def set_filter(self, graph_filter: GraphFilter) -> None:
        """Leave out or bring back tasks; nothing moves."""
        self._graph_filter = graph_filter
        self._apply_filter()

    def _apply_filter(self) -> None:
        drawn = self._drawn
        if drawn.set_visibility(visibility(drawn.neighbours, drawn.statuses, self._graph_filter)):
            self._item.repaint_all()
            self.picture_changed.emit()

    def mark_matches(self, numbers: Iterable[int]) -> None:
        """Ring the tasks that were found."""
        self._drawn.matches = frozenset(numbers)
        self._item.update()

    def set_pulse(self, strength: float) -> None:
        """Draw a halo around what runs, from 0 (none) to 1."""
        self._item.set_pulse(strength)

    def set_look(self, look: Look) -> None:
        """Paint everything anew in another look."""
        self._look = look
        self.setBackgroundBrush(look.page)
        self._item.set_look(look)
        self.picture_changed.emit()

    # -- painting -----------------------------------------------------------------------------------------

    def expect_parts(self, parts: list[QRectF]) -> None:
        """Paint only these parts in the next frame; empty: whatever is exposed."""
        self._item.expect_parts(parts)

    def paint_map(self, painter: QPainter, zoom: float) -> None:
        """Paint the whole graph very small, at so many pixels per scene unit."""
        if self._drawn.nodes:
            self._item.paint_whole(painter, self._drawn.bounds, zoom)

    def paint_export(self, painter: QPainter, part: ExportPart, look: Look, zoom: float) -> None:
        """Paint a part of the graph elsewhere, in any look, without selection, search marks and halos.

        Args:
            painter: in scene units.
            part: which part.
            look: what to paint with.
            zoom: device units per scene unit, which decides the detail.
        """
        drawn = self._drawn
        shown, matches = drawn.visibility, drawn.matches
        drawn.set_visibility(part.visibility)
        drawn.matches = frozenset()
        try:
            GraphItem(drawn, look).paint_part(painter, part.rect, zoom, ratio=0.0)
        finally:
            drawn.set_visibility(shown)
            drawn.matches = matches

    # -- to read from -------------------------------------------------------------------------------------

    @property
    def drawn(self) -> DrawnGraph:
        """What is drawn, to read from."""
        return self._drawn

    @property
    def names(self) -> list[str]:
        """The tasks, in the graph's order."""
        return [node.name for node in self._drawn.nodes]

    @property
    def selected(self) -> str:
        """The selected task, or an empty string."""
        return self._selected

    @property
    def transition(self) -> int | None:
        """The selected transition's number."""
        return self._item.overlay.transition

    @property
    def graph_filter(self) -> GraphFilter:
        """What the operator asked to see."""
        return self._graph_filter

    @property
    def bounds(self) -> QRectF:
        """The whole graph with its margin; empty without one."""
        return QRectF(self._drawn.bounds)

    @property
    def has_running(self) -> bool:
        """Whether a task is being run."""
        return bool(self._drawn.running)

    def rect_of(self, name: str) -> QRectF:
        """Where a task is; empty if it is not here."""
        index = self._drawn.number.get(name)
        return QRectF() if index is None else QRectF(self._drawn.nodes[index].rect)

    def filtered_rect(self) -> QRectF:
        """Around all tasks drawn in full; empty if there is none."""
        drawn = self._drawn
        return bounding_rect(
            drawn, (index for index in range(len(drawn.nodes)) if drawn.detail(index) is NodeDetail.FULL)
        )

    def status_of(self, name: str) -> TaskStatus | None:
        """What is shown for a task."""
        index = self._drawn.number.get(name)
        return None if index is None else self._drawn.statuses[index]

    def detail_of(self, name: str) -> NodeDetail:
        """How a task is drawn."""
        index = self._drawn.number.get(name)
        return NodeDetail.NONE if index is None else self._drawn.detail(index)

    def pending_of(self, name: str) -> str:
        """What pending changes make of a task, in a few words; empty: nothing."""
        return self._pending.get(name, "")

    def counts(self) -> dict[TaskStatus, int]:
        """How many tasks have each status that occurs."""
        return {status: count for status, count in self._drawn.counts.items() if count}
