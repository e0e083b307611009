"""The tray of pending changes in the real window, and the questions before they are lost."""

from __future__ import annotations

import json
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.cron_environment import cron_environment
from tests.gui.pages.history_page import HistoryPage
from tests.gui.pages.page import trigger
from tests.gui.pages.pending_pages import PendingBarPage, PendingPage
from tests.histories import history
from wfepy_core.model.events import Intervened
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import task_event
from wfepy_core.storage import state_file
from wfepy_gui.models.pending_table import PendingColumn
from wfepy_gui.views.dialogs.confirmation import DiscardDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
WORK = """
@task()
@start_point()
@followed_by("send")
def sign(context):
    return context["due"] == "Friday"

@task()
@end_point()
def send(context):
    return True
"""


@pytest.fixture
def path(make_instance):
    return make_instance(WORK, context=json.dumps({"due": "Monday", "api_key": "t0p", "n": {"m": [1, 2]}}))


def put(editing, **values):
    assert editing.stage_context({**editing.preview.context, **values}, f"set {', '.join(values)}")


def rows(desktop):
    table = PendingPage.of(desktop.window).table.model()
    return [
        tuple(table.index(row, column).data() for column in PendingColumn) for row in range(table.rowCount())
    ]


def question(desktop):
    return next(each for each in desktop.window.findChildren(DiscardDialog) if each.isVisible())


def test_the_tray_lists_changes_and_what_they_come_to(editing, desktop):
    put(editing, due="Friday", n={"m": [1, 3]})
    put(editing, api_key="s3cret")
    editing.stage(
        lambda snapshot: task_event(snapshot, InterventionKind.COMPLETE, "sign", by="ops"), "complete sign"
    )

    assert PendingPage.of(desktop.window).captions == [
        "set due, n",
        "set api_key",
        "complete sign",
    ]
    found = rows(desktop)
    assert ("due", "'Monday'", "'Friday'") in found
    assert ("n.m[1]", "2", "3") in found
    assert ("task sign", "ready", "complete") in found
    assert "s3cret" not in str(found)
    assert "t0p" not in str(found)
    assert "3 changes are pending" in PendingBarPage(desktop.window.panels.pending_bar.get()).text
    trigger(desktop, Command.UNDO)
    assert ("task sign", "ready", "complete") not in rows(desktop)


def test_apply_saves_once_with_the_reason_and_empties_the_tray(qtbot, editing, desktop, path):
    before = state_file.read(path).generation
    put(editing, due="Friday")
    put(editing, api_key="new")
    PendingPage.of(desktop.window).reason.setText("as agreed by phone")
    with qtbot.waitSignal(editing.applied, timeout=WAIT_MS):
        trigger(desktop, Command.APPLY_CHANGES)

    saved = state_file.read(path)
    assert (saved.generation, saved.context["due"]) == (before + 1, "Friday")
    reasons = {event.reason for event in history(path) if isinstance(event, Intervened)}
    assert reasons == {"as agreed by phone"}
    shown = HistoryPage.of(desktop.window).model
    qtbot.waitUntil(lambda: shown.rowCount() > 1, timeout=WAIT_MS)  # the beginning, and the edit
    details = [shown.index(row, 3).data() for row in range(shown.rowCount())]
    assert "by phone" in str(details)
    assert "'new'" not in str(details), "a secret is none in the history"
    assert rows(desktop) == []
    assert not desktop.window.panels.pending_bar.get().isVisible()
    assert PendingPage.of(desktop.window).reason.text() == ""
    assert desktop.session.view.snapshot.generation == before + 1


def test_advance_saves_pending_changes_first(qtbot, editing, desktop, path):
    put(editing, due="Friday")
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        trigger(desktop, Command.ADVANCE)

    assert state_file.read(path).tokens == ()


def test_discarding_asks_and_no_is_the_default(qtbot, editing, desktop):
    put(editing, due="Friday")
    trigger(desktop, Command.DISCARD_CHANGES)
    asked = question(desktop)
    assert "set due" in asked.informativeText()
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert editing.changes

    trigger(desktop, Command.DISCARD_CHANGES)
    question(desktop).discarded.emit()
    question(desktop).close()
    assert not editing.has_unsaved


def test_closing_the_window_asks_and_keeps_by_default(qtbot, editing, desktop):
    put(editing, due="Friday")
    desktop.window.close()

    assert desktop.window.isVisible()
    qtbot.keyClick(question(desktop), Qt.Key.Key_Escape)
    assert desktop.window.isVisible()
    assert editing.changes
    desktop.window.close()
    lose = next(button for button in question(desktop).buttons() if "Lose" in button.text())
    qtbot.mouseClick(lose, Qt.MouseButton.LeftButton)
    assert not desktop.window.isVisible()


def test_opening_another_file_asks_and_keeps_by_default(qtbot, editing, desktop, make_instance):
    put(editing, due="Friday")
    first, other = desktop.session.path, make_instance(WORK, "other", context='{"due": "never"}')
    desktop.open_paths((other,))
    qtbot.keyClick(question(desktop), Qt.Key.Key_Return)
    assert desktop.session.path == first
    assert editing.changes

    desktop.open_paths((other,))
    lose = next(button for button in question(desktop).buttons() if "Lose" in button.text())
    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        qtbot.mouseClick(lose, Qt.MouseButton.LeftButton)
    assert desktop.session.path == other
    assert not editing.changes
    assert editing.preview.context == {"due": "never"}


def test_pending_changes_are_copied_as_the_commands_that_make_them(
    make_instance, wfepy, open_instance, desktop
):
    path = make_instance(
        WORK, context='{"due": "", "note": "old", "gone": 1, "api_key": "sesame", "kept": [1]}'
    )
    wfepy("advance", path)
    open_instance(path)
    editing = desktop.session.editing
    context = {"note": "it's new", "api_key": "abracadabra", "kept": [1], "due": {"$date": "2026-12-01"}}
    assert editing.stage_context(context, "edits")
    assert editing.stage(
        lambda snapshot: task_event(snapshot, InterventionKind.COMPLETE, "sign", by="ops"), "complete"
    )
    expected = editing.preview

    desktop.window.actions_table[Command.COPY_AS_COMMANDS].trigger()

    text = QApplication.clipboard().text()
    assert "abracadabra" not in text
    assert "'api_key=••••••••'" in text
    text = text.replace("'api_key=••••••••'", "api_key=abracadabra")
    done = subprocess.run(
        ["/bin/sh", "-ec", text],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    saved = state_file.read(path)
    assert dict(saved.context) == dict(expected.context)
    assert saved.tokens == expected.tokens


def test_a_change_that_no_command_says_is_a_line_of_comment(make_instance, open_instance, desktop):
    open_instance(make_instance(WORK, context='{"due": ""}'))
    assert desktop.session.editing.stage_context({"due": "", "a.b": 1, "c": 2}, "edits")

    desktop.window.actions_table[Command.COPY_AS_COMMANDS].trigger()

    first, second = QApplication.clipboard().text().splitlines()
    assert first == "# no command says this change of the context: a.b"
    assert second.endswith(" c=2")


def test_there_is_nothing_to_copy_without_pending_changes(make_instance, open_instance, desktop):
    open_instance(make_instance(WORK, context='{"due": ""}'))
    assert not desktop.window.actions_table[Command.COPY_AS_COMMANDS].isEnabled()
