"""Passes on a timer for instances that are not open: the same command, told by a notice when it matters."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from wfepy_core.storage import state_file
from wfepy_gui.automation.pass_sequence import ENDED
from wfepy_gui.automation.timers import Phase
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.instance.file_look import look_at
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.preferences.trust import modules_of
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import label_of
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.storage.state_validation import Head
    from wfepy_gui.automation.timers import InstanceTimer, Timers
    from wfepy_gui.instance.session import Session
    from wfepy_gui.notices import Notices
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.passes.running_passes import RunningPass, RunningPasses
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.preferences.trust import Module, TrustGate


class _Ready(NamedTuple):
    """What was seen of an instance whose pass is due.

    Attributes:
        trouble: why there can be no pass now; NONE: it can be made.
        modules: of its workflow, as they would run.
        spelled: the same, as the state file spells them.
    """

    trouble: FileProblem
    modules: tuple[Module, ...] = ()
    spelled: tuple[str, ...] = ()


class BackgroundAdvance(QObject):
    """Takes what is due and does not belong to the session."""

    def __init__(
        self,
        session: Session,
        passes: RunningPasses,
        timers: Timers,
        interpreters: Interpreters,
        trust_gate: TrustGate,
        notices: Notices,
        pool: QThreadPool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._passes, self._timers = session, passes, timers
        self._interpreters, self._trust_gate, self._notices = interpreters, trust_gate, notices
        self._pool = pool
        self._questions: dict[str, BackgroundQuery] = {}
        timers.due.connect(self._ask)
        passes.ended.connect(self._learn)

    def stop(self) -> None:
        """The window closes."""
        for question in self._questions.values():
            question.forget()

    def _ask(self, timer: InstanceTimer) -> None:
        """Look at the file first, in a pool thread."""
        if timer.path != self._session.path:
            timer.is_asking = True
            self._question(timer.path).ask(partial(_look, timer.path))

    def _question(self, path: str) -> BackgroundQuery:
        """What asks about an instance: whether a pass can be made, or whether one ended it."""
        if path not in self._questions:
            self._questions[path] = made = BackgroundQuery(self._pool, self)
            made.answered.connect(partial(self._take, path))
            made.failed.connect(partial(self._skip_unreadable, path))
        return self._questions[path]

    def _take(self, path: str, answer: _Ready | Head) -> None:
        timer = self._timers.of(path)
        if timer is None:
            return
        was_asking, timer.is_asking = timer.is_asking, False
        if timer.phase is not Phase.COUNTING:
            return
        if not isinstance(answer, _Ready):
            self._pause_at_its_end(timer, answer)
        elif was_asking:  # else it is a newer timer, whose pass is not due
            self._run(timer, answer)

    def _run(self, timer: InstanceTimer, ready: _Ready) -> None:
        if timer.path == self._session.path or self._passes.of(timer.path) is not None:
            return
        if ready.trouble is not FileProblem.NONE:
            self._timers.skip(timer, label_of(ready.trouble).lower())
        elif not self._trust_gate.trusts(ready.modules):
            note = self.tr("the module's code changed and needs your agreement: advance once by hand")
            self._timers.pause(timer.path, note)
            self._notices.warning(
                self.tr("The timer of {} stands still").format(timer.name),
                hint=self.tr("The module's code changed: open the instance and advance it once by hand."),
            )
        else:
            self._timers.note_sleep(timer)
            program = self._interpreters.program(ready.spelled, Path(timer.path).parent)
            self._passes.prepare(timer.path, program, by_timer=True).process.start(timer.path)

    def _skip_unreadable(self, path: str, _error: Exception) -> None:
        timer = self._timers.of(path)
        if timer is None:
            return
        was_asking, timer.is_asking = timer.is_asking, False
        if was_asking and timer.phase is Phase.COUNTING:
            self._timers.skip(timer, self.tr("the file cannot be read"))

    def _learn(self, ended: RunningPass, outcome: PassOutcome) -> None:
        """A pass beside the open instance is over; the next one is counted from its end."""
        if ended.path == self._session.path:
            return  # the session tells
        self._tell(ended, outcome)
        timer = self._timers.of(ended.path)
        if timer is None or timer.phase is not Phase.COUNTING:
            return
        if outcome.end is PassEnd.CANCELLED:
            self._timers.pause(timer.path, self.tr("a pass was cancelled"))
        elif outcome.end is PassEnd.LOCKED:
            self._timers.skip(timer, label_of(FileProblem.LOCKED).lower())
        else:
            timer.countdown.note(failed=outcome.end is not PassEnd.DONE)
            if outcome.end is PassEnd.DONE:
                self._look_for_its_end(timer)
        self._timers.say()

    def _tell(self, ended: RunningPass, outcome: PassOutcome) -> None:
        """What went wrong where nobody looks; that an instance is locked is no news of a timer."""
        is_quiet = ended.by_timer and outcome.end is PassEnd.LOCKED
        if is_quiet or outcome.end in (PassEnd.DONE, PassEnd.CANCELLED):
            return
        reason, hint = reason_in(outcome.details)
        told = self.tr("{}, on its timer: {}") if ended.by_timer else self.tr("{}: {}")
        again = self.tr("Open it to see why. What completed is kept; the timer tries again later.")
        self._notices.error(
            told.format(Path(ended.path).name, reason or outcome.sentence),
            hint=hint
            or (again if ended.by_timer else self.tr("Open it to see why. What completed is kept.")),
            details=outcome.details,
        )

    def _look_for_its_end(self, timer: InstanceTimer) -> None:
        timer.is_asking = False  # this takes the place of what was asked
        self._question(timer.path).ask(partial(state_file.read_head, timer.path))

    def _pause_at_its_end(self, timer: InstanceTimer, head: Head) -> None:
        if head.status in ENDED:
            stands = self.tr("the instance is {}").format(label_of(head.status))
            self._timers.pause(timer.path, stands)
            told = self.tr("The timer of {} stands still: {}").format(timer.name, stands)
            self._notices.info(told)


def _look(path: str) -> _Ready:
    """Whether a pass can be made; raises what says that the file cannot be read."""
    look = look_at(path)
    if not look.exists:
        return _Ready(FileProblem.MISSING)
    if look.read_only:
        return _Ready(FileProblem.READ_ONLY)
    if look.holder is not None:
        return _Ready(FileProblem.LOCKED)
    workflow = state_file.read_document(path).workflow
    return _Ready(FileProblem.NONE, modules_of(workflow, Path(path).parent), workflow.modules)
