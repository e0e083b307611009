"""Keeps the commands that change by hand usable only where they fit; their tips say why not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from wfepy_gui.text.translation import tr
from wfepy_gui.window.action_table import TABLE, Command
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from wfepy_gui.window.main_window import MainWindow, Services

BURST_MS = 50
_KINDS = {Command.COMPLETE: "complete", Command.SKIP: "skip", Command.RETRY: "retry"}
_TIPS = {spec.command: spec.tip for spec in TABLE}


class Fitting(QObject):
    """Asks, off the GUI thread, which interventions fit the selected tasks, whenever either changed."""

    def __init__(self, window: MainWindow, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._services = window, services
        self._answers = BackgroundQuery(services.pool, self, rests=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BURST_MS)
        self._later.timeout.connect(self._ask)
        self._answers.answered.connect(self._show)
        session = services.session
        for signal in (
            window.selection_changed, session.instance_changed, session.tasks_changed,
            session.summary_changed, session.editing.changed,
        ):  # fmt: skip
            signal.connect(self._let_and_ask)
        window.closing.connect(self._stop)
        self._let_and_ask()

    def _let_and_ask(self) -> None:
        """Until the answer is there, a key pressed is not lost: what does not fit then tells why."""
        self._answers.forget()
        reason = self._general_reason()
        for command in _KINDS:
            self._let(command, reason or self._no_task())
        self._let(Command.SET_TOKENS, reason)
        session = self._services.session
        pending = tr("Apply or discard your pending changes first") if session.editing.changes else ""
        opened = "" if session.path else tr("Nothing is open")
        running = tr("A pass is running") if session.is_busy else ""
        # A file that cannot be read is what a backup is for: only what forbids writing stands in its way.
        unwritable = session.obstacle if session.problem is None and session.view else ""
        self._let(Command.RESTORE, opened or running or pending or unwritable)
        self._let(Command.FORK, opened or ("" if session.view else tr("The file was not read yet")))
        for command in (Command.WHY, Command.PREFLIGHT, Command.GO_ERROR):
            self._let(command, "" if session.view else tr("Nothing is open"))
        if not self._later.isActive():
            self._later.start()

    def _no_task(self) -> str:
        return "" if self._window.selected_tasks() else tr("Select a task first")

    def _general_reason(self) -> str:
        session = self._services.session
        if session.obstacle:
            return session.obstacle
        if session.is_busy:
            return tr("A pass is running")
        return tr("Your changes are being saved") if session.editing.is_saving else ""

    def _ask(self) -> None:
        from wfepy_gui.models.explanations.intervention_plan import misfits  # noqa: PLC0415  start-up time

        preview = self._services.session.editing.preview
        if preview is not None and not self._general_reason():
            self._answers.ask(partial(misfits, preview, self._window.selected_tasks()))

    def _show(self, reasons: dict[str, str]) -> None:
        general = self._general_reason()
        for command, kind in _KINDS.items():
            self._let(command, general or reasons[kind])

    def _let(self, command: Command, reason: str) -> None:
        action = self._window.actions_table[command]
        action.setEnabled(not reason)
        tip = QCoreApplication.translate("Actions", _TIPS[command])
        not_now = QCoreApplication.translate("Actions", "{}. Not now: {}")
        action.setStatusTip(not_now.format(tip, reason) if reason else tip)

    def _stop(self) -> None:
        self._later.stop()
        self._answers.forget()
