"""Asks before pending changes are lost. The default keeps them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from wfepy_core.explain.list_text import and_more
from wfepy_gui.text.translation import tr
from wfepy_gui.views.widgets.one_shot import make_one_shot


class DiscardDialog(QMessageBox):
    """Show it with `open()`.

    Args:
        question: what is about to happen.
        captions: the changes that would be lost.
        discard: caption of the button that loses them.

    Signals:
        discarded: the operator lets the changes go.
    """

    discarded = Signal()

    def __init__(
        self, question: str, captions: list[str], discard: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        make_one_shot(self)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("Changes are pending"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(question)
        shown = captions[:8]
        more = [and_more(len(captions) - 8, tr)] if len(captions) > 8 else []
        self.setInformativeText("\n".join(f"• {caption}" for caption in [*shown, *more]))
        lose = self.addButton(discard, QMessageBox.ButtonRole.DestructiveRole)
        self._keep = keep = self.addButton(self.tr("&Keep them"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)
        lose.clicked.connect(self.discarded)

    def call_it(self, title: str, keep: str) -> None:
        """Another title, and another caption for the button that keeps all."""
        self.setWindowTitle(title)
        self._keep.setText(keep)
