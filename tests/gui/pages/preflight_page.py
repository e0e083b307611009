"""What an advance would do."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QTableWidget

from tests.gui.pages.page import DockedPage, texts
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.window.panel_registry import PanelId


class PreflightPage(DockedPage):
    """The panel with the answer, the values to try, and the command that asks the same."""

    dock = PanelId.PREFLIGHT

    @property
    def tree(self) -> RowTree:
        return self.find(RowTree, "What an advance would do")

    @property
    def rows(self) -> list[str]:
        return texts(self.tree)

    @property
    def values(self) -> QTableWidget:
        return self.find(QTableWidget, "Context values to try")

    @property
    def command(self) -> str:
        return self.line("The same as a command").text()

    @property
    def stamp(self) -> str:
        return self.text_of("What the answer is true for")

    @property
    def with_pending(self) -> QCheckBox:
        """Whether pending changes are tried too."""
        (box,) = self.widget.findChildren(QCheckBox)
        return box

    @property
    def check(self):
        return self.button("Check")

    @property
    def stop(self):
        return self.button("Stop")

    @property
    def copy(self):
        return self.button("Copy")
