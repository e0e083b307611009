"""How long tasks are stuck, and what pending changes will do, over the graph in the real window."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.gui.pages.graph_pages import item_of
from tests.gui.pages.page import trigger
from wfepy_core.model.status import InterventionKind, TaskState, TaskStatus
from wfepy_core.operations.interventions import task_event, tokens_event
from wfepy_core.storage import state_file
from wfepy_core.time_text import DAY, HOUR, MINUTE
from wfepy_gui.instance.instance_view import view_of
from wfepy_gui.models.stuck_ages import GRADES, longest_first, stuck_ages_of, stuck_since
from wfepy_gui.text.time_format import now
from wfepy_gui.theme import Look
from wfepy_gui.views.graph import overlay
from wfepy_gui.views.graph.legend import LegendStrip
from wfepy_gui.window.command_ids import Command

BRANCHES = """
@task()
@start_point()
@followed_by("publish")
def sign(context):
    return False

@task()
@start_point()
@followed_by("publish")
def legal(context):
    return False

@task()
@start_point()
@followed_by("publish")
def pay(context):
    raise ValueError("no money")

@task()
@join_point()
@end_point()
def publish(context):
    return True
"""


def ages(path, **hours):
    """Rewrites since when tasks are stuck, as if time had passed."""
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    names = [task["name"] for task in document["graph"]["tasks"]]
    for name, passed in hours.items():
        for column in ("waiting_since", "first_start", "last_start", "end"):
            values, number = document["records"].get(column, []), names.index(name)
            if number < len(values) and values[number]:
                values[number] = now() - round(passed * HOUR)
    Path(path).write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def path(make_instance, wfepy):
    path = make_instance(BRANCHES)
    wfepy("advance", path, "--keep-going")
    ages(path, sign=1 / 6, legal=100, pay=30)
    return path


@pytest.fixture
def graph(path, open_instance, desktop):
    open_instance(path)
    return desktop.window.panels.graph.get().graph_view


def legend(desktop):
    return desktop.window.findChild(LegendStrip).accessibleDescription()


def pixels(graph, colour):
    """How many pixels of the graph have exactly this colour."""
    image = graph.viewport().grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))


# -- how long tasks are stuck -------------------------------------------------------------------------------


def test_the_longest_wait_has_the_highest_grade_and_the_others_fall_off_by_powers():
    heat = stuck_ages_of({"a": 0, "b": 60 * HOUR, "c": 90 * HOUR, "d": 99 * HOUR}, 100 * HOUR)
    assert heat.grades == {"a": GRADES, "b": 3, "c": 2, "d": 1}
    assert heat.begins == (2 * HOUR, 12 * HOUR, 2 * DAY), "lengths a person thinks in"


def test_a_wait_of_seconds_is_no_long_one():
    assert stuck_ages_of({"only": 0}, 30_000_000).grades == {"only": 1}
    assert stuck_ages_of({}, 30_000_000).begins == ()


@pytest.mark.parametrize("length", [0, MINUTE, HOUR, 7 * HOUR, DAY, 33 * DAY, 900 * DAY, 20_000 * DAY])
def test_grades_always_begin_one_after_the_other(length):
    begins = stuck_ages_of({"only": 0}, length).begins
    assert sorted(set(begins)) == list(begins)


def test_a_task_that_fails_again_and_again_is_stuck_since_its_first_try(path, wfepy):
    wfepy("advance", path, "--keep-going")
    since = stuck_since(view_of(state_file.read(path)))
    assert longest_first(since) == ["legal", "pay", "sign"]
    assert now() - since["pay"] > 29 * HOUR


def test_the_graph_and_its_legend_tell_how_long_tasks_are_stuck(graph, desktop):
    assert desktop.window.actions_table[Command.MARK_STUCK].isChecked()
    assert item_of(graph).overlay.grades == {0: 1, 1: 4, 2: 3}
    assert "stuck up to 2 h" in legend(desktop)
    assert "stuck over 2 d" in legend(desktop)
    assert "failed · 1 d" in words_of(graph, "pay")


def words_of(graph, name):
    drawn = graph.graph_scene.drawn
    return f"{graph.graph_scene.status_of(name).value} · {drawn.badges[drawn.number[name]]}"


def test_a_longer_wait_fills_more_of_its_gauge(graph, desktop):
    def fill(name):
        graph.show_task(name)
        at = graph.mapFromScene(graph.graph_scene.rect_of(name).topLeft())
        image = graph.viewport().grab().toImage()
        column = [image.pixelColor(at.x() + 5, at.y() + y) for y in range(8, 37)]
        solid = desktop.theme.look.statuses[graph.graph_scene.status_of(name)].border.color()
        return sum(colour == solid for colour in column)

    graph.zoom_to(1.0)
    assert fill("sign") < fill("pay") < fill("legal")


def test_hiding_how_long_is_remembered(graph, desktop):
    trigger(desktop, Command.MARK_STUCK)
    assert item_of(graph).overlay.grades == {}
    assert "stuck" not in legend(desktop)
    assert desktop.settings.marks_stuck is False
    trigger(desktop, Command.MARK_STUCK)
    assert "stuck" in legend(desktop)


def test_far_out_only_the_longest_waits_are_ringed(graph, desktop):
    item, ink = item_of(graph), desktop.theme.look.text
    far, zoom = graph.graph_scene.bounds, 0.2
    image = QImage((far.size() * zoom).toSize(), QImage.Format.Format_RGB32)
    image.fill(desktop.theme.look.page)
    painter = QPainter(image)
    painter.scale(zoom, zoom)
    painter.translate(-far.topLeft())
    item.paint_part(painter, far, zoom)
    painter.end()

    def rings(name):
        """How often a line to the right from the middle of a task goes through something dark."""
        centre = (graph.graph_scene.rect_of(name).center() - far.topLeft()) * zoom
        row = [image.pixelColor(round(centre.x()) + x, round(centre.y())) for x in range(6, 17)]
        dark = [abs(colour.lightness() - ink.lightness()) < 25 for colour in row]
        return sum(one and not other for one, other in pairwise([*dark, False]))

    assert {name: rings(name) for name in ("sign", "pay", "legal")} == {"sign": 0, "pay": 1, "legal": 2}


def test_next_by_age_goes_to_the_longest_wait_first(graph, desktop):
    desktop.window.select_task("")
    visited = []
    for _ in range(4):
        trigger(desktop, Command.NEXT_BY_AGE)
        visited.append(graph.graph_scene.selected)
    assert visited == ["legal", "pay", "sign", "legal"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_full_gauge_stands_out_from_its_node(dark):
    from tests.gui.theme.test_contrast import contrast  # noqa: PLC0415

    look = Look.of(dark=dark)
    for status in (TaskStatus.WAITING, TaskStatus.FAILED, TaskStatus.INTERRUPTED):
        assert contrast(look.statuses[status].border.color(), look.statuses[status].fill) >= 3


# -- pending changes ----------------------------------------------------------------------------------------


@pytest.fixture
def stage(graph, desktop):  # noqa: ARG001  of the opened instance
    editing = desktop.session.editing

    def stage(kind, name):
        assert editing.stage(partial(task_event, kind=kind, task=name, by="ops"), f"{kind} {name}")

    return stage


def marks(graph):
    scene = graph.graph_scene
    return {name: scene.pending_of(name) for name in scene.names if scene.pending_of(name)}


def test_a_pending_intervention_is_marked_until_it_is_taken_back(graph, desktop, stage):
    stage(InterventionKind.SKIP, "legal")
    assert marks(graph) == {"legal": "will be skipped"}
    stage(InterventionKind.RETRY, "pay")
    assert marks(graph)["pay"] == "will be ready"
    assert "pending change" in legend(desktop)
    trigger(desktop, Command.UNDO)
    assert "pay" not in marks(graph)
    trigger(desktop, Command.REDO)
    assert "pay" in marks(graph)
    desktop.session.editing.discard()
    assert marks(graph) == {}
    assert "pending change" not in legend(desktop)


def test_a_mark_is_gone_when_the_change_is_applied(graph, desktop, stage, qtbot):
    stage(InterventionKind.COMPLETE, "sign")
    assert marks(graph)["sign"] == "will be complete"
    with qtbot.waitSignal(desktop.session.editing.applied):
        desktop.session.editing.apply("because")
    qtbot.waitUntil(lambda: marks(graph) == {})
    assert graph.graph_scene.status_of("sign") is TaskStatus.COMPLETE


def test_a_mark_is_drawn_told_to_the_mouse_and_spoken(graph, desktop, stage):
    desktop.window.select_task("legal")
    ink = desktop.theme.look.text
    before = pixels(graph, ink)
    stage(InterventionKind.SKIP, "legal")
    assert pixels(graph, ink) > before + 50, "a dashed outline, a pencil and words"
    place = graph.mapFromScene(graph.graph_scene.rect_of("legal").center())
    assert "Pending change: will be skipped" in graph.tip_at(QPoint(place.x(), place.y()))
    assert "legal, waiting, will be skipped" in graph.accessibleDescription()


def test_a_change_of_the_context_alone_marks_no_task(graph, desktop):
    assert desktop.session.editing.stage_context({"due": 1}, "set due")
    assert marks(graph) == {}


def test_marks_stay_with_the_graph_in_another_look(graph, desktop, stage):
    stage(InterventionKind.SKIP, "legal")
    trigger(desktop, Command.THEME_DARK)
    assert marks(graph) == {"legal": "will be skipped"}
    assert pixels(graph, desktop.theme.look.text) > 50


def test_the_pencil_is_a_shape_of_its_own(qapp):  # noqa: ARG001  pixmaps need an application
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    overlay.paint_pencil(painter, QPointF(5, 5), QColor("black"))
    painter.end()
    inked = [(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y) == QColor("black")]
    assert inked
    assert all(abs((x - 5) + (y - 5) - 10) <= 4 for x, y in inked), "a slanted stroke"


def test_where_too_many_are_stuck_equally_long_none_is_ringed():
    over = overlay.Overlay()
    over.grades = dict.fromkeys(range(1000), GRADES)
    assert over.ring_numbers(3) == []
    over.grades = dict.fromkeys(range(1000), 3) | {7: GRADES, 9: GRADES, 11: 1}
    assert sorted(over.ring_numbers(3)) == [7, 9], "the next grade alone"
    over.grades = {1: 3, 2: GRADES, 3: 2}
    assert over.ring_numbers(3) == [1, 2]


def test_tokens_placed_by_hand_are_previewed_on_every_task_they_change(graph, desktop):
    tokens = [("publish", TaskState.READY)]
    assert desktop.session.editing.stage(partial(tokens_event, tokens=tokens, by="ops"), "tokens")
    assert marks(graph)["publish"] == "will be ready"
    assert {"sign", "legal"} <= set(marks(graph)), "their tokens are gone"


def test_the_mouse_is_told_how_long_a_task_is_stuck(graph):
    graph.show_task("legal")
    place = graph.mapFromScene(graph.graph_scene.rect_of("legal").center())
    assert "for 4 d so far" in graph.tip_at(QPoint(place.x(), place.y()))
