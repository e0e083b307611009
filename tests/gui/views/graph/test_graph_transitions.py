"""Transitions are selected, read and followed by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from tests.gui.pages.graph_pages import StripPage
from tests.gui.pages.page import trigger
from wfepy_core.model.status import TransitionStatus
from wfepy_gui.window.command_ids import Command

LOOP = """
def has_more(context):
    return context.get("laps", 0) < 3

def is_done(context):
    return context.get("laps", 0) >= 3

@task()
@start_point()
@followed_by("check")
def fetch(context):
    context["laps"] = context.get("laps", 0) + 1
    return True

@task()
@followed_by("fetch", has_more)
@followed_by("merge", is_done)
@followed_by("ask", lambda context: context.get("refused") and context["region"] in ("north", "south"))
def check(context):
    return True

@task()
@followed_by("merge")
def ask(context):
    return True

@task()
@join_point()
@end_point()
def merge(context):
    return False
"""


@pytest.fixture
def graph(make_instance, wfepy, open_instance, desktop):
    path = make_instance(LOOP)
    wfepy("advance", path)
    open_instance(path)
    view = desktop.window.panels.graph.get().graph_view
    view.setFocus()
    desktop.window.select_task("check")
    return view


@pytest.fixture
def strip(desktop, graph):  # noqa: ARG001  of the opened instance
    return desktop.window.panels.graph.get().strip


def ends(graph):
    index = graph.graph_scene.transition
    edge = graph.graph_scene.drawn.graph.transitions[index]
    return edge.source, edge.dest


def test_a_key_goes_round_the_transitions_of_the_selected_task(graph, qtbot):
    found = []
    for _ in range(5):
        qtbot.keyClick(graph, Qt.Key.Key_T)
        found.append(ends(graph))
    leaving = [("check", "fetch"), ("check", "merge"), ("check", "ask")]
    assert found == [*leaving, ("fetch", "check"), ("check", "fetch")], "as they are written, then the others"
    qtbot.keyClick(graph, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert ends(graph) == ("fetch", "check")
    assert graph.graph_scene.selected == "check"


def test_the_strip_tells_all_about_the_selected_transition(graph, strip, desktop):
    assert not strip.isVisible()
    trigger(desktop, Command.NEXT_TRANSITION)
    assert StripPage(strip).ends == "check → fetch: not taken"
    assert StripPage(strip).condition.startswith("if has_more")
    assert StripPage(strip).place == "1 of 4 at this task"
    trigger(desktop, Command.NEXT_TRANSITION)
    trigger(desktop, Command.NEXT_TRANSITION)
    assert "context['region'] in ('north', 'south')" in StripPage(strip).condition, "the whole source text"
    trigger(desktop, Command.PREVIOUS_TRANSITION)
    assert StripPage(strip).ends == "check → merge: taken"
    trigger(desktop, Command.PREVIOUS_TRANSITION)
    trigger(desktop, Command.PREVIOUS_TRANSITION)
    assert StripPage(strip).condition == "without a condition: taken whenever fetch is done"
    assert "fetch → check: taken" in graph.accessibleDescription()


def test_enter_follows_the_transition_and_forgets_it(graph, strip, desktop, qtbot):
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(graph, Qt.Key.Key_Return)
    assert graph.graph_scene.selected == "merge"
    assert graph.graph_scene.transition is None
    assert not strip.isVisible()
    trigger(desktop, Command.NEXT_TRANSITION)
    assert ends(graph) == ("check", "merge"), "the first that leads to it: none leaves it"
    trigger(desktop, Command.FOLLOW_TRANSITION)
    assert graph.graph_scene.selected == "check", "against its direction, too"


def test_escape_lets_the_transition_go_before_the_task(graph, strip, qtbot):
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(graph, Qt.Key.Key_Escape)
    assert graph.graph_scene.transition is None
    assert graph.graph_scene.selected == "check"
    qtbot.keyClick(graph, Qt.Key.Key_T)
    qtbot.keyClick(StripPage(strip).next, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert graph.hasFocus()


def test_a_click_on_a_line_or_its_condition_selects_the_transition(graph, strip, desktop, qtbot):
    drawn = graph.graph_scene.drawn
    index = next(i for i, edge in enumerate(drawn.graph.transitions) if edge.condition == "is_done")
    graph.zoom_to(1.0)
    graph.look_at(drawn.pill_rect(index).center())
    desktop.window.select_task("ask")
    at = graph.mapFromScene(drawn.pill_rect(index).center())
    qtbot.mouseClick(graph.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    assert graph.graph_scene.transition == index
    assert graph.graph_scene.selected == "check", "its first task, because another one was selected"
    assert strip.isVisible()
    desktop.window.select_task("ask")
    assert graph.graph_scene.transition is None, "it is no transition of that task"


def test_the_selected_transition_is_highlighted(graph, desktop, qtbot):
    colour = desktop.theme.look.selection.rgb()

    def inked():
        image = graph.viewport().grab().toImage()
        return sum(image.pixel(x, y) == colour for y in range(image.height()) for x in range(image.width()))

    for _ in range(3):
        qtbot.keyClick(graph, Qt.Key.Key_T)
        highlighted, index = inked(), graph.graph_scene.transition
        graph.graph_scene.select_transition(None)
        plain = inked()
        graph.graph_scene.select_transition(index)
        assert highlighted > plain, ends(graph)
        assert inked() == highlighted, "what was repainted is all of it"


def test_without_a_selected_task_the_command_says_what_to_do(graph, desktop):
    desktop.window.select_task("")
    trigger(desktop, Command.NEXT_TRANSITION)
    assert graph.graph_scene.transition is None
    assert "Select a task first" in desktop.window.statusBar().currentMessage()


def test_the_strip_never_widens_the_window(strip, desktop):
    before = desktop.window.minimumSizeHint().width()
    trigger(desktop, Command.NEXT_TRANSITION)
    StripPage(strip).find(QLabel, "Selected transition").setText("a_very_long_task_name_" * 20)
    assert desktop.window.minimumSizeHint().width() <= before
    assert all(button.accessibleName() for button in strip.findChildren(QToolButton))


def test_the_transition_stays_selected_when_a_pass_decides_it(graph, strip, desktop, qtbot):
    trigger(desktop, Command.NEXT_TRANSITION)
    index = graph.graph_scene.transition
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=20_000):
        trigger(desktop, Command.ADVANCE)
    assert graph.graph_scene.transition == index
    assert strip.isVisible()


def test_news_of_a_pass_do_not_move_the_view_to_the_selected_transition(graph, desktop, wfepy, qtbot):
    trigger(desktop, Command.NEXT_TRANSITION)
    graph.zoom_to(2.0)
    graph.look_at(graph.graph_scene.rect_of("merge").center())
    place = graph.camera.visible_rect
    wfepy("context", "set", desktop.session.path, "seen=true")  # an idle pass would be no news
    wfepy("advance", desktop.session.path)
    generation = desktop.session.view.snapshot.generation
    desktop.session.reload()
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.generation > generation, timeout=20_000)
    graph.set_transitions([TransitionStatus.TAKEN for _ in graph.graph_scene.drawn.transitions])
    assert graph.camera.visible_rect == place


def test_a_transition_that_is_left_out_is_no_stop(graph, desktop):
    trigger(desktop, Command.NEIGHBOURHOOD)
    desktop.window.select_task("ask")
    known = graph.navigation.transitions
    assert known
    assert all(graph.graph_scene.drawn.shows_edge(index) for index in known)
