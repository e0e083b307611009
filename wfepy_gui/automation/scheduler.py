"""Starts the passes of timers, for the instance that is open and for others, and counts on when they end.

A pass is started the same way for both: files are looked at in a pool thread, and the session adopts what
runs on the file it shows. Of the open instance it is asked, too, whether somebody works at it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.model.status import OVER
from wfepy_gui.automation.timers import Phase
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import label_of

if TYPE_CHECKING:
    from wfepy_core.model.status import InstanceStatus
    from wfepy_gui.automation.pass_sequence import PassSequence
    from wfepy_gui.automation.timed_instances import Readiness, TimedInstances
    from wfepy_gui.automation.timers import InstanceTimer, Timers
    from wfepy_gui.instance.session import Session
    from wfepy_gui.notices import Notices
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.passes.running_passes import RunningPass, RunningPasses
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.workers.trust_gate import TrustGate


class Scheduler(QObject):
    """Starts what is due; lives as long as the timers, which own it."""

    def __init__(
        self,
        *,
        timers: Timers,
        session: Session,
        sequence: PassSequence,
        instances: TimedInstances,
        passes: RunningPasses,
        interpreters: Interpreters,
        trust_gate: TrustGate,
        notices: Notices,
    ) -> None:
        """Follow the timers.

        Args:
            timers: whose passes.
            session: the instance that is open.
            sequence: says why no timer may start a pass of it now.
            instances: looks at their files.
            passes: where passes are started and end.
            interpreters: which Python runs them.
            trust_gate: which code may run without a question.
            notices: what goes wrong where nobody looks.
        """
        super().__init__(timers)
        self._timers = timers
        self._session = session
        self._sequence = sequence
        self._instances = instances
        self._passes = passes
        self._interpreters = interpreters
        self._trust_gate = trust_gate
        self._notices = notices
        self._session_path = ""
        self._connect()

    def _connect(self) -> None:
        self._timers.due.connect(self._on_due)
        self._instances.readiness_known.connect(self._on_readiness_known)
        self._instances.status_known.connect(self._on_status_known)
        self._instances.unreadable.connect(self._on_unreadable)
        self._passes.ended.connect(self._on_pass_ended)
        self._session.pass_ended.connect(self._on_session_pass_ended)

    # -- a pass is due ------------------------------------------------------------------------------------

    def _on_due(self, timer: InstanceTimer) -> None:
        is_open = timer.path == self._session.path
        if is_open and self._session.is_busy:
            return
        obstacle = self._sequence.timer_obstacle if is_open else ""
        if obstacle:
            self._timers.skip(timer, obstacle)
            return
        timer.is_asking = True
        self._instances.ask_readiness(timer.path, self._interpreters.search_paths)

    def _start(self, timer: InstanceTimer, obstacle: str, ready: Readiness) -> None:
        agreement = self._trust_gate.agreement_on(ready.code)
        if obstacle:
            self._timers.skip(timer, obstacle)
        elif agreement is None:
            self._pause_untrusted(timer)
        else:
            program = self._interpreters.program(ready.spelled, Path(ready.folder))
            self._timers.explain_sleep(timer)
            self._passes.start(timer.path, program, agreement, by_timer=True)

    def _pause_untrusted(self, timer: InstanceTimer) -> None:
        note = self.tr("the module's code changed and needs your agreement: advance once by hand")
        self._timers.pause(timer.path, note)
        if timer.path != self._session.path:
            self._notices.warning(
                self.tr("The timer of {} stands still").format(timer.name),
                hint=self.tr("The module's code changed: open the instance and advance it once by hand."),
            )

    # -- what was seen of an instance ---------------------------------------------------------------------

    def _on_readiness_known(self, path: str, ready: Readiness) -> None:
        timer = self._timers.of(path)
        if timer is None or not timer.is_asking:
            return  # of a timer that is gone; a newer one is not due
        timer.is_asking = False
        if timer.phase is not Phase.COUNTING:
            return
        if self._passes.of(path) is not None:
            return  # it was started meanwhile
        obstacle = "" if ready.problem is FileProblem.NONE else label_of(ready.problem).lower()
        if path == self._session.path:
            obstacle = obstacle or self._sequence.timer_obstacle
        self._start(timer, obstacle, ready)

    def _on_status_known(self, path: str, status: InstanceStatus) -> None:
        timer = self._timers.of(path)
        if timer is not None and timer.phase is Phase.COUNTING:
            self._pause_if_over(timer, status)

    def _on_unreadable(self, path: str) -> None:
        timer = self._timers.of(path)
        if timer is None:
            return
        was_asking, timer.is_asking = timer.is_asking, False
        if was_asking and timer.phase is Phase.COUNTING:
            self._timers.skip(timer, self.tr("the file cannot be read"))

    # -- a pass ended -------------------------------------------------------------------------------------

    def _on_pass_ended(self, ended: RunningPass, outcome: PassOutcome) -> None:
        if ended is self._session.live_pass.running:
            self._session_path = ended.path  # counted when the session has shown all of it
            return
        self._notify(ended, outcome)
        timer = self._count_next(ended.path, outcome)
        if timer is not None and outcome.end is PassEnd.DONE:
            timer.is_asking = False  # this takes the place of what was asked
            self._instances.ask_status(timer.path)

    def _on_session_pass_ended(self, outcome: PassOutcome) -> None:
        timer, view = self._count_next(self._session_path, outcome), self._session.view
        if timer is not None and outcome.end is PassEnd.DONE and view is not None:
            self._pause_if_over(timer, view.status)

    def _count_next(self, path: str, outcome: PassOutcome) -> InstanceTimer | None:
        """Count the next pass from the end of this one, whoever started it; the timer, if it counts."""
        timer = self._timers.of(path)
        if timer is None or timer.phase is not Phase.COUNTING:
            return None
        if outcome.end is PassEnd.CANCELLED:
            self._timers.pause(timer.path, self.tr("a pass was cancelled"))
        elif outcome.end is PassEnd.LOCKED:
            self._timers.skip(timer, label_of(FileProblem.LOCKED).lower())
        else:
            timer.countdown.count_after_pass(failed=outcome.end is not PassEnd.DONE)
        self._timers.announce()
        return timer

    def _pause_if_over(self, timer: InstanceTimer, status: InstanceStatus) -> None:
        if status not in OVER:
            return
        reason = self.tr("the instance is {}").format(label_of(status))
        self._timers.pause(timer.path, reason)
        if timer.path != self._session.path:
            self._notices.info(self.tr("The timer of {} stands still: {}").format(timer.name, reason))

    def _notify(self, ended: RunningPass, outcome: PassOutcome) -> None:
        """Say what went wrong where nobody looks; that an instance is locked is no news of a timer."""
        is_quiet = ended.by_timer and outcome.end is PassEnd.LOCKED
        if is_quiet or outcome.end in (PassEnd.DONE, PassEnd.CANCELLED):
            return
        reason, hint = reason_in(outcome.details)
        summary = self.tr("{}, on its timer: {}") if ended.by_timer else self.tr("{}: {}")
        again = self.tr("Open it to see why. What completed is kept; the timer tries again later.")
        self._notices.error(
            summary.format(Path(ended.path).name, reason or outcome.sentence),
            hint=hint
            or (again if ended.by_timer else self.tr("Open it to see why. What completed is kept.")),
            details=outcome.details,
        )
