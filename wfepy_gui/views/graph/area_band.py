"""The frame that is drawn around the area to zoom to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QRubberBand

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AreaBand:
    """Armed by a command, drawn by a drag."""

    def __init__(self, viewport: QWidget) -> None:
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, viewport)
        self._start = QPoint()
        self.is_armed = False
        self.is_drawn = False

    def arm(self) -> None:
        """Take the next drag."""
        self.is_armed = True

    def begin(self, place: QPoint) -> None:
        """Put the first corner down."""
        self.is_drawn = True
        self._start = place
        self._band.setGeometry(QRect(place, place))
        self._band.show()

    def stretch(self, place: QPoint) -> None:
        """Move the second corner."""
        self._band.setGeometry(QRect(self._start, place).normalized())

    def end(self) -> QRect:
        """Take the frame away; returns where it was."""
        self.is_armed = self.is_drawn = False
        self._band.hide()
        return self._band.geometry()
