"""Badges and heat follow the tasks that changed, and nothing else is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tests.gui.pages.graph_pages import show_graph
from tests.gui.stuck_tasks import HOUR, NAMES, view_with
from wfepy_core.drawing import node_shape
from wfepy_core.drawing.layered import place as layered
from wfepy_gui.models.node_badges import badges_of, laps_of
from wfepy_gui.models.stuck_ages import stuck_since
from wfepy_gui.theme import SchemeChoice, Theme
from wfepy_gui.views.graph.legend import LegendStrip
from wfepy_gui.views.graph.overlay_updates import GraphOverlays
from wfepy_gui.views.graph.view import GraphView


class NothingPending(QObject):
    """Stands in for what edits an instance."""

    changed = Signal()
    pending = preview = None
    changes = ()


class OneInstance:
    """Stands in for a session."""

    def __init__(self, view):
        self.view, self.editing = view, NothingPending()


def test_badges_come_and_go_with_the_tasks_that_changed(qtbot, qapp):
    theme = Theme(qapp, SchemeChoice.LIGHT)
    graph = view_with({}, {}).snapshot.graph
    shown = GraphView(theme)
    qtbot.addWidget(shown)
    show_graph(shown, graph, layered.place(graph, node_shape.estimated_sizes(graph), {}))
    session = OneInstance(view_with({1: HOUR}, {2: 3}))
    legend = LegendStrip(theme)
    qtbot.addWidget(legend)
    overlays = GraphOverlays(session, shown, legend, shown)
    overlays.show_all()
    assert set(shown.graph_scene.drawn.badges) == {1, 2}
    session.view = view_with({4: HOUR}, {2: 3, 5: 2})
    overlays.follow(["step_1", "step_4", "step_5"])
    assert set(shown.graph_scene.drawn.badges) == {2, 4, 5}
    assert set(shown.graph_scene.drawn.badges) == set(map(NAMES.index, badges_of_all(session.view)))


def badges_of_all(view):
    return badges_of(stuck_since(view), laps_of(view), 10 * HOUR)
