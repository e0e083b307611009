"""What a round by hand through every kind of value found, so that it stays mended."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.gui.pages.context_pages import ContextPage, NewValuePage, preview
from tests.gui.pages.page import trigger
from tests.gui.pages.pending_pages import MergePage, PendingPage
from tests.histories import history
from wfepy_core.explain.event_text import token_moves
from wfepy_core.model.events import Changes, Intervened
from wfepy_core.model.status import InterventionKind, TaskState
from wfepy_core.storage import state_file
from wfepy_gui.instance import file_probe
from wfepy_gui.models.context.cells import ContextColumn
from wfepy_gui.models.context.json_text import JsonError, read_first
from wfepy_gui.models.journal_table import line_of
from wfepy_gui.text.time_format import Clock
from wfepy_gui.views.context.new_value_dialog import NewValueDialog
from wfepy_gui.views.dialogs.confirmation import Confirmation
from wfepy_gui.views.pending.merge_dialog import OURS, MergeDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
WORK = """
@task()
@start_point()
@followed_by("ship")
def sign(context):
    return False

@task()
@end_point()
def ship(context):
    return False
"""
CONTEXT = {
    "huge": 10**60,
    "by": {"$dict": [[1, "one"], [{"$tuple": [2, 3]}, "pair"], ["two", 2]]},
    "count": {"$counter": [["a", 1]]},
    "model": {"$torch": [1, {"w": 2}]},
    "size": 7,
    "smtp": {"host": "mail", "password": "hunter2"},
    "": "no key",
}


@pytest.fixture
def path(make_instance, wfepy):
    path = make_instance(WORK, context=json.dumps(CONTEXT))
    wfepy("advance", path)
    return path


def choose(panel, *place):
    index = panel.tree.tree_model.index_of(place)
    assert index.isValid()
    panel.tree.setCurrentIndex(index)
    return index


def cell(panel):
    return next(line for line in panel.tree.findChildren(QLineEdit) if line.isVisible())


def retype(qtbot, panel, text):
    line = cell(panel)
    line.selectAll()
    qtbot.keyClicks(line, text)
    leave(qtbot, panel)


def leave(qtbot, panel):
    qtbot.keyClick(cell(panel), Qt.Key.Key_Return)
    lines = panel.tree.findChildren
    qtbot.waitUntil(lambda: not any(line.isVisible() for line in lines(QLineEdit)), timeout=WAIT_MS)


def test_a_number_of_any_size_is_edited(qtbot, panel, desktop):
    choose(panel, 0)
    trigger(desktop, Command.EDIT_VALUE)
    assert cell(panel).text() == "1" + 60 * "0"
    retype(qtbot, panel, "2" + 60 * "0")

    qtbot.waitUntil(lambda: preview(desktop)["huge"] == 2 * 10**60)


def test_a_key_keeps_its_type_when_it_is_renamed_and_a_glance_at_it_changes_nothing(qtbot, panel, desktop):
    choose(panel, 1, 0)
    trigger(desktop, Command.RENAME_KEY)
    leave(qtbot, panel)
    assert not desktop.session.editing.changes

    trigger(desktop, Command.RENAME_KEY)
    retype(qtbot, panel, "5")
    qtbot.waitUntil(lambda: preview(desktop)["by"]["$dict"][0] == [5, "one"])
    choose(panel, 1, 2)
    trigger(desktop, Command.RENAME_KEY)
    assert cell(panel).text() == "two"
    retype(qtbot, panel, "three")
    qtbot.waitUntil(lambda: preview(desktop)["by"]["$dict"][2] == ["three", 2])
    choose(panel, 1, 1)
    trigger(desktop, Command.RENAME_KEY)
    retype(qtbot, panel, "9")
    assert "stays as it is" in desktop.notices.history[-1].summary
    assert preview(desktop)["by"]["$dict"][1][1] == "pair"


def test_a_new_key_has_a_type_where_keys_are_no_texts(qtbot, panel, desktop):
    choose(panel, 1)
    trigger(desktop, Command.ADD_VALUE)
    asked = desktop.window.findChild(NewValueDialog)
    assert not NewValuePage(asked).problem
    NewValuePage(asked).key_kind.setCurrentText("whole number")
    qtbot.keyClicks(NewValuePage(asked).key, "1")
    assert "already" in NewValuePage(asked).problem
    NewValuePage(asked).key.clear()
    qtbot.keyClicks(NewValuePage(asked).key, "4")
    NewValuePage(asked).add.click()

    assert preview(desktop)["by"]["$dict"][-1] == [4, ""]


def test_a_key_is_added_within_a_container_by_keyboard_alone(qtbot, panel, desktop):
    choose(panel, 5)
    trigger(desktop, Command.ADD_VALUE)
    asked = desktop.window.findChild(NewValueDialog)
    asked.activateWindow()
    qtbot.waitUntil(lambda: asked.isActiveWindow() and NewValuePage(asked).key.hasFocus(), timeout=WAIT_MS)
    qtbot.keyClicks(asked.focusWidget(), "port")
    qtbot.keyClick(asked, Qt.Key.Key_Tab)
    assert asked.focusWidget() is NewValuePage(asked).kind
    qtbot.keyClick(asked, Qt.Key.Key_Tab)
    qtbot.keyClicks(asked.focusWidget(), "25")
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: preview(desktop)["smtp"].get("port") == "25")


def test_dots_copied_for_a_secret_never_take_its_place(panel, desktop):
    choose(panel, 5)
    trigger(desktop, Command.COPY_VALUE)
    trigger(desktop, Command.PASTE_VALUE)

    assert "dots for secrets" in desktop.notices.history[-1].summary
    assert preview(desktop)["smtp"] == CONTEXT["smtp"]


def test_counters_open_and_opaque_values_are_seen_in_full(panel, desktop):
    count = choose(panel, 2)
    panel.tree.collapse(count)
    trigger(desktop, Command.EDIT_VALUE)
    assert panel.tree.isExpanded(count)
    choose(panel, 3)
    assert panel.pane.text == '{"$torch": [1, {"w": 2}]}'
    assert not desktop.session.editing.changes


def test_a_filter_gives_the_selection_back_when_it_ends(qtbot, panel):
    choose(panel, 4)
    model = panel.tree.tree_model
    with qtbot.waitSignal(model.modelReset, timeout=WAIT_MS):
        ContextPage(panel).filter.setText("password")
    assert panel.pane.text == ""
    with qtbot.waitSignal(model.modelReset, timeout=WAIT_MS):
        ContextPage(panel).filter.clear()

    assert panel.tree.currentIndex().data() == "size"
    assert panel.pane.text == "7"


def test_a_file_that_cannot_be_written_is_looked_at_and_nothing_that_was_typed_is_lost(
    qtbot, panel, desktop, monkeypatch, path
):
    choose(panel, 4)
    trigger(desktop, Command.EDIT_VALUE)
    retype(qtbot, panel, "8")
    qtbot.waitUntil(lambda: preview(desktop)["size"] == 8)
    trigger(desktop, Command.EDIT_VALUE)
    cell(panel).setText("9")
    monkeypatch.setattr(file_probe.os, "access", lambda _path, _mode: False)
    qtbot.waitUntil(lambda: bool(ContextPage(panel).obstacle), timeout=WAIT_MS)

    assert "cannot be written by you" in ContextPage(panel).obstacle
    retype(qtbot, panel, "10")
    qtbot.waitUntil(lambda: preview(desktop)["size"] == 10)
    actions = desktop.window.actions_table
    for command in (Command.ADD_VALUE, Command.EDIT_VALUE, Command.REMOVE_VALUE, Command.APPLY_CHANGES):
        assert not actions[command].isEnabled()
    panel.tree.remove_value()
    assert "cannot be written" in desktop.notices.history[-1].summary
    assert panel.json_pane.editor.edit.isReadOnly()
    assert state_file.read(path).context["size"] == 7

    monkeypatch.undo()
    qtbot.waitUntil(lambda: not ContextPage(panel).obstacle, timeout=WAIT_MS)
    assert actions[Command.APPLY_CHANGES].isEnabled()


def test_an_intervention_keeps_its_own_reason_beside_other_changes(qtbot, panel, desktop, path):
    choose(panel, 5, 0)
    trigger(desktop, Command.EDIT_VALUE)
    retype(qtbot, panel, "post")
    qtbot.waitUntil(lambda: bool(desktop.session.editing.changes))
    desktop.window.select_task("sign")
    qtbot.waitUntil(desktop.window.actions_table[Command.COMPLETE].isEnabled, timeout=WAIT_MS)
    trigger(desktop, Command.COMPLETE)

    def asked():
        return [each for each in desktop.window.findChildren(Confirmation) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(asked()), timeout=WAIT_MS)
    asked()[0].reason.setText("signed on paper")
    asked()[0].yes.click()
    qtbot.waitUntil(lambda: len(desktop.session.editing.changes) == 2)
    tray = PendingPage.of(desktop.window)
    assert tray.captions[1] == "complete sign (signed on paper)"
    shown = [row[:3] for row in tray.rows]
    assert shown == [("smtp.host", "'mail'", "'post'"), ("task sign", "waiting", "complete")]
    desktop.session.editing.apply("moved house")

    qtbot.waitUntil(lambda: not desktop.session.editing.changes, timeout=WAIT_MS)
    edited, completed = history(path)[-2:]
    assert (edited.reason, completed.reason) == ("moved house", "signed on paper")
    lines = [line_of(event, Clock()).details for event in (edited, completed)]
    assert lines[0] == f"by {edited.by}; moved house; smtp.host: 'mail' → 'post'"
    assert lines[1] == f"by {edited.by}; signed on paper; sign: waiting → complete"


def test_history_tells_old_and_new_values_without_secrets():
    event = Intervened(
        1,
        2,
        InterventionKind.CONTEXT,
        "ann",
        changes=Changes({"smtp": {"password": "b"}, "n": 2, "new": 1}, ("gone",)),
        old={"smtp": {"password": "a"}, "n": 1, "gone": [1]},
    )

    told = line_of(event, Clock()).details
    assert told == "by ann; smtp.password: •••••••• → ••••••••, n: 1 → 2, new: — → 1, gone: [1] → —"


def test_moves_of_tokens_are_told_old_and_new():
    waiting, ready = TaskState.WAITING, TaskState.READY
    skipped = Intervened(
        1, 2, InterventionKind.SKIP, "ann", "a", tokens=(("b", ready),), stood=(("a", waiting), ("b", ready))
    )
    placed = Intervened(
        1, 2, InterventionKind.TOKENS, "ann", tokens=(("b", waiting),), stood=(("a", ready), ("b", ready))
    )

    assert token_moves(skipped) == ["a: waiting → skipped"]
    assert token_moves(placed) == ["a: ready → no token", "b: ready → waiting"]
    assert token_moves(skipped._replace(stood=None)) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"a": "b", "b": {"x": 1, "x": 2}}', (1, 26)),
        ('{"due": "x", "list": ["due", {"due": {"$date": "x"}}]}', (1, 31)),
        ('{"NaN": [NaN]}', (1, 10)),
        ('{"s": {"$set": [1, [2]]}}', (1, 2)),
    ],
)
def test_a_mistake_that_only_the_format_knows_is_found_at_its_place(text, where):
    with pytest.raises(JsonError) as caught:
        read_first(text)

    assert (caught.value.line, caught.value.column) == where


@pytest.mark.usefixtures("panel")
def test_a_merge_tells_what_changed_within_a_value(qtbot, desktop, path, wfepy):
    editing = desktop.session.editing
    editing.stage_context({**preview(desktop), "smtp": {"host": "post", "password": "n3w"}}, "set smtp")
    with qtbot.waitSignal(editing.conflict, timeout=WAIT_MS):
        wfepy("context", "set", path, 'smtp={"host": "mail", "password": "hunter2", "port": 25}')
    trigger(desktop, Command.REVIEW_MERGE)
    asked = next(each for each in desktop.window.findChildren(MergeDialog) if each.isVisible())

    tip = MergePage(asked).table.item(0, OURS).toolTip()
    assert "smtp.host: 'mail' → 'post'" in tip
    assert "n3w" not in tip
    MergePage(asked).all_yours.click()
    assert asked.choices() == {"smtp": True}
    MergePage(asked).all_theirs.click()
    assert asked.choices() == {"smtp": False}
    asked.reject()


def test_columns_say_what_a_key_is(panel):
    index = choose(panel, 1, 0)
    assert [index.siblingAtColumn(column).data() for column in ContextColumn] == ["1", "text", "one"]
