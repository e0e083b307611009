"""The timer of the instance that is open; of another one when another instance is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_gui.automation.timers import Phase

if TYPE_CHECKING:
    from wfepy_gui.automation.timers import InstanceTimer, Timers
    from wfepy_gui.instance.session import Session
    from wfepy_gui.preferences.timer_plan import Plan


class OpenTimer(QObject):
    """Shows one of the timers and changes it.

    Signals:
        changed: `phase` or `sentence` is another one.
    """

    changed = Signal()

    def __init__(self, session: Session, timers: Timers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timers = timers
        timers.changed.connect(self.changed)
        session.instance_changed.connect(self.changed)

    @property
    def _timer(self) -> InstanceTimer | None:
        return self._timers.of(self._session.path)

    @property
    def phase(self) -> Phase:
        """Whether it counts."""
        timer = self._timer
        return timer.phase if timer else Phase.OFF

    @property
    def plan(self) -> Plan | None:
        """What was asked for; None: no timer."""
        timer = self._timer
        return timer.countdown.plan if timer else None

    @property
    def sentence(self) -> str:
        """The timer in a line, with the countdown."""
        timer = self._timer
        return self._timers.sentence(timer) if timer else ""

    def start(self, plan: Plan) -> None:
        """Give the open instance a timer; the first pass comes after one pause."""
        self._timers.start(self._session.path, plan)

    def pause(self) -> None:
        """Stand still."""
        self._timers.pause(self._session.path)

    def resume(self) -> None:
        """Count what was left."""
        self._timers.resume(self._session.path)

    def remove(self) -> None:
        """No timer any more, and none remembered."""
        self._timers.remove(self._session.path)
