"""The frame that is drawn around the area to zoom to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QRubberBand

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


KEY_STEP = 24
"""Pixels a key moves the frame, or makes it larger or smaller."""

_SMALLEST = 2 * KEY_STEP
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SIZES = {Qt.Key.Key_Plus: (1, 1), Qt.Key.Key_Equal: (1, 1), Qt.Key.Key_Minus: (-1, -1)}


class ZoomFrame:
    """Armed by a command; drawn by a drag, or placed by keys from the middle of the view."""

    def __init__(self, viewport: QWidget) -> None:
        self._viewport = viewport
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, viewport)
        self._start = QPoint()
        self.is_armed = False
        self.is_drawn = False

    def arm(self) -> None:
        """Take the next drag, or the frame as keys leave it: half as wide and high as the view at first."""
        self.is_armed = True
        whole = self._viewport.rect()
        frame = QRect(QPoint(), whole.size() / 2)
        frame.moveCenter(whole.center())
        self._band.setGeometry(frame)
        self._band.show()

    def step(self, key: Qt.Key, *, resizes: bool) -> bool:
        """Move the frame, or make it larger or smaller around its middle; whether the key does either."""
        way = _WAYS.get(key)
        size = _SIZES.get(key) or (way if resizes else None)
        if size is not None:
            self._resize(QSize(*size) * KEY_STEP)
        elif way is not None:
            self._place(self._band.geometry().translated(QPoint(*way) * KEY_STEP))
        return way is not None or size is not None

    def _resize(self, by: QSize) -> None:
        frame = self._band.geometry()
        middle, size = frame.center(), frame.size() + by
        frame.setSize(size.expandedTo(QSize(_SMALLEST, _SMALLEST)).boundedTo(self._viewport.size()))
        frame.moveCenter(middle)
        self._place(frame)

    def _place(self, frame: QRect) -> None:
        """Put it where it is wanted, as far as that is in view."""
        whole = self._viewport.rect()
        left = max(whole.left(), min(frame.left(), whole.right() + 1 - frame.width()))
        top = max(whole.top(), min(frame.top(), whole.bottom() + 1 - frame.height()))
        frame.moveTo(left, top)
        self._band.setGeometry(frame)

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
