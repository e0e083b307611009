"""The events of a running pass, made into views in a pool thread: the window only shows the results."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.snapshot import apply
from wfepy_gui.instance_view import View, changed_tasks, view_of
from wfepy_gui.workers.background import Background

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.events import Event

BURST_MS = 60
AT_ONCE = 300
"""Events shown in one go; the changes of more would hold up the window."""


class Step(NamedTuple):
    """One burst.

    Attributes:
        view: what is known after it.
        names: of the tasks it changed.
        events: the burst itself.
    """

    view: View
    names: frozenset[str]
    events: tuple[Event, ...]


class EventFeed(QObject):
    """Follows one pass at a time.

    Signals:
        stepped: a `Step`, in order.
        drained: `finish` was called, and everything before it has been told.
    """

    stepped = Signal(object)
    drained = Signal()

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._waiting: list[Event] = []
        self._ends = False
        self._steps = Background(pool, self)
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self._ask)
        self._steps.answered.connect(self._take)
        self._steps.failed.connect(self._give_up)

    def begin(self, view: View) -> None:
        """Follow a pass that starts from a view."""
        self.forget()
        self._view = view

    def add(self, events: tuple[Event, ...]) -> None:
        """The pass tells more."""
        self._waiting.extend(events)
        if not (self._burst.isActive() or self._steps.is_busy):
            self._burst.start()

    def finish(self) -> None:
        """The pass tells nothing more."""
        self._ends = True
        self._burst.stop()
        self._ask()

    def forget(self) -> None:
        """Drop what was not told yet."""
        self._burst.stop()
        self._steps.forget()
        self._waiting, self._ends, self._view = [], False, None

    def _ask(self) -> None:
        if self._steps.is_busy:
            return
        if self._waiting and self._view is not None:
            events, self._waiting = tuple(self._waiting[:AT_ONCE]), self._waiting[AT_ONCE:]
            self._steps.ask(partial(_step, self._view, events))
        elif self._ends:
            self._ends = False
            self.drained.emit()

    def _take(self, step: Step) -> None:
        self._view = step.view
        self.stepped.emit(step)
        if self._ends and not self._waiting:
            self._ask()
        elif self._waiting and not self._burst.isActive():
            self._burst.start()

    def _give_up(self, _error: Exception) -> None:
        """Events that fit no instance: the file, read anew when the pass ends, tells what counts."""
        self._waiting = []
        self._ask()


def _step(view: View, events: tuple[Event, ...]) -> Step:
    after = view_of(apply(view.snapshot, events))
    return Step(after, changed_tasks(view, after), events)
