"""The context menu of tasks, in the graph and in the table of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from wfepy_gui.views.graph.hit_test import task_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QTableView

    from wfepy_gui.views.explain.task_panel import TaskPanel
    from wfepy_gui.views.graph.view import GraphView

_REACH = 6.0


class TaskMenu(QObject):
    """Selects the task under the cursor, then offers what can be done with the selected ones."""

    def __init__(
        self,
        graph: GraphView,
        actions: Sequence[QAction],
        select: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._graph = graph
        self._select = select
        self._table: QTableView | None = None
        self.menu = QMenu(graph)
        self.menu.setToolTipsVisible(True)  # why something is grey
        self.menu.addActions(actions)
        graph.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        graph.customContextMenuRequested.connect(self._on_menu_wanted_in_graph)

    def offer_in_table(self, tasks: TaskPanel) -> None:
        """Come up in this table, too."""
        self._table = tasks.table
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._on_menu_wanted_in_table)

    def _on_menu_wanted_in_graph(self, place: QPoint) -> None:
        scene = self._graph.graph_scene
        under = task_at(scene.drawn, self._graph.mapToScene(place), _REACH / self._graph.zoom)
        if under and under != scene.selected:
            self._select(under)
        if under or scene.selected:
            self.menu.popup(self._graph.viewport().mapToGlobal(place))

    def _on_menu_wanted_in_table(self, place: QPoint) -> None:
        if self._table is not None and self._table.currentIndex().isValid():
            self.menu.popup(self._table.viewport().mapToGlobal(place))
