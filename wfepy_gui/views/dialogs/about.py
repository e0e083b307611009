"""The About box and the shortcut sheet."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_gui.diagnostics import last_lines
from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.views.widgets.labels import PlainLabel, by_font, keys_of
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QClipboard

_PACKAGES = ("wfepy-desk", "PySide6-Essentials", "pygraphviz")


def versions(settings_path: str) -> str:
    """What runs here, a line each, for people who report a fault."""
    lines = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines.append(f"Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}")
    lines.append(tr("settings: {}").format(settings_path))
    return "\n".join(lines)


def report(settings_path: str, log_path: str) -> str:
    """What somebody who mends a fault wants to know: versions, where the log is, and its newest lines."""
    lines = [versions(settings_path), _log_line(log_path)]
    return "\n".join([*lines, "", last_lines(log_path)]).rstrip() + "\n"


def _log_line(log_path: str) -> str:
    return tr("log: {}").format(log_path or tr("(none)"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return tr("(not installed)")


class About(QDialog):
    """Versions, to be selected; and a report to copy."""

    def __init__(
        self, *, settings_path: str, log_path: str, clipboard: QClipboard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings_path = settings_path
        self._log_path = log_path
        self._clipboard = clipboard
        self.setWindowTitle(self.tr("About"))
        make_one_shot(self)
        text = PlainLabel(
            self.tr("Long-running workflows in plain files, and the desktop for those who look after them.")
            + f"\n\n{versions(settings_path)}\n{_log_line(log_path)}",
            self,
        )
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setAccessibleName(self.tr("Versions"))
        copy = QPushButton(self.tr("Copy &report"), self)
        copy.setToolTip(self.tr("Versions and the newest lines of the log, to send to who mends it"))
        copy.clicked.connect(self._copy_report)
        _add_with_close(self, text, copy)

    def _copy_report(self) -> None:
        self._clipboard.setText(report(self._settings_path, self._log_path))


class ShortcutSheet(QDialog):
    """All commands with their keys."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        make_one_shot(self)
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
            sheet.addTopLevelItem(QTreeWidgetItem([self.tr("in the graph"), tr(keys), tr(what)]))
        sheet.resizeColumnToContents(0)
        sheet.resizeColumnToContents(1)
        _add_with_close(self, sheet)


_GRAPH_KEYS = (
    (QT_TR_NOOP("Arrow keys"), QT_TR_NOOP("Walk along the transitions")),
    (QT_TR_NOOP("+  -  0  F"), QT_TR_NOOP("Closer, further away, 100 %, fit")),
    (QT_TR_NOOP("!"), QT_TR_NOOP("Next failed or interrupted task")),
    (QT_TR_NOOP("Enter"), QT_TR_NOOP("Show the task's details")),
    (QT_TR_NOOP("Escape"), QT_TR_NOOP("Select nothing")),
)


def _add_with_close(dialog: QDialog, widget: QWidget, *others: QPushButton) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    for button in others:
        buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
    without_pictures(buttons)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(widget)
    column.addWidget(buttons)
