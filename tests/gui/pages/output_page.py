"""What the tasks of the instance print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gui.pages.page import DockedPage
from wfepy_gui.views.widgets.search_bar import SearchBar
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit


class OutputPage(DockedPage):
    """The panel with the command of Advance and its output."""

    dock = PanelId.OUTPUT

    @property
    def command(self) -> str:
        return self.line("Command line of Advance").text()

    @property
    def editor_of_output(self) -> QPlainTextEdit:
        return self.editor("Output of the instance")

    @property
    def text(self) -> str:
        return self.editor_of_output.toPlainText()

    @property
    def search(self) -> SearchBar:
        return self.widget.findChild(SearchBar)

    @property
    def follow(self):
        return self.button("Follow")

    @property
    def only_selected(self):
        return self.button("Selected task only")
