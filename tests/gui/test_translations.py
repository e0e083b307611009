"""Every text that a person sees can be translated: nothing is shown that did not pass a translator."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)

from wfepy_core.status import InstanceStatus, TaskStatus
from wfepy_gui.actions import Command
from wfepy_gui.desktop import Desktop, Options
from wfepy_gui.views.about import versions
from wfepy_gui.views.instance_dialog import ImportLegacy

WAIT_MS = 20_000
ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "resources" / "translations" / "wfepy_gui.ts"

WORK = """
@task()
@start_point()
@end_point()
def only(context):
    return False
"""

DIALOGS = (
    Command.NEW_INSTANCE,
    Command.INTERPRETER,
    Command.NOTICES,
    Command.PALETTE,
    Command.SHORTCUTS,
    Command.ABOUT,
)
# The words of the state file and its journal are the same in every language, as in the commands.
WORDS = {status.value for kind in (TaskStatus, InstanceStatus) for status in kind}

# Sentences of `wfepy_core.explain`: the same as `wfepy why` prints.
ENGINE_SAYS = (
    "work is new: no pass has run yet; the next one begins with only.",
    "only is ready; the next pass runs it.",
    "no pass has run yet",
    "the next pass runs it",
)


class Marking(QTranslator):
    """Translates what the template for translators holds, and Qt's own texts, into itself between marks."""

    def __init__(self):
        super().__init__()
        contexts = ET.parse(TEMPLATE).iter("context")  # noqa: S314  ours
        self._known = {
            (each.find("name").text, text.text) for each in contexts for text in each.iter("source")
        }

    def translate(self, context, text, _disambiguation=None, _n=-1):
        return f"«{text}»" if context.startswith("Q") or (context, text) in self._known else ""

    def isEmpty(self):  # noqa: N802  Qt
        return False


@pytest.fixture
def marked(qapp, qtbot, tmp_path, make_instance):
    """The desktop in the marked language, with an instance open."""
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    path = make_instance(WORK)
    made = Desktop(qapp, Options((path,), settings=str(tmp_path / "settings.ini")))
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.graph_panel.picture_ready, timeout=WAIT_MS):
        made.start()
    yield made
    made.window.close()
    QCoreApplication.removeTranslator(translator)


def texts_of(widget):
    """What a widget shows or says by itself; not the data of models."""
    yield widget.windowTitle() if widget.isWindow() else ""
    yield from (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, (QAbstractButton, QLabel)):
        yield widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(number) for number in range(widget.count()))
    if isinstance(widget, QMenu):
        yield widget.title()
    if isinstance(widget, (QTableView, QTreeView)):
        columns = range(widget.model().columnCount(QModelIndex()))
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            yield from (
                str(widget.model().headerData(column, Qt.Orientation.Horizontal, role) or "")
                for column in columns
            )


def untranslated(root, *data):
    """Texts with a word outside the marks; `data` are names and paths that belong to nobody's language."""
    found = set()
    for widget in [root, *root.findChildren(QWidget)]:
        if type(widget.parent()).__name__ == "QTabBar" or widget.objectName().startswith("qt_"):
            continue  # Qt's own
        found |= {text for text in texts_of(widget) if _has_words(text, data)}
    return sorted(found)


def _has_words(text, data):
    rest = re.sub(r"«[^«»]*(«[^»]*»[^«»]*)*»", "", text.replace("&", ""))
    for known in sorted((*data, *WORDS), key=len, reverse=True):
        rest = rest.replace(known, "")
    return re.search(r"[A-Za-z]{2,}", rest) is not None


def names(desktop):
    saved = desktop.session.view.snapshot.saved
    names = "only", "work.wfstate", "wfepy", str(desktop.session.folder), "work.py", saved.by, saved.host
    return *names, desktop.clock.text(saved.at), "just now", *ENGINE_SAYS


def test_every_text_of_the_window_can_be_translated(marked):
    assert untranslated(marked.window, *names(marked)) == []
    actions = marked.window.actions_table.all()
    shown = {text for action in actions for text in (action.text(), action.statusTip())}
    assert [text for text in shown if not text.startswith("«")] == []
    assert all(dock.windowTitle().startswith("«") for dock in marked.window.docks.values())


@pytest.mark.parametrize("command", DIALOGS, ids=lambda command: command.name.lower())
def test_every_text_of_a_dialog_can_be_translated(marked, command):
    marked.window.actions_table[command].trigger()
    (dialog,) = (each for each in marked.window.findChildren(QDialog) if each.isVisible())
    ours = names(marked), versions(marked.settings.path), marked.interpreters.own[0]
    assert untranslated(dialog, *ours[0], *ours[1:]) == []
    dialog.reject()


def test_every_text_of_the_import_can_be_translated(marked):
    dialog = ImportLegacy("old.pickle", marked.window)
    assert untranslated(dialog, "old.pickle", "wfstate") == []
    dialog.deleteLater()


def test_every_notice_of_a_module_can_be_translated(marked, tmp_path):
    marked.open_paths((str(tmp_path / "nowhere.py"),))
    newest = marked.notices.history[-1]
    assert not _has_words(f"{newest.summary} {newest.hint}", ("nowhere.py", str(tmp_path)))


def test_the_template_for_translators_holds_every_text():
    """`make translations` writes it anew."""
    script = ROOT / ".ci" / "extract_texts.py"
    checked = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
