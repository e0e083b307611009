"""The timers of instances: each counts for its own state file, whichever instance is shown.

A timer is remembered, and never starts by itself. The `scheduler` makes the pass that is due.
"""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.automation.countdown import Clocks, Countdown, in_short
from wfepy_gui.text.translation import duration

if TYPE_CHECKING:
    from wfepy_gui.passes.running_passes import RunningPasses
    from wfepy_gui.preferences.settings import Settings
    from wfepy_gui.preferences.timer_plan import Plan
    from wfepy_gui.text.time_format import Clock

TICK_MS = 250


@enum.unique
class Phase(enum.Enum):
    """What a timer does."""

    OFF = enum.auto()
    COUNTING = enum.auto()
    PAUSED = enum.auto()


class InstanceTimer:
    """The timer of one instance.

    Attributes:
        path: the state file.
        countdown: to its next pass.
        note: what happened to it last, for people.
        is_asking: somebody looks whether the pass that is due can be made.
    """

    def __init__(self, path: str, countdown: Countdown, note: str = "") -> None:
        self.path = path
        self.countdown = countdown
        self.note = note
        self.is_asking = False

    @property
    def name(self) -> str:
        """Of the state file."""
        return Path(self.path).name

    @property
    def phase(self) -> Phase:
        """Whether it counts."""
        return Phase.COUNTING if self.countdown.is_counting else Phase.PAUSED


class TimerRow(NamedTuple):
    """A timer as it is listed."""

    path: str
    often: str
    state: str
    phase: Phase


class Timers(QObject):
    """All timers of this program, by state file.

    Signals:
        changed: one of them, or what is said of it, is another.
        due: the `InstanceTimer` whose pass should begin now. Whoever hears it starts the pass, skips it,
            or says that it `is_asking`.
    """

    changed = Signal()
    due = Signal(InstanceTimer)

    def __init__(
        self,
        passes: RunningPasses,
        settings: Settings,
        time_format: Clock,
        clocks: Clocks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._passes = passes
        self._settings = settings
        self._time_format = time_format
        self._clocks = clocks or Clocks()
        self._announced: tuple[TimerRow, ...] = ()
        note = self.tr("remembered; it does not start by itself")
        self._timers = {
            path: InstanceTimer(path, Countdown(plan, self._clocks), note)
            for path, plan in settings.plans.items()
            if not is_sandbox(path)
        }
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.check_due)
        time_format.changed.connect(self.announce)

    # -- what is shown ------------------------------------------------------------------------------------

    def of(self, path: str) -> InstanceTimer | None:
        """The timer of a state file."""
        return self._timers.get(path)

    @property
    def counting(self) -> tuple[InstanceTimer, ...]:
        """Those that count, the next one first."""
        counting = [timer for timer in self._timers.values() if timer.phase is Phase.COUNTING]
        return tuple(sorted(counting, key=lambda timer: timer.countdown.remaining))

    @property
    def rows(self) -> tuple[TimerRow, ...]:
        """All of them, for a list."""
        return tuple(
            TimerRow(
                timer.path, self._interval_text(timer.countdown.plan), self._state_text(timer), timer.phase
            )
            for timer in self._timers.values()
        )

    @property
    def marks(self) -> dict[str, tuple[bool, str]]:
        """Whether each timer counts, and that in words, by state file; they change seldom."""
        marks = {Phase.COUNTING: (True, self.tr("timer")), Phase.PAUSED: (False, self.tr("timer paused"))}
        return {path: marks[timer.phase] for path, timer in self._timers.items()}

    def sentence_of(self, path: str) -> str:
        """The timer of a state file in a line, with its countdown; empty: it has none."""
        timer = self._timers.get(path)
        return self.sentence(timer) if timer is not None else ""

    def sentence(self, timer: InstanceTimer) -> str:
        """A timer in a line, with its countdown."""
        often = self.tr("Timer: {}").format(self._interval_text(timer.countdown.plan))
        return f"{often} · {self._state_text(timer)}"

    def _interval_text(self, plan: Plan) -> str:
        every = self.tr("every {} until {}") if plan.until else self.tr("every {}")
        return every.format(
            duration(plan.every), self._time_format.full_text(plan.until, self._clocks.wall())
        )

    def _state_text(self, timer: InstanceTimer) -> str:
        left = in_short(timer.countdown.remaining)
        if timer.phase is Phase.PAUSED:
            state = self.tr("paused, {} left").format(left)
        elif self._passes.of(timer.path) is not None:
            state = self.tr("a pass is running")
        else:
            state = self.tr("next pass in {}").format(left)
        return " · ".join(filter(None, (state, self._failures_text(timer.countdown), timer.note)))

    def _failures_text(self, countdown: Countdown) -> str:
        count, pause = countdown.failures, duration(countdown.pause)
        if not count:
            return ""
        several = self.tr("after {1} failures it waits {0}")
        return (self.tr("after a failure it waits {}") if count == 1 else several).format(pause, count)

    # -- intents ------------------------------------------------------------------------------------------

    def start(self, path: str, plan: Plan) -> None:
        """Give an instance a timer; the first pass comes after one pause. A sandbox never gets one."""
        if is_sandbox(path):
            return
        self._settings.set_plan(path, plan)
        self._timers[path] = timer = InstanceTimer(path, Countdown(plan, self._clocks))
        timer.countdown.start()
        self._update_tick()

    def pause(self, path: str, note: str = "") -> None:
        """Let a timer stand still; `note` says why, when it was not the operator."""
        timer = self._timers.get(path)
        if timer is not None and timer.phase is Phase.COUNTING:
            timer.countdown.hold()
            timer.note = note
            self._update_tick()

    def resume(self, path: str) -> None:
        """Count what was left."""
        timer = self._timers.get(path)
        if timer is not None and timer.phase is Phase.PAUSED:
            timer.countdown.go_on()
            timer.note = ""
            self._update_tick()

    def remove(self, path: str) -> None:
        """No timer any more, and none remembered."""
        if self._timers.pop(path, None) is not None:
            self._settings.set_plan(path, None)
            self._update_tick()

    def skip(self, timer: InstanceTimer, why: str) -> None:
        """The pass that is due is not made; the next one is counted from now."""
        timer.countdown.start()
        timer.note = self.tr("one pass was skipped: {}").format(why)
        self.announce()

    def explain_sleep(self, timer: InstanceTimer) -> None:
        """A pass begins: say so if it stands for all that were missed while the machine slept."""
        slept = timer.countdown.slept
        timer.note = self.tr("the machine slept: one pass for all that were missed") if slept else ""
        self.announce()

    def halt(self) -> None:
        """The window closes: count no more; the timers stay remembered."""
        self._tick.stop()

    # -- facts --------------------------------------------------------------------------------------------

    def check_due(self) -> None:
        """Announce the passes that are due."""
        for timer in self.counting:
            if timer.is_asking or self._passes.of(timer.path) is not None:
                continue
            if timer.countdown.is_over:
                self.pause(timer.path, self.tr("its last moment has passed"))
            elif timer.countdown.is_due:
                self.due.emit(timer)
        self.announce()

    def announce(self) -> None:
        """Let those who show timers know, if there is anything new."""
        rows = self.rows
        if rows != self._announced:
            self._announced = rows
            self.changed.emit()

    def _update_tick(self) -> None:
        if any(timer.phase is Phase.COUNTING for timer in self._timers.values()):
            self._tick.start()
        else:
            self._tick.stop()
        self.announce()
