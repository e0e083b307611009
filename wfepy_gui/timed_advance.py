"""Passes on a timer, for the instance that is open."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.storage.sandbox import is_sandbox
from wfepy_gui.advancing import ENDED, Mode
from wfepy_gui.countdown import Clocks, Countdown, Plan, in_short
from wfepy_gui.file_states import Trouble
from wfepy_gui.trust import modules_of
from wfepy_gui.wording import duration, word
from wfepy_gui.workers.pass_process import PassEnd

if TYPE_CHECKING:
    from wfepy_gui.advancing import Advancing
    from wfepy_gui.clock import Clock
    from wfepy_gui.file_states import FileStates
    from wfepy_gui.session import Session
    from wfepy_gui.settings import Settings
    from wfepy_gui.workers.pass_process import PassOutcome

TICK_MS = 250
_SKIPS = (Trouble.LOCKED, Trouble.MISSING, Trouble.UNREADABLE, Trouble.READ_ONLY)


@enum.unique
class Phase(enum.Enum):
    """What the timer does."""

    OFF = enum.auto()
    COUNTING = enum.auto()
    PAUSED = enum.auto()


class TimedAdvance(QObject):
    """The timer of the open instance. It is remembered, and never starts by itself.

    Signals:
        changed: `phase` or `sentence` is another one.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        advancing: Advancing,
        states: FileStates,
        settings: Settings,
        times: Clock,
        clock: Clocks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._advancing, self._states, self._settings = session, advancing, states, settings
        self._times, self._clock = times, clock or Clocks()
        self._countdown: Countdown | None = None
        self._path = self._note = self._said = ""
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look)
        session.instance_changed.connect(self._follow)
        session.pass_ended.connect(self._learn)
        times.changed.connect(self._say)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """Whether it counts."""
        if self._countdown is None:
            return Phase.OFF
        return Phase.COUNTING if self._tick.isActive() else Phase.PAUSED

    @property
    def plan(self) -> Plan | None:
        """What was asked for; None: no timer."""
        return self._countdown.plan if self._countdown else None

    @property
    def can_start(self) -> bool:
        """Whether this instance may have a timer: a sandbox never has."""
        return self._session.view is not None and not is_sandbox(self._session.path)

    @property
    def sentence(self) -> str:
        """The timer in a line, with the countdown."""
        countdown = self._countdown
        if countdown is None:
            return ""
        plan, left = countdown.plan, in_short(countdown.remaining)
        every = self.tr("Timer: every {} until {}") if plan.until else self.tr("Timer: every {}")
        often = every.format(duration(plan.every), self._times.full_text(plan.until, self._clock.wall()))
        if self.phase is Phase.PAUSED:
            state = self.tr("paused, {} left").format(left)
        elif self._session.is_busy:
            state = self.tr("a pass is running")
        else:
            state = self.tr("next pass in {}").format(left)
        return " · ".join(filter(None, (often, state, self._after_failures(countdown), self._note)))

    def _after_failures(self, countdown: Countdown) -> str:
        if not countdown.failures:
            return ""
        count, pause = countdown.failures, duration(countdown.pause)
        told = (
            self.tr("after a failure it waits {}")
            if count == 1
            else self.tr("after {1} failures it waits {0}")
        )
        return told.format(pause, count)

    # -- intents ------------------------------------------------------------------------------------------

    def start(self, plan: Plan) -> None:
        """Give the open instance a timer; the first pass comes after one pause."""
        if self.can_start:
            self._path = self._session.path
            self._settings.keep_plan(self._path, plan)
            self._countdown = Countdown(plan, self._clock)
            self._countdown.start()
            self._count("")

    def pause(self, note: str = "") -> None:
        """Stand still.

        Args:
            note: why, when it was not the operator.
        """
        if self._countdown is not None and self._tick.isActive():
            self._tick.stop()
            self._countdown.hold()
            self._tell(note)

    def resume(self) -> None:
        """Count what was left."""
        if self._countdown is not None and not self._tick.isActive() and self.can_start:
            self._countdown.go_on()
            self._count("")

    def remove(self, note: str = "") -> None:
        """No timer any more, and none remembered."""
        if self._countdown is not None:
            self._tick.stop()
            self._countdown = None
            self._settings.keep_plan(self._path, None)
            self._tell(note)

    def halt(self) -> None:
        """The window closes: count no more; the timer stays remembered."""
        self._tick.stop()

    # -- facts --------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Start a pass if one is due."""
        countdown = self._countdown
        if countdown is None or self._session.is_busy:
            self._say()
        elif countdown.is_over:
            self.pause(self.tr("its last moment has passed"))
        elif countdown.is_due:
            self._run(countdown)
        else:
            self._say()

    def _run(self, countdown: Countdown) -> None:
        session, trouble = self._session, self._states.state.trouble
        slept = countdown.slept
        view = session.view
        if trouble in _SKIPS or view is None or not session.can_advance:
            countdown.start()
            why = word(trouble).lower() if trouble.value else self.tr("the file cannot be read")
            self._tell(self.tr("one pass was skipped: {}").format(why))
        elif self._advancing.mode is not Mode.ONE or session.editing.pending:
            countdown.start()
            waits = self.tr("one pass was skipped: changes wait to be applied")
            self._tell(
                waits if session.editing.pending else self.tr("one pass was skipped: others are under way")
            )
        elif not self._settings.trusts(
            [one.key for one in modules_of(view.snapshot.workflow, session.folder)]
        ):
            self.pause(self.tr("the module's code changed and needs your agreement: advance once by hand"))
        else:
            self._tell(self.tr("the machine slept: one pass for all that were missed") if slept else "")
            session.advance()

    def _learn(self, outcome: PassOutcome) -> None:
        """Whoever started the pass: the next one is counted from its end."""
        countdown, view = self._countdown, self._session.view
        if countdown is None or self.phase is not Phase.COUNTING or self._session.path != self._path:
            return
        if outcome.end is PassEnd.CANCELLED:
            self.pause(self.tr("a pass was cancelled"))
        elif outcome.end is PassEnd.LOCKED:
            countdown.start()
            self._tell(self.tr("one pass was skipped: locked"))
        else:
            countdown.note(failed=outcome.end is not PassEnd.DONE)
            if outcome.end is PassEnd.DONE and view is not None and view.status in ENDED:
                self.pause(self.tr("the instance is {}").format(word(view.status)))
        self.changed.emit()

    def _follow(self) -> None:
        """Another instance: the timer of the one before stands still, and is remembered."""
        path = self._session.path
        if path == self._path:
            return
        self._tick.stop()
        self._path = path
        plan = self._settings.plan_of(path) if path and not is_sandbox(path) else None
        self._countdown = Countdown(plan, self._clock) if plan else None
        self._tell(self.tr("remembered; it does not start by itself") if plan else "")

    def _count(self, note: str) -> None:
        self._tick.start()
        self._tell(note)

    def _tell(self, note: str) -> None:
        self._note = note
        self._say()

    def _say(self) -> None:
        said = f"{self.phase.name} {self.sentence}"
        if said != self._said:
            self._said = said
            self.changed.emit()
