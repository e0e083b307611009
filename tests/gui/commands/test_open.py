"""What can be opened, and that opening runs nobody's code."""

from __future__ import annotations

import pickle  # noqa: TID251  the files to be recognised are made with it
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from wfepy.workflow import TaskState as LegacyState

from tests.gui.dialogs import wait_for_question
from tests.gui.pages.dialog_pages import NewInstancePage
from tests.gui.pages.preflight_page import PreflightPage
from wfepy_core.model.status import TaskStatus
from wfepy_core.storage import state_file
from wfepy_gui.commands.open_paths import PathKind, kind_of_path
from wfepy_gui.views.dialogs.new_instance_dialog import ImportDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

FLOW = """
import sys
from pathlib import Path
from wfepy_core import end_point, followed_by, start_point, task

print("a module that prints when it is imported")
Path(__file__).with_suffix(".ran").touch()

@task()
@start_point()
@followed_by("send", lambda context: context["approved"])
def ask(context):
    return True

@task()
@end_point()
def send(context):
    return True
"""


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "flow.py"
    path.write_text(FLOW, encoding="utf-8")
    return path


def dialog_of(desktop, kind):
    return next((each for each in desktop.window.findChildren(kind) if each.isVisible()), None)


def agree(question):
    run = next(
        button
        for button in question.buttons()
        if question.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole
    )
    run.click()


def drop(desktop, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
    desktop.window.dropEvent(event)


def test_a_module_is_not_run_before_the_operator_agrees(qtbot, desktop, module):
    desktop.open_paths((str(module),))

    question = wait_for_question(qtbot, desktop)
    assert str(module) in question.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)  # the default is No

    assert not module.with_suffix(".ran").exists()
    assert desktop.session.view is None


def test_a_module_alone_shows_its_graph(qtbot, desktop, module):
    desktop.open_paths((str(module),))
    question = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        agree(question)

    assert list(desktop.session.view.statuses) == ["ask", "send"]
    assert desktop.session.view.snapshot.graph.transitions[0].condition == "context['approved']"
    assert desktop.window.windowTitle().startswith("flow.py")
    assert not desktop.window.actions_table[Command.ADVANCE].isEnabled()
    assert "New instance" in desktop.notices.history[-1].hint


def test_of_a_module_alone_no_preflight_can_be_asked(qtbot, desktop, module):
    desktop.open_paths((str(module),))
    question = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.path_opener.module_shown, timeout=WAIT_MS):
        agree(question)

    check = PreflightPage.of(desktop.window).check

    assert not check.isEnabled()
    assert "There is no instance yet" in check.toolTip()


def test_a_module_that_is_trusted_is_shown_at_once_until_its_code_changes(qtbot, desktop, module):
    desktop.open_paths((str(module),))
    question = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.path_opener.module_shown, timeout=WAIT_MS):
        agree(question)
    with qtbot.waitSignal(desktop.path_opener.module_shown, timeout=WAIT_MS):
        desktop.open_paths((str(module),))

    module.write_text(FLOW + "\n# changed\n", encoding="utf-8")
    desktop.open_paths((str(module),))
    wait_for_question(qtbot, desktop).reject()


def test_a_module_with_mistakes_is_told_with_its_cure(qtbot, desktop, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("1/0", encoding="utf-8")
    desktop.open_paths((str(broken),))
    question = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as posted:
        agree(question)

    assert "ZeroDivisionError" in posted.args[0].summary
    assert "broken.py:1" in posted.args[0].summary


def test_an_instance_can_be_opened_after_a_module_and_a_module_after_an_instance(
    desktop, make_instance, open_instance, module
):
    path = make_instance(FLOW.replace('print("a module that prints when it is imported")', ""), "other")
    desktop.settings.trusts = lambda _keys: True
    for opened, status in (
        (str(module), TaskStatus.NOT_REACHED),
        (path, TaskStatus.READY),
        (str(module), TaskStatus.NOT_REACHED),
    ):
        view = open_instance(opened)
        assert view.statuses["ask"] is status
    assert desktop.session.path == ""
    assert desktop.session.module == str(module)


def test_files_folders_and_modules_can_be_dropped_together(qtbot, desktop, make_instance, module, tmp_path):
    path = make_instance(FLOW, "dropped")
    folder = tmp_path / "more"
    folder.mkdir()
    desktop.settings.trusts = lambda _keys: True

    with qtbot.waitSignal(desktop.path_opener.module_shown, timeout=WAIT_MS):
        drop(desktop, path, folder, module)

    assert desktop.scanner.roots == (str(folder),)
    assert set(desktop.settings.recent) == {path, str(folder), str(module)}


def test_several_state_files_become_a_list_with_the_first_open(qtbot, desktop, make_instance):
    paths = [make_instance(FLOW, name) for name in ("one", "two")]

    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        drop(desktop, *paths)

    assert desktop.scanner.roots == tuple(paths)
    assert desktop.session.path == paths[0]


def test_recent_paths_are_opened_from_the_menu(qtbot, desktop, make_instance, open_instance):
    one, two = (make_instance(FLOW, name) for name in ("one", "two"))
    open_instance(one)
    open_instance(two)

    shown = desktop.window.recent_menu.actions()
    assert [action.text() for action in shown] == [two, one]
    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        shown[1].trigger()
    assert desktop.session.path == one


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
def test_a_dump_of_wfepy_is_told_by_its_first_bytes(tmp_path, protocol):
    dump = tmp_path / "release.state"
    dump.write_bytes(pickle.dumps({"state": [], "context": {}}, protocol))

    assert kind_of_path(str(dump)) is PathKind.LEGACY


@pytest.mark.parametrize("name", ["x.wfstate", "x.json", "x"])
def test_other_files_are_read_as_state_files_and_their_problem_is_told(tmp_path, name):
    path = tmp_path / name
    path.write_text('{"format": "wfepy-state"', encoding="utf-8")
    assert kind_of_path(str(path)) is PathKind.STATE
    assert kind_of_path(str(tmp_path / "nowhere" / name)) is PathKind.STATE


def test_a_dump_is_imported_as_data_and_then_opened(qtbot, desktop, module, tmp_path):
    dump = tmp_path / "old.pickle"
    left = {"state": [("send", LegacyState.READY)], "context": {"version": "1.4"}}
    dump.write_bytes(pickle.dumps(left))
    desktop.open_paths((str(dump),))
    dialog = dialog_of(desktop, ImportDialog)
    assert dialog.state == str(tmp_path / "old.wfstate")
    assert not NewInstancePage(dialog).start.isEnabled()  # the module is missing

    NewInstancePage(dialog).module.setText(str(module))
    NewInstancePage(dialog).start.click()
    question = wait_for_question(qtbot, desktop)
    with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        agree(question)

    assert desktop.session.path == str(tmp_path / "old.wfstate")
    assert state_file.read(desktop.session.path).context == {"version": "1.4"}
    assert Path(dump).exists()


@pytest.mark.parametrize("command", [Command.OPEN, Command.OPEN_FOLDER])
def test_what_is_chosen_in_the_dialog_is_opened(qtbot, desktop, make_instance, command):
    state = Path(make_instance(FLOW))

    desktop.window.actions_table[command].trigger()
    dialog = dialog_of(desktop, QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(str(state.parent if command is Command.OPEN_FOLDER else state))
    qtbot.keyClick(field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desktop.session.path == str(state), timeout=WAIT_MS)
