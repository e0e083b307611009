"""Asks once per file and content whether code may run. The default is No."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from wfepy_gui.text.translation import tr
from wfepy_gui.views.widgets.one_shot import make_one_shot

if TYPE_CHECKING:
    from wfepy_gui.preferences.trust import CodeFile

MOST_LINES = 12
"""Files named in the question itself; the details name them all."""


class TrustDialog(QMessageBox):
    """Show it with `open()`.

    Signals:
        agreed: the files may run; with a folder: everything in it may, from now on.
    """

    agreed = Signal(str)

    def __init__(
        self,
        files: tuple[CodeFile, ...],
        parent: QWidget | None = None,
        *,
        does: str = "",
        changed: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Run this code?"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText("\n".join([does or self.tr("This runs the code in"), *self._lines(files, changed)]))
        self.setInformativeText(self._explanation(files))
        unknown = tr("unknown")
        prints = [f"{file.name}\nSHA-256 {file.sha256 or unknown}" for file in files]
        self.setDetailedText("\n\n".join(prints))
        self._folder = next((file.root for file in files if file.root), "")
        if self._folder:
            trusts = self.tr("&Trust everything in {}, also when it changes").format(self._folder)
            self.setCheckBox(QCheckBox(trusts.replace("\n", " "), self))
        run = self.addButton(self.tr("&Run it"), QMessageBox.ButtonRole.AcceptRole)
        no = self.addButton(self.tr("&No"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(no)
        self.setEscapeButton(no)
        run.clicked.connect(self._on_run_clicked)

    def _lines(self, files: tuple[CodeFile, ...], changed: frozenset[str]) -> list[str]:
        lines = [
            self.tr("{} (changed)").format(file.name) if file.name in changed else file.name for file in files
        ]
        rest = len(lines) - MOST_LINES
        return [*lines[:MOST_LINES], *([self.tr("and {} more").format(rest)] if rest > 0 else [])]

    def _explanation(self, files: tuple[CodeFile, ...]) -> str:
        if all(file.sha256 for file in files):
            return self.tr(
                "It runs as you, with all you may do, and was not run from here before in this form. "
                "The answer is remembered until the code changes."
            )
        return self.tr(
            "It runs as you, with all you may do. What is named without a file cannot be found from here, so "
            "nobody can say what would run: this is asked each time."
        )

    def _on_run_clicked(self) -> None:
        box = self.checkBox()
        self.agreed.emit(self._folder if box is not None and box.isChecked() else "")
