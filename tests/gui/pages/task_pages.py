"""The panels about tasks: the facts of one, and the table of all."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLineEdit, QTableView

from tests.gui.pages.page import DockedPage
from wfepy_gui.window.panel_registry import PanelId


class InspectorPage(DockedPage):
    """The facts of the selected task."""

    dock = PanelId.TASK

    @property
    def name(self) -> str:
        return self.text_of("Selected task")

    @property
    def why(self) -> str:
        return self.text_of("Why it does not move")

    @property
    def facts(self) -> list[str]:
        """The values of the rows, from top to bottom."""
        rows = self.widget.findChild(QFormLayout)
        return [
            rows.itemAt(row, QFormLayout.ItemRole.FieldRole).widget().text() for row in range(rows.rowCount())
        ]

    @property
    def source(self) -> str:
        return self.editor("Source").toPlainText()

    @property
    def causes_link(self):
        return self.button("All causes")

    @property
    def error_link(self):
        return self.button("Last error")

    @property
    def copy(self):
        return self.button("Copy")


class TasksPage(DockedPage):
    """The table of all tasks with its filter."""

    dock = PanelId.TASKS

    @property
    def filter(self) -> QLineEdit:
        return self.line("Filter tasks")

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "Tasks")
