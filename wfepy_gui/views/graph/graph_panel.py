"""The graph with its headline, bars and legend; asks for the layout and hands statuses on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wfepy_core.drawing import layout
from wfepy_core.drawing.layered import place as layered
from wfepy_gui.models.node_badges import badges_of, laps_of
from wfepy_gui.models.stuck_ages import stuck_since
from wfepy_gui.text.time_format import now
from wfepy_gui.views.graph.filter_bar import FilterBar
from wfepy_gui.views.graph.find_bar import FindBar
from wfepy_gui.views.graph.legend import Legend
from wfepy_gui.views.graph.overlay_updates import GraphOverlays
from wfepy_gui.views.graph.prepared_graph import PreparedGraph, prepare
from wfepy_gui.views.graph.text_metrics import label_sizes, node_sizes
from wfepy_gui.views.graph.transition_strip import TransitionStrip
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.layout_process import TIME_LIMIT, LayoutProcess

if TYPE_CHECKING:
    from collections.abc import Collection

    from wfepy_core.drawing.layout import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.theme import Look, Theme

    Size = tuple[float, float]

BADGES_MS = 30_000
UPDATE_MS = 100
"""Between two updates while a pass tells more: the eye sees no difference, and the window stays free."""

GRACE_MS = 600
"""Graphviz usually answers a small graph sooner; our own placement before it would make the picture jump."""

GRACE_MS_A_TASK = -1
"""Graphviz never answers a large graph in time: why wait."""

KNOWN = 8
MOST_KNOWN = 6000
"""Placements that are kept, and tasks of the largest: the next instance of a workflow is shown at once."""


class _Measured(NamedTuple):
    sizes: dict[str, Size]
    labels: dict[str, Size]
    request: bytes


class _Picture(NamedTuple):
    """A prepared graph, of which view it shows the statuses, and who placed it."""

    prepared: PreparedGraph
    view: InstanceView
    engine: str


class GraphPanel(QWidget):
    """Follows a session. Measuring, placing and preparing a graph are done in worker threads.

    Signals:
        picture_ready: the graph is laid out and shows the present statuses.
    """

    picture_ready = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        headline: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)  # others may have long questions; the picture does not wait for them
        self._session, self._theme = session, theme
        self.graph_view = GraphView(theme, self)
        self.find_bar = FindBar(self.graph_view.navigation, self)
        self.filter_bar = FilterBar(self.graph_view.navigation, self)
        self.strip = TransitionStrip(self.graph_view.graph_scene, self.graph_view.navigation, theme, self)
        self._legend = Legend(theme, self)
        self.overlays = GraphOverlays(session, self.graph_view, self._legend, self)
        self._graph: Graph | None = None
        self._legend_of: Graph | None = None
        self._measured: _Measured | None = None
        self._is_placed = self._is_final = False
        self._number = 0
        self._path = ""
        self._known: list[tuple[Graph, Placement]] = []
        self._measures, self._own, self._pictures = (BackgroundQuery(self._pool, self) for _ in range(3))
        self._layouts = LayoutProcess(self._pool, parent=self)
        self._grace = QTimer(self)
        self._ages = QTimer(self)
        self._news: set[str] = set()
        self._updates = QTimer(self)
        self.setFocusProxy(self.graph_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (headline, self.find_bar, self.filter_bar):
            column.addWidget(widget)
        column.addWidget(self.graph_view, 1)
        column.addWidget(self.strip)
        column.addWidget(self._legend)
        self._connect()

    def _connect(self) -> None:
        self._ages.setInterval(BADGES_MS)
        self._ages.timeout.connect(self._show_badges)
        self._ages.start()
        self._updates.setSingleShot(True)
        self._updates.setInterval(UPDATE_MS)
        self._updates.timeout.connect(self._update_now)
        self._grace.setSingleShot(True)
        self._grace.timeout.connect(self._place_ourselves)
        for work in (self._measures, self._own, self._pictures):
            work.failed.connect(_raise)
        self._measures.answered.connect(self._ask_graphviz)
        self._layouts.placed.connect(self._take_graphviz)
        self._layouts.failed.connect(self._do_without_graphviz)
        self._own.answered.connect(self._prepare)
        self._pictures.answered.connect(self._show_picture)
        self._session.instance_changed.connect(self._show)
        self._session.tasks_changed.connect(self._update_soon)
        self.find_bar.closed.connect(self.graph_view.setFocus)
        self.filter_bar.closed.connect(self.graph_view.setFocus)
        self.strip.closed.connect(self.graph_view.setFocus)
        self.graph_view.navigation.transition_changed.connect(self._show_transition)

    def close_down(self) -> None:
        """Stop everything: the window closes."""
        self.stop()
        self._pool.waitForDone(2000)

    def stop(self) -> None:
        """Drop what is under way."""
        self._layouts.cancel()
        for work in (self._measures, self._own, self._pictures):
            work.forget()
        self._grace.stop()
        self._updates.stop()
        self._news.clear()
        self.graph_view.camera.stop()

    # -- layout -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.stop()
        view = self._session.view
        self._is_placed = self._is_final = False
        self._graph, self._measured = (view.snapshot.graph if view else None), None
        if self._session.path != self._path:
            self._path = self._session.path
            self.graph_view.moved_by_user = False  # another instance opens on its own active tasks
        known = next((placement for graph, placement in self._known if graph == self._graph), None)
        if known is not None:
            self._prepare(known)
        elif self._graph is not None:
            self._measures.ask(partial(_measure, self._graph, self._theme.look))

    def _ask_graphviz(self, measured: _Measured) -> None:
        if self._graph is not None:
            self._measured = measured
            self._number = self._layouts.place(self._graph, measured.request)
            self._grace.start(max(0, GRACE_MS + GRACE_MS_A_TASK * len(self._graph.tasks)))

    def _place_ourselves(self) -> None:
        if self._graph is not None and self._measured is not None and not self._is_placed:
            sizes, labels, _ = self._measured
            self._own.ask(partial(layered.place, self._graph, sizes, labels))

    def _take_graphviz(self, number: int, placement: Placement) -> None:
        if number == self._number:
            self._grace.stop()
            self._own.forget()
            if self._graph is not None and len(self._graph.tasks) <= MOST_KNOWN:
                self._known = [(self._graph, placement), *self._known[: KNOWN - 1]]
            self._prepare(placement)

    def _do_without_graphviz(self, number: int, _error: object) -> None:
        if number == self._number:
            self._grace.stop()
            self._is_final = True
            if self._is_placed:
                self.picture_ready.emit()
            elif not self._own.is_busy and not self._pictures.is_busy:
                self._place_ourselves()

    def _prepare(self, placement: Placement) -> None:
        view = self._session.view
        if view is not None and self._graph is not None:
            self._pictures.ask(partial(_picture, self._graph, placement, self._theme.look, view))

    def _show_picture(self, picture: _Picture) -> None:
        view = self._session.view
        if view is None:
            return
        self._is_placed = True
        self.graph_view.show_prepared(picture.prepared)
        self.strip.set_graph(picture.prepared.graph)
        self.overlays.show_all()
        if view is not picture.view:
            self._update(frozenset(view.statuses))
        self._legend.set_counts(self.graph_view.graph_scene.counts())
        if picture.prepared.graph is not self._legend_of:
            self._legend_of = picture.prepared.graph
            self._legend.begin_anew()
        if self._is_final or picture.engine != "layered":
            self.picture_ready.emit()

    # -- statuses -----------------------------------------------------------------------------------------

    def _update_soon(self, names: frozenset[str]) -> None:
        """At once, unless a pass runs and something was shown just before."""
        self._news |= names
        if not (self._session.is_busy and self._updates.isActive()):
            self._update_now()

    def _update_now(self) -> None:
        names, self._news = self._news, set()
        if names:
            self._updates.start()
            self._update(names)

    def _update(self, names: Collection[str]) -> None:
        view = self._session.view
        if view is None or not self._is_placed:
            return
        self.graph_view.set_statuses({name: view.statuses[name] for name in names})
        self.graph_view.set_transitions(view.transitions)
        self.strip.refresh()
        self._legend.set_counts(self.graph_view.graph_scene.counts())
        self.overlays.follow(names)

    def _show_badges(self) -> None:
        if self._session.view is not None and self._is_placed:
            self.overlays.show_ages()

    def _show_transition(self) -> None:
        """Where the strip leaves room for it."""
        layout = self.layout()
        if layout is not None and self.strip.isVisibleTo(self):
            layout.activate()
            self.graph_view.show_transition()


def _raise(error: Exception) -> None:
    """A mistake of ours in a worker thread: told like one of this thread."""
    raise error


def _measure(graph: Graph, look: Look) -> _Measured:
    sizes, labels = node_sizes(graph, look), label_sizes(graph, look)
    return _Measured(sizes, labels, layout.request(graph, sizes, labels, time_limit=TIME_LIMIT))


def _picture(graph: Graph, placement: Placement, look: Look, view: InstanceView) -> _Picture:
    badges = badges_of(stuck_since(view), laps_of(view), now())
    prepared = prepare(graph, placement, look, view.statuses, view.transitions, badges)
    return _Picture(prepared, view, placement.engine)
