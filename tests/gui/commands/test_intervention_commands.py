"""Complete, skip, retry, tokens: asked with all that follows, default No, saved once, kept in the history."""

from __future__ import annotations

import subprocess
from functools import partial

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from tests.cron_environment import cron_environment
from tests.gui.pages.dialog_pages import ConfirmationPage
from tests.gui.pages.page import texts
from tests.histories import history
from wfepy_core.model.status import InterventionKind, TaskState, TaskStatus
from wfepy_core.operations.interventions import context_event
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.views.dialogs.confirmation import Confirmation
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

BRANCHES = """
@task()
@start_point()
@followed_by("sign")
@followed_by("legal")
def plan(context):
    return True

@task()
@followed_by("publish")
def sign(context):
    return False

@task(safe_to_repeat=True)
@followed_by("publish")
def legal(context):
    return False

@task()
@join_point()
@end_point()
def publish(context):
    return True
"""
INTERVENTIONS = (Command.COMPLETE, Command.SKIP, Command.RETRY)


@pytest.fixture
def waiting(make_instance, wfepy, open_instance):
    path = make_instance(BRANCHES)
    wfepy("advance", path)
    open_instance(path)
    return path


def action(desktop, command):
    return desktop.window.actions_table[command]


def settle(qtbot, desktop, command, *, enabled=True):
    """Waits until the action may be triggered, or is known not to fit."""
    qtbot.waitUntil(lambda: action(desktop, command).isEnabled() is enabled, timeout=WAIT_MS)


def asked(qtbot, desktop, command, *tasks):
    select(desktop, *tasks)
    settle(qtbot, desktop, command)
    action(desktop, command).trigger()
    return dialog(qtbot, desktop)


def dialog(qtbot, desktop):
    def shown():
        return [each for each in desktop.window.findChildren(Confirmation) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=WAIT_MS)
    return shown()[0]


def select(desktop, *tasks):
    desktop.window.select_task(tasks[0])
    table = desktop.window.panels.tasks.get().table
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in tasks[1:]:
        shown = [table.model().index(row, 0) for row in range(table.model().rowCount())]
        index = next(each for each in shown if each.data(NAME_ROLE) == name)
        table.selectionModel().select(index, flags)


def agree(qtbot, desktop, question, reason=""):
    question.reason.setText(reason)
    with qtbot.waitSignal(desktop.session.editing.applied, timeout=WAIT_MS):
        qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)


def test_the_question_names_all_that_follows(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SKIP, "sign")

    told = texts(question.tree)
    assert told[0] == "sign is not run and its branch ends here"
    assert "It was called once so far; not marked as safe to repeat" in told
    assert "→ publish" in told
    assert "saved at once" in ConfirmationPage(question).note
    question.reject()
    assert state_file.read(waiting).generation == desktop.session.view.snapshot.generation


@pytest.mark.usefixtures("waiting")
def test_a_task_that_is_safe_to_repeat_is_said_to_be(qtbot, desktop):
    question = asked(qtbot, desktop, Command.RETRY, "legal")

    assert "It was called once so far; its author calls it safe to repeat" in texts(question.tree)
    question.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_no_is_the_default(qtbot, desktop, waiting, key):
    before = state_file.read(waiting)
    question = asked(qtbot, desktop, Command.SKIP, "sign")

    qtbot.keyClick(question, key)

    assert not question.isVisible()
    assert not desktop.session.editing.changes
    assert state_file.read(waiting) == before


@pytest.mark.usefixtures("waiting")
def test_enter_after_the_reason_neither_agrees_nor_throws_it_away(qtbot, desktop):
    question = asked(qtbot, desktop, Command.SKIP, "sign")
    question.reason.setFocus()
    qtbot.keyClicks(question.reason, "not needed")

    qtbot.keyClick(question.reason, Qt.Key.Key_Return)

    assert question.isVisible()
    assert question.reason.text() == "not needed"
    question.reject()
    assert not desktop.session.editing.changes


def test_agreeing_saves_once_and_keeps_who_and_why(qtbot, desktop, waiting):
    before = state_file.read(waiting).generation

    agree(qtbot, desktop, asked(qtbot, desktop, Command.COMPLETE, "sign"), "signed on paper")

    now = state_file.read(waiting)
    assert now.generation == before + 1
    assert dict(now.tokens)["sign"] is TaskState.COMPLETE
    event = history(waiting)[-1]
    assert (event.kind, event.task, event.reason) == (InterventionKind.COMPLETE, "sign", "signed on paper")
    assert event.by
    qtbot.waitUntil(lambda: desktop.session.view.statuses["sign"] is TaskStatus.COMPLETE, timeout=WAIT_MS)


def test_several_selected_tasks_are_one_save(qtbot, desktop, waiting):
    before = state_file.read(waiting).generation

    question = asked(qtbot, desktop, Command.COMPLETE, "sign", "legal")
    assert {"sign counts as done; the next pass goes on with publish"} <= set(texts(question.tree))
    agree(qtbot, desktop, question)

    now = state_file.read(waiting)
    assert now.generation == before + 1
    assert {name for name, state in now.tokens if state is TaskState.COMPLETE} == {"sign", "legal"}


def test_a_task_that_does_not_fit_is_left_out_and_named(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SKIP, "sign", "plan")

    assert any(text.startswith("plan: plan cannot be skipped") for text in texts(question.tree))
    agree(qtbot, desktop, question)
    assert history(waiting)[-1].task == "sign"


def test_skipping_the_last_branch_warns_of_the_dead_end(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SKIP, "sign", "legal")

    assert "afterwards: dead end" in ConfirmationPage(question).question
    assert any("stops for good" in warning for warning in ConfirmationPage(question).warnings)
    question.reject()
    assert len(state_file.read(waiting).tokens) > 1


def test_beside_other_pending_changes_it_waits_for_apply(qtbot, desktop, waiting):
    editing = desktop.session.editing
    editing.stage(partial(context_event, values={"note": "x"}, by="ada"), "context: note")
    before = state_file.read(waiting)

    question = asked(qtbot, desktop, Command.SKIP, "sign")
    assert "joins your 1 pending" in ConfirmationPage(question).note
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    assert [change.caption for change in editing.changes] == ["context: note", "skip sign"]
    assert state_file.read(waiting) == before
    with qtbot.waitSignal(editing.applied, timeout=WAIT_MS):
        editing.apply("both")
    now = state_file.read(waiting)
    assert now.generation == before.generation + 1
    assert "sign" not in dict(now.tokens)
    assert now.context == {"note": "x"}


def test_what_changed_while_asked_is_asked_again_and_not_done(qtbot, desktop, wfepy, waiting):
    question = asked(qtbot, desktop, Command.SKIP, "sign")
    question.reason.setText("my reason")
    before = desktop.session.view.snapshot.generation

    wfepy("complete", waiting, "legal")
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.generation > before, timeout=WAIT_MS)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    again = dialog(qtbot, desktop)
    assert again is not question
    assert again.reason.text() == "my reason"
    assert "sign" in dict(state_file.read(waiting).tokens)
    again.reject()


def test_a_locked_instance_keeps_the_intervention_pending(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SKIP, "sign")

    with StateLock(waiting), qtbot.waitSignal(desktop.session.editing.refused, timeout=WAIT_MS):
        qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    assert [change.caption for change in desktop.session.editing.changes] == ["skip sign"]
    assert "locked" in desktop.notices.history[-1].summary


@pytest.mark.usefixtures("waiting")
def test_actions_that_do_not_fit_are_disabled_and_say_why(qtbot, desktop):
    select(desktop, "publish")

    settle(qtbot, desktop, Command.COMPLETE, enabled=False)
    assert "Not now: publish was never run" in action(desktop, Command.RETRY).statusTip()
    desktop.window.select_task("")
    settle(qtbot, desktop, Command.SKIP, enabled=False)
    assert "Select a task first" in action(desktop, Command.SKIP).statusTip()


def test_a_key_right_after_another_selection_acts_on_what_is_selected_then(qtbot, desktop, waiting):
    select(desktop, "plan")
    settle(qtbot, desktop, Command.COMPLETE, enabled=False)
    desktop.window.select_task("sign")
    action(desktop, Command.COMPLETE).trigger()
    desktop.window.select_task("legal")
    question = dialog(qtbot, desktop)
    assert "sign" in question.windowTitle()
    agree(qtbot, desktop, question)
    assert history(waiting)[-1].task == "sign"


@pytest.mark.usefixtures("waiting")
def test_a_fast_key_that_does_not_fit_tells_why(qtbot, desktop):
    select(desktop, "sign")
    settle(qtbot, desktop, Command.SKIP)
    desktop.window.select_task("publish")
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as told:
        action(desktop, Command.SKIP).trigger()
    assert "publish" in told.args[0].summary
    settle(qtbot, desktop, Command.SKIP, enabled=False)


def test_nothing_can_be_done_by_hand_without_an_instance(qtbot, desktop):
    for command in (*INTERVENTIONS, Command.SET_TOKENS, Command.RESTORE, Command.FORK, Command.WHY):
        settle(qtbot, desktop, command, enabled=False)
        assert "Nothing is open" in action(desktop, command).statusTip()


@pytest.mark.usefixtures("waiting")
def test_the_menu_of_a_task_in_the_graph_selects_it_first(desktop):
    desktop.window.select_task("plan")
    graph = desktop.window.panels.graph.get().graph_view
    place = graph.mapFromScene(graph.graph_scene.rect_of("sign").center())

    graph.customContextMenuRequested.emit(QPoint(place))

    menu = next(menu for menu in graph.findChildren(QMenu) if menu.isVisible())
    assert action(desktop, Command.SKIP) in menu.actions()
    assert graph.graph_scene.selected == "sign"
    menu.close()


def test_tokens_are_set_after_their_effect_was_told(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SET_TOKENS, "plan")
    assert not question.yes.isEnabled()

    question.choices["plan"].setCurrentText("READY")
    question.choices["sign"].setCurrentText("no token")
    qtbot.waitUntil(question.yes.isEnabled, timeout=WAIT_MS)
    assert "plan: no token → READY" in texts(question.tree)
    agree(qtbot, desktop, question, "start again")

    now = dict(state_file.read(waiting).tokens)
    assert now["plan"] is TaskState.READY
    assert "sign" not in now
    assert history(waiting)[-1].reason == "start again"


def in_a_shell(line):
    """What an operator pastes into a terminal."""
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [Command.COMPLETE, Command.SKIP])
def test_the_command_that_is_told_does_what_agreeing_does(qtbot, desktop, waiting, command):
    question = asked(qtbot, desktop, command, "sign", "legal")
    question.reason.setText("it's signed on paper")
    qtbot.mouseClick(question.copy_command, Qt.MouseButton.LeftButton)
    by_command = QApplication.clipboard().text()
    assert by_command == question.command.text()
    qtbot.mouseClick(question.no, Qt.MouseButton.LeftButton)
    before = state_file.read(waiting)

    in_a_shell(by_command)

    after = state_file.read(waiting)
    assert after.tokens != before.tokens
    done = [event for event in history(waiting) if getattr(event, "kind", "")]
    assert [(event.task, event.reason) for event in done] == [
        ("sign", "it's signed on paper"),
        ("legal", "it's signed on paper"),
    ]


def test_the_command_for_tokens_places_them(qtbot, desktop, waiting):
    question = asked(qtbot, desktop, Command.SET_TOKENS, "plan")
    assert question.command.text() == ""

    question.choices["plan"].setCurrentText("READY")
    question.choices["sign"].setCurrentText("no token")
    qtbot.waitUntil(question.yes.isEnabled, timeout=WAIT_MS)
    by_command = question.command.text()
    qtbot.mouseClick(question.no, Qt.MouseButton.LeftButton)
    in_a_shell(by_command)

    now = dict(state_file.read(waiting).tokens)
    assert now["plan"] is TaskState.READY
    assert "sign" not in now
    assert now["legal"] is TaskState.WAITING
