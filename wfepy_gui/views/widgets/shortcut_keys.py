"""The shortcuts of a command as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


def keys_of(action: QAction) -> str:
    """All shortcuts of an action, as in `F5, Ctrl+Return`."""
    style = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(style) for key in action.shortcuts())
