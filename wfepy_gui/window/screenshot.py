"""A picture of the whole window, taken once what it shows is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from wfepy_gui.instance.session import Session
    from wfepy_gui.window.main_window import MainWindow

SETTLE_MS = 250
PICTURE_SIZE = 1440, 900
PATIENCE_MS = 60_000


class Screenshot(QObject):
    """Takes one picture and closes the window.

    Signals:
        taken: whether the picture could be written.
    """

    taken = Signal(bool)

    def __init__(self, *, window: MainWindow, session: Session, path: str) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._path = path
        window.resize(*PICTURE_SIZE)

    def take_when_ready(self, *, opens: bool) -> None:
        """Wait for the graph, a problem or the list of a folder; for nothing unless something `opens`."""
        if not opens:
            self._take_soon()
            return
        self._window.panels.graph.get().picture_ready.connect(self._take_soon)
        self._session.summary_changed.connect(self._on_summary_changed)
        self._window.panels.fleet.get().first_filled.connect(self._on_first_filled)
        QTimer.singleShot(PATIENCE_MS, self, self._take)

    def _on_summary_changed(self) -> None:
        if self._session.problem is not None:
            self._take_soon()

    def _on_first_filled(self, path: str) -> None:
        if not path:
            self._take_soon()

    def _take_soon(self) -> None:
        QTimer.singleShot(SETTLE_MS, self, self._take)

    def _take(self) -> None:
        is_written = self._window.grab().save(self._path)
        self._window.close()
        self.taken.emit(is_written)
