"""Changes that are not saved yet: the tray, the bar, and the merge with what others saved."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QListView, QTableView, QTableWidget

from tests.gui.pages.page import DockedPage, Page
from wfepy_gui.window.panel_registry import PanelId


class PendingPage(DockedPage):
    """The tray of pending changes."""

    dock = PanelId.PENDING

    @property
    def captions(self) -> list[str]:
        """What was done, in order."""
        model = self.find(QListView, "Pending changes, in order").model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "Saved and new values")

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The texts of the table."""
        model = self.table.model()
        columns = range(model.columnCount())
        return [tuple(model.index(row, at).data() for at in columns) for row in range(model.rowCount())]

    @property
    def reason(self) -> QLineEdit:
        return self.line("Reason")


class PendingBarPage(Page):
    """The bar over the graph that says what is pending."""

    @property
    def text(self) -> str:
        return self.widget.accessibleDescription()

    @property
    def keep_editing(self):
        return self.button("Keep editing")


class MergePage(Page):
    """The dialog with three versions of each key."""

    @property
    def table(self) -> QTableWidget:
        return self.find(QTableWidget, "Keys that differ")

    @property
    def merge(self):
        return self.button("Merge")

    @property
    def all_yours(self):
        return self.button("All yours")

    @property
    def all_theirs(self):
        return self.button("All theirs")
