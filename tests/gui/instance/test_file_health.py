"""A state file that is missing, torn, write-protected or locked: each says so, and has its own way out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from tests.gui.pages.page import Page
from tests.gui.workflows import ONE_TASK
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.instance import file_probe
from wfepy_gui.instance.file_health import FileHealth, FileProblem
from wfepy_gui.instance.file_probe import FileProbe, probe_file, read_only_reason
from wfepy_gui.instance.session import Session
from wfepy_gui.views.dialogs.confirmation import Confirmation
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


@pytest.fixture
def states(desktop) -> FileHealth:
    return desktop.health


def ways_out(desktop):
    """The captions of the buttons on the strip's row about the file."""
    row = Page(desktop.handlers.passes.strip).find(QWidget, "State of the file")
    return [each.text().replace("&", "") for each in row.findChildren(QToolButton) if not each.isHidden()]


def comes(qtbot, states, trouble):
    qtbot.waitUntil(lambda: states.state.problem is trouble, timeout=WAIT_MS)


def test_a_sound_file_has_no_strip(qtbot, make_instance, open_instance, desktop, states):
    with qtbot.waitSignal(desktop.watcher.probed, timeout=WAIT_MS):
        open_instance(make_instance(ONE_TASK))
    assert states.state.problem is FileProblem.NONE
    assert not desktop.handlers.passes.strip.isVisible()


HELD = """
@task()
@start_point()
@end_point()
def only(context):
    while not os.path.exists(__file__ + ".go"):
        time.sleep(0.02)
    return False
"""


def test_the_lock_of_a_pass_of_ours_is_never_taken_for_that_of_another(
    qtbot, make_instance, open_instance, desktop, states
):
    path = make_instance(HELD)
    open_instance(path)
    seen = []
    states.changed.connect(lambda: seen.append(states.state.problem))
    with qtbot.waitSignal(desktop.session.events_applied, timeout=WAIT_MS):
        desktop.session.advance()
    with qtbot.waitSignal(
        desktop.watcher.probed, timeout=WAIT_MS, check_params_cb=lambda found: found.holder
    ):
        desktop.watcher.probe_now()
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        Path(path).with_name("work.py.go").touch()
    qtbot.waitUntil(lambda: not desktop.session.is_busy, timeout=WAIT_MS)

    assert FileProblem.LOCKED not in seen


def test_a_missing_file_keeps_its_picture_and_is_shown_again_when_it_comes_back(
    qtbot, make_instance, open_instance, desktop, states
):
    path = Path(make_instance(ONE_TASK))
    open_instance(str(path))
    away = path.with_name("away")

    path.rename(away)
    comes(qtbot, states, FileProblem.MISSING)
    assert "work.wfstate is not there any more" in states.state.sentence
    assert ways_out(desktop) == ["Locate the file", "Close instance"]
    assert desktop.session.view is not None
    assert not desktop.session.can_advance

    away.rename(path)
    comes(qtbot, states, FileProblem.NONE)
    qtbot.waitUntil(lambda: desktop.session.can_advance, timeout=WAIT_MS)


def test_a_deleted_file_is_brought_back_from_its_backup_and_journal(
    qtbot, make_instance, wfepy, open_instance, desktop, states
):
    path = Path(make_instance(ONE_TASK))
    wfepy("advance", str(path))
    open_instance(str(path))
    before = state_file.read(str(path))
    path.unlink()
    comes(qtbot, states, FileProblem.MISSING)
    restore = desktop.window.actions_table[Command.RESTORE]
    qtbot.waitUntil(lambda: desktop.session.problem is not None and restore.isEnabled(), timeout=WAIT_MS)
    assert ways_out(desktop) == ["Locate the file", "Restore backup", "Close instance"]
    assert "previous version lies beside it" in states.state.way_out

    restore.trigger()
    qtbot.waitUntil(lambda: bool(shown_question(desktop)), timeout=WAIT_MS)
    with qtbot.waitSignal(desktop.notices.posted, timeout=WAIT_MS):
        qtbot.mouseClick(shown_question(desktop)[0].yes, Qt.MouseButton.LeftButton)

    comes(qtbot, states, FileProblem.NONE)
    after = state_file.read(str(path))
    assert (after.tokens, after.generation) == (before.tokens, before.generation + 1)
    qtbot.waitUntil(lambda: desktop.session.can_advance, timeout=WAIT_MS)


def shown_question(desktop):
    return [each for each in desktop.window.findChildren(Confirmation) if each.isVisible()]


def test_a_file_that_was_never_there_can_be_closed(qtbot, desktop, states, tmp_path):
    desktop.open_paths((str(tmp_path / "gone.wfstate"),))
    comes(qtbot, states, FileProblem.MISSING)

    desktop.window.actions_table[Command.CLOSE_INSTANCE].trigger()

    assert desktop.session.path == ""
    assert states.state.problem is FileProblem.NONE
    assert not desktop.window.actions_table[Command.CLOSE_INSTANCE].isEnabled()


def test_a_half_written_file_says_what_is_wrong_and_offers_the_backup(
    qtbot, make_instance, wfepy, open_instance, desktop, states
):
    path = Path(make_instance(ONE_TASK))
    wfepy("advance", str(path))
    open_instance(str(path))

    path.write_bytes(path.read_bytes()[:200])

    comes(qtbot, states, FileProblem.UNREADABLE)
    assert "work.wfstate" in states.state.sentence
    qtbot.waitUntil(lambda: "previous version" in states.state.way_out, timeout=WAIT_MS)
    assert ways_out(desktop) == ["Restore backup", "Reload", "Close instance"]
    assert desktop.session.view is not None


@pytest.fixture
def write_protected(desktop, monkeypatch):
    """The file as a user without rights sees it: for root, who may run the tests, nothing is protected."""
    monkeypatch.setattr(file_probe.os, "access", lambda _path, _mode: False)
    return desktop


def test_a_read_only_file_is_shown_and_nothing_can_be_changed(
    qtbot, make_instance, open_instance, write_protected, states
):
    open_instance(make_instance(ONE_TASK))

    comes(qtbot, states, FileProblem.READ_ONLY_FOLDER)
    assert "cannot be written by you" in states.state.sentence
    assert "a folder of your own" in states.state.way_out
    assert ways_out(write_protected) == ["Close instance"]
    actions = write_protected.window.actions_table
    for command in (Command.ADVANCE, Command.ADVANCE_UNTIL_STILL, Command.MIGRATE, Command.COMPLETE):
        assert not actions[command].isEnabled()
    write_protected.session.advance()
    assert not write_protected.session.is_busy


def test_one_sentence_says_why_nothing_may_be_changed(
    qtbot, make_instance, open_instance, write_protected, states
):
    session, actions = write_protected.session, write_protected.window.actions_table
    assert session.obstacle == "Nothing is open"
    path = Path(make_instance(ONE_TASK))
    open_instance(str(path))
    comes(qtbot, states, FileProblem.READ_ONLY_FOLDER)
    assert "cannot be written by you" in session.obstacle
    assert not session.can_change
    assert session.obstacle in actions[Command.SET_TOKENS].statusTip()

    with qtbot.waitSignal(session.summary_changed, timeout=WAIT_MS):
        path.write_bytes(path.read_bytes()[:200])

    qtbot.waitUntil(lambda: session.obstacle == "The file cannot be read now", timeout=WAIT_MS)
    assert session.obstacle in actions[Command.SET_TOKENS].statusTip()


def test_a_write_protected_file_can_go_on_as_a_sandbox(
    qtbot, make_instance, open_instance, desktop, states, monkeypatch
):
    path = make_instance(ONE_TASK)
    monkeypatch.setattr(file_probe.os, "access", lambda what, _mode: str(what) != path)
    open_instance(path)
    comes(qtbot, states, FileProblem.READ_ONLY)
    assert ways_out(desktop) == ["Fork to a sandbox", "Close instance"]

    desktop.window.actions_table[Command.FORK].trigger()

    qtbot.waitUntil(lambda: desktop.session.path.endswith(".sandbox.wfstate"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desktop.session.can_change, timeout=WAIT_MS)


def test_what_is_the_matter_is_told_as_long_as_it_is_and_remembered(
    qtbot, make_instance, open_instance, desktop, states
):
    path = Path(make_instance(ONE_TASK))
    open_instance(str(path))
    away = path.with_name("away")
    path.rename(away)
    comes(qtbot, states, FileProblem.MISSING)
    qtbot.waitUntil(lambda: desktop.session.problem is not None, timeout=WAIT_MS)
    assert "does not exist" in desktop.notices.history[-1].summary
    assert not desktop.window.panels.notice_bar.get().isVisible()

    away.rename(path)
    comes(qtbot, states, FileProblem.NONE)
    qtbot.waitUntil(lambda: desktop.session.problem is None, timeout=WAIT_MS)


def test_both_the_file_and_its_folder_must_be_writable(tmp_path, monkeypatch):
    path = tmp_path / "a.wfstate"
    path.write_text("{}", encoding="utf-8")
    assert read_only_reason(str(path)) == ""

    monkeypatch.setattr(file_probe.os, "access", lambda what, _mode: str(what) != str(path))
    assert read_only_reason(str(path)) == "the file is write-protected"
    monkeypatch.setattr(file_probe.os, "access", lambda what, _mode: str(what) == str(path))
    assert "the folder" in read_only_reason(str(path))


def test_a_locked_instance_offers_to_wait(qtbot, make_instance, open_instance, desktop, states):
    path = make_instance(ONE_TASK)
    open_instance(path)

    advance = desktop.window.actions_table[Command.ADVANCE]
    tips = advance.toolTip(), advance.statusTip()

    with StateLock(path, purpose="edit"):
        comes(qtbot, states, FileProblem.LOCKED)
        assert "(edit)" in states.state.sentence
        for tip in (advance.toolTip(), advance.statusTip()):
            assert "holds this instance since" in tip
            assert str(os.getpid()) in tip
        assert ways_out(desktop) == ["Advance when free"]
    comes(qtbot, states, FileProblem.NONE)
    assert (advance.toolTip(), advance.statusTip()) == tips


def test_a_look_at_another_file_is_passed_over(make_instance, open_instance, desktop, states):
    open_instance(make_instance(ONE_TASK))
    desktop.watcher.probed.emit(FileProbe("/another.wfstate", exists=False))
    assert states.state.problem is FileProblem.NONE
    assert isinstance(desktop.session, Session)


def test_a_look_runs_no_code_and_makes_no_file(tmp_path):
    path = str(tmp_path / "none.wfstate")
    assert probe_file(path) == FileProbe(path, exists=False)
    assert list(tmp_path.iterdir()) == []
