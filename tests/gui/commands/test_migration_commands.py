"""An instance whose module changed: what differs is told by a child process, the mapping by the operator."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from tests.gui.dialogs import wait_for_question
from tests.gui.pages.dialog_pages import MigrationPage
from tests.histories import history
from wfepy_core.model.status import TaskState
from wfepy_core.storage import state_file
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.views.dialogs.migration_dialog import MigrationDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.workers.command_process import CommandProcess

WAIT_MS = 20_000
WORK = """
@task()
@start_point()
@followed_by("sign_off")
@followed_by("legal")
def build(context):
    return True

@task()
@end_point()
def sign_off(context):
    return False

@task()
@end_point()
def legal(context):
    return False
"""


def change(path):
    """The module renames a task and drops one; it prints while it is imported."""
    module = Path(path).with_suffix(".py")
    source = module.read_text(encoding="utf-8").replace("sign_off", "approve_sign_off")
    source = source.replace('@followed_by("legal")\n', "")
    source = source[: source.rindex("@task()")]
    module.write_text(f"print('[\"not the answer\"]')\n{source}", encoding="utf-8")


@pytest.fixture
def drifted(make_instance, wfepy, open_instance):
    path = make_instance(WORK)
    wfepy("advance", path)
    change(path)
    open_instance(path)
    return path


def assistant(qtbot, desktop):
    desktop.window.actions_table[Command.MIGRATE].trigger()
    qtbot.waitUntil(lambda: desktop.window.findChild(MigrationDialog) is not None, timeout=WAIT_MS)
    return desktop.window.findChild(MigrationDialog)


def test_a_refused_pass_shows_what_changed_and_the_way_out(qtbot, drifted, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        desktop.window.actions_table[Command.ADVANCE].trigger()
    assert ended.args[0].end is PassEnd.BAD_STATE

    states = desktop.health
    qtbot.waitUntil(lambda: states.state.problem is FileProblem.DRIFTED, timeout=WAIT_MS)
    assert "new: approve_sign_off; gone: sign_off, legal" in states.state.sentence
    assert state_file.read(drifted).record("sign_off").polls == 1


def test_the_assistant_suggests_shows_what_follows_and_moves_the_instance(qtbot, drifted, desktop):
    dialog = assistant(qtbot, desktop)
    assert dialog.mapping == {"sign_off": "approve_sign_off", "legal": None}
    shown = MigrationPage(dialog).preview
    assert "sign_off → approve_sign_off (WAITING)" in shown
    assert "legal (WAITING) is dropped" in shown
    MigrationPage(dialog).reason.setText("release 2")
    assert (
        "--map sign_off=approve_sign_off --map legal= --reason 'release 2'" in MigrationPage(dialog).command
    )

    box = dialog.findChild(QDialogButtonBox)
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as posted:
        qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)

    assert "migrated" in posted.args[0].summary
    assert state_file.read(drifted).tokens == (("approve_sign_off", TaskState.WAITING),)
    assert "release 2" in history(drifted)[-1].reason
    qtbot.waitUntil(
        lambda: set(desktop.session.view.statuses) == {"build", "approve_sign_off"}, timeout=WAIT_MS
    )
    # The lock of the command that moved it may have been seen a moment ago.
    qtbot.waitUntil(lambda: desktop.health.state.problem is FileProblem.NONE, timeout=WAIT_MS)


def test_return_in_the_assistant_changes_nothing(qtbot, drifted, desktop):
    before = Path(drifted).read_bytes()
    dialog = assistant(qtbot, desktop)

    qtbot.keyClick(dialog, Qt.Key.Key_Return)

    assert not desktop.handlers.migration.is_busy
    assert Path(drifted).read_bytes() == before


def test_comparing_runs_the_module_so_trust_is_asked_first(
    qtbot, make_instance, wfepy, open_instance, desktop
):
    path = make_instance(WORK)
    wfepy("advance", path)
    change(path)
    open_instance(path, trusted=False)

    desktop.window.actions_table[Command.MIGRATE].trigger()

    question = wait_for_question(qtbot, desktop)
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert not any(each.is_busy for each in desktop.health.findChildren(CommandProcess))


def test_a_module_that_fits_needs_no_mapping(qtbot, make_instance, open_instance, desktop):
    open_instance(make_instance(WORK))
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as posted:
        desktop.window.actions_table[Command.MIGRATE].trigger()
    assert "nothing to move" in posted.args[0].summary


def test_a_module_that_cannot_be_imported_is_told_in_the_commands_words(
    qtbot, make_instance, open_instance, desktop
):
    path = make_instance(WORK)
    open_instance(path)
    Path(path).with_suffix(".py").write_text("import no_such_module\n", encoding="utf-8")
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS) as posted:
        desktop.window.actions_table[Command.MIGRATE].trigger()
    assert "no_such_module" in posted.args[0].summary
