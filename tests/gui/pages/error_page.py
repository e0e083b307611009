"""The last error of the selected task."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from tests.gui.pages.page import DockedPage
from wfepy_gui.window.panel_registry import PanelId


class ErrorPage(DockedPage):
    """The panel with the summary, the traceback, and the source of a place in it."""

    dock = PanelId.ERROR

    @property
    def summary(self) -> str:
        return self.text_of("Last error of the selected task")

    @property
    def traceback(self) -> str:
        return self.editor("Traceback").toPlainText()

    @property
    def source(self) -> str:
        return self.editor("Source at this place").toPlainText()

    @property
    def marked(self) -> list[str]:
        """The lines of the source that are marked as the place."""
        return [line for line in self.source.splitlines() if line.startswith(">")]

    @property
    def place_list(self) -> QComboBox:
        return self.find(QComboBox, "Places in the traceback")

    @property
    def places(self) -> list[str]:
        listed = self.place_list
        return [listed.itemText(number) for number in range(listed.count())]

    @property
    def copy(self):
        return self.button("Copy")
