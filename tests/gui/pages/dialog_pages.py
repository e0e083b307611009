"""Dialogs that ask for something."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTableWidget,
    QTreeWidget,
)

from tests.gui.pages.page import Page
from wfepy_gui.views.graph.export_part import ExportScope


class NewInstancePage(Page):
    """Asks for a module, a state file and the first context."""

    @property
    def module(self) -> QLineEdit:
        return self.line("Workflow module")

    @property
    def state(self) -> QLineEdit:
        return self.line("State file")

    @property
    def problem(self) -> str:
        return self.text_of("What is missing")

    @property
    def json_check(self) -> str:
        return self.text_of("Check of the JSON")

    @property
    def start(self):
        return self.button("Start")


class InterpreterPage(Page):
    """Asks which Python runs the workflows of a folder."""

    @property
    def path(self) -> QLineEdit:
        return self.line("Python program")

    @property
    def outcome(self) -> str:
        return self.text_of("What trying it showed")

    @property
    def use(self):
        return self.button("Use it")


class MigrationPage(Page):
    """Asks what became of tasks that a module no longer has."""

    @property
    def preview(self) -> str:
        return self.find(QPlainTextEdit, "Where the instance stands afterwards").toPlainText()

    @property
    def reason(self) -> QLineEdit:
        return self.line("Reason")

    @property
    def command(self) -> str:
        return self.line("The same as a command").text()


class ConfirmationPage(Page):
    """Asks before something is changed by hand."""

    @property
    def question(self) -> str:
        return self.text_of("Question")

    @property
    def warnings(self) -> list[str]:
        return [
            each.text() for each in self.widget.findChildren(QLabel) if each.accessibleName() == "Warning"
        ]

    @property
    def note(self) -> str:
        return self.text_of("What happens then")


class PalettePage(Page):
    """All commands, by a few letters of their names."""

    @property
    def typed(self) -> QLineEdit:
        return self.line("Type a command")

    @property
    def matches(self) -> QTreeWidget:
        return self.find(QTreeWidget, "Commands that match")


class TimersPage(Page):
    """The list of all timers."""

    @property
    def table(self) -> QTableWidget:
        return self.find(QTableWidget, "Timers")

    @property
    def pause(self):
        return self.button("Pause")

    @property
    def resume(self):
        return self.button("Resume")

    @property
    def remove(self):
        return self.button("Remove")


class NoticesPage(Page):
    """The list of all notices."""

    @property
    def lines(self) -> list[str]:
        listed = self.find(QListWidget, "Notices, newest first")
        return [listed.item(row).text() for row in range(listed.count())]


class ExportPage(Page):
    """Asks what of the graph is exported, and how."""

    def part(self, scope: ExportScope) -> QRadioButton:
        """The choice of how much is exported."""
        return self.widget.findChildren(QRadioButton)[list(ExportScope).index(scope)]

    @property
    def scale(self) -> QDoubleSpinBox:
        return self.find(QDoubleSpinBox, "Scale of a PNG")

    @property
    def print(self):
        return self.button("Print…")

    @property
    def copy(self):
        return self.button("Copy")

    @property
    def format(self) -> QComboBox:
        return self.find(QComboBox, "Format")

    @property
    def colours(self) -> QComboBox:
        return self.find(QComboBox, "Colours")
