"""The events of a running pass, made into views in small steps on the GUI thread.

A thread beside it would hold the interpreter whenever the window wants it; a step here takes a few
milliseconds, and between two of them the window lives.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.model.live_snapshot import LiveSnapshot
from wfepy_gui.instance.instance_view import InstanceView

if TYPE_CHECKING:
    from wfepy_core.model.events import Event

LOG = logging.getLogger("wfepy.gui.event_feed")

BURST_MS = 60
AT_ONCE = 300
"""Events shown in one go; the changes of more would hold up the window."""
MOST_AT_ONCE = 1200
"""Where events come faster than they can be shown: each showing has its price, however little it shows."""


class Burst(NamedTuple):
    """One burst.

    Attributes:
        view: what is known after it.
        names: of the tasks it changed.
        events: the burst itself.
    """

    view: InstanceView
    names: frozenset[str]
    events: tuple[Event, ...]


class EventFeed(QObject):
    """Follows one pass at a time.

    Signals:
        stepped: a `Burst`, in order.
        drained: `finish` was called, and everything before it was shown.
    """

    stepped = Signal(Burst)
    drained = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live: LiveSnapshot | None = None
        self._waiting: deque[Event] = deque()
        self._ends = False
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.timeout.connect(self._step)

    @property
    def is_following(self) -> bool:
        """Whether its views say what the instance is: between `begin` and `forget`, if all events fit."""
        return self._live is not None

    def begin(self, view: InstanceView) -> None:
        """Follow a pass that starts from a view."""
        self.forget()
        shown = view.statuses, view.transitions, view.status
        self._live = LiveSnapshot(view.snapshot, shown)

    def add(self, events: tuple[Event, ...]) -> None:
        """Take the next events of the pass."""
        self._waiting.extend(events)
        if not self._burst.isActive():
            self._burst.start(BURST_MS)

    def finish(self) -> None:
        """Show the rest: the pass sends nothing more."""
        self._ends = True
        self._burst.start(0)

    def forget(self) -> None:
        """Drop what was not shown yet, and follow nothing."""
        self._burst.stop()
        self._waiting.clear()
        self._ends, self._live = False, None

    def _step(self) -> None:
        lot = max(AT_ONCE, min(MOST_AT_ONCE, len(self._waiting) // 8))
        events = tuple(self._waiting.popleft() for _ in range(min(lot, len(self._waiting))))
        if self._waiting:
            self._burst.start(0 if self._ends else BURST_MS)
        if events and self._live is not None:
            self._apply(self._live, events)
        if self._ends and not self._waiting:
            self._ends = False
            self.drained.emit()

    def _apply(self, live: LiveSnapshot, events: tuple[Event, ...]) -> None:
        try:
            names = live.apply(events)
        except Exception:
            LOG.exception("The events of a pass do not fit what is shown; the file is read instead")
            self._waiting.clear()
            self._live = None
            return
        snapshot = live.snapshot
        view = InstanceView(
            snapshot,
            numbers=snapshot.topology.index,
            statuses=live.statuses,
            transitions=live.transitions,
            status=live.status,
        )
        self.stepped.emit(Burst(view, names, events))
