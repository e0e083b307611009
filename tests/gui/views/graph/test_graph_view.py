"""What an operator sees and does in the graph."""

from itertools import pairwise
from operator import ne

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion, QWheelEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tests.gui.graphs import chain
from tests.gui.pages.graph_pages import in_view, middle_of, show_graph
from wfepy_core.drawing import palette
from wfepy_core.drawing.layered import place as layered
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.views.graph.graph_placer import label_sizes, node_sizes
from wfepy_gui.views.graph.legend import LegendStrip
from wfepy_gui.views.graph.view import GraphView

DIAMOND = Graph(
    (
        GraphTask("begin", start=True, doc="Begins."),
        GraphTask("left"),
        GraphTask("right"),
        GraphTask("meet", join=True, end=True),
    ),
    (
        GraphTransition("begin", "left", "is left"),
        GraphTransition("begin", "right"),
        GraphTransition("left", "meet"),
        GraphTransition("right", "meet"),
    ),
)


def bundle():
    """Chains side by side: large and wide enough for the overview."""
    columns = [[f"step_{column + 16 * row}" for row in range(100)] for column in range(16)]
    return Graph(
        tuple(GraphTask(name) for column in columns for name in column),
        tuple(GraphTransition(a, b) for column in columns for a, b in pairwise(column)),
    )


def placed(graph, look):
    return layered.place(graph, node_sizes(graph, look), label_sizes(graph, look))


@pytest.fixture
def show(qtbot, theme):
    def show(graph, statuses=None):
        view = GraphView(theme)
        qtbot.addWidget(view)
        view.resize(800, 600)
        show_graph(view, graph, placed(graph, theme.look))
        view.set_statuses(statuses or {})
        with qtbot.waitExposed(view):
            view.show()
        return view

    return show


def shot(view):
    return view.viewport().grab().toImage()


def colours_of(image):
    pixels = set(memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I"))
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels}


def test_a_click_selects_and_a_double_click_activates(show, qtbot):
    view = show(DIAMOND)
    with qtbot.waitSignal(view.task_selected) as selected:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "left"))
    assert selected.args == ["left"]
    with qtbot.waitSignal(view.task_activated) as activated:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view, "right"))
    assert activated.args == ["right"]
    with qtbot.waitSignal(view.task_selected) as selected:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert selected.args == [""]


def test_arrow_keys_walk_along_transitions_and_sideways(show, qtbot):
    view = show(DIAMOND)
    view.select("begin")
    walked = []
    view.task_selected.connect(walked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert walked[-2:] == ["meet", walked[-1]]
    assert set(walked[:2]) <= {"left", "right"}
    assert walked[-1] in {"left", "right"}
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.graph_scene.selected == "begin"


def test_the_wheel_zooms_at_the_cursor(show):
    view = show(DIAMOND)
    at = middle_of(view, "left")
    before, zoom = view.mapToScene(at), view.zoom
    _turn_wheel(view, at, 120)
    assert view.zoom > zoom
    after = view.mapToScene(at)
    assert (after - before).manhattanLength() <= 2 / view.zoom


def _turn_wheel(view, at, angle):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(view.viewport(), event)


def test_dragging_pans_and_does_not_select(show, qtbot):
    view = show(DIAMOND)
    view.zoom_to(2.0)
    start = middle_of(view, "left")
    with qtbot.assertNotEmitted(view.task_selected):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(view.viewport(), start + QPoint(30, 20))
        qtbot.mouseMove(view.viewport(), start + QPoint(60, 40))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    assert (middle_of(view, "left") - start - QPoint(60, 40)).manhattanLength() <= 2


def test_a_small_graph_opens_whole(show):
    view = show(DIAMOND)
    assert all(in_view(view, task.name) for task in DIAMOND.tasks)
    assert view.zoom == 1.0


def test_a_long_chain_opens_readable_on_what_failed(show):
    view = show(chain(500), {"step_100": TaskStatus.WAITING, "step_300": TaskStatus.FAILED})
    assert view.zoom == 1.0
    assert in_view(view, "step_300")


def test_next_failed_goes_round_all_that_need_a_person(show, qtbot):
    urgent = {"step_7": TaskStatus.FAILED, "step_30": TaskStatus.INTERRUPTED}
    view = show(chain(50), urgent)
    view.fit()
    seen = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Exclam)
        seen.append(view.graph_scene.selected)
        assert in_view(view, seen[-1])
    assert seen == ["step_7", "step_30", "step_7"]


def test_news_never_moves_the_view(show):
    view = show(chain(200), {"step_5": TaskStatus.WAITING})
    view.zoom_to(0.8)
    before = view.mapToScene(view.viewport().rect()).boundingRect()
    view.set_statuses({"step_150": TaskStatus.FAILED})
    view.set_transitions([TransitionStatus.TAKEN] * 199)
    view.set_badges({"step_5": "3 d"})
    view.select("step_150")
    assert view.mapToScene(view.viewport().rect()).boundingRect() == before


def test_the_same_graph_placed_anew_keeps_the_task_in_view_where_it_was(show, theme):
    graph = chain(200)
    view = show(graph)
    view.show_task("step_120")
    view.select("step_120")
    before = middle_of(view, "step_120")
    stretched = placed(graph, theme.look)
    stretched = stretched._replace(
        nodes={name: box._replace(y=box.y * 1.7) for name, box in stretched.nodes.items()},
        height=stretched.height * 1.7,
    )
    show_graph(view, graph, stretched)
    assert (middle_of(view, "step_120") - before).manhattanLength() <= 2
    assert view.graph_scene.selected == "step_120"


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("touched", [True, False], ids=["moved by hand", "as opened"])
def test_a_bar_that_comes_and_goes_moves_nothing_on_the_screen(qtbot, theme, above, touched):
    window = QWidget()
    qtbot.addWidget(window)
    view = GraphView(theme, window)
    show_graph(view, chain(60), placed(chain(60), theme.look))
    column = QVBoxLayout(window)
    bar = QLabel("a notice")
    bar.setFixedHeight(60)
    bar.hide()
    for widget in (bar, view) if above else (view, bar):
        column.addWidget(widget)
    window.resize(800, 600)
    with qtbot.waitExposed(window):
        window.show()
    if touched:
        view.show_task("step_59")
        view.camera.scroll(QPoint(0, 5000))  # as far down as it goes

    def place():
        return view.viewport().mapTo(window, middle_of(view, "step_0" if not touched else "step_59"))

    before, zoom = place(), view.zoom
    for is_there in (True, False, True, False):
        height = view.height()
        bar.setVisible(is_there)
        qtbot.waitUntil(lambda height=height: view.height() != height)
        assert place() == before
        assert view.zoom == zoom


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.35, 0.1])
@pytest.mark.parametrize("graph", [chain(12), chain(1600), bundle()], ids=["small", "sliver", "overview"])
@pytest.mark.parametrize("status", [TaskStatus.FAILED, TaskStatus.WAITING], ids=lambda each: each.value)
def test_a_changed_status_is_painted_at_every_zoom(show, zoom, graph, status):
    view = show(graph)
    view.fit()
    view.zoom_to(zoom)
    view.centerOn(view.graph_scene.rect_of("step_5").center())
    solid = palette.LIGHT.statuses[status].solid
    assert solid not in colours_of(shot(view))
    view.set_statuses({"step_5": status})
    assert solid in colours_of(shot(view))
    view.set_statuses({"step_5": TaskStatus.COMPLETE})
    assert solid not in colours_of(shot(view))


def pixels_that_differ(one, other):
    return sum(map(ne, *(memoryview(image.constBits()).cast("I") for image in (one, other))))


@pytest.mark.parametrize("count", [30, 1200], ids=["few", "many"])
@pytest.mark.parametrize("what", ["statuses", "transitions"])
def test_what_changes_out_of_view_is_painted_when_it_comes_into_view(show, what, count):
    graph = bundle()

    def change(view):
        if what == "statuses":
            view.set_statuses({task.name: TaskStatus.COMPLETE for task in graph.tasks[:count]})
        else:
            taken = [TransitionStatus.TAKEN] * count
            rest = [TransitionStatus.UNDECIDED] * (len(graph.transitions) - count)
            view.set_transitions(taken + rest)

    view = show(graph)
    view.fit()
    old = shot(view)
    view.zoom_to(1.0)
    view.show_task(graph.tasks[-1].name)
    change(view)
    view.fit()
    now = shot(view)
    change(fresh := show(graph))
    fresh.fit()
    assert pixels_that_differ(now, old) > 20
    assert pixels_that_differ(now, shot(fresh)) < 0.2 * pixels_that_differ(now, old)


class PaintedRegions(QObject):
    """Collects what a widget repaints."""

    def __init__(self, widget):
        super().__init__()
        self.all = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event):  # noqa: N802  Qt
        if event.type() is QEvent.Type.Paint:
            self.all = self.all.united(event.region())
        return False


@pytest.mark.parametrize("zoom", [1.0, 0.3, 0.08])
def test_changed_tasks_are_repainted_and_what_lies_between_is_not(show, qtbot, zoom):
    view = show(chain(1600))
    view.zoom_to(zoom)
    far = round(2 / zoom)
    view.centerOn(view.graph_scene.rect_of(f"step_{100 + far}").center())
    QCoreApplication.processEvents()
    changed, between = ("step_100", f"step_{100 + 2 * far}"), middle_of(view, f"step_{100 + far}")
    painted = PaintedRegions(view.viewport())
    view.set_statuses(dict.fromkeys(changed, TaskStatus.FAILED))
    qtbot.waitUntil(lambda: all(painted.all.contains(middle_of(view, name)) for name in changed))
    assert not painted.all.contains(between)


def test_a_failed_task_is_found_in_a_chain_zoomed_out_to_a_sliver(show):
    view = show(chain(5000), {"step_2500": TaskStatus.FAILED})
    view.fit()
    assert palette.LIGHT.statuses[TaskStatus.FAILED].solid in colours_of(shot(view))


def test_a_taken_transition_is_painted_otherwise_than_an_undecided_one(show):
    view = show(DIAMOND)
    before = shot(view)
    view.set_transitions([TransitionStatus.TAKEN] * 4)
    assert palette.LIGHT.edges[TransitionStatus.TAKEN].colour in colours_of(shot(view))
    assert shot(view) != before


def test_switching_the_theme_paints_everything_anew(show, theme):
    view = show(DIAMOND)
    theme.choose(SchemeChoice.DARK)
    colours = colours_of(shot(view))
    assert palette.DARK.page in colours
    assert palette.LIGHT.page not in colours


def test_screen_readers_are_told_the_counts(show):
    view = show(DIAMOND, {"begin": TaskStatus.FAILED})
    assert view.accessibleName() == "Workflow graph"
    assert view.accessibleDescription() == "1 failed, 3 not reached"


def test_a_graph_of_other_tasks_replaces_the_first(show, theme):
    view = show(DIAMOND, {"left": TaskStatus.FAILED})
    view.select("left")
    other = chain(3)
    show_graph(view, other, placed(other, theme.look))
    assert view.graph_scene.names == ["step_0", "step_1", "step_2"]
    assert view.graph_scene.counts() == {TaskStatus.NOT_REACHED: 3}


def test_the_legend_counts_what_there_is_and_breaks_lines_when_narrow(qtbot, theme):
    legend = LegendStrip(theme)
    qtbot.addWidget(legend)
    legend.resize(2000, 40)
    legend.set_counts({TaskStatus.FAILED: 2, TaskStatus.COMPLETE: 40})
    assert legend.accessibleDescription() == "2 failed, 40 complete"
    wide = legend.height()
    legend.resize(200, 40)
    legend.show()
    assert legend.height() > wide


def test_what_is_painted_stays_sharp_on_a_dense_screen(show):
    view = show(bundle())
    view.fit()
    item = view.graph_scene.items()[0]
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    painter.scale(0.2, 0.2)
    item.paint_part(painter, view.graph_scene.bounds, 0.2, 2.0)
    painter.end()
    assert palette.LIGHT.statuses[TaskStatus.NOT_REACHED].solid in colours_of(image)
