"""The context editor in the real window: by keyboard and commands, with real state files."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu

from tests.gui.pages.context_pages import ContextPage, NewValuePage, preview
from tests.gui.pages.page import trigger
from tests.gui.workflows import ONE_TASK
from wfepy_core.storage import state_file
from wfepy_gui.models.context.cells import CHANGED_ROLE, HIT_ROLE, ContextColumn
from wfepy_gui.models.context.staging import ContextStaging
from wfepy_gui.models.context.value_types import ValueType
from wfepy_gui.text.secrets import DOTS
from wfepy_gui.views.context.new_value_dialog import NewValueDialog
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000
CONTEXT = {
    "due": {"$date": "2026-12-01"},
    "builds": [1, 2, 3],
    "terms": "first line\nsecond line",
    "smtp": {"host": "mail", "password": "hunter2"},
    "size": 7,
    "model": {"$torch": [1, 2]},
    "data": {"$bytes": "3q2+7w=="},
}


@pytest.fixture
def path(make_instance):
    return make_instance(ONE_TASK, context=json.dumps(CONTEXT))


def index(panel, *keys, column=ContextColumn.VALUE):
    model = panel.tree.tree_model
    found = model.index(-1, -1)
    for key in keys:
        rows = range(model.rowCount(found))
        found = next(model.index(row, 0, found) for row in rows if model.index(row, 0, found).data() == key)
    return found.siblingAtColumn(column)


def choose(panel, *keys):
    panel.tree.setCurrentIndex(index(panel, *keys))


def type_in_cell(qtbot, panel, text):
    line = next(line for line in panel.tree.findChildren(QLineEdit) if line.isVisible())
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_value_typed_into_its_cell_is_pending_marked_and_can_be_undone(qtbot, panel, desktop, path):
    choose(panel, "size")
    trigger(desktop, Command.EDIT_VALUE)
    type_in_cell(qtbot, panel, "42")

    qtbot.waitUntil(lambda: preview(desktop)["size"] == 42)
    assert index(panel, "size").data(CHANGED_ROLE)
    assert "saved: 7" in index(panel, "size").data(Qt.ItemDataRole.ToolTipRole)
    assert state_file.read(path).context["size"] == 7
    trigger(desktop, Command.UNDO)
    assert index(panel, "size").data() == "7"
    assert not index(panel, "size").data(CHANGED_ROLE)
    trigger(desktop, Command.REDO)
    assert index(panel, "size").data() == "42"


def test_what_is_no_value_stays_in_its_cell(qtbot, panel, desktop):
    choose(panel, "size")
    trigger(desktop, Command.EDIT_VALUE)
    type_in_cell(qtbot, panel, "many")

    line = next(line for line in panel.tree.findChildren(QLineEdit) if line.isVisible())
    assert line.text() == "many"
    assert not desktop.session.editing.changes
    type_in_cell(qtbot, panel, "5")
    qtbot.waitUntil(lambda: preview(desktop)["size"] == 5)


def test_a_key_is_renamed_and_removed(qtbot, panel, desktop):
    choose(panel, "smtp", "host")
    trigger(desktop, Command.RENAME_KEY)
    type_in_cell(qtbot, panel, "server")
    qtbot.waitUntil(lambda: list(preview(desktop)["smtp"]) == ["server", "password"])

    choose(panel, "smtp", "server")
    trigger(desktop, Command.REMOVE_VALUE)
    assert list(preview(desktop)["smtp"]) == ["password"]


def test_items_move_and_the_selection_goes_along(panel, desktop):
    choose(panel, "builds", "[0]")
    trigger(desktop, Command.MOVE_VALUE_DOWN)
    trigger(desktop, Command.MOVE_VALUE_DOWN)

    assert preview(desktop)["builds"] == [2, 3, 1]
    assert panel.tree.currentIndex().siblingAtColumn(ContextColumn.KEY).data() == "[2]"
    assert not desktop.window.actions_table[Command.MOVE_VALUE_DOWN].isEnabled()


def test_a_new_key_is_added_within_the_selected_container(qtbot, panel, desktop):
    choose(panel, "smtp")
    trigger(desktop, Command.ADD_VALUE)
    dialog = desktop.window.findChild(NewValueDialog)
    key = dialog.findChild(QLineEdit)
    kind = NewValuePage(dialog).kind

    qtbot.keyClicks(key, "host")
    assert "already" in NewValuePage(dialog).problem
    qtbot.keyClicks(key, "port")
    kind.setCurrentText(ValueType.WHOLE.value)
    qtbot.keyClicks(NewValuePage(dialog).value.findChild(QLineEdit), "25")
    NewValuePage(dialog).add.click()

    assert preview(desktop)["smtp"]["hostport"] == 25
    assert panel.tree.currentIndex().siblingAtColumn(ContextColumn.KEY).data() == "hostport"


def test_a_value_is_made_another_type_by_menu(panel, desktop):
    choose(panel, "builds")
    trigger(desktop, Command.CHANGE_TYPE)
    menu = next(menu for menu in panel.tree.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == ValueType.TUPLE.value).trigger()
    menu.close()

    assert preview(desktop)["builds"] == {"$tuple": [1, 2, 3]}


def test_values_are_copied_and_pasted_as_json(panel, desktop, qapp):
    choose(panel, "builds")
    trigger(desktop, Command.COPY_VALUE)
    choose(panel, "size")
    trigger(desktop, Command.PASTE_VALUE)
    assert preview(desktop)["size"] == [1, 2, 3]

    qapp.clipboard().setText("not json")
    trigger(desktop, Command.PASTE_VALUE)
    assert "no JSON" in desktop.notices.history[-1].summary
    assert preview(desktop)["size"] == [1, 2, 3]


def test_long_text_is_edited_in_the_pane_and_taken_over_when_another_value_is_chosen(qtbot, panel, desktop):
    choose(panel, "terms")
    trigger(desktop, Command.EDIT_VALUE)
    ContextPage(panel).value.setPlainText("")
    qtbot.keyClicks(ContextPage(panel).value, "three\u00a0words")
    assert desktop.session.editing.has_unsaved

    choose(panel, "size")

    assert preview(desktop)["terms"] == "three\u00a0words"


def test_bytes_are_edited_as_hexadecimal_digits(qtbot, panel, desktop):
    choose(panel, "data")
    assert panel.pane.text == "de ad be ef"
    panel.pane.start()
    qtbot.keyClicks(ContextPage(panel).value, "00 ff")
    assert panel.pane.commit()

    assert preview(desktop)["data"] == {"$bytes": "AP8="}


def test_an_opaque_value_is_shown_and_stays_as_it_is(panel, desktop):
    choose(panel, "model")
    trigger(desktop, Command.EDIT_VALUE)

    assert index(panel, "model", column=ContextColumn.TYPE).data() == "opaque $torch"
    assert "stays as it is" in desktop.notices.history[-1].summary
    assert not desktop.session.editing.changes


def test_secrets_are_dots_everywhere_until_they_are_revealed(panel, desktop, qapp):
    choose(panel, "smtp", "password")
    everywhere = [
        index(panel, "smtp", "password").data(),
        index(panel, "smtp").data(),
        index(panel, "smtp", "password").data(Qt.ItemDataRole.ToolTipRole),
        panel.pane.text,
    ]
    trigger(desktop, Command.COPY_VALUE)
    everywhere.append(qapp.clipboard().text())
    assert not [text for text in everywhere if "hunter2" in text]
    trigger(desktop, Command.EDIT_VALUE)
    assert "reveal it" in desktop.notices.history[-1].summary

    trigger(desktop, Command.REVEAL_VALUE)
    assert index(panel, "smtp", "password").data() == "hunter2"
    assert panel.pane.text == "hunter2"
    trigger(desktop, Command.REVEAL_VALUE)
    assert index(panel, "smtp", "password").data() == DOTS


def filter_by(qtbot, panel, text):
    with qtbot.waitSignal(panel.tree.tree_model.modelReset, timeout=WAIT_MS):
        ContextPage(panel).filter.setText(text)


def test_search_highlights_and_filter_hides(qtbot, panel, desktop):
    ContextPage(panel).search.field.setText("mail")
    qtbot.waitUntil(lambda: ContextPage(panel).search.count.text() == "1 of 1")
    assert index(panel, "smtp", "host").data(HIT_ROLE)
    assert panel.tree.tree_model.rowCount() == len(CONTEXT)

    trigger(desktop, Command.FILTER_CONTEXT)
    filter_by(qtbot, panel, "password")
    model = panel.tree.tree_model
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["smtp"]
    assert [child.key for child in model.node_at(index(panel, "smtp")).children] == ["password"]
    ContextPage(panel).search.field.setText("hunter2")
    qtbot.waitUntil(
        lambda: ContextPage(panel).search.count.text() == "not found"
    )  # a search does not find out secrets
    ContextPage(panel).filter.clear()
    assert model.rowCount() == len(CONTEXT)


def test_a_value_found_by_filter_is_edited_where_it_is(qtbot, panel, desktop):
    filter_by(qtbot, panel, "[2]")
    choose(panel, "builds", "[2]")
    trigger(desktop, Command.EDIT_VALUE)
    type_in_cell(qtbot, panel, "30")

    qtbot.waitUntil(lambda: preview(desktop)["builds"] == [1, 2, 30])


def test_the_editable_tree_passes_qts_model_tester(qtbot, panel, desktop, qtmodeltester):
    qtmodeltester.check(panel.tree.tree_model, force_py=True)
    changes = ContextStaging(desktop.session.editing)

    changes.set_value((1, 1), {"a": 1})
    changes.remove((0,))
    changes.add((6,), "new", [1, 2])
    filter_by(qtbot, panel, "a")
    changes.move((0, 0), 1)
    filter_by(qtbot, panel, "")
    desktop.session.editing.discard()

    assert preview(desktop) == CONTEXT


def open_json(qtbot, panel, desktop):
    trigger(desktop, Command.EDIT_AS_JSON)
    qtbot.waitUntil(lambda: "builds" in panel.json_pane.text, timeout=WAIT_MS)
    return panel.json_pane


def retype(pane, before, after):
    cursor = pane.editor.edit.document().find(before)
    assert not cursor.isNull()
    cursor.insertText(after)


def test_json_is_taken_over_as_one_change_and_keeps_secrets(qtbot, panel, desktop):
    pane = open_json(qtbot, panel, desktop)
    assert "hunter2" not in pane.text
    retype(pane, '"size": 7', '"size": 8')
    retype(pane, '"mail"', '"mail.example"')
    assert panel.json_pane.commit()

    assert [change.caption for change in desktop.session.editing.changes] == ["edit as JSON"]
    assert preview(desktop) == {
        **CONTEXT, "size": 8, "smtp": {"host": "mail.example", "password": "hunter2"},
    }  # fmt: skip


def test_a_mistake_in_json_is_marked_with_line_and_column_and_nothing_is_lost(qtbot, panel, desktop):
    pane = open_json(qtbot, panel, desktop)
    retype(pane, '"size": 7', '"size" 7')
    with qtbot.waitSignal(pane.editor.checked, timeout=WAIT_MS, check_params_cb=bool):
        pass

    line = pane.text.split("\n").index('  "size" 7,') + 1
    assert ContextPage(panel).json_check == f"✗ line {line}, column 10: Expecting ':' delimiter"
    assert not pane.commit()
    assert pane.editor.edit.textCursor().blockNumber() == line - 1
    desktop.session.editing.apply("")
    assert not desktop.session.editing.is_saving, "what cannot be taken over is not left behind"
    assert '"size" 7' in pane.text


def test_json_typed_while_others_save_changes_only_what_was_typed(qtbot, panel, desktop, path, wfepy):
    pane = open_json(qtbot, panel, desktop)
    retype(pane, '"size": 7', '"size": 8')
    wfepy("context", "set", path, "due=later")
    qtbot.waitUntil(lambda: preview(desktop)["due"] == "later", timeout=WAIT_MS)

    assert '"size": 8' in pane.text
    assert pane.commit()
    assert preview(desktop) == {**CONTEXT, "due": "later", "size": 8}


def test_json_of_another_instance_is_gone_at_once(qtbot, panel, desktop, make_instance, open_instance):
    pane = open_json(qtbot, panel, desktop)
    panel.show_values()
    retype(pane, '"size": 7', '"size": 8')
    other = make_instance(ONE_TASK, name="other", context='{"n": 1}')
    desktop.session.open(other)

    assert pane.text == ""
    assert not pane.has_draft
    open_instance(other)
    trigger(desktop, Command.EDIT_AS_JSON)
    qtbot.waitUntil(lambda: json.loads(pane.text or "0") == {"n": 1}, timeout=WAIT_MS)


def test_typing_goes_on_in_its_cell_while_others_save(qtbot, panel, desktop, path, wfepy):
    choose(panel, "builds", "[2]")
    trigger(desktop, Command.EDIT_VALUE)
    line = next(line for line in panel.tree.findChildren(QLineEdit) if line.isVisible())
    line.selectAll()
    qtbot.keyClicks(line, "33")
    wfepy("context", "set", path, "size=9")
    qtbot.waitUntil(lambda: preview(desktop)["size"] == 9, timeout=WAIT_MS)

    assert line.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview(desktop)["builds"] == [1, 2, 33])
    assert not [dialog for dialog in desktop.window.findChildren(QDialog) if dialog.isVisible()]
