"""What the graph shows before anybody touches it: a part to read, what each line is, a stateless module."""

from __future__ import annotations

from math import nextafter

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QToolButton

from tests.gui.graphs import chain
from tests.gui.pages.graph_pages import is_flying, is_pulsing, item_of, show_graph
from tests.gui.pages.headline_page import HeadlinePage
from wfepy_core.drawing.edge_paths import EdgePath, EdgePaths
from wfepy_core.drawing.layered import place as layered
from wfepy_core.drawing.placement import NodeBox, Placement
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus
from wfepy_gui.instance.instance_view import most_urgent
from wfepy_gui.theme import Look
from wfepy_gui.views.graph.camera import OWN_SIZE, READABLE
from wfepy_gui.views.graph.graph_placer import label_sizes, node_sizes
from wfepy_gui.views.graph.legend import LegendStrip
from wfepy_gui.views.graph.prepared_graph import APART, separate_parallel_edges
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


@pytest.fixture
def show(qtbot, theme):
    def show(graph, statuses=None, size=(800, 600)):
        view = GraphView(theme)
        qtbot.addWidget(view)
        view.resize(*size)
        sizes = node_sizes(graph, theme.look), label_sizes(graph, theme.look)
        show_graph(view, graph, layered.place(graph, *sizes))
        view.set_statuses(statuses or {})
        with qtbot.waitExposed(view):
            view.show()
        return view

    return show


def is_whole(view, name):
    return view.camera.visible_rect.contains(view.graph_scene.rect_of(name))


# -- where it opens -----------------------------------------------------------------------------------------


def test_a_view_opens_on_all_active_tasks_where_they_fit(show):
    active = {"step_20": TaskStatus.FAILED, "step_23": TaskStatus.WAITING}
    view = show(chain(60), active)
    assert all(is_whole(view, name) for name in active)
    assert READABLE <= view.zoom <= OWN_SIZE


def test_where_they_do_not_fit_it_opens_on_the_most_urgent_one(show):
    view = show(chain(60), {"step_10": TaskStatus.WAITING, "step_50": TaskStatus.FAILED})
    assert is_whole(view, "step_50")
    assert view.zoom == OWN_SIZE


@pytest.mark.parametrize("name", ["step_0", "step_59"])
def test_a_view_opens_without_empty_room_beside_what_is_cut_off(show, name):
    view = show(chain(60), {name: TaskStatus.WAITING})
    shown, bounds = view.camera.visible_rect, view.graph_scene.bounds
    assert shown.top() >= bounds.top() - 2
    assert shown.bottom() <= bounds.bottom() + 2


def test_a_view_looks_at_a_zoom_that_differs_by_a_rounding_error(show):
    view = show(chain(5))
    centre = view.graph_scene.rect_of("step_2").center()
    zoom = 0.8
    for _ in range(200):
        zoom = nextafter(zoom, 1.0)
        view.camera.look_at(centre, zoom)
    assert view.zoom == pytest.approx(zoom)
    assert view.camera.visible_rect.contains(centre)


def test_of_several_waits_the_longest_is_looked_at_first(make_instance, wfepy, view_from):
    path = make_instance(
        """
        @task()
        @start_point()
        @end_point()
        def late(context):
            return context.get("go", True)

        @task()
        @start_point()
        @end_point()
        def early(context):
            return False
        """,
        context='{"go": false}',
    )
    wfepy("advance", path)
    view = view_from(path)
    since = view.snapshot.records.waiting_since
    since[view.numbers["late"]] = since[view.numbers["early"]] + 1
    assert most_urgent(view) == "early"


# -- what each line and mark is -----------------------------------------------------------------------------

LAPS = Graph(
    (GraphTask("fetch", start=True), GraphTask("check")),
    (GraphTransition("fetch", "check"), GraphTransition("check", "fetch", "again")),
)


def test_lines_there_and_back_lie_beside_each_other():
    line = ((50.0, 10.0), (50.0, 20.0), (50.0, 30.0), (50.0, 40.0))
    back = tuple((across + 3.0, down) for across, down in reversed(line))
    boxes = {"fetch": NodeBox(0, 0, 100, 10), "check": NodeBox(0, 50, 100, 10)}
    edges = EdgePath(line, (50.0, 50.0), None), EdgePath(back, (53.0, 5.0), (80.0, 25.0))
    forth, home = separate_parallel_edges(LAPS, Placement(boxes, EdgePaths(edges), 100.0, 60.0, "dot")).edges
    assert home.points[0][0] - forth.points[0][0] == pytest.approx(APART)
    assert home.tip[0] - home.points[0][0] == 0.0
    assert (forth.points[0][0] + home.points[0][0]) / 2 == pytest.approx(51.5), "around where they were"


def test_lines_that_lie_apart_stay_where_they_are():
    left = EdgePath(((10.0, 10.0), (10.0, 20.0), (10.0, 30.0), (10.0, 40.0)), None, None)
    right = EdgePath(((90.0, 40.0), (90.0, 30.0), (90.0, 20.0), (90.0, 10.0)), None, None)
    boxes = {"fetch": NodeBox(0, 0, 100, 10), "check": NodeBox(0, 50, 100, 10)}
    placement = Placement(boxes, EdgePaths((left, right)), 100.0, 60.0, "dot")
    assert separate_parallel_edges(LAPS, placement) is placement


@pytest.mark.parametrize("zoom", [0.46, 0.6, 1.0])
def test_laps_of_a_loop_are_drawn_wherever_names_are(show, zoom):
    view = show(LAPS)
    item, rect = item_of(view), view.graph_scene.rect_of("check")
    corner = QRectF(rect.right() - 24, rect.top() - 14, 40, 12)

    def picture():
        image = QImage((corner.size() * zoom * 2).toSize(), QImage.Format.Format_RGB32)
        image.fill(view.graph_scene.backgroundBrush().color())
        painter = QPainter(image)
        painter.scale(zoom, zoom)
        painter.translate(-corner.topLeft())
        item.paint_part(painter, corner, zoom, 0.0)
        painter.end()
        return image

    without = picture()
    view.set_badges({"check": "×4"})  # noqa: RUF001  as in "four times"
    assert picture() != without


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_transitions_differ_by_their_dashes_alone(dark):
    pens = Look.of(dark=dark).edges.values()
    assert len({(pen.style(), tuple(pen.dashPattern())) for pen in pens}) == 3


def test_the_legend_explains_marks_only_where_there_are_some(qtbot, theme):
    legend = LegendStrip(theme)
    qtbot.addWidget(legend)
    legend.set_counts({TaskStatus.FAILED: 1})
    assert legend.accessibleDescription() == "1 failed"
    legend.set_stuck_ages({1: "stuck up to 1 h", 4: "stuck over 8 h"})
    legend.set_laps(True)
    legend.set_pending(True)
    assert legend.accessibleDescription() == (
        "1 failed, done so often, pending change, stuck up to 1 h, stuck over 8 h"
    )


def test_the_legend_gets_no_lower_while_a_graph_is_shown(qtbot, theme):
    legend = LegendStrip(theme)
    qtbot.addWidget(legend)
    legend.resize(500, 40)
    legend.show()
    legend.set_counts(dict.fromkeys(TaskStatus, 9))
    high = legend.height()
    legend.set_counts({TaskStatus.COMPLETE: 81})
    assert legend.height() == high
    legend.reset_height()
    assert legend.height() < high


# -- what moves ---------------------------------------------------------------------------------------------


def test_a_jump_to_full_size_glides_only_with_animations(show, theme):
    view = show(chain(60))
    view.fit()
    view.zoom_to_own_size()
    assert not is_flying(view)
    assert view.zoom == OWN_SIZE
    view.fit()
    theme.animates = True
    view.zoom_to_own_size()
    assert is_flying(view)
    view.camera.stop()


def test_nothing_beats_or_flies_without_animations(show, theme):
    view = show(chain(5), {"step_1": TaskStatus.RUNNING})
    assert not is_pulsing(view)
    theme.animates = True
    view.set_statuses({"step_2": TaskStatus.RUNNING})
    assert is_pulsing(view)
    theme.animates = False
    assert not is_pulsing(view)


# -- a module without an instance ---------------------------------------------------------------------------


@pytest.fixture
def module(make_instance, tmp_path, desktop, qtbot):
    make_instance(
        """
        @task()
        @start_point()
        @followed_by("send")
        def ask(context):
            return True

        @task()
        @end_point()
        def send(context):
            return True
        """
    )
    desktop.settings.trusts = lambda _keys: True
    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        desktop.open_paths((str(tmp_path / "work.py"),))
    return desktop.window


def test_a_module_has_no_state_in_the_graph_the_table_and_the_legend(module):
    assert module.panels.graph.get().graph_view.graph_scene.counts() == {TaskStatus.NOT_REACHED: 2}
    assert module.findChild(LegendStrip).accessibleDescription() == "2 not reached"
    table = module.panels.tasks.get().table.model()
    assert {table.index(row, 0).data() for row in range(table.rowCount())} == {"not reached"}
    assert module.panels.graph.get().graph_view.graph_scene.selected == "", "nothing needs a look"


def test_the_headline_of_a_module_says_how_to_make_an_instance(module, qtbot):
    headline = HeadlinePage.of(module)
    assert "workflow without an instance" in headline.texts
    assert "New instance… starts one" in headline.sentence
    shown = [button for button in headline.widget.findChildren(QToolButton) if button.isVisible()]
    assert [button.defaultAction() for button in shown] == [module.actions_table[Command.NEW_INSTANCE]]
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    dialog = module.findChild(QDialog)
    assert dialog.isVisible()
    dialog.reject()
