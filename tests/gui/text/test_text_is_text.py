"""What stands in a file is shown, never rendered: markup in any text of it, in every widget and cell."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex
from PySide6.QtGui import QAction, Qt, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QMessageBox, QTextEdit, QWidget

from tests.gui.dialogs import DIALOGS
from tests.gui.pages.page import open_dialogs
from wfepy_gui.preferences.trust import CodeFile
from wfepy_gui.text.bounded_text import MOST_SHOWN
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.views.dialogs.confirmation import DiscardDialog, TrustDialog
from wfepy_gui.views.widgets.labels import PlainLabel
from wfepy_gui.window.panel_registry import PanelId

EVIL = "<img src='nowhere.png'>"
Role = Qt.ItemDataRole
GUESSING_ROLES = (Role.ToolTipRole, Role.WhatsThisRole)

MODULE = f'''
EVIL = {EVIL!r}

@task("begin " + EVIL)
@start_point()
@followed_by("wait " + EVIL, lambda context: context["k <b>bold</b>"] != "<i>")
@followed_by("fail " + EVIL)
def begin(context):
    """What {EVIL} does."""
    print(EVIL)
    return True

@task("wait " + EVIL, labels=(EVIL,))
@followed_by("end " + EVIL)
def wait(context):
    return Waiting("because of " + EVIL)

@task("fail " + EVIL)
@followed_by("end " + EVIL)
def fail(context):
    raise ValueError("it is " + EVIL)

@task("end " + EVIL)
@join_point()
@end_point()
def end(context):
    return True
'''


@pytest.fixture
def path(make_instance, wfepy):
    """An instance in which every text is markup, and so is the name of its file."""
    name = EVIL.replace("/", "")
    context = {"k <b>bold</b>": EVIL, "list": [EVIL, {EVIL: EVIL}]}
    made = make_instance(MODULE, name, json.dumps(context))
    wfepy("advance", made)
    wfepy("note", made, f"noted {EVIL}")
    wfepy("context", "set", made, f"other={EVIL}", "--reason", f"edited {EVIL}")
    text = Path(made).read_text()
    saved = json.loads(text)["saved"]
    for key in ("by", "host"):
        text = text.replace(f'"{key}": {json.dumps(saved[key])}', f'"{key}": {json.dumps(EVIL)}', 1)
    Path(made).write_text(text)
    return made


def guessed(root: QWidget):
    """Each text in which Qt looks for markup before it shows it, with where it is."""
    for widget in [root, *root.findChildren(QWidget)]:
        for text in (widget.toolTip(), widget.whatsThis()):
            yield widget, text
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield widget, widget.text()
        if isinstance(widget, QMessageBox) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield from ((widget, text) for text in (widget.text(), widget.informativeText()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((widget, text) for text in _of_cells(widget))
    for action in root.findChildren(QAction):
        yield from ((action, text) for text in (action.toolTip(), action.whatsThis()))


def _of_cells(view):
    model = view.model()
    columns = range(1 if isinstance(view, QListView) else model.columnCount(QModelIndex()))
    waiting = [QModelIndex()]
    for parent in waiting:
        for row in range(model.rowCount(parent)):
            indexes = [model.index(row, column, parent) for column in columns]
            waiting += indexes[:1]
            yield from (str(index.data(role) or "") for index in indexes for role in GUESSING_ROLES)
    for role in GUESSING_ROLES:
        for sections, orientation in zip(
            (columns, range(model.rowCount())),
            (Qt.Orientation.Horizontal, Qt.Orientation.Vertical),
            strict=True,
        ):
            yield from (str(model.headerData(section, orientation, role) or "") for section in sections)


def rendered(root: QWidget):
    """Where markup of the instance would be rendered."""
    found = [
        (where, text)
        for where, text in guessed(root)
        if Qt.mightBeRichText(text) and html.unescape(plain_of(text)) == text
    ]
    images = [each for each in root.findChildren(QTextEdit) if "\ufffc" in each.toPlainText()]
    return found + images


def plain_of(text):
    """What stands in our own frame around a text, or the text itself where it has none."""
    start, end = plain_tip("<b>").split(html.escape("<b>"))
    inside = text.removeprefix(start).removesuffix(end)
    return text if inside == text or "<" in inside else inside


def tips_with_evil(root):
    return [(where, text) for where, text in guessed(root) if "nowhere.png" in text]


def settle(desktop):
    """Lets all that was asked in the background be shown."""
    for _ in range(3):
        desktop.pool.waitForDone()
        QCoreApplication.processEvents()


def test_no_widget_and_no_cell_of_the_window_takes_a_text_for_markup(path, open_instance, desktop):
    view = open_instance(path)
    desktop.open_paths((str(Path(path).parent),))
    desktop.notices.error(f"a notice {EVIL}", hint=EVIL, details=EVIL)
    desktop.session.editing.stage_context({EVIL: f"typed {EVIL}"}, EVIL)
    panels = set()
    for dock in PanelId:
        desktop.window.show_dock(dock)
        for task in view.statuses:
            desktop.window.select_task(task)
            settle(desktop)
            assert rendered(desktop.window) == []
        panels |= {
            where.accessibleName()
            for where, _ in tips_with_evil(desktop.window)
            if isinstance(where, QAbstractItemView)
        }
    assert panels >= {
        "Instances",
        "Tasks",
        "Context",
        "History, oldest first",
        "Saved and new values",
        "Causes, conditions and what comes before and after",
    }


@pytest.mark.parametrize("command", DIALOGS, ids=lambda command: command.name.lower())
def test_no_dialog_takes_a_text_for_markup(qtbot, path, open_instance, desktop, command):
    open_instance(path)
    desktop.window.show_dock(PanelId.CONTEXT)
    desktop.window.select_task(f"fail {EVIL}")
    action = desktop.window.actions_table[command]
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    qtbot.waitUntil(lambda: open_dialogs(desktop.window) != [])
    (dialog,) = open_dialogs(desktop.window)
    settle(desktop)
    assert rendered(dialog) == []
    dialog.reject()


def test_questions_and_messages_show_markup_as_it_is(qtbot, desktop):
    file = CodeFile(EVIL, "0" * 64, root=EVIL)
    for dialog in (
        TrustDialog((file,), desktop.window, does=EVIL),
        DiscardDialog(EVIL, [EVIL], EVIL, desktop.window),
    ):
        qtbot.addWidget(dialog)
        assert rendered(dialog) == []


def test_a_label_and_a_tip_show_the_beginning_of_an_endless_text(qtbot):
    label = PlainLabel("x" * 10_000_000)
    qtbot.addWidget(label)
    assert len(label.text()) == MOST_SHOWN
    assert len(plain_tip("<b>" * 10_000_000)) < 10 * MOST_SHOWN


@pytest.mark.parametrize("text", [EVIL, "a <b>b</b>\n&amp;", "1 < 2"])
def test_a_tip_says_what_it_was_given(text):
    document = QTextDocument()
    tip = plain_tip(text)
    document.setHtml(tip) if Qt.mightBeRichText(tip) else document.setPlainText(tip)
    assert document.toPlainText() == text
