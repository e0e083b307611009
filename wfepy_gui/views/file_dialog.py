"""The question for a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FileDialog(QFileDialog):
    """Asked once: connect to `fileSelected` or `filesSelected`, then `open()`; closed, it is gone."""

    def __init__(self, parent: QWidget, caption: str, place: str, kinds: str = "") -> None:
        """Args: place: the folder or file it begins with. kinds: what it shows, as `Pictures (*.png)`."""
        super().__init__(parent, caption, place, kinds)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # PySide 6.11 lets the object go in the middle of its own destruction, and crashes, where somebody has
        # looked at a widget inside it and nobody but its parent holds the dialog. The collector frees it later.
        self._held = self
