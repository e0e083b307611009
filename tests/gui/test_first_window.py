"""One instance in the real window, advanced by the real child process."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.dialogs import wait_for_count, wait_for_question
from tests.gui.pages.context_pages import ContextPage
from tests.gui.pages.error_page import ErrorPage
from tests.gui.pages.output_page import OutputPage
from tests.gui.pages.task_pages import InspectorPage, TasksPage
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.commands.graph_export import GraphExport
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.notices import Level
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.views.graph.export_dialog import ExportChoice
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

WAIT_MS = 20_000

TWO_STEPS = """
@task(labels=["people"])
@start_point()
@followed_by("sign")
def build(context):
    "Build the archive."
    print("building now")
    context["built"] = True
    return True

@task()
@end_point()
def sign(context):
    return "signature" in context or Waiting("no signature yet")
"""

FAILS = """
@task()
@start_point()
@end_point()
def publish(context):
    raise ValueError("the shelf is full")
"""

HANGS = """
@task()
@start_point()
@followed_by("second")
def first(context):
    return True

@task()
@end_point()
def second(context):
    print("I hang", flush=True)
    while True:
        time.sleep(0.05)
"""


def advance(qtbot, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.window.actions_table[Command.ADVANCE].trigger()
    return ended.args[0]


def shown_status(desktop, task):
    return desktop.window.panels.graph.get().graph_view.graph_scene.status_of(task)


def test_a_state_file_is_shown_with_every_tasks_status(make_instance, wfepy, open_instance, desktop):
    path = make_instance(TWO_STEPS)
    wfepy("advance", path)

    open_instance(path)

    assert shown_status(desktop, "build") is TaskStatus.COMPLETE
    assert shown_status(desktop, "sign") is TaskStatus.WAITING
    assert desktop.window.windowTitle().startswith("work.wfstate")


def test_advance_runs_the_command_and_shows_what_it_did(qtbot, make_instance, open_instance, desktop):
    path = make_instance(TWO_STEPS)
    open_instance(path)

    outcome = advance(qtbot, desktop)

    assert outcome.end is PassEnd.DONE
    qtbot.waitUntil(lambda: shown_status(desktop, "sign") is TaskStatus.WAITING, timeout=WAIT_MS)
    assert state_file.read(path).context == {"built": True}
    qtbot.waitUntil(lambda: ContextPage.of(desktop.window).model.rowCount() == 1, timeout=WAIT_MS)
    output = OutputPage.of(desktop.window)
    qtbot.waitUntil(lambda: "building now" in output.text, timeout=WAIT_MS)
    assert desktop.session.command_line.endswith(f"-m wfepy_core advance {path}")


def test_the_first_pass_asks_for_trust_and_no_is_the_default(qtbot, make_instance, open_instance, desktop):
    path = make_instance(TWO_STEPS)
    open_instance(path, trusted=False)

    desktop.window.actions_table[Command.ADVANCE].trigger()
    question = wait_for_question(qtbot, desktop)
    assert "work.py" in question.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)

    assert not desktop.session.is_busy
    assert state_file.read_head(path).generation == desktop.session.view.snapshot.generation


def test_trust_is_remembered_until_the_code_changes(qtbot, make_instance, open_instance, desktop):
    path = make_instance(TWO_STEPS)
    open_instance(path, trusted=False)
    asked = []
    desktop.trust_gate.ask = asked.append

    desktop.session.advance()
    wait_for_count(qtbot, asked, 1)
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        asked[0].agree()
    assert advance(qtbot, desktop).end is PassEnd.DONE
    assert len(asked) == 1

    module = Path(path).with_suffix(".py")
    module.write_text(module.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    desktop.session.advance()
    wait_for_count(qtbot, asked, 2)


def test_opening_never_runs_the_module(qtbot, make_instance, open_instance, desktop, tmp_path):
    path = make_instance(TWO_STEPS)
    mark = tmp_path / "the module ran"
    module = Path(path).with_suffix(".py")
    source = module.read_text(encoding="utf-8")
    module.write_text(f"open({str(mark)!r}, 'w').close()\n{source}", encoding="utf-8")

    open_instance(path)
    desktop.window.select_task("build")

    inspector = InspectorPage.of(desktop.window)
    qtbot.waitUntil(lambda: "def " in inspector.source)
    assert not mark.exists()


def test_a_failure_becomes_one_notice_with_its_traceback(qtbot, make_instance, open_instance, desktop):
    open_instance(make_instance(FAILS))

    outcome = advance(qtbot, desktop)

    assert outcome.end is PassEnd.TASK_FAILED
    [notice] = desktop.notices.history
    assert notice.summary == "publish failed: ValueError: the shelf is full"
    assert "raise ValueError" in notice.details
    assert desktop.window.panels.notice_bar.get().isVisible()
    qtbot.waitUntil(lambda: shown_status(desktop, "publish") is TaskStatus.FAILED, timeout=WAIT_MS)


def test_the_last_error_of_a_task_can_be_read_and_copied(qtbot, make_instance, wfepy, open_instance, desktop):
    path = make_instance(FAILS)
    wfepy("advance", path)

    open_instance(path)

    inspector = InspectorPage.of(desktop.window)
    assert inspector.name == "publish"
    qtbot.mouseClick(inspector.error_link, Qt.MouseButton.LeftButton)
    error = ErrorPage.of(desktop.window)
    assert error.widget.isVisible()
    assert "ValueError: the shelf is full" in error.traceback
    qtbot.mouseClick(error.copy, Qt.MouseButton.LeftButton)
    assert "ValueError: the shelf is full" in QApplication.clipboard().text()


def test_the_running_task_is_shown_and_cancel_stops_it(qtbot, make_instance, open_instance, desktop):
    path = make_instance(HANGS)
    open_instance(path)
    desktop.window.actions_table[Command.ADVANCE].trigger()
    qtbot.waitUntil(lambda: shown_status(desktop, "second") is TaskStatus.RUNNING, timeout=WAIT_MS)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.window.actions_table[Command.CANCEL].trigger()

    assert ended.args[0].end is PassEnd.CANCELLED
    assert not desktop.window.actions_table[Command.CANCEL].isEnabled()
    qtbot.waitUntil(lambda: desktop.session.view.status is not InstanceStatus.RUNNING, timeout=WAIT_MS)
    assert shown_status(desktop, "first") is TaskStatus.COMPLETE
    assert shown_status(desktop, "second") is not TaskStatus.RUNNING


def test_a_pass_that_is_killed_leaves_its_task_interrupted(qtbot, make_instance, open_instance, desktop):
    path = make_instance(HANGS)
    open_instance(path)
    desktop.window.actions_table[Command.ADVANCE].trigger()
    qtbot.waitUntil(lambda: shown_status(desktop, "second") is TaskStatus.RUNNING, timeout=WAIT_MS)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        os.kill(desktop.session.live_pass.process_id, signal.SIGKILL)

    assert ended.args[0].end is PassEnd.CRASHED
    qtbot.waitUntil(lambda: shown_status(desktop, "second") is TaskStatus.INTERRUPTED, timeout=WAIT_MS)


def test_a_save_by_cron_is_followed_without_moving_anything(
    qtbot, make_instance, wfepy, open_instance, desktop
):
    path = make_instance(TWO_STEPS, context='{"people": {"ada": 1, "grace": 2}}')
    open_instance(path)
    window = desktop.window
    graph, tree = window.panels.graph.get().graph_view, window.panels.context.get().tree
    graph.zoom_to(1.7)
    window.select_task("sign")
    people = ContextPage.of(window).model.index(0, 0)
    tree.setExpanded(people, True)
    before = (graph.zoom, graph.mapToScene(0, 0), graph.graph_scene.selected)

    wfepy("advance", path)

    qtbot.waitUntil(lambda: shown_status(desktop, "sign") is TaskStatus.WAITING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ContextPage.of(window).model.rowCount() == 2, timeout=WAIT_MS)
    assert (graph.zoom, graph.mapToScene(0, 0), graph.graph_scene.selected) == before
    assert tree.isExpanded(people)


def test_a_file_that_breaks_keeps_its_last_picture_and_says_so_once(
    qtbot, make_instance, open_instance, desktop
):
    path = make_instance(TWO_STEPS)
    open_instance(path)

    Path(path).write_text("{", encoding="utf-8")
    qtbot.waitUntil(lambda: desktop.session.problem is not None, timeout=WAIT_MS)

    assert desktop.session.view is not None
    assert not desktop.window.actions_table[Command.ADVANCE].isEnabled()
    assert len(desktop.notices.history) == 1


def test_a_missing_file_is_reported_and_nothing_is_made_in_its_place(qtbot, desktop, tmp_path):
    path = tmp_path / "gone.wfstate"

    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS):
        desktop.open_paths((str(path),))

    assert not path.exists()
    assert "gone.wfstate" in desktop.notices.history[0].summary


@pytest.mark.parametrize("suffix", ["svg", "pdf", "png", "dot", "mmd"])
def test_the_whole_graph_is_exported(make_instance, open_instance, desktop, tmp_path, suffix):
    open_instance(make_instance(TWO_STEPS))
    picture = tmp_path / f"out.{suffix}"

    pictures = GraphExport(window=desktop.window, services=desktop.services)
    pictures.save(ExportChoice(output_format=suffix), str(picture))

    assert picture.stat().st_size > 100
    assert desktop.notices.history[-1].summary.endswith(str(picture))


def test_the_selection_is_shared_by_graph_table_and_inspector(make_instance, open_instance, desktop):
    open_instance(make_instance(TWO_STEPS))
    window = desktop.window

    window.panels.graph.get().graph_view.task_selected.emit("sign")
    assert InspectorPage.of(window).name == "sign"
    assert TasksPage.of(window).table.currentIndex().row() == 1

    TasksPage.of(window).table.selectRow(0)
    assert window.panels.graph.get().graph_view.graph_scene.selected == "build"


def test_the_window_comes_back_as_it_was_left(qtbot, qapp, desktop, tmp_path):
    desktop.window.docks[PanelId.HISTORY].close()
    desktop.window.close()

    again = Desktop(qapp, Options(settings=str(tmp_path / "settings.ini")))
    qtbot.addWidget(again.window)
    again.start()

    assert again.window.docks[PanelId.HISTORY].isHidden()
    assert not again.window.docks[PanelId.OUTPUT].isHidden()
    again.window.close()


def test_a_changed_module_is_told_with_the_commands_own_reason(qtbot, make_instance, open_instance, desktop):
    path = make_instance(FAILS)
    open_instance(path)
    module = Path(path).with_suffix(".py")
    module.write_text(module.read_text(encoding="utf-8").replace("publish", "print_it"), encoding="utf-8")

    outcome = advance(qtbot, desktop)

    assert outcome.end is PassEnd.BAD_STATE
    [notice] = desktop.notices.history
    assert "the module has changed" in notice.summary
    assert "Move to the changed module" in notice.hint
    assert "wfepy migrate" in notice.details


def test_another_holder_of_the_instance_is_news_and_no_failure(qtbot, make_instance, open_instance, desktop):
    path = make_instance(TWO_STEPS)
    open_instance(path)

    with StateLock(path):
        outcome = advance(qtbot, desktop)

    assert outcome.end is PassEnd.LOCKED
    assert desktop.notices.history[0].level is Level.WARNING
    assert "locked" in desktop.notices.history[0].summary


def test_each_failed_pass_gives_one_notice(qtbot, make_instance, open_instance, desktop):
    path = make_instance(FAILS)
    open_instance(path)

    advance(qtbot, desktop)
    advance(qtbot, desktop)

    assert [(notice.summary, notice.times) for notice in desktop.notices.history] == [
        ("publish failed: ValueError: the shelf is full", 2)
    ]
