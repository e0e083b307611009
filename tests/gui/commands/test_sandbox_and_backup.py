"""Going back to a backup, and going on with a copy that no timer touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.pages.fleet_page import FleetPage
from tests.gui.pages.headline_page import HeadlinePage
from tests.gui.pages.page import texts
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.models.fleet_table import FleetColumn
from wfepy_gui.views.dialogs.confirmation import Confirmation
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000

WORK = """
@task()
@start_point()
@followed_by("sign")
def build(context):
    context["built"] = True
    return True

@task()
@end_point()
def sign(context):
    return False
"""


def ask_restore(qtbot, desktop):
    def shown():
        return [each for each in desktop.window.findChildren(Confirmation) if each.isVisible()]

    qtbot.waitUntil(desktop.window.actions_table[Command.RESTORE].isEnabled, timeout=WAIT_MS)
    desktop.window.actions_table[Command.RESTORE].trigger()
    qtbot.waitUntil(lambda: bool(shown()), timeout=WAIT_MS)
    return shown()[0]


@pytest.fixture
def advanced(make_instance, wfepy, open_instance):
    path = make_instance(WORK)
    wfepy("advance", path)
    open_instance(path)
    return path


def test_a_restore_shows_what_differs_and_goes_back(qtbot, desktop, advanced):
    question = ask_restore(qtbot, desktop)

    told = texts(question.tree)
    assert any(text.startswith("Now: generation 2, waiting") for text in told)
    assert any(text.startswith("Afterwards: generation 1, new") for text in told)
    assert "build: complete → ready" in told
    assert "built is removed" in told
    assert question.command.text().endswith(f"restore {advanced}")
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: desktop.session.view.snapshot.generation == 3, timeout=WAIT_MS)
    assert state_file.read(advanced).context == {}
    assert desktop.notices.history[-1].summary == "Restored as generation 3: new"


def test_no_restores_nothing(qtbot, desktop, advanced):
    before = state_file.read(advanced)

    qtbot.keyClick(ask_restore(qtbot, desktop), Qt.Key.Key_Return)

    assert state_file.read(advanced) == before


def test_a_file_that_broke_is_restored_with_what_its_journal_knows(qtbot, desktop, advanced):
    Path(advanced).write_text("{", encoding="utf-8")
    qtbot.waitUntil(lambda: desktop.session.problem is not None, timeout=WAIT_MS)

    question = ask_restore(qtbot, desktop)
    assert any("cannot be read" in text for text in texts(question.tree))
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: desktop.session.problem is None, timeout=WAIT_MS)
    assert state_file.read(advanced).context == {"built": True}


def test_a_backup_that_is_another_by_now_is_not_restored(qtbot, desktop, wfepy, advanced):
    question = ask_restore(qtbot, desktop)
    wfepy("context", "set", advanced, "note=1")
    before = state_file.read(advanced)

    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS):
        qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)

    assert "was saved since you looked" in desktop.notices.history[-1].summary
    assert state_file.read(advanced) == before


def test_without_a_backup_the_reason_is_told(qtbot, make_instance, open_instance, desktop):
    open_instance(make_instance(WORK))
    qtbot.waitUntil(desktop.window.actions_table[Command.RESTORE].isEnabled, timeout=WAIT_MS)

    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS):
        desktop.window.actions_table[Command.RESTORE].trigger()

    assert ".bak" in desktop.notices.history[-1].summary


def test_a_fork_opens_a_marked_copy_and_leaves_the_instance_alone(qtbot, desktop, advanced):
    before = state_file.read(advanced)
    qtbot.waitUntil(desktop.window.actions_table[Command.FORK].isEnabled, timeout=WAIT_MS)

    desktop.window.actions_table[Command.FORK].trigger()
    qtbot.waitUntil(
        lambda: is_sandbox(desktop.session.path) and desktop.session.view is not None, timeout=WAIT_MS
    )

    assert desktop.session.view.snapshot.tokens == before.tokens
    assert "(sandbox)" in desktop.window.windowTitle()
    assert any("sandbox" in text for text in HeadlinePage.of(desktop.window).texts)
    assert f"fork {advanced} {desktop.session.path}" in desktop.notices.history[-1].details
    assert state_file.read(advanced) == before


@pytest.mark.usefixtures("advanced")
def test_the_list_of_instances_marks_sandboxes(qtbot, desktop, tmp_path):
    qtbot.waitUntil(desktop.window.actions_table[Command.FORK].isEnabled, timeout=WAIT_MS)
    desktop.window.actions_table[Command.FORK].trigger()
    qtbot.waitUntil(lambda: is_sandbox(desktop.session.path), timeout=WAIT_MS)

    desktop.open_paths((str(tmp_path),))

    model = FleetPage.of(desktop.window).table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT_MS)
    names = {model.index(row, FleetColumn.NAME).data() for row in range(2)}
    assert names == {"work", "work (sandbox)"}
