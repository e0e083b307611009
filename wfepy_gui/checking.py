"""Asks what an advance would do now, or with other context values: conditions run in a child process only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_gui.trust import modules_of

if TYPE_CHECKING:
    from wfepy_core.snapshot import Snapshot
    from wfepy_gui.session import Session
    from wfepy_gui.settings import Settings
    from wfepy_gui.trust import Module
    from wfepy_gui.workers.preflight_process import PreflightAnswer, PreflightProcess


class Checked(NamedTuple):
    """An answer with what it answers."""

    answer: PreflightAnswer
    assignments: tuple[str, ...]
    snapshot: Snapshot


class Checking(QObject):
    """One preflight at a time for the open instance; asking again drops the one under way.

    Signals:
        answered: a `Checked`.
        busy_changed: one began or ended.
        trust_needed: a tuple of `trust.Module` the user must agree to first.
    """

    answered = Signal(object)
    busy_changed = Signal()
    trust_needed = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._process: PreflightProcess | None = None
        self._asked: tuple[str, ...] = ()
        self._snapshot: Snapshot | None = None
        self._path = session.path
        session.instance_changed.connect(self._leave)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._process is not None

    def command_line(self, assignments: tuple[str, ...]) -> str:
        """The command for a terminal; empty when nothing is open."""
        from wfepy_gui.workers.pass_process import shell_line  # noqa: PLC0415  start-up time
        from wfepy_gui.workers.preflight_process import preflight_command  # noqa: PLC0415  start-up time

        path = self._session.path
        return shell_line(preflight_command(self._session.program, path, assignments)) if path else ""

    def ask(self, assignments: tuple[str, ...] = ()) -> None:
        """Ask under the present context with these KEY=VALUE put into a copy; asks for trust first."""
        view = self._session.view
        if view is None:
            return
        self._asked = assignments
        modules = modules_of(view.snapshot.workflow, self._session.folder)
        if self._settings.trusts([module.key for module in modules]):
            self._start(view.snapshot)
        else:
            self.trust_needed.emit(modules)

    def trust(self, modules: tuple[Module, ...]) -> None:
        """The user agrees to run these modules; remember it and ask."""
        self._settings.trust([module.key for module in modules])
        if self._session.view is not None:
            self._start(self._session.view.snapshot)

    def cancel(self) -> None:
        """Drop the question under way."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.deleteLater()
            self.busy_changed.emit()

    def _start(self, snapshot: Snapshot) -> None:
        from wfepy_gui.workers.preflight_process import PreflightProcess  # noqa: PLC0415  start-up time

        self.cancel()
        self._snapshot = snapshot
        process = PreflightProcess(self._session.program, self)
        process.ended.connect(self._end)
        self._process = process
        self.busy_changed.emit()
        process.start(self._session.path, self._asked)

    def _leave(self) -> None:
        """What was asked about another file is no answer for this one."""
        if self._session.path != self._path:
            self._path = self._session.path
            self.cancel()

    def _end(self, answer: PreflightAnswer) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.busy_changed.emit()
        if self._snapshot is not None:
            self.answered.emit(Checked(answer, self._asked, self._snapshot))
