"""The question for a file or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from wfepy_gui.views.once import ask_once

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FileDialog(QFileDialog):
    """Asked once: connect to `fileSelected` or `filesSelected`, then `open()`; closed, it is gone."""

    def __init__(self, parent: QWidget, caption: str, place: str, kinds: str = "") -> None:
        """Args: place: the folder or file it begins with. kinds: what it shows, as `Pictures (*.png)`."""
        super().__init__(parent, caption, place, kinds)
        ask_once(self)
