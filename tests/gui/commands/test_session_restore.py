"""A start without arguments shows again what was open at the last close, as it was left."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from wfepy_gui.composition import Desktop, Options
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
NAMES = [f"step_{number}" for number in range(12)]
CHAIN = (
    "".join(
        f"""
@task()
{"@start_point()" if one == NAMES[0] else ""}
@followed_by("{other}")
def {one}(context):
    return False
"""
        for one, other in pairwise(NAMES)
    )
    + f"""
@task()
@end_point()
def {NAMES[-1]}(context):
    return True
"""
)


@pytest.fixture
def started(qapp, qtbot, tmp_path):
    """Starts the desktop again and again with the same settings; each start ends the one before."""
    running = []

    def end():
        while running:
            running.pop().window.close_anyway()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def start(*paths, **options):
        end()
        made = Desktop(qapp, Options(paths, settings=str(tmp_path / "settings.ini"), **options))
        made.theme.animates = False
        qtbot.addWidget(made.window)
        running.append(made)
        with qtbot.waitExposed(made.window):
            made.start()
        return made

    yield start
    end()


def wait_for_graph(qtbot, desktop, path):
    view = desktop.window.panels.graph.get().graph_view

    def is_drawn():
        return desktop.session.path == path and bool(view.graph_scene.names)

    qtbot.waitUntil(is_drawn, timeout=WAIT_MS)
    return view


def test_the_instance_its_selected_task_and_the_view_come_back(qtbot, started, make_instance):
    path = make_instance(CHAIN)
    first = started(path)
    view = wait_for_graph(qtbot, first, path)
    first.window.select_task("step_7")
    view.zoom_to(1.3)
    view.look_at(view.graph_scene.rect_of("step_5").center())
    shown = view.camera.visible_rect

    again = started()
    view = wait_for_graph(qtbot, again, path)
    assert again.window.selected_tasks() == ("step_7",)
    qtbot.waitUntil(lambda: abs(view.zoom - 1.3) < 0.01, timeout=WAIT_MS)
    assert (
        view.camera.visible_rect.center() - shown.center()
    ).manhattanLength() < 20  # a bar may have come or gone
    assert not again.notices.history


def test_the_instances_of_a_folder_are_listed_again(qtbot, started, make_instance):
    path = make_instance(CHAIN)
    folder = str(Path(path).parent)
    first = started(folder)
    wait_for_graph(qtbot, first, path)
    again = started()
    wait_for_graph(qtbot, again, path)
    assert again.scanner.roots == (folder,)


def test_what_is_gone_is_told_and_the_first_page_shown(qtbot, started, make_instance):
    path = make_instance(CHAIN)
    wait_for_graph(qtbot, started(path), path)
    first = started(path)
    wait_for_graph(qtbot, first, path)
    first.window.close_anyway()
    os.unlink(path)
    again = started()
    assert again.session.path == ""
    assert again.window.panels.welcome.get().isVisible()
    assert path in again.notices.history[-1].summary


def test_a_first_start_and_one_after_everything_was_closed_show_the_first_page(qtbot, started, make_instance):
    assert started().window.panels.welcome.get().isVisible()
    path = make_instance(CHAIN)
    open_one = started(path)
    wait_for_graph(qtbot, open_one, path)
    open_one.window.actions_table[Command.CLOSE_INSTANCE].trigger()
    again = started()
    assert again.window.panels.welcome.get().isVisible()
    assert not again.notices.history


def test_it_can_be_turned_off_and_a_start_with_paths_opens_only_these(qtbot, started, make_instance):
    one, other = make_instance(CHAIN), make_instance(CHAIN, "other")
    wait_for_graph(qtbot, started(one), one)
    named = started(other)
    wait_for_graph(qtbot, named, other)
    named.window.actions_table[Command.REOPEN].trigger()
    again = started()
    assert not again.window.actions_table[Command.REOPEN].isChecked()
    assert again.session.path == ""
    assert again.window.panels.welcome.get().isVisible()


def test_no_code_runs_at_a_start(qtbot, started, make_instance, tmp_path):
    path = make_instance(f'open({str(tmp_path / "ran")!r}, "a").close()\n' + CHAIN)
    Path(tmp_path / "ran").unlink()  # making the instance ran it
    wait_for_graph(qtbot, started(path), path)
    wait_for_graph(qtbot, started(), path)
    assert not (tmp_path / "ran").exists()
