"""Asks once per module and content whether its code may run. The default is No."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from wfepy_gui.text.translation import tr
from wfepy_gui.views.widgets.one_shot import make_one_shot

if TYPE_CHECKING:
    from wfepy_gui.preferences.trust import Module


class TrustDialog(QMessageBox):
    """Show it with `open()`.

    Signals:
        agreed: the modules may run.
    """

    agreed = Signal()

    def __init__(self, modules: tuple[Module, ...], parent: QWidget | None = None, *, does: str = "") -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Run this code?"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(
            "\n".join([does or self.tr("This runs the code in"), *(module.name for module in modules)])
        )
        self.setInformativeText(
            self.tr(
                "It runs as you, with all you may do, and was not run from here before in this form. "
                "The answer is remembered until the code changes."
            )
        )
        unknown = tr("unknown")
        prints = [f"{module.name}\nSHA-256 {module.sha256 or unknown}" for module in modules]
        self.setDetailedText("\n\n".join(prints))
        run = self.addButton(self.tr("&Run it"), QMessageBox.ButtonRole.AcceptRole)
        no = self.addButton(self.tr("&No"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(no)
        self.setEscapeButton(no)
        run.clicked.connect(self.agreed)
