"""What goes wrong while one thing is painted keeps nothing else from the screen."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from tests.gui.pages.graph_pages import show_graph
from wfepy_core.drawing import node_shape
from wfepy_core.drawing.layered import place as layered
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.theme import SchemeChoice, Theme
from wfepy_gui.views.graph import drawn_graph
from wfepy_gui.views.graph.drawn_graph import DrawnGraph, EdgeCurve
from wfepy_gui.views.graph.minimap import Minimap
from wfepy_gui.views.graph.overview import Overview
from wfepy_gui.views.graph.painter_context import painter_on
from wfepy_gui.views.graph.prepared_graph import prepare
from wfepy_gui.views.graph.view import GraphView


def columns(count, height):
    names = [[f"step_{column}_{row}" for row in range(height)] for column in range(count)]
    return Graph(
        tuple(GraphTask(name) for column in names for name in column),
        tuple(GraphTransition(a, b) for column in names for a, b in pairwise(column)),
    )


def placed(graph):
    return layered.place(graph, node_shape.estimated_sizes(graph), {})


@pytest.fixture
def theme(qapp):
    made = Theme(qapp, SchemeChoice.LIGHT)
    made.animates = False
    return made


@pytest.mark.usefixtures("qapp")
def test_a_painter_ends_whatever_happens():
    painters = []
    with pytest.raises(ZeroDivisionError), painter_on(QImage(4, 4, QImage.Format.Format_RGB32)) as painter:
        painters.append(painter) or 1 / 0
    assert not painters[0].isActive()


def test_a_map_that_could_not_be_painted_once_is_painted_the_next_time(qtbot, theme, monkeypatch):
    view = GraphView(theme)
    qtbot.addWidget(view)
    graph = columns(3, 4)
    show_graph(view, graph, placed(graph))
    chart = Minimap(view, theme)
    qtbot.addWidget(chart)

    def fail(*_arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(view.graph_scene, "paint_map", fail)
        with pytest.raises(ZeroDivisionError):
            chart.grab()
    image = chart.grab().toImage()
    assert len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 3


@pytest.mark.usefixtures("qapp")
def test_an_overview_that_failed_half_way_is_brought_up_to_date_the_next_time():
    bounds, fails, painted = QRectF(0, 0, 2000, 1000), [], []

    def paint_parts(_painter, parts, _zoom):
        painted.append(list(parts))
        if fails:
            raise ZeroDivisionError

    overview = Overview(bounds, 0.25, QColor("white"), paint_parts, lambda *_: None)
    overview.outdate_parts([QRectF(10, 10, 50, 50)])
    target = QImage(400, 200, QImage.Format.Format_RGB32)
    fails.append(1)
    with pytest.raises(ZeroDivisionError), painter_on(target) as painter:
        overview.blit(painter, bounds, 0.25)
    fails.clear()
    painted.clear()
    with painter_on(target) as painter:
        overview.blit(painter, bounds, 0.25)
        overview.blit(painter, bounds, 0.25)
    assert len(painted) == 1, "once more, and then it is up to date"


@pytest.fixture
def curves(monkeypatch):
    """The curves of transitions, as they are made."""
    made = []

    def make(*given):
        made.append(EdgeCurve(*given))
        return made[-1]

    monkeypatch.setattr(drawn_graph, "EdgeCurve", make)
    return made


def test_preparing_a_large_graph_makes_no_curve_and_no_stroke(theme, curves):
    graph = columns(20, 100)
    statuses = dict.fromkeys((task.name for task in graph.tasks), TaskStatus.COMPLETE)
    drawn = prepare(graph, placed(graph), theme.look, statuses=statuses).drawn
    assert all(tile.strokes is None for tile in drawn.tiles)
    assert curves == [], "they are made where somebody looks"


def test_a_look_at_some_tiles_makes_the_curves_of_these(qtbot, theme, curves):
    graph = columns(20, 100)
    view = GraphView(theme)
    qtbot.addWidget(view)
    view.resize(600, 400)
    show_graph(view, graph, placed(graph))
    view.show()
    view.viewport().grab()
    assert 0 < len(curves) < 0.2 * len(graph.transitions)


@pytest.mark.parametrize("count", [100, 1900])
def test_many_changes_paint_the_overview_once(theme, count, monkeypatch):
    graph = columns(20, 100)
    prepared = prepare(graph, placed(graph), theme.look)
    drawn, overview = prepared.drawn, prepared.overview
    asked = []
    monkeypatch.setattr(DrawnGraph, "lines", lambda _drawn, tile: asked.append(tile) or {})
    changed = drawn.set_transitions(
        [TransitionStatus.TAKEN] * count + [TransitionStatus.UNDECIDED] * (len(graph.transitions) - count)
    )
    overview.outdate_parts(map(drawn.line_rect, changed))
    assert asked == [], "nothing is painted before it is seen"
    target = QImage(400, 200, QImage.Format.Format_RGB32)
    for _ in range(3):
        with painter_on(target) as painter:
            overview.blit(painter, drawn.bounds, overview.zoom)
    assert 0 < len(asked) <= len(drawn.tiles)
