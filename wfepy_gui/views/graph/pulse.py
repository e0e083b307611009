"""Lets what runs pulse: a timer that ticks only while something runs and can be seen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

TICK_MS = 100
_TICKS = 12
"""Of one beat."""


class Pulse(QObject):
    """Calls a painter with the strength of a beat, from 0 to 1; with 0 when it ends."""

    def __init__(self, beat: Callable[[float], None], parent: QObject) -> None:
        super().__init__(parent)
        self._beat = beat
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_active(self) -> bool:
        """Whether the timer runs."""
        return self._timer.isActive()

    def set_active(self, wanted: bool) -> None:
        """Begin or end."""
        if wanted and not self.is_active:
            self._ticks = 0
            self._timer.start()
        elif not wanted and self.is_active:
            self._timer.stop()
            self._beat(0.0)

    def _on_timeout(self) -> None:
        self._ticks = (self._ticks + 1) % _TICKS
        self._beat(0.02 + 0.49 * (1 - math.cos(2 * math.pi * self._ticks / _TICKS)))
