"""The scene of one graph: setters in, repaints out; it holds no session and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from wfepy_core.drawing.palette import ACTIVE
from wfepy_gui.views.graph.drawn_graph import DrawnGraph
from wfepy_gui.views.graph.graph_item import GraphItem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.snapshot import Graph
    from wfepy_core.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Look


class GraphScene(QGraphicsScene):
    """One graph item, and where its nodes are."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A single item needs no index, and an index would be rebuilt with every graph.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._look = look
        self._drawn: DrawnGraph | None = None
        self._item: GraphItem | None = None
        self._selected = ""
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

    def set_graph(self, graph: Graph, placement: Placement) -> None:
        """Show a graph, or the same one placed anew: statuses, badges and selection stay by name."""
        before = self._drawn
        drawn = DrawnGraph(graph, placement)
        if before is not None:
            known = {node.name: before.statuses[index] for index, node in enumerate(before.nodes)}
            drawn.set_statuses(known)
            drawn.badges = {
                index: badge
                for old, badge in before.badges.items()
                if (index := drawn.number.get(before.nodes[old].name)) is not None
            }
            if len(before.transitions) == len(drawn.transitions):
                drawn.set_transitions(before.transitions)
        if self._item is not None:
            self.removeItem(self._item)
        self._drawn = drawn
        self._item = GraphItem(drawn, self._look)
        self._item.select(drawn.number.get(self._selected))
        self.addItem(self._item)
        self.setSceneRect(drawn.bounds)

    def set_statuses(self, statuses: Mapping[str, TaskStatus]) -> bool:
        """Take the statuses of some or all tasks; returns whether any changed."""
        if self._drawn is None or self._item is None:
            return False
        changed = self._drawn.set_statuses(statuses)
        if changed:
            self._item.nodes_changed(changed)
        return bool(changed)

    def set_transitions(self, statuses: Sequence[TransitionStatus]) -> None:
        """Take the status of every transition, in the order of `Graph.transitions`."""
        if self._drawn is None or self._item is None:
            return
        changed = self._drawn.set_transitions(statuses)
        if changed:
            self._item.edges_changed(changed)

    def set_badges(self, badges: Mapping[str, str]) -> None:
        """Show a few characters beside the status word of some tasks, and nothing beside the others."""
        if self._drawn is None or self._item is None:
            return
        number = self._drawn.number
        new = {number[name]: badge for name, badge in badges.items() if badge and name in number}
        old = self._drawn.badges
        changed = [index for index in {*new, *old} if new.get(index) != old.get(index)]
        self._drawn.badges = new
        self._item.nodes_changed(changed)

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

    def expect_parts(self, parts: list[QRectF]) -> None:
        """Paint only these parts in the next frame; empty: whatever is exposed."""
        if self._item is not None:
            self._item.expect_parts(parts)

    def paint_part(self, painter: QPainter, part: QRectF, look: Look, zoom: float) -> None:
        """Paint a part of the graph elsewhere, in any look and without the selection.

        Args:
            painter: in scene units.
            part: in scene units.
            look: what to paint with.
            zoom: device units per scene unit, which decides the detail.
        """
        if self._drawn is not None:
            item = GraphItem(self._drawn, look)
            item.paint_part(painter, part, zoom, ratio=0.0)

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

    def urgent_names(self) -> list[str]:
        """The tasks that need a person, top down and left to right."""
        if self._drawn is None:
            return []
        found = [self._drawn.nodes[index] for index in self._drawn.urgent]
        return [node.name for node in sorted(found, key=lambda node: (node.rect.y(), node.rect.x()))]

    def active_names(self) -> list[str]:
        """The tasks of the most urgent active status there is, else the start points, else the first."""
        if self._drawn is None:
            return []
        pairs = list(zip(self._drawn.nodes, self._drawn.statuses, strict=True))
        for wanted in ACTIVE:
            names = [node.name for node, status in pairs if status is wanted]
            if names:
                return names
        return [node.name for node, _ in pairs if node.start] or self.names[:1]
