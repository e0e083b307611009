"""Finds widgets as a screen reader does: by what kind they are and by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from wfepy_gui.views.widgets.empty_state import EmptyState
from wfepy_gui.views.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from typing import Self

    from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

    from wfepy_gui.composition import Desktop
    from wfepy_gui.window.command_ids import Command
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.panel_registry import PanelId

W = TypeVar("W", bound=QWidget)


class Page:
    """A part of the desktop.

    Attributes:
        widget: the panel, bar or dialog itself, for what everybody may call.
    """

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def find(self, kind: type[W], name: str) -> W:
        """The one widget of a kind with this accessible name."""
        found = [each for each in self.widget.findChildren(kind) if each.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} {kind.__name__} called {name!r} in {self.widget}"
        return found[0]

    def text_of(self, name: str) -> str:
        """What the label or wrapped text with this accessible name says."""
        labels = (each for kind in (QLabel, WrappedText) for each in self.widget.findChildren(kind))
        (text,) = (each.text() for each in labels if each.accessibleName() == name)
        return text

    def line(self, name: str) -> QLineEdit:
        """The line with this accessible name."""
        return self.find(QLineEdit, name)

    def editor(self, name: str) -> QPlainTextEdit:
        """The text of several lines with this accessible name."""
        return self.find(QPlainTextEdit, name)

    def button(self, caption: str) -> QAbstractButton:
        """The one button, check box or radio button on which this stands."""
        found = [
            each
            for each in self.widget.findChildren(QAbstractButton)
            if each.text().replace("&", "") == caption
        ]
        assert len(found) == 1, f"{len(found)} buttons {caption!r} in {self.widget}"
        return found[0]

    @property
    def empty_text(self) -> str:
        """What is said in place of rows; nothing while there are some."""
        label = self.widget.findChild(EmptyState)
        return "" if label.isHidden() else label.text()


class DockedPage(Page):
    """A panel in a dock.

    Attributes:
        dock: where it comes up.
    """

    dock: PanelId

    @classmethod
    def of(cls, window: MainWindow) -> Self:
        """The page of a window; its panel is made now if it was not yet."""
        return cls(window.docks[cls.dock].panel)


def trigger(desktop: Desktop, command: Command) -> None:
    """Use a command, as its menu entry or its keys would; it must be one that can be used now."""
    action = desktop.window.actions_table[command]
    assert action.isEnabled(), command
    action.trigger()


def open_dialogs(window: MainWindow) -> list[QDialog]:
    """The dialogs that can be seen."""
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def items(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """The rows of a tree, each with those below it, from top to bottom; folded ones too."""
    found, left = [], [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    while left:
        item = left.pop(0)
        found.append(item)
        left = [item.child(number) for number in range(item.childCount())] + left
    return found


def texts(tree: QTreeWidget) -> list[str]:
    """The texts of `items`."""
    return [item.text(0) for item in items(tree)]
