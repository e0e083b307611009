"""The scene of one graph: setters in, repaints out; it holds no session and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from wfepy_core.drawing.palette import ACTIVE
from wfepy_gui.views.graph.graph_filter import GraphFilter, NodeDetail, visibility
from wfepy_gui.views.graph.graph_item import GraphItem
from wfepy_gui.views.graph.prepared_graph import PreparedGraph, prepare
from wfepy_gui.views.graph.task_search import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.drawn_graph import DrawnGraph
    from wfepy_gui.views.graph.export_part import ExportPart

_V = TypeVar("_V", int, str)


class GraphScene(QGraphicsScene):
    """One graph item, and where its nodes are.

    Signals:
        picture_changed: another graph, other statuses or another look: pictures of the whole are outdated.
    """

    picture_changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A single item needs no index, and an index would be rebuilt with every graph.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._look = look
        self._drawn: DrawnGraph | None = None
        self._item: GraphItem | None = None
        self._selected = ""
        self._graph_filter = GraphFilter()
        self._grades: Mapping[str, int] = {}
        self._pending: Mapping[str, str] = {}
        self.setBackgroundBrush(look.page)

    @property
    def names(self) -> list[str]:
        """The tasks, in the graph's order."""
        return [node.name for node in self._drawn.nodes] if self._drawn else []

    @property
    def selected(self) -> str:
        """The selected task, or an empty string."""
        return self._selected

    @property
    def bounds(self) -> QRectF:
        """The whole graph with its margin."""
        return QRectF(self._drawn.bounds) if self._drawn else QRectF()

    def prepare(self, graph: Graph, placement: Placement) -> PreparedGraph:
        """Prepare a graph, or the same one placed anew, with the statuses and badges shown now, by name."""
        before = self._drawn
        if before is None:
            return prepare(graph, placement, self._look)
        names = self.names
        transitions = before.transitions if len(before.transitions) == len(graph.transitions) else ()
        return prepare(
            graph,
            placement,
            self._look,
            dict(zip(names, before.statuses, strict=True)),
            transitions,
            {names[index]: badge for index, badge in before.badges.items()},
        )

    def show(self, prepared: PreparedGraph) -> None:
        """Show a prepared graph; the selection stays by name, and what was found and wished for is gone."""
        if self._item is not None:
            self.removeItem(self._item)
        self._drawn = prepared.drawn
        self._graph_filter = GraphFilter()
        self._item = GraphItem(prepared.drawn, self._look, prepared.overview)
        self._item.select(prepared.drawn.number.get(self._selected))
        self.addItem(self._item)
        self.set_stuck_ages(self._grades)
        self.set_pending(self._pending)
        self.setSceneRect(prepared.drawn.bounds)
        self.picture_changed.emit()

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> bool:
        """Take the statuses of some or all tasks; returns whether any changed."""
        if self._drawn is None or self._item is None:
            return False
        changed = self._drawn.set_statuses(statuses)
        if changed:
            if self._graph_filter.hides_done:
                self._hide_done(changed)
            self._item.nodes_changed(changed)
            self.picture_changed.emit()
        return bool(changed)

    def _hide_done(self, changed: Iterable[int]) -> None:
        drawn, graph_filter = self._drawn, self._graph_filter
        if drawn is None or graph_filter.centre:
            self._apply_filter()
            return
        for index in changed:
            drawn.set_detail(
                index, graph_filter.detail_of(drawn.statuses[index], drawn.neighbours.labels[index])
            )

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Take the status of every transition, in the order of `Graph.transitions`."""
        if self._drawn is None or self._item is None:
            return
        changed = self._drawn.set_transitions(statuses)
        if changed:
            self._item.edges_changed(changed)

    def set_badges(self, badges: Mapping[str, str]) -> None:
        """Show a few characters beside the status word of some tasks, and nothing beside the others."""
        if self._drawn is not None and self._item is not None:
            self._item.badges_changed(self._drawn.set_badges(badges))

    def set_stuck_ages(self, grades: Mapping[str, int]) -> None:
        """Show how long these tasks are stuck, from 1 to 4, and nothing of the others."""
        self._grades = grades
        if self._drawn is not None and self._item is not None:
            self._item.overlay.grades, changed = _renewed(self._drawn, self._item.overlay.grades, grades)
            self._item.overlay_changed(changed)
            if changed:
                self.picture_changed.emit()

    def set_pending(self, words: Mapping[str, str]) -> None:
        """Mark the tasks that pending changes make something else of, with what in a few words."""
        self._pending = words
        if self._drawn is not None and self._item is not None:
            self._item.overlay.pending, changed = _renewed(self._drawn, self._item.overlay.pending, words)
            self._item.overlay_changed(changed)

    def pending_of(self, name: str) -> str:
        """What pending changes make of a task, in a few words; empty: nothing."""
        return self._pending.get(name, "")

    @property
    def transition(self) -> int | None:
        """The selected transition's number."""
        return self._item.overlay.transition if self._item else None

    def select_transition(self, index: int | None) -> None:
        """Highlight a transition, or none."""
        if self._item is not None and index != self._item.overlay.transition:
            before, self._item.overlay.transition = self._item.overlay.transition, index
            self._item.transition_selected(before, index)

    @property
    def graph_filter(self) -> GraphFilter:
        """What the operator asked to see."""
        return self._graph_filter

    def set_filter(self, graph_filter: GraphFilter) -> None:
        """Leave out or bring back tasks; nothing moves."""
        self._graph_filter = graph_filter
        self._apply_filter()

    def _apply_filter(self) -> None:
        drawn = self._drawn
        if drawn is None or self._item is None:
            return
        if drawn.set_visibility(visibility(drawn.neighbours, drawn.statuses, self._graph_filter)):
            self._item.repaint_all()
            self.picture_changed.emit()

    def mark(self, numbers: Iterable[int]) -> None:
        """Ring the tasks that were found."""
        if self._drawn is not None and self._item is not None:
            self._drawn.matches = frozenset(numbers)
            self._item.update()

    def pulse(self, strength: float) -> None:
        """Draw a halo around what runs, from 0 (none) to 1."""
        if self._item is not None:
            self._item.pulse(strength)

    def select(self, name: str) -> None:
        """Ring a task, or none for an empty name."""
        self._selected = name
        if self._drawn is not None and self._item is not None:
            self._item.select(self._drawn.number.get(name))

    def set_look(self, look: Look) -> None:
        """Paint everything anew in another look."""
        self._look = look
        self.setBackgroundBrush(look.page)
        if self._item is not None:
            self._item.set_look(look)
        self.picture_changed.emit()

    def expect_parts(self, parts: list[QRectF]) -> None:
        """Paint only these parts in the next frame; empty: whatever is exposed."""
        if self._item is not None:
            self._item.expect_parts(parts)

    def paint_export(self, painter: QPainter, extract: ExportPart, look: Look, zoom: float) -> None:
        """Paint a part of the graph elsewhere, in any look, without selection, search marks and halos.

        Args:
            painter: in scene units.
            extract: which part.
            look: what to paint with.
            zoom: device units per scene unit, which decides the detail.
        """
        drawn = self._drawn
        if drawn is None:
            return
        shown, matches = drawn.visibility, drawn.matches
        drawn.set_visibility(extract.visibility)
        drawn.matches = frozenset()
        try:
            GraphItem(drawn, look).paint_part(painter, extract.rect, zoom, ratio=0.0)
        finally:
            drawn.set_visibility(shown)
            drawn.matches = matches

    def rect_of(self, name: str) -> QRectF:
        """Where a task is; empty if it is not here."""
        index = self._drawn.number.get(name) if self._drawn else None
        return QRectF() if index is None or self._drawn is None else QRectF(self._drawn.nodes[index].rect)

    def status_of(self, name: str) -> TaskStatus | None:
        """What is shown for a task."""
        index = self._drawn.number.get(name) if self._drawn else None
        return None if index is None or self._drawn is None else self._drawn.statuses[index]

    def task_at(self, place: QPointF, reach: float) -> str:
        """The task at a place of the scene, or the nearest within a reach; empty if there is none."""
        if self._drawn is None:
            return ""
        square = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        best, nearest = "", float("inf")
        for tile in self._drawn.visible_tiles(square):
            for index in tile.nodes:
                if self._drawn.detail(index) is NodeDetail.NONE:
                    continue
                rect = self._drawn.nodes[index].rect
                if rect.contains(place):
                    return self._drawn.nodes[index].name
                away = (rect.center() - place).manhattanLength()
                if rect.intersects(square) and away < nearest:
                    best, nearest = self._drawn.nodes[index].name, away
        return best

    def counts(self) -> dict[TaskStatus, int]:
        """How many tasks have each status that occurs."""
        counts = self._drawn.counts if self._drawn else {}
        return {status: count for status, count in counts.items() if count}

    def names_with(self, statuses: Sequence[TaskStatus]) -> list[str]:
        """The tasks of some statuses, top down and left to right."""
        if self._drawn is None:
            return []
        found = [index for index, status in enumerate(self._drawn.statuses) if status in statuses]
        return self.in_reading_order(found)

    def in_reading_order(self, numbers: list[int]) -> list[str]:
        """The names of some tasks, top down and left to right."""
        drawn = self._drawn
        return [drawn.nodes[index].name for index in reading_order(drawn, numbers)] if drawn else []

    @property
    def has_running(self) -> bool:
        """Whether a task is being run."""
        return bool(self._drawn and self._drawn.running)

    @property
    def drawn(self) -> DrawnGraph | None:
        """What is drawn, to read from."""
        return self._drawn

    def detail_of(self, name: str) -> NodeDetail:
        """How a task is drawn."""
        index = self._drawn.number.get(name) if self._drawn else None
        return NodeDetail.NONE if index is None or self._drawn is None else self._drawn.detail(index)

    def filtered_rect(self) -> QRectF:
        """Around all tasks drawn in full; empty if there is none."""
        drawn = self._drawn
        if drawn is None:
            return QRectF()
        shown = (index for index in range(len(drawn.nodes)) if drawn.detail(index) is NodeDetail.FULL)
        return _around(drawn.nodes[index].rect for index in shown)

    def paint_map(self, painter: QPainter, zoom: float) -> None:
        """Paint the whole graph very small, at so many pixels per scene unit."""
        if self._item is not None and self._drawn is not None:
            self._item.paint_whole(painter, self._drawn.bounds, zoom)

    def opening_rects(self) -> Iterator[QRectF]:
        """What to open on, best first: everything, what is active, what is most urgent, one task of that."""
        drawn = self._drawn
        if drawn is None:
            return
        yield self.bounds
        active = [index for index, status in enumerate(drawn.statuses) if status in ACTIVE]
        urgent = [drawn.number[name] for name in self.active_names()]
        selected = drawn.number.get(self._selected)
        one = [selected] if selected in urgent and selected is not None else urgent[:1]
        for numbers in filter(None, (active, urgent, one)):
            yield _around(drawn.nodes[index].rect for index in numbers).adjusted(-20, -20, 20, 20)

    def active_names(self) -> list[str]:
        """The tasks of the most urgent active status there is, else the start points, else the first."""
        if self._drawn is None:
            return []
        nodes, statuses = self._drawn.nodes, self._drawn.statuses
        for wanted in ACTIVE:
            if self._drawn.counts[wanted]:
                return [node.name for node, status in zip(nodes, statuses, strict=True) if status is wanted]
        return [node.name for node in nodes if node.start] or self.names[:1]


def _renewed(
    drawn: DrawnGraph, old: Mapping[int, _V], named: Mapping[str, _V]
) -> tuple[dict[int, _V], list[int]]:
    """Values by name as values by number, and the numbers whose value differs from the old ones."""
    new: dict[int, _V] = {drawn.number[name]: value for name, value in named.items() if name in drawn.number}
    return new, [index for index in {*new, *old} if new.get(index) != old.get(index)]


def _around(rects: Iterable[QRectF]) -> QRectF:
    whole = QRectF()
    for rect in rects:
        whole = whole.united(rect)
    return whole
