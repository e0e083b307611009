"""Facts as rows of captions and texts; each text can be selected and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel

from wfepy_gui.views.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_gui.models.explanations.task_facts import Fact


class FactsForm(QFormLayout):
    """Shows facts in labels that are used again when the facts change."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[tuple[QLabel, WrappedText]] = []
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalSpacing(14)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts, in this order."""
        while len(self._labels) > len(facts):
            self.removeRow(len(self._labels) - 1)
            self._labels.pop()
        while len(self._labels) < len(facts):
            self._add_row()
        for (caption, text), fact in zip(self._labels, facts, strict=True):
            caption.setText(fact.caption)
            text.setText(fact.text)
            text.setAccessibleName(fact.caption)

    def _add_row(self) -> None:
        caption, text = QLabel(), WrappedText()
        caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.addRow(caption, text)
        self._labels.append((caption, text))
