"""What happened to the instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

from tests.gui.pages.page import DockedPage
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel


class HistoryPage(DockedPage):
    """The table of events."""

    dock = PanelId.HISTORY

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "History, oldest first")

    @property
    def model(self) -> QAbstractItemModel:
        return self.table.model()
