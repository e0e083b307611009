"""What a screen reader says of a control, and how the keys of a command are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget


def name_control(widget: QWidget, name: str, meaning: str) -> None:
    """Give a control a name and a description; the list of a combo box and the line of a number too."""
    parts = [widget]
    if isinstance(widget, QComboBox):
        parts.append(widget.view())
    elif isinstance(widget, QAbstractSpinBox):
        parts.append(widget.lineEdit())
    for part in parts:
        part.setAccessibleName(name)
        part.setAccessibleDescription(meaning)


def keys_of(action: QAction) -> str:
    """All shortcuts of an action, as in `F5, Ctrl+Return`."""
    style = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(style) for key in action.shortcuts())
