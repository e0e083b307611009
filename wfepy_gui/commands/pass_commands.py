"""What the commands do that are about passes, the timer and the state of the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QToolButton

from wfepy_gui.automation.countdown import in_short
from wfepy_gui.automation.pass_sequence import Mode, PassSequence
from wfepy_gui.automation.timed_advance import Phase, TimedAdvance
from wfepy_gui.instance.file_health import FileHealth, FileProblem
from wfepy_gui.instance.file_look import FileLooker
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.passes.pass_strip import PassStrip, StripActions
from wfepy_gui.window.action_table import Command
from wfepy_gui.workers.child_process import Stop
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.automation.timers import Timers
    from wfepy_gui.instance.drift_mapping import Drift
    from wfepy_gui.notices import Notice
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.window.main_window import MainWindow, Services
    from wfepy_gui.workers.command_process import CommandOutcome

SAID_MS = 8000
_WAYS_OUT = {
    FileProblem.MISSING: (Command.LOCATE, Command.RESTORE, Command.CLOSE_INSTANCE),
    FileProblem.UNREADABLE: (Command.RESTORE, Command.RELOAD, Command.CLOSE_INSTANCE),
    FileProblem.READ_ONLY: (Command.FORK, Command.CLOSE_INSTANCE),
    FileProblem.READ_ONLY_FOLDER: (Command.CLOSE_INSTANCE,),
    FileProblem.LOCKED: (Command.ADVANCE_WHEN_FREE,),
    FileProblem.DRIFTED: (Command.MIGRATE,),
}


class PassCommands(QObject):
    """Makes what follows a session's passes and file, and connects it to the window."""

    def __init__(self, window: MainWindow, services: Services, timers: Timers) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        session = services.session
        self._probe, self._mover = CommandProcess(self), CommandProcess(self)
        self.looker = FileLooker(services.pool, parent=self)
        self.states = FileHealth(session, self.looker, self._probe, services.clock, self)
        self.advancing = PassSequence(session, self.states, self)
        self._timers = timers
        followed = session, self.advancing, self.states, services.trust_gate, timers
        self.timer = TimedAdvance(*followed, parent=self)
        self._asks_for_mapping = False
        self._failure: tuple[str, Notice] | None = None
        actions = window.actions_table
        self._advance_tips = actions[Command.ADVANCE].toolTip(), actions[Command.ADVANCE].statusTip()
        shown = self._strip_actions()
        self.strip = PassStrip(self.states, self.advancing, self.timer, shown, window)
        window.add_strip(self.strip)
        self._told_timers = QToolButton(window)
        self._told_timers.setAutoRaise(True)
        self._told_timers.setAccessibleName(self.tr("Timers"))
        self._told_timers.setAccessibleDescription(self.tr("Shows the timers of all instances"))
        window.statusBar().addPermanentWidget(self._told_timers)
        for command, handler in self._handlers().items():
            actions[command].triggered.connect(handler)
        self._connect()
        self._refresh()

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        return {
            Command.ADVANCE_UNTIL_STILL: self.advancing.until_still,
            Command.ADVANCE_WHEN_FREE: self.advancing.when_free,
            Command.NO_FURTHER_PASS: self.advancing.stop,
            Command.TIMER: self._ask_plan,
            Command.TIMER_PAUSE: self._pause_or_resume,
            Command.TIMER_REMOVE: self._remove_timer,
            Command.TIMERS: self._list_timers,
            Command.MIGRATE: self._ask_mapping,
            Command.LOCATE: self._locate,
            Command.FIND_IN_OUTPUT: self._find_in_output,
            Command.FOLLOW_OUTPUT: self._follow_output,
            Command.COPY_OUTPUT: self._copy_output,
        }

    def _strip_actions(self) -> StripActions:
        actions = self._window.actions_table
        return StripActions(
            {trouble: tuple(actions[way] for way in ways) for trouble, ways in _WAYS_OUT.items()},
            (actions[Command.RESTORE],),
            (actions[Command.NO_FURTHER_PASS],),
            tuple(actions[one] for one in (Command.TIMER_PAUSE, Command.TIMER, Command.TIMER_REMOVE)),
        )

    def _connect(self) -> None:
        session = self._services.session
        session.summary_changed.connect(self._refresh)
        session.instance_changed.connect(self._refresh)
        session.pass_ended.connect(self._tell_end)
        session.instance_changed.connect(self._leave)
        self.states.changed.connect(self._refresh)
        self.states.drift_known.connect(self._take_drift)
        self.advancing.changed.connect(self._refresh)
        self.advancing.settled.connect(self._say)
        self.timer.changed.connect(self._refresh_timer)
        self._told_timers.clicked.connect(self._list_timers)
        self._mover.ended.connect(self._take_moved)

    def stop(self) -> None:
        """The window closes."""
        self.states.stop()
        self._mover.stop()

    # -- what is enabled ----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        session, actions = self._services.session, self._window.actions_table
        is_free = session.can_advance and self.advancing.mode is Mode.ONE
        is_held = self.states.state.trouble is FileProblem.LOCKED
        for command, is_enabled in (
            (Command.ADVANCE_UNTIL_STILL, is_free and not is_held),
            (Command.ADVANCE_WHEN_FREE, is_free and is_held),
            (Command.NO_FURTHER_PASS, self.advancing.mode is not Mode.ONE),
            (Command.MIGRATE, session.can_advance),
            (Command.LOCATE, self.states.state.trouble is FileProblem.MISSING),
            (Command.CLOSE_INSTANCE, bool(session.path)),
        ):
            actions[command].setEnabled(is_enabled)
        held = self.states.state.sentence if is_held else ""
        self._explain_advance(held or ("" if session.is_busy else session.obstacle))
        self._refresh_timer()

    def _explain_advance(self, hindrance: str) -> None:
        """Say on Advance itself what stands in its way, for example who holds the instance."""
        advance = self._window.actions_table[Command.ADVANCE]
        tip, status = self._advance_tips
        not_now = QCoreApplication.translate("Actions", "{}. Not now: {}")
        advance.setToolTip(not_now.format(tip, hindrance) if hindrance else tip)
        advance.setStatusTip(not_now.format(status, hindrance) if hindrance else status)

    def _refresh_timer(self) -> None:
        actions, phase = self._window.actions_table, self.timer.phase
        self._count_timers()
        actions[Command.TIMER].setEnabled(self.timer.can_start)
        actions[Command.TIMER_PAUSE].setEnabled(phase is not Phase.OFF)
        actions[Command.TIMER_REMOVE].setEnabled(phase is not Phase.OFF)
        is_paused = phase is Phase.PAUSED
        actions[Command.TIMER_PAUSE].setText(
            self.tr("&Resume timer") if is_paused else self.tr("&Pause timer")
        )

    # -- passes -------------------------------------------------------------------------------------------

    def _tell_end(self, outcome: PassOutcome) -> None:
        """A cancelled pass tells what was stopped and what is kept; one that is done only where it stands."""
        session = self._services.session
        if outcome.end is PassEnd.CANCELLED or outcome.end is PassEnd.DONE:
            self._withdraw_failure()
        elif self._services.notices.history:
            self._failure = session.path, self._services.notices.history[-1]
        if outcome.end is PassEnd.CANCELLED:
            tally = session.tally
            told = self.tr("{}: the pass {}. {}").format(session.name, label_of(outcome.stop), tally.cut_off)
            self._services.notices.info(told, hint=tally.kept)
        elif outcome.end is PassEnd.DONE and session.view is not None:
            was_late = outcome.stop is not Stop.NOT_ASKED
            late = self.tr("It was over before it could be cancelled.") if was_late else ""
            stands = self.tr("The instance is {}.").format(label_of(session.view.status))
            self._say(" ".join(filter(None, (outcome.sentence, late, stands))))

    def _withdraw_failure(self) -> None:
        """A pass that failed is news until a later one does not, or another instance is looked at."""
        if self._failure is not None:
            self._window.notice_bar.withdraw(self._failure[1])
            self._failure = None

    def _leave(self) -> None:
        if self._failure is not None and self._failure[0] != self._services.session.path:
            self._withdraw_failure()

    def _say(self, sentence: str) -> None:
        self._window.statusBar().showMessage(sentence, SAID_MS)

    # -- the timer ----------------------------------------------------------------------------------------

    def _ask_plan(self) -> None:
        from wfepy_gui.views.passes.timer_dialog import TimerDialog  # noqa: PLC0415  start-up time

        style = self._services.clock.style
        dialog = TimerDialog(self._services.session.name, self.timer.plan, style, self._window)
        dialog.chosen.connect(self.timer.start)
        dialog.open()

    def _pause_or_resume(self) -> None:
        if self.timer.phase is Phase.COUNTING:
            self.timer.pause()
        else:
            self.timer.resume()

    def _remove_timer(self) -> None:
        self.timer.remove()

    def _list_timers(self) -> None:
        from wfepy_gui.views.passes.timer_list import TimerList  # noqa: PLC0415  start-up time

        dialog = TimerList(self._timers, self._window)
        dialog.open_wanted.connect(self._open)
        dialog.open()

    def _count_timers(self) -> None:
        """In the status bar: how many count, and when the next pass comes, whichever instance is shown."""
        counting = self._timers.counting
        self._told_timers.setVisible(bool(counting))
        if counting:
            left = in_short(counting[0].countdown.remaining)
            told = self.tr("{} timers · next pass in {}")
            told = told if len(counting) > 1 else self.tr("1 timer · next pass in {1}")
            self._told_timers.setText(told.format(len(counting), left))

    # -- the file -----------------------------------------------------------------------------------------

    def _locate(self) -> None:
        from wfepy_gui.views.dialogs.file_dialog import FileDialog  # noqa: PLC0415  start-up time

        window = self._window
        dialog = FileDialog(window, self.tr("Where is it now?"), str(self._services.session.folder))
        dialog.setNameFilters([self.tr("State files (*.wfstate)"), self.tr("All files (*)")])
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._open)
        dialog.open()

    def _open(self, path: str) -> None:
        self._window.open_wanted.emit((str(Path(path)),))

    # -- a changed module ---------------------------------------------------------------------------------

    def _ask_mapping(self) -> None:
        """Ask the child what differs, then the operator. The child imports the module: trust comes first."""
        session = self._services.session
        if session.view is not None:
            self._services.trust_gate.run(session.find_modules, self._compare)

    def _compare(self) -> None:
        if self._services.session.view is None:
            return
        self._asks_for_mapping = True
        self.states.ask_for_drift()

    def _take_drift(self, drift: Drift, outcome: CommandOutcome) -> None:
        asked, self._asks_for_mapping = self._asks_for_mapping, False
        session = self._services.session
        if not asked or session.view is None:
            return
        if outcome.code != 0:
            reason, hint = outcome.reason
            self._services.notices.error(reason, hint=hint, details=outcome.complaint)
        elif not drift:
            told = self.tr("{} fits its module: there is nothing to move.").format(session.name)
            self._services.notices.info(told)
        else:
            from wfepy_gui.views.dialogs.migration_dialog import MigrationDialog  # noqa: PLC0415  start-up time

            dialog = MigrationDialog(session.path, session.view, drift, session.program, self._window)
            dialog.agreed.connect(self._move)
            dialog.open()

    def _move(self, arguments: tuple[str, ...]) -> None:
        self._mover.run((*self._services.session.program, *arguments))

    def _take_moved(self, outcome: CommandOutcome) -> None:
        session, notices = self._services.session, self._services.notices
        if outcome.code == 0:
            notices.info(outcome.printed.strip())
            self.states.forget_drift()
            session.reload()
        else:
            reason, hint = outcome.reason
            notices.error(reason, hint=hint, details=outcome.complaint)

    # -- output -------------------------------------------------------------------------------------------

    def _find_in_output(self) -> None:
        self._window.show_dock("output")
        self._window.output_panel.start_search()

    def _follow_output(self) -> None:
        self._window.output_panel.follow()

    def _copy_output(self) -> None:
        self._window.output_panel.copy_all()
