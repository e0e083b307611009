"""A painter that is always ended."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator

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
