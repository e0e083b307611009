"""The instances found in folders."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

from tests.gui.pages.page import DockedPage
from wfepy_gui.window.panel_registry import PanelId


class FleetPage(DockedPage):
    """The table of instances with its filter."""

    dock = PanelId.INSTANCES

    @property
    def filter(self) -> QLineEdit:
        return self.line("Filter instances")

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "Instances")

    @property
    def count(self) -> str:
        """How many are listed, as it stands below the table."""
        (text,) = (each.text() for each in self.widget.findChildren(QLabel) if "instances" in each.text())
        return text
