"""What the painters share: a painter that is always ended, faint colours, rectangles of a least size."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPaintDevice


@contextmanager
def painter_on(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter on a widget or a picture for the length of a block.

    One that an exception leaves open keeps the whole window from being shown: it stays black, or as it was.
    """
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def faint(colour: QColor) -> QColor:
    """The same colour, hardly there: for placeholders."""
    thin = QColor(colour)
    thin.setAlpha(90)
    return thin


def at_least(rect: QRectF, width: float, height: float) -> QRectF:
    """A rectangle around the same centre that is at least so large."""
    wider = max(0.0, (width - rect.width()) / 2)
    taller = max(0.0, (height - rect.height()) / 2)
    return rect.adjusted(-wider, -taller, wider, taller)
