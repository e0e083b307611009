"""How texts behave that a panel tells: selectable, wrapped, never wider than there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


def narrowing(label: QLabel) -> None:
    """Wrap a text; one that cannot be wrapped, as a long word, is cut instead of making its window wider."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)


def text_flags() -> Qt.TextInteractionFlag:
    """How labels let their text be selected by mouse and keyboard."""
    return Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
