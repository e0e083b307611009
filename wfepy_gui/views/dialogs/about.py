"""The About box and the shortcut sheet."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.text.translation import tr
from wfepy_gui.views.dialogs.one_shot import ask_once, without_pictures
from wfepy_gui.views.widgets.accessibility import keys_of
from wfepy_gui.views.widgets.labels import by_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_PACKAGES = ("wfepy-desk", "PySide6-Essentials", "pygraphviz")


def versions(settings_path: str) -> str:
    """What runs here, a line each, for people who report a fault."""
    lines = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines.append(f"Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}")
    lines.append(tr("settings: {}").format(settings_path))
    return "\n".join(lines)


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  slow, and rarely asked

    try:
        return version(name)
    except PackageNotFoundError:
        return tr("(not installed)")


class About(QDialog):
    """Versions, to be selected and copied."""

    def __init__(self, settings_path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About"))
        ask_once(self)
        text = QLabel(
            self.tr("Long-running workflows in plain files, and the desktop for those who look after them.")
            + f"\n\n{versions(settings_path)}",
            self,
        )
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(self.tr("Versions"))
        _add_with_close(self, text)


class ShortcutSheet(QDialog):
    """All commands with their keys."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        ask_once(self)
        self.resize(by_font(self, 780), by_font(self, 600))
        sheet = QTreeWidget(self)
        sheet.setAccessibleName(self.tr("Shortcuts"))
        sheet.setAccessibleDescription(self.tr("One row a command: its name, its keys, what it does."))
        sheet.setRootIsDecorated(False)
        sheet.setWordWrap(True)
        sheet.setHeaderLabels([self.tr("Command"), self.tr("Keys"), self.tr("What it does")])
        for action in actions:
            keys = keys_of(action)
            if keys:
                caption = action.text().replace("&", "")
                sheet.addTopLevelItem(QTreeWidgetItem([caption, keys, action.whatsThis()]))
        for keys, what in _GRAPH_KEYS:
            sheet.addTopLevelItem(QTreeWidgetItem([self.tr("in the graph"), self.tr(keys), self.tr(what)]))
        sheet.resizeColumnToContents(0)
        sheet.resizeColumnToContents(1)
        _add_with_close(self, sheet)


_GRAPH_KEYS = (
    ("Arrow keys", "Walk along the transitions"),
    ("+  -  0  F", "Closer, further away, 100 %, fit"),
    ("!", "Next failed or interrupted task"),
    ("Enter", "Show the task's details"),
    ("Escape", "Select nothing"),
)


def _add_with_close(dialog: QDialog, widget: QWidget) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    without_pictures(buttons)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(widget)
    column.addWidget(buttons)
