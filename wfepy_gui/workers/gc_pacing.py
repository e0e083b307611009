"""Keeps the pauses of Python's garbage collection short.

A full collection looks at every object there is, whichever thread it happens in, and the window waits: 40 ms
for a loaded program with a large instance, and one comes again and again while such an instance is read and
drawn. So no garbage is looked for while something large is made, and what is there to stay is taken out of
sight afterwards. Counting references still frees it; only rings of objects that are thrown away in those
seconds, or with what was taken out of sight, would stay.

The collector belongs to the process: this is made once, by `application.main`, which also keeps collections
off while the program starts. `sys.setswitchinterval`, likewise of the whole process, is the composition's.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

SETTLE_MS = 3000
"""After another instance was opened: until then its graph is laid out and drawn."""


class GcPacing(QObject):
    """To be made once, when the program is loaded; lets collections begin that were off until then."""

    def __init__(self, parent: QObject | None = None, settle_ms: int = SETTLE_MS) -> None:
        """Start pausing.

        Args:
            parent: owns this.
            settle_ms: for how long after `pause_collections`.
        """
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(settle_ms)
        self._timer.timeout.connect(self._resume)
        self._timer.start()
        gc.freeze()

    def pause_collections(self) -> None:
        """Something large is made now that will stay: look for garbage when that is over."""
        if gc.isenabled():
            gc.collect()  # takes little time: what stays is out of sight already
            gc.disable()
        self._timer.start()

    def _resume(self) -> None:
        gc.freeze()
        gc.enable()
