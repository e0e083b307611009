"""The bar over the graph that finds tasks: a text, how many there are, next and previous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from wfepy_gui.text.translation import tr
from wfepy_gui.views.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from wfepy_gui.views.graph.navigation import Navigation


class FindBar(SearchBar):
    """Hidden until it is asked for.

    Signals:
        closed: the keyboard should go back to the graph.
    """

    closed = Signal()

    def __init__(self, navigation: Navigation, parent: QWidget | None = None) -> None:
        super().__init__(
            name=tr("Find in graph"),
            placeholder=tr("Find a task by name or label"),
            next_keys="F3",
            previous_keys="Shift+F3",
            closes=True,
            parent=parent,
        )
        self._navigation = navigation
        self.setContentsMargins(8, 3, 8, 3)
        # What is found changes with every letter: the field keeps its width.
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("000 of 000") + 8)
        self.text_changed.connect(navigation.find)
        self.next_wanted.connect(navigation.find_next)
        self.previous_wanted.connect(navigation.find_previous)
        self.close_wanted.connect(self.close_bar)
        navigation.matches_changed.connect(self._on_matches_changed)
        self.hide()

    def open_bar(self) -> None:
        """Show it with the keyboard in it; what was typed before is selected."""
        self.show()
        self.start()
        self._navigation.find(self.text)

    def close_bar(self) -> None:
        """Hide it and its marks; the text stays for the next time."""
        self.hide()
        self._navigation.find("")
        self.closed.emit()

    def _on_matches_changed(self) -> None:
        if self._navigation.text.strip():
            self.show_count(*self._navigation.match_position)
        else:
            self.clear_count()
