"""What the operator asks of the graph: find, neighbourhood, back, areas, the map. Nothing else moves it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QRubberBand

from tests.gui.pages.graph_pages import FilterBarPage, in_view, is_flying, is_pulsing, middle_of, show_graph
from wfepy_core.drawing import palette
from wfepy_core.drawing.layered import place as layered
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.status import TaskStatus, TransitionStatus
from wfepy_gui.views.graph.filter_bar import FilterBar
from wfepy_gui.views.graph.find_bar import FindBar
from wfepy_gui.views.graph.graph_filter import NodeDetail
from wfepy_gui.views.graph.graph_placer import label_sizes, node_sizes
from wfepy_gui.views.graph.minimap import Minimap
from wfepy_gui.views.graph.view import GraphView
from wfepy_gui.views.graph.zoom_frame import KEY_STEP

LONG = 'lambda context: context["region"] == "north" and context["size"] > 100 and context["open"]'
NAMES = [f"step_{number}" for number in range(40)]
CHAIN = Graph(
    tuple(
        GraphTask(name, labels=("people",) if number % 10 == 3 else ()) for number, name in enumerate(NAMES)
    ),
    tuple(GraphTransition(a, b, LONG if a == "step_0" else "") for a, b in pairwise(NAMES)),
)


@pytest.fixture
def view(qtbot, theme):
    view = GraphView(theme)
    qtbot.addWidget(view)
    view.resize(800, 600)
    sizes = node_sizes(CHAIN, theme.look), label_sizes(CHAIN, theme.look)
    show_graph(view, CHAIN, layered.place(CHAIN, *sizes))
    with qtbot.waitExposed(view):
        view.show()
    return view


def shown_part(view):
    return view.camera.visible_rect


def details(view):
    return {name: view.graph_scene.detail_of(name) for name in NAMES}


# -- find ----------------------------------------------------------------------------------------------------


def test_find_counts_goes_round_both_ways_and_marks_what_it_found(view, qtbot):
    bar = FindBar(view.navigation)
    qtbot.addWidget(bar)
    bar.open_bar()
    before = shown_part(view)
    qtbot.keyClicks(bar.field, "STEP_3")
    assert bar.count.text() == "11 found"
    assert shown_part(view) == before, "typing moves nothing"
    walked = []
    view.task_selected.connect(walked.append)
    for _ in range(3):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert walked == ["step_3", "step_30", "step_31"]
    assert in_view(view, "step_31")
    assert bar.count.text() == "3 of 11"
    for _ in range(3):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert walked[-1] == "step_39"
    assert len(view.graph_scene.drawn.matches) == 11
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not view.graph_scene.drawn.matches


def test_find_looks_at_labels_too_and_says_when_there_is_none(view, qtbot):
    bar = FindBar(view.navigation)
    qtbot.addWidget(bar)
    bar.open_bar()
    bar.field.setText("people")
    assert bar.count.text() == "4 found"
    bar.field.setText("no such task")
    assert bar.count.text() == "not found"


@pytest.mark.parametrize("zoom", [1.0, 0.3])
def test_what_was_found_is_ringed_at_every_zoom(view, zoom):
    view.zoom_to(zoom)
    view.show_task("step_5") if zoom == 1.0 else view.fit()
    image = view.viewport().grab().toImage()
    view.navigation.find("step_5")
    assert view.viewport().grab().toImage() != image


# -- next, back and forward ----------------------------------------------------------------------------------


def test_next_waiting_goes_round_all_that_wait(view):
    view.set_statuses({"step_4": TaskStatus.WAITING, "step_20": TaskStatus.WAITING})
    seen = []
    for _ in range(3):
        view.navigation.go_to_next_waiting()
        seen.append(view.graph_scene.selected)
        assert in_view(view, seen[-1])
    assert seen == ["step_4", "step_20", "step_4"]


def test_back_and_forward_go_through_the_visited_tasks(view):
    for name in ("step_1", "step_30", "step_7"):
        view.select(name)
    view.navigation.go_back()
    assert view.graph_scene.selected == "step_30"
    assert in_view(view, "step_30")
    view.navigation.go_back()
    view.navigation.go_back()
    assert view.graph_scene.selected == "step_1"
    view.navigation.go_forward()
    assert view.graph_scene.selected == "step_30"
    view.select("step_9")
    assert not view.navigation.visit_history.can_go_forward
    view.navigation.go_back()
    assert view.graph_scene.selected == "step_30"


# -- neighbourhood and filters -------------------------------------------------------------------------------


def test_a_neighbourhood_leaves_stubs_to_placeholders_and_nothing_beyond(view):
    view.select("step_10")
    view.navigation.set_depth(2)
    view.focus_on_selected()
    found = details(view)
    assert [name for name, detail in found.items() if detail is NodeDetail.FULL] == NAMES[8:13]
    assert [name for name, detail in found.items() if detail is NodeDetail.PLACEHOLDER] == [
        "step_7",
        "step_13",
    ]
    drawn = view.graph_scene.drawn
    assert [index for index in range(39) if drawn.shows_edge(index)] == list(range(7, 13))
    assert in_view(view, "step_10")
    view.focus_on_selected()
    assert set(details(view).values()) == {NodeDetail.FULL}


def test_going_to_a_task_outside_the_neighbourhood_moves_the_neighbourhood(view):
    view.select("step_10")
    view.focus_on_selected()
    view.set_statuses({"step_35": TaskStatus.FAILED})
    view.navigation.go_to_next_failed()
    assert view.navigation.graph_filter.centre == "step_35"
    assert details(view)["step_35"] is NodeDetail.FULL


def test_what_is_done_becomes_a_placeholder_also_when_it_is_done_later(view):
    view.set_statuses({"step_0": TaskStatus.COMPLETE, "step_1": TaskStatus.SKIPPED})
    view.navigation.hide_done(True)
    before = shown_part(view)
    assert [name for name, detail in details(view).items() if detail is NodeDetail.PLACEHOLDER] == NAMES[:2]
    assert all(view.graph_scene.drawn.shows_edge(index) for index in range(39)), "edges survive"
    view.set_statuses({"step_2": TaskStatus.COMPLETE})
    assert details(view)["step_2"] is NodeDetail.PLACEHOLDER
    view.set_statuses({"step_2": TaskStatus.WAITING})
    assert details(view)["step_2"] is NodeDetail.FULL
    assert shown_part(view) == before


@pytest.mark.parametrize("zoom", [1.0, 0.35, 0.1])
def test_placeholders_are_painted_without_their_status(view, zoom):
    view.set_statuses(dict.fromkeys(NAMES, TaskStatus.COMPLETE))
    view.zoom_to(zoom)
    solid = palette.LIGHT.statuses[TaskStatus.COMPLETE].solid
    assert solid in colours_of(view)
    view.navigation.hide_done(True)
    assert solid not in colours_of(view)


def colours_of(view):
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in set(memoryview(image.constBits()).cast("I"))}


def test_the_bar_filters_by_label_and_shows_all_again(view, qtbot):
    bar = FilterBar(view.navigation)
    qtbot.addWidget(bar)
    bar.choose_label()
    FilterBarPage(bar).label.setCurrentText("people")
    full = [name for name, detail in details(view).items() if detail is NodeDetail.FULL]
    assert full == ["step_3", "step_13", "step_23", "step_33"]
    FilterBarPage(bar).show_all.click()
    assert set(details(view).values()) == {NodeDetail.FULL}
    assert not bar.isVisible()


def test_the_bar_tells_the_neighbourhood_and_changes_its_depth(view, qtbot):
    bar = FilterBar(view.navigation)
    qtbot.addWidget(bar)
    view.select("step_10")
    view.focus_on_selected()
    assert bar.isVisible()
    assert "step_10" in FilterBarPage(bar).centre
    FilterBarPage(bar).depth.setValue(3)
    assert [name for name, detail in details(view).items() if detail is NodeDetail.FULL] == NAMES[7:14]


# -- areas, map, tips, motion --------------------------------------------------------------------------------


def drag(qtbot, view, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, modifier, start)
    qtbot.mouseMove(port, start + QPoint(20, 20))
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, modifier, end)


@pytest.mark.parametrize("way", ["shift", "command"])
def test_a_dragged_frame_is_zoomed_to(view, qtbot, way):
    view.zoom_to(0.6)
    start, end = QPoint(300, 200), QPoint(500, 350)
    wanted = QRectF(view.mapToScene(start), view.mapToScene(end))
    if way == "command":
        view.begin_zoom_frame()
    drag(
        qtbot,
        view,
        start,
        end,
        Qt.KeyboardModifier.ShiftModifier if way == "shift" else Qt.KeyboardModifier.NoModifier,
    )
    shown = shown_part(view)
    assert shown.contains(wanted.adjusted(2, 2, -2, -2))
    assert shown.width() * shown.height() < 2 * wanted.width() * wanted.height()
    assert (shown.center() - wanted.center()).manhattanLength() < 4


def test_escape_takes_the_area_back_and_the_next_drag_pans(view, qtbot):
    view.begin_zoom_frame()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    zoom = view.zoom
    drag(qtbot, view, QPoint(300, 200), QPoint(350, 260))
    assert view.zoom == zoom


def test_an_area_is_zoomed_to_by_keys_alone(view, qtbot):
    view.zoom_to(0.6)
    before = shown_part(view)
    view.begin_zoom_frame()
    assert "Enter zooms" in view.accessibleDescription()
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    place = view.viewport().rect().center() + QPoint(0, 4 * KEY_STEP)
    wanted = view.mapToScene(place)
    selected = view.graph_scene.selected
    qtbot.keyClick(view, Qt.Key.Key_Return)
    shown = shown_part(view)
    assert before.width() / shown.width() > 1.5
    assert (shown.center() - wanted).manhattanLength() < 8
    assert view.graph_scene.selected == selected
    assert "Enter zooms" not in view.accessibleDescription()


def test_keys_keep_the_area_in_the_view_and_escape_changes_nothing(view, qtbot):
    before = shown_part(view)
    view.begin_zoom_frame()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(60):
            qtbot.keyClick(view, key)
    band = view.findChild(QRubberBand)
    assert view.viewport().rect().contains(band.geometry())
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not band.isVisible()
    assert shown_part(view) == before


@pytest.fixture
def minimap(view, theme, qtbot):
    minimap = Minimap(view, theme)
    qtbot.addWidget(minimap)
    minimap.resize(200, 160)
    with qtbot.waitExposed(minimap):
        minimap.show()
    return minimap


def test_the_map_frames_what_is_in_view_and_moves_it(view, minimap, qtbot):
    view.show_task("step_0")
    top = minimap.frame
    view.show_task("step_39")
    assert minimap.frame.top() > top.top()
    qtbot.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=top.center().toPoint())
    assert in_view(view, "step_1")
    before = minimap.frame
    qtbot.mousePress(minimap, Qt.MouseButton.LeftButton, pos=before.center().toPoint())
    qtbot.mouseMove(minimap, before.center().toPoint() + QPoint(0, 40))
    qtbot.mouseRelease(minimap, Qt.MouseButton.LeftButton)
    assert minimap.frame.center().y() == pytest.approx(before.center().y() + 40, abs=3)


def test_the_arrow_keys_move_the_view_from_the_map(view, minimap, qtbot):
    view.show_task("step_0")
    before = shown_part(view).top()
    qtbot.keyClick(minimap, Qt.Key.Key_Down)
    assert shown_part(view).top() > before


def test_the_map_shows_new_statuses_soon(view, minimap, qtbot):
    def red():
        image = minimap.grab().toImage()
        return any(
            image.pixelColor(x, y).red() > 150 and image.pixelColor(x, y).green() < 130
            for x in range(image.width())
            for y in range(image.height())
        )

    assert not red()
    view.set_statuses(dict.fromkeys(NAMES, TaskStatus.FAILED))
    qtbot.waitUntil(red)


def test_a_transition_tells_its_whole_condition_and_whether_it_was_taken(view):
    view.set_transitions([TransitionStatus.TAKEN] + [TransitionStatus.NOT_TAKEN] * 38)
    view.show_task("step_0")
    label = view.graph_scene.drawn.edges[0].label
    tip = view.tip_at(view.mapFromScene(QPointF(*label)))
    assert tip.startswith("step_0 → step_1: taken")
    assert LONG in tip
    between = (view.graph_scene.rect_of("step_1").center() + view.graph_scene.rect_of("step_2").center()) / 2
    assert view.tip_at(view.mapFromScene(between)).startswith("step_1 → step_2: not taken")
    assert view.tip_at(middle_of(view, "step_1")).startswith("step_1: not reached")


def test_a_flight_ends_where_a_jump_would_and_any_touch_ends_it(view, theme, qtbot):
    view.show_task("step_2")
    view.show_task("step_9")
    landed = shown_part(view)
    view.show_task("step_2")
    theme.animates = True
    view.show_task("step_9")
    assert is_flying(view)
    qtbot.waitUntil(lambda: not is_flying(view))
    assert (shown_part(view).center() - landed.center()).manhattanLength() < 3
    view.show_task("step_2")
    view.camera.scroll(QPoint(1, 0))
    assert not is_flying(view)


def test_only_what_runs_pulses_and_only_while_it_can_be_seen(view, theme, qtbot):
    theme.animates = True
    view.set_statuses({"step_0": TaskStatus.RUNNING})
    assert is_pulsing(view)
    images = {shot_of(view)}
    qtbot.waitUntil(lambda: len(images | {shot_of(view)}) > 1)
    view.hide()
    assert not is_pulsing(view)
    view.show()
    assert is_pulsing(view)
    view.set_statuses({"step_0": TaskStatus.COMPLETE})
    assert not is_pulsing(view)


def shot_of(view):
    QCoreApplication.processEvents()
    image = view.viewport().grab().toImage()
    return bytes(image.constBits())


def test_nothing_pulses_where_animations_are_off(view):
    view.set_statuses({"step_0": TaskStatus.RUNNING})
    assert not is_pulsing(view)
