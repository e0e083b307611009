"""What the commands of passes do, and what is said when a pass has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.translation import label_of
from wfepy_gui.views.passes.pass_strip import PassStrip, StripActions
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.child_process import Stop

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from wfepy_gui.automation.open_timer import OpenTimer
    from wfepy_gui.automation.pass_sequence import PassSequence
    from wfepy_gui.instance.file_health import FileHealth
    from wfepy_gui.notices import Notice
    from wfepy_gui.passes.pass_outcome import PassOutcome
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services

MESSAGE_MS = 8000
_WAYS_OUT = {
    FileProblem.MISSING: (Command.LOCATE, Command.RESTORE, Command.CLOSE_INSTANCE),
    FileProblem.UNREADABLE: (Command.RESTORE, Command.RELOAD, Command.CLOSE_INSTANCE),
    FileProblem.READ_ONLY: (Command.FORK, Command.CLOSE_INSTANCE),
    FileProblem.READ_ONLY_FOLDER: (Command.CLOSE_INSTANCE,),
    FileProblem.LOCKED: (Command.ADVANCE_WHEN_FREE,),
    FileProblem.DRIFTED: (Command.MIGRATE,),
}


class PassCommands(QObject):
    """Starts sequences of passes, and tells the operator how passes end."""

    def __init__(
        self,
        *,
        window: MainWindow,
        services: Services,
        health: FileHealth,
        sequence: PassSequence,
        timer: OpenTimer,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._sequence = sequence
        self._failure: tuple[str, Notice] | None = None
        self.strip = PassStrip(
            health=health, sequence=sequence, timer=timer, actions=self._strip_actions(), parent=window
        )
        window.add_strip(self.strip)
        self._connect()

    def _strip_actions(self) -> StripActions:
        def actions(*commands: Command) -> tuple[QAction, ...]:
            return tuple(self._window.actions_table[command] for command in commands)

        return StripActions(
            ways_out={problem: actions(*ways) for problem, ways in _WAYS_OUT.items()},
            need_backup=actions(Command.RESTORE),
            passes=actions(Command.NO_FURTHER_PASS),
            timer=actions(Command.TIMER_PAUSE, Command.TIMER, Command.TIMER_REMOVE),
        )

    def _connect(self) -> None:
        session = self._services.session
        session.pass_ended.connect(self._on_pass_ended)
        session.instance_changed.connect(self._on_instance_changed)
        self._sequence.settled.connect(self._show_message)

    # -- commands -----------------------------------------------------------------------------------------

    def advance_until_still(self) -> None:
        """Repeat passes while one changes something."""
        self._sequence.until_still()

    def advance_when_free(self) -> None:
        """Start one pass as soon as nobody else holds the instance."""
        self._sequence.when_free()

    def start_no_further_pass(self) -> None:
        """Let the pass that runs be the last one of its sequence."""
        self._sequence.stop()

    def copy_command_line(self) -> None:
        """Copy the command that Advance runs."""
        self._services.clipboard.setText(self._services.session.command_line)

    def find_in_output(self) -> None:
        """Let the operator type what is looked for in the output."""
        self._window.show_dock(PanelId.OUTPUT)
        self._window.panels.output.get().start_search()

    def follow_output(self) -> None:
        """Go to the end of the output, and stay there while it grows."""
        self._window.panels.output.get().follow()

    def copy_output(self) -> None:
        """Copy all of the output that is kept."""
        self._window.panels.output.get().copy_all()

    # -- what is said -------------------------------------------------------------------------------------

    def _on_pass_ended(self, outcome: PassOutcome) -> None:
        """A cancelled pass tells what was stopped and what is kept; one that is done only where it stands."""
        session = self._services.session
        if outcome.end is PassEnd.CANCELLED or outcome.end is PassEnd.DONE:
            self._withdraw_failure()
        elif self._services.notices.history:
            self._failure = session.path, self._services.notices.history[-1]
        if outcome.end is PassEnd.CANCELLED:
            summary = session.live_pass.summary
            text = self.tr("{}: the pass {}. {}").format(
                session.name, label_of(outcome.stop), summary.interrupted_text
            )
            self._services.notices.info(text, hint=summary.completed_text)
        elif outcome.end is PassEnd.DONE and session.view is not None:
            was_late = outcome.stop is not Stop.NOT_ASKED
            late = self.tr("It was over before it could be cancelled.") if was_late else ""
            stands = self.tr("The instance is {}.").format(label_of(session.view.status))
            self._show_message(" ".join(filter(None, (outcome.sentence, late, stands))))

    def _on_instance_changed(self) -> None:
        if self._failure is not None and self._failure[0] != self._services.session.path:
            self._withdraw_failure()

    def _withdraw_failure(self) -> None:
        """A pass that failed is news until a later one does not, or another instance is looked at."""
        if self._failure is not None:
            self._window.panels.notice_bar.get().withdraw(self._failure[1])
            self._failure = None

    def _show_message(self, sentence: str) -> None:
        self._window.statusBar().showMessage(sentence, MESSAGE_MS)
