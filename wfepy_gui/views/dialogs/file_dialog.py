"""The question for a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QHeaderView, QTreeView

from wfepy_gui.views.widgets.labels import by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FileDialog(QFileDialog):
    """Asked once: connect to `fileSelected` or `filesSelected`, then `open()`; closed, it is gone."""

    def __init__(self, parent: QWidget, caption: str, place: str, kinds: str = "") -> None:
        """Args: place: the folder or file it begins with. kinds: what it shows, as `Pictures (*.png)`."""
        super().__init__(parent, caption, place, kinds)
        make_one_shot(self)
        self.resize(by_font(self, 820), by_font(self, 500))
        for table in self.findChildren(QTreeView):  # a dialog of the system has none
            header = table.header()
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setStretchLastSection(False)
        for buttons in self.findChildren(QDialogButtonBox):
            without_pictures(buttons)
