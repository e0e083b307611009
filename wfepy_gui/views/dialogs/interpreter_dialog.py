"""Chooses the Python that runs a workflow, and tries whether it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from wfepy_core.interpreter import is_frozen
from wfepy_gui.preferences.interpreters import install_line, probe_of
from wfepy_gui.views.dialogs.file_dialog import PathField
from wfepy_gui.views.widgets.labels import PlainLabel, by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures
from wfepy_gui.workers.command_process import CommandOutcome, CommandProcess

if TYPE_CHECKING:
    from pathlib import Path


class InterpreterDialog(QDialog):
    """Stays open until the chosen Python was tried.

    Signals:
        chosen: the Python, and what it answered to `probe_of`; both empty: the desktop's own.
    """

    chosen = Signal(str, str)

    def __init__(
        self, home: Path, own: str, present: str, suggested: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setWindowTitle(self.tr("Python interpreter"))
        known = self.tr("The first on the &path: {}") if is_frozen() else self.tr("The &desktop's own: {}")
        self._own = QRadioButton(known.format(own), self)
        self._other = QRadioButton(self.tr("&Another, such as that of the workflow's environment:"), self)
        self._path = PathField(self.tr("Python program"), [self.tr("All files (*)")], parent=self)
        self._path.path = present or suggested
        self._verdict = PlainLabel(parent=self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        without_pictures(self._buttons)
        self._use = self._buttons.addButton(self.tr("&Use it"), QDialogButtonBox.ButtonRole.ActionRole)
        self._probe = CommandProcess(self)
        self._build(home)
        (self._other if self._path.path else self._own).setChecked(True)
        self._connect()
        self._check_choice()

    def _build(self, home: Path) -> None:
        self.resize(by_font(self, 620), by_font(self, 220))
        heading = PlainLabel(self.tr("Which Python runs the workflows in {}?").format(home), self)
        heading.setWordWrap(True)
        self._verdict.setWordWrap(True)
        self._verdict.setAccessibleName(self.tr("What trying it showed"))
        self._verdict.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._use.setDefault(True)
        column = QVBoxLayout(self)
        for widget in (heading, self._own, self._other, self._path, self._verdict):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        self._own.toggled.connect(self._check_choice)
        self._path.changed.connect(self._check_choice)
        self._use.clicked.connect(self._on_use_clicked)
        self._buttons.rejected.connect(self.reject)
        self._probe.ended.connect(self._on_probe_ended)

    def done(self, result: int) -> None:
        """Nothing outlives the dialog."""
        self._probe.stop()
        super().done(result)

    def _check_choice(self) -> None:
        self._path.setEnabled(self._other.isChecked())
        self._use.setEnabled(self._own.isChecked() or bool(self._path.path))
        self._verdict.clear()

    def _on_use_clicked(self) -> None:
        if self._own.isChecked():
            self.chosen.emit("", "")
            self.accept()
            return
        self._use.setEnabled(False)
        self._verdict.setText(self.tr("Trying it…"))
        self._probe.run(probe_of(self._path.path))

    def _on_probe_ended(self, answer: CommandOutcome) -> None:
        self._use.setEnabled(True)
        if answer.code == 0:
            self.chosen.emit(self._path.path, answer.printed)
            self.accept()
            return
        python = self._path.path
        if "No module named 'wfepy_core'" in answer.complaint:
            text = self.tr("wfepy_core is missing there. Install it, then try again:\n{}")
            self._verdict.setText(text.format(install_line(python)))
        else:
            self._verdict.setText(self.tr("It cannot run workflows: {}").format(answer.reason[0]))
