"""Pending changes are asked about before anything takes their place."""

from __future__ import annotations

from tests.gui.workflows import ONE_TASK
from wfepy_gui.views.dialogs.confirmation import DiscardDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


def asked(desktop):
    return [each for each in desktop.window.findChildren(DiscardDialog) if each.isVisible()]


def test_closing_the_instance_asks_first(make_instance, open_instance, desktop):
    path = make_instance(ONE_TASK, context='{"n": 1}')
    open_instance(path)
    desktop.session.editing.stage_context({"n": 2}, "n: 2")

    desktop.window.actions_table[Command.CLOSE_INSTANCE].trigger()

    assert desktop.session.path == path
    assert len(desktop.session.editing.changes) == 1
    (question,) = asked(desktop)
    question.discarded.emit()
    assert desktop.session.path == ""
    question.reject()


def test_a_module_that_is_shown_asks_first(qtbot, make_instance, open_instance, desktop, tmp_path):
    path = make_instance(ONE_TASK, context='{"n": 1}')
    open_instance(path)
    desktop.session.editing.stage_context({"n": 2}, "n: 2")

    desktop.open_paths((str(tmp_path / "work.py"),))
    qtbot.waitUntil(lambda: asked(desktop) != [], timeout=WAIT_MS)

    assert desktop.session.path == path
    assert len(desktop.session.editing.changes) == 1
    (question,) = asked(desktop)
    question.discarded.emit()
    assert desktop.session.module == str(tmp_path / "work.py")
    question.reject()
