"""Keeps the pauses of Python's garbage collection short.

A full collection looks at every object there is, whichever thread it happens in, and the window waits: 40 ms
for a loaded program with a large instance, and one comes again and again while such an instance is read and
drawn. So no garbage is looked for while something large is made, and what is there to stay is taken out of
sight afterwards. Counting references still frees it; only rings of objects that are thrown away in those
seconds, or with what was taken out of sight, would stay.

While the program starts there is no collection at all: see `application.main`.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

SETTLE_MS = 3000
"""After another instance was opened: until then its graph is laid out and drawn."""


class GcPacing(QObject):
    """To be made when the program is loaded; lives as long as it. Lets collections begin that were off."""

    def __init__(self, parent: QObject | None = None, settle_ms: int = SETTLE_MS) -> None:
        """Args: settle_ms: how long something large is made after `settle_soon`."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(settle_ms)
        self._timer.timeout.connect(self._settle)
        self._timer.start()
        gc.freeze()

    def settle_soon(self) -> None:
        """Something large is made now that will stay for a while."""
        if gc.isenabled():
            gc.collect()  # takes little time: what stays is out of sight already
            gc.disable()
        self._timer.start()

    def _settle(self) -> None:
        gc.freeze()
        gc.enable()
