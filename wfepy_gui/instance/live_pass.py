"""The pass of the open instance that runs here: followed event by event, until what it did is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_gui.instance.event_feed import Burst, EventFeed
from wfepy_gui.passes.pass_outcome import PassEnd, PassOutcome
from wfepy_gui.passes.pass_summary import PassSummary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.model.events import Event
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.passes.running_passes import RunningPass


class FinishedPass(NamedTuple):
    """A pass that is over and shown.

    Attributes:
        outcome: how it ended.
        is_complete: whether its events led to what the file says now.
        events_by_line: its events by their line of the journal.
    """

    outcome: PassOutcome
    is_complete: bool
    events_by_line: Mapping[bytes, Event]


class LivePass(QObject):
    """Follows one pass at a time.

    Signals:
        stepped: a `Burst` of its events.
        finished: a `FinishedPass`.
    """

    stepped = Signal(Burst)
    finished = Signal(FinishedPass)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: RunningPass | None = None
        self._outcome: PassOutcome | None = None
        self._summary = PassSummary()
        self._feed = EventFeed(self)
        self._feed.stepped.connect(self.stepped)
        self._feed.drained.connect(self._finish)

    @property
    def running(self) -> RunningPass | None:
        """The pass; None when none runs."""
        return self._running

    @property
    def is_followed(self) -> bool:
        """Whether its events are shown, so that the file need not be read."""
        return self._running is not None and self._feed.is_following

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._running is not None and self._running.process.is_cancelled

    @property
    def process_id(self) -> int:
        """Of its process; 0 when that is gone."""
        return self._running.process.process_id if self._running and self._outcome is None else 0

    @property
    def seconds(self) -> float:
        """How long it runs; 0 when none does."""
        return self._running.seconds if self._running else 0.0

    @property
    def summary(self) -> PassSummary:
        """What it did so far, or the one before it did."""
        return self._summary

    def adopt(self, running: RunningPass, view: InstanceView | None) -> None:
        """Follow a pass.

        Args:
            running: the pass.
            view: the instance before it; None: the pass has begun, so only the file says what it does.
        """
        if view is not None:
            self._feed.begin(view)
        self._running, self._summary = running, running.summary
        running.process.events_arrived.connect(self._feed.add)
        running.process.ended.connect(self._on_process_ended)

    def cancel(self) -> bool:
        """Stop it; what it completed stays complete. Whether there was something to stop."""
        if self._running is None or self._outcome is not None:
            return False
        self._running.process.cancel()
        return True

    def finish_now(self) -> None:
        """Finish it without showing the rest of its events, if its process is gone."""
        if self._outcome is not None:
            self._finish()

    def leave(self) -> None:
        """Follow it no longer; it goes on."""
        self._outcome = None
        running, self._running = self._running, None
        if running is not None:
            running.process.events_arrived.disconnect(self._feed.add)
            running.process.ended.disconnect(self._on_process_ended)
        self._feed.forget()

    def _on_process_ended(self, outcome: PassOutcome) -> None:
        self._outcome = outcome
        self._feed.finish()

    def _finish(self) -> None:
        """The process is gone, and what it did is shown."""
        outcome, self._outcome = self._outcome, None
        running, self._running = self._running, None
        if outcome is None or running is None:
            return
        is_complete = self._feed.is_following and outcome.end in (PassEnd.DONE, PassEnd.TASK_FAILED)
        self._feed.forget()
        self.finished.emit(FinishedPass(outcome, is_complete, running.process.events_by_line))
