"""Why it does not move."""

from __future__ import annotations

from tests.gui.pages.page import DockedPage, items, texts
from wfepy_gui.views.explain.row_tree import RowTree
from wfepy_gui.window.panel_registry import PanelId


class WhyPage(DockedPage):
    """The panel with the sentence, the rows behind it, and what the answer is true for."""

    dock = PanelId.WHY

    @property
    def name(self) -> str:
        return self.text_of("Asked about")

    @property
    def sentence(self) -> str:
        return self.text_of("Why it does not move")

    @property
    def stamp(self) -> str:
        return self.text_of("What it is true for")

    def tells_of(self, task: str) -> bool:
        """Whether the answer about a task is there, and seen."""
        return self.widget.isVisible() and self.name == task and task in self.sentence

    @property
    def tree(self) -> RowTree:
        return self.find(RowTree, "Causes, conditions and what comes before and after")

    @property
    def items(self):
        return items(self.tree)

    @property
    def rows(self) -> list[str]:
        return texts(self.tree)

    @property
    def hold(self):
        return self.button("Hold")

    @property
    def copy(self):
        return self.button("Copy")
