"""The graph with its headline, bars and legend; has it placed and hands statuses on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wfepy_gui.models.node_badges import badges_of, laps_of
from wfepy_gui.models.stuck_ages import stuck_since
from wfepy_gui.text.time_format import now
from wfepy_gui.views.graph.filter_bar import FilterBar
from wfepy_gui.views.graph.find_bar import FindBar
from wfepy_gui.views.graph.graph_placer import GraphPlacer, raise_error
from wfepy_gui.views.graph.legend import LegendStrip
from wfepy_gui.views.graph.overlay_updates import GraphOverlays
from wfepy_gui.views.graph.prepared_graph import PreparedGraph, prepare
from wfepy_gui.views.graph.transition_strip import TransitionStrip
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Collection

    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.theme import Look, Theme

BADGES_MS = 30_000
UPDATE_MS = 100
"""Between two updates while a pass reports more: the eye sees no difference, and the window stays free."""


class _Picture(NamedTuple):
    """A prepared graph, and of which view it shows the statuses."""

    prepared: PreparedGraph
    view: InstanceView


class GraphPanel(QWidget):
    """Follows a session. Placing and preparing a graph are done in worker threads.

    Signals:
        picture_ready: the graph is laid out and shows the present statuses.
    """

    picture_ready = Signal()

    def __init__(
        self, session: Session, theme: Theme, *, headline: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.graph_view = GraphView(theme, self)
        scene, navigation = self.graph_view.graph_scene, self.graph_view.navigation
        self.find_bar = FindBar(navigation, self)
        self.filter_bar = FilterBar(navigation, self)
        self.strip = TransitionStrip(scene, navigation, theme, self)
        self._legend = LegendStrip(theme, self)
        self.overlays = GraphOverlays(session, self.graph_view, self._legend, self)
        self._graph: Graph | None = None
        self._legend_graph: Graph | None = None
        self._is_placed = False
        self._path = ""
        self._pool = QThreadPool(self)  # others may have long questions; the picture does not wait for them
        self._placer = GraphPlacer(self._pool, self)
        self._pictures = BackgroundQuery(self._pool, self)
        self._badge_timer = QTimer(self)
        self._update_timer = QTimer(self)
        self._changed_tasks: set[str] = set()
        self._build(headline)
        self._connect()

    def _build(self, headline: QWidget) -> None:
        self.setFocusProxy(self.graph_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (headline, self.find_bar, self.filter_bar):
            column.addWidget(widget)
        column.addWidget(self.graph_view, 1)
        column.addWidget(self.strip)
        column.addWidget(self._legend)
        self._badge_timer.setInterval(BADGES_MS)
        self._update_timer.setSingleShot(True)
        self._update_timer.setInterval(UPDATE_MS)

    def _connect(self) -> None:
        self._placer.placed.connect(self._on_placed)
        self._placer.gave_up.connect(self._on_placer_gave_up)
        self._pictures.answered.connect(self._on_picture_prepared)
        self._pictures.failed.connect(raise_error)
        self._badge_timer.timeout.connect(self._on_badge_timeout)
        self._badge_timer.start()
        self._update_timer.timeout.connect(self._update_changed)
        self._session.instance_changed.connect(self._on_instance_changed)
        self._session.tasks_changed.connect(self._on_tasks_changed)
        for bar in (self.find_bar, self.filter_bar, self.strip):
            bar.closed.connect(self.graph_view.setFocus)
        self.graph_view.navigation.transition_changed.connect(self._on_transition_changed)

    def close_down(self) -> None:
        """Stop everything: the window closes."""
        self.stop()
        self._pool.waitForDone(2000)

    def stop(self) -> None:
        """Drop what is under way."""
        self._placer.stop()
        self._pictures.forget()
        self._update_timer.stop()
        self._changed_tasks.clear()
        self.graph_view.camera.stop()

    # -- layout -------------------------------------------------------------------------------------------

    def _on_instance_changed(self) -> None:
        self.stop()
        view = self._session.view
        self._is_placed = False
        self._graph = view.snapshot.graph if view else None
        if self._session.path != self._path:
            self._path = self._session.path
            self.graph_view.moved_by_user = False  # another instance opens on its own active tasks
        if self._graph is not None:
            self._placer.place(self._graph, self._theme.look)

    def _on_placed(self, placement: Placement) -> None:
        view = self._session.view
        if view is not None and self._graph is not None:
            self._pictures.ask(partial(_prepare_picture, self._graph, placement, self._theme.look, view))

    def _on_placer_gave_up(self) -> None:
        if self._is_placed:
            self.picture_ready.emit()

    def _on_picture_prepared(self, picture: _Picture) -> None:
        view = self._session.view
        if view is None:
            return
        self._is_placed = True
        self.graph_view.show_graph(picture.prepared)
        self.strip.refresh()
        self.overlays.show_all()
        if view is not picture.view:
            self._update(frozenset(view.statuses))
        self._legend.set_counts(self.graph_view.graph_scene.counts())
        graph = picture.prepared.drawn.graph
        if graph is not self._legend_graph:
            self._legend_graph = graph
            self._legend.reset_height()
        if self._placer.is_final:
            self.picture_ready.emit()

    # -- statuses -----------------------------------------------------------------------------------------

    def _on_tasks_changed(self, names: frozenset[str]) -> None:
        """Update at once, unless a pass runs and something was shown just before."""
        self._changed_tasks |= names
        if not (self._session.is_busy and self._update_timer.isActive()):
            self._update_changed()

    def _update_changed(self) -> None:
        names, self._changed_tasks = self._changed_tasks, set()
        if names:
            self._update_timer.start()
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

    def _on_badge_timeout(self) -> None:
        if self._session.view is not None and self._is_placed:
            self.overlays.show_ages()

    def _on_transition_changed(self) -> None:
        """Show the transition where the strip leaves room for it."""
        column = self.layout()
        if column is not None and self.strip.isVisibleTo(self):
            column.activate()
            self.graph_view.show_transition()


def _prepare_picture(graph: Graph, placement: Placement, look: Look, view: InstanceView) -> _Picture:
    badges = badges_of(stuck_since(view), laps_of(view), now())
    prepared = prepare(
        graph,
        placement,
        look,
        statuses=view.statuses,
        transitions=view.transitions,
        badges=badges,
    )
    return _Picture(prepared=prepared, view=view)
