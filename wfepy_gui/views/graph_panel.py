"""The graph with its headline and legend; asks for the layout and hands statuses on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wfepy_core.drawing import layered
from wfepy_gui.clock import now
from wfepy_gui.models.badges import badges_of
from wfepy_gui.views.graph.legend import Legend
from wfepy_gui.views.graph.measuring import label_sizes, node_sizes
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.workers.background import Background
from wfepy_gui.workers.layout_process import LayoutProcess

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.snapshot import Graph
    from wfepy_gui.session import Session
    from wfepy_gui.theme import Theme
    from wfepy_gui.views.headline import Headline

    Size = tuple[float, float]

BADGES_MS = 30_000
GRACE_MS = 600
"""Graphviz usually answers sooner; our own placement, shown before it, would only make the picture jump."""


class GraphPanel(QWidget):
    """Follows a session.

    Signals:
        picture_ready: the graph is laid out and shows the present statuses.
    """

    picture_ready = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        pool: QThreadPool,
        headline: Headline,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.graph_view = GraphView(theme, self)
        self._legend = Legend(theme, self)
        self._graph: Graph | None = None
        self._is_placed = self._is_final = False
        self._layouts = LayoutProcess(parent=self)
        self._number = 0
        self._own = Background(pool, self)
        self._grace = QTimer(self)
        self._ages = QTimer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(headline)
        column.addWidget(self.graph_view, 1)
        column.addWidget(self._legend)
        self._connect()

    def _connect(self) -> None:
        self._ages.setInterval(BADGES_MS)
        self._ages.timeout.connect(self._show_badges)
        self._ages.start()
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE_MS)
        self._grace.timeout.connect(self._place_ourselves)
        self._layouts.placed.connect(self._take_graphviz)
        self._layouts.failed.connect(self._do_without_graphviz)
        self._own.answered.connect(self._place)
        self._session.instance_changed.connect(self._show)
        self._session.tasks_changed.connect(self._update)

    def stop(self) -> None:
        """Stop what is under way: the window closes."""
        self._layouts.cancel()
        self._own.forget()
        self._grace.stop()

    # -- layout -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.stop()
        view = self._session.view
        self._is_placed = self._is_final = False
        self._graph = view.snapshot.graph if view else None
        if self._graph is not None:
            sizes, labels = self._measure(self._graph)
            self._number = self._layouts.place(self._graph, sizes, labels)
            self._grace.start()

    def _measure(self, graph: Graph) -> tuple[dict[str, Size], dict[str, Size]]:
        look = self._theme.look
        return node_sizes(graph, look), label_sizes(graph, look)

    def _place_ourselves(self) -> None:
        if self._graph is not None and not self._is_placed:
            sizes, labels = self._measure(self._graph)
            self._own.ask(partial(layered.place, self._graph, sizes, labels))

    def _take_graphviz(self, number: int, placement: Placement) -> None:
        if number == self._number:
            self._grace.stop()
            self._own.forget()
            self._place(placement)

    def _do_without_graphviz(self, number: int, _error: object) -> None:
        if number == self._number:
            self._grace.stop()
            self._is_final = True
            if self._is_placed:
                self.picture_ready.emit()
            else:
                self._place_ourselves()

    def _place(self, placement: Placement) -> None:
        view = self._session.view
        if view is None or self._graph is None:
            return
        is_first, self._is_placed = not self._is_placed, True
        self.graph_view.set_graph(self._graph, placement)
        self._update(frozenset(view.statuses))
        if is_first:
            self.graph_view.open_readable()  # now that it knows which tasks are active
        if self._is_final or placement.engine != "layered":
            self.picture_ready.emit()

    def _update(self, names: frozenset[str]) -> None:
        view = self._session.view
        if view is None or not self._is_placed:
            return
        self.graph_view.set_statuses({name: view.statuses[name] for name in names})
        self.graph_view.set_transitions(view.transitions)
        self._legend.set_counts(self.graph_view.graph_scene.counts())
        self._show_badges()

    def _show_badges(self) -> None:
        if self._session.view is not None and self._is_placed:
            self.graph_view.set_badges(badges_of(self._session.view, now()))
