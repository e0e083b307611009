"""Moves an instance to its changed module: a child process says what differs, the operator what it became."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_gui import views
from wfepy_gui.workers.child_process import agreed_command
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from wfepy_core.loading.agreement import Agreement
    from wfepy_gui.instance.drift_mapping import Drift
    from wfepy_gui.instance.file_health import FileHealth
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services
    from wfepy_gui.workers.command_process import CommandOutcome


class MigrationCommands(QObject):
    """Asks what became of tasks that the module no longer has, and runs `wfepy migrate`."""

    def __init__(self, *, window: MainWindow, services: Services, health: FileHealth) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._health = health
        self._is_asked = False
        self._mover = CommandProcess(self)
        self._mover.ended.connect(self._on_moved)
        health.drift_known.connect(self._on_drift_known)

    @property
    def is_busy(self) -> bool:
        """Whether an instance is being moved."""
        return self._mover.is_busy

    def stop(self) -> None:
        """Drop what is under way: the window closes."""
        self._mover.stop()

    def ask_mapping(self) -> None:
        """Ask the child what differs, then the operator. The child imports the module: trust comes first."""
        session = self._services.session
        if session.view is not None:
            self._services.trust_gate.run(self, session.code_search(), partial(self._compare, session.path))

    def _compare(self, path: str, agreement: Agreement) -> None:
        if self._services.session.view is not None and self._services.session.path == path:
            self._is_asked = True
            self._health.ask_for_drift(agreement)

    def _on_drift_known(self, drift: Drift, outcome: CommandOutcome) -> None:
        was_asked, self._is_asked = self._is_asked, False
        session = self._services.session
        if not was_asked or session.view is None:
            return
        if outcome.code != 0:
            reason, hint = outcome.reason
            self._services.notices.error(reason, hint=hint, details=outcome.complaint)
        elif not drift:
            text = self.tr("{} fits its module: there is nothing to move.").format(session.name)
            self._services.notices.info(text)
        else:
            dialog = views.MigrationDialog(
                path=session.path,
                view=session.view,
                drift=drift,
                program=session.program,
                parent=self._window,
            )
            dialog.agreed.connect(partial(self._move, self._health.agreement))
            dialog.open()

    def _move(self, agreement: Agreement, arguments: tuple[str, ...]) -> None:
        self._mover.run(*agreed_command(self._services.session.program, agreement, arguments))

    def _on_moved(self, outcome: CommandOutcome) -> None:
        session, notices = self._services.session, self._services.notices
        if outcome.code == 0:
            post = notices.warning if outcome.complaint.strip() else notices.info
            post(outcome.printed.strip(), details=outcome.complaint)
            self._health.forget_drift()
            session.reload()
        else:
            reason, hint = outcome.reason
            notices.error(reason, hint=hint, details=outcome.complaint)
