"""Texts of any length: wrapped labels, widths that grow with the font and the language, names of controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QWidget

from wfepy_gui.text.bounded_text import bounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction


class PlainLabel(QLabel):
    """A label that shows what it is given: no markup is guessed in it, and an endless text is cut."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(bounded(text))


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


LINE_HEIGHT = 14
"""Of the text for which widths are written in the sources, in pixels."""
MARGIN, ICON = 14, 22
MOMENT = "2026-12-28 20:00:00 +00:00"
"""As wide as a moment gets."""


def by_font(widget: QWidget, pixels: int) -> int:
    """A width in pixels for a text `LINE_HEIGHT` high, as it must be for this widget's font."""
    return round(pixels * widget.fontMetrics().height() / LINE_HEIGHT)


def for_texts(widget: QWidget, texts: Iterable[str], *, with_icon: bool = False) -> int:
    """How wide a column must be for the widest of these texts."""
    metrics = widget.fontMetrics()
    widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
    return widest + MARGIN + (ICON if with_icon else 0)


def make_narrow(label: QLabel) -> None:
    """Wrap a text; one that cannot be wrapped, as a long word, is cut instead of making its window wider."""
    label.setWordWrap(True)
    label.setMinimumWidth(1)


def text_flags() -> Qt.TextInteractionFlag:
    """How labels let their text be selected by mouse and keyboard."""
    return Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
