"""The context of the instance, and the dialog that asks for a new value."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.gui.pages.page import DockedPage, Page
from wfepy_gui.views.widgets.search_bar import SearchBar
from wfepy_gui.window.panel_registry import PanelId


class ContextPage(DockedPage):
    """The typed tree, its filter and its search; the JSON text beside it."""

    dock = PanelId.CONTEXT

    @property
    def filter(self) -> QLineEdit:
        return self.line("Filter context")

    @property
    def search(self) -> SearchBar:
        return self.widget.findChild(SearchBar)

    @property
    def obstacle(self) -> str:
        """Why nothing can be changed; empty while something can."""
        return self.text_of("Why nothing can be changed")

    @property
    def model(self):
        return self.widget.tree.tree_model

    @property
    def value(self) -> QPlainTextEdit:
        """The selected value in full."""
        return self.editor("The selected value in full")

    @property
    def json_check(self) -> str:
        """What is said of the JSON text."""
        return Page(self.widget.json_pane).text_of("Check of the JSON")


class NewValuePage(Page):
    """The dialog that asks for a key, a type and a value."""

    @property
    def key(self) -> QLineEdit:
        return self.line("Key")

    @property
    def key_kind(self) -> QComboBox:
        return self.find(QComboBox, "Type of key")

    @property
    def kind(self) -> QComboBox:
        return self.find(QComboBox, "Type")

    @property
    def value(self) -> QWidget:
        return self.find(QWidget, "Value")

    @property
    def problem(self) -> str:
        return self.text_of("What is wrong")

    @property
    def add(self):
        return self.button("Add")


def preview(desktop):
    """The context as it would be with what is pending."""
    return desktop.session.editing.preview.context
