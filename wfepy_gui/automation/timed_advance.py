"""The timer of the instance that is open: its passes are made by the session, where they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.storage.file_names import is_sandbox
from wfepy_gui.automation.pass_sequence import ENDED, Mode
from wfepy_gui.automation.timers import InstanceTimer, Phase
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.translation import label_of

if TYPE_CHECKING:
    from wfepy_gui.automation.pass_sequence import PassSequence
    from wfepy_gui.automation.timers import Timers
    from wfepy_gui.instance.file_health import FileHealth
    from wfepy_gui.instance.session import Session
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.preferences.timer_plan import Plan
    from wfepy_gui.preferences.trust import TrustGate

__all__ = ["Phase", "TimedAdvance"]

_READ_ONLY = (FileProblem.READ_ONLY, FileProblem.READ_ONLY_FOLDER)
_SKIPS = (FileProblem.LOCKED, FileProblem.MISSING, FileProblem.UNREADABLE, *_READ_ONLY)


class TimedAdvance(QObject):
    """Follows a session; its timer, if it has one, goes on when another instance is opened.

    Signals:
        changed: `phase` or `sentence` is another one.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        advancing: PassSequence,
        states: FileHealth,
        trust_gate: TrustGate,
        timers: Timers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._advancing, self._states, self._trust_gate = (
            session,
            advancing,
            states,
            trust_gate,
        )
        self._timers = timers
        timers.changed.connect(self.changed)
        timers.due.connect(self._run)
        session.instance_changed.connect(self.changed)
        session.pass_ended.connect(self._learn)

    # -- what is shown ------------------------------------------------------------------------------------

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
    def can_start(self) -> bool:
        """Whether this instance may have a timer: a sandbox never has."""
        session = self._session
        return session.view is not None and bool(session.path) and not is_sandbox(session.path)

    @property
    def sentence(self) -> str:
        """The timer in a line, with the countdown."""
        timer = self._timer
        return self._timers.sentence(timer) if timer else ""

    # -- intents ------------------------------------------------------------------------------------------

    def start(self, plan: Plan) -> None:
        """Give the open instance a timer; the first pass comes after one pause."""
        if self.can_start:
            self._timers.start(self._session.path, plan)

    def pause(self, note: str = "") -> None:
        """Stand still.

        Args:
            note: why, when it was not the operator.
        """
        self._timers.pause(self._session.path, note)

    def resume(self) -> None:
        """Count what was left."""
        if self.can_start:
            self._timers.resume(self._session.path)

    def remove(self) -> None:
        """No timer any more, and none remembered."""
        self._timers.remove(self._session.path)

    # -- facts --------------------------------------------------------------------------------------------

    def _run(self, timer: InstanceTimer) -> None:
        session, trouble = self._session, self._states.state.trouble
        if timer.path != session.path or session.is_busy:
            return
        view = session.view
        if trouble in _SKIPS or view is None or not session.can_advance:
            why = label_of(trouble).lower() if trouble.value else self.tr("the file cannot be read")
            self._timers.skip(timer, why)
        elif self._advancing.mode is not Mode.ONE:
            self._timers.skip(timer, self.tr("others are under way"))
        elif session.editing.has_unsaved:
            self._timers.skip(timer, self.tr("changes wait to be applied"))
        elif not self._trust_gate.trusts(session.find_modules()):
            self.pause(self.tr("the module's code changed and needs your agreement: advance once by hand"))
        else:
            self._timers.note_sleep(timer)
            session.advance()

    def _learn(self, outcome: PassOutcome) -> None:
        """Whoever started the pass: the next one is counted from its end."""
        timer, view = self._timer, self._session.view
        if timer is None or timer.phase is not Phase.COUNTING:
            return
        if outcome.end is PassEnd.CANCELLED:
            self.pause(self.tr("a pass was cancelled"))
        elif outcome.end is PassEnd.LOCKED:
            self._timers.skip(timer, label_of(FileProblem.LOCKED).lower())
        else:
            timer.countdown.note(failed=outcome.end is not PassEnd.DONE)
            if outcome.end is PassEnd.DONE and view is not None and view.status in ENDED:
                self.pause(self.tr("the instance is {}").format(label_of(view.status)))
        self._timers.say()
