"""Keeps the pauses of Python's garbage collection short.

A full collection looks at every object there is, whichever thread it happens in, and the window waits: 40 ms
for a loaded program with a large instance. So what is there to stay is taken out of its sight. Counting
references still frees it; only rings of objects that are thrown away later would stay.

While the program starts there is no collection at all: see `application.main`.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

SETTLE_MS = 3000
"""After another instance was opened: until then its graph is laid out and drawn."""


class Collector(QObject):
    """To be made when the program is loaded; lives as long as it. Lets collections begin that were off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._settle)
        self._timer.start()

    def settle_soon(self) -> None:
        """Something large was made that will stay for a while."""
        if gc.isenabled():  # else the first time is near; nothing may put it off
            self._timer.start()

    def stop(self) -> None:
        """The program ends."""
        self._timer.stop()

    def _settle(self) -> None:
        gc.collect()
        gc.freeze()
        gc.enable()
