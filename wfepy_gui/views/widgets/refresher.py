"""When a panel asks anew: soon after a burst of changes, at once when it is told to, and as ages grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, SignalInstance

from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QWidget

BURST_MS = 100
"""Changes within this time are answered by one refresh."""
AGES_MS = 30_000
"""How often ages in sentences are written anew."""


class Refresher(QObject):
    """Belongs to one panel; refreshes it while it can be seen, and has its questions answered in a pool."""

    def __init__(
        self, panel: QWidget, refresh: Callable[[], None], pool: QThreadPool, *, only_visible: bool = False
    ) -> None:
        """Watch a panel.

        Args:
            panel: refreshed as ages grow, while it is visible.
            refresh: fills the panel; may `ask`.
            pool: answers its questions.
            only_visible: whether nothing is refreshed before the panel is seen; then it is when it is shown.
        """
        super().__init__(panel)
        self._panel = panel
        self._refresh = refresh
        self._only_visible = only_visible
        self._query = BackgroundQuery(pool, self, rests=True)
        self._burst = QTimer(self)
        self._ages = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self.refresh)
        self._ages.setInterval(AGES_MS)
        self._ages.timeout.connect(self.refresh)
        panel.installEventFilter(self)

    @property
    def answered(self) -> SignalInstance:
        """Signal: what the newest question's function returned."""
        return self._query.answered

    @property
    def failed(self) -> SignalInstance:
        """Signal: the exception it raised; see `BackgroundQuery` for what happens when nobody listens."""
        return self._query.failed

    @property
    def is_asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._query.is_busy

    def refresh(self) -> None:
        """Refresh now."""
        self._burst.stop()
        self._refresh()

    def refresh_soon(self) -> None:
        """Refresh when the burst of changes that this is part of is over."""
        if not self._burst.isActive() and (self._panel.isVisible() or not self._only_visible):
            self._burst.start()

    def ask(self, function: Callable[[], Any]) -> None:
        """Have a question answered; an answer to an older one is dropped. See `BackgroundQuery.ask`."""
        self._query.ask(function)

    def forget(self) -> None:
        """Drop the answer that is still to come."""
        self._query.forget()

    # -- Qt -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ages grow while somebody can see them."""
        if event.type() == QEvent.Type.Show:
            self._ages.start()
            if self._only_visible:
                self.refresh()
        elif event.type() == QEvent.Type.Hide:
            self._ages.stop()
        return super().eventFilter(watched, event)
