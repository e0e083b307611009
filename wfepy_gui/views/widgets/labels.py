"""Texts of any length: wrapped labels, and widths that grow with the font and the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLabel, QWidget

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
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)


def text_flags() -> Qt.TextInteractionFlag:
    """How labels let their text be selected by mouse and keyboard."""
    return Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
