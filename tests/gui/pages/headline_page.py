"""The line over the graph."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.gui.pages.page import Page
from wfepy_gui.views.explain.headline import Headline


class HeadlinePage(Page):
    """Status, sentence, and what runs."""

    @classmethod
    def of(cls, window):
        """The headline of a window."""
        return cls(window.findChild(Headline))

    @property
    def texts(self) -> list[str]:
        """What stands there, from left to right."""
        return [each.text() for each in self.widget.findChildren(QLabel) if not each.isHidden()]

    @property
    def sentence(self) -> str:
        return self.text_of("Why it does not move")
