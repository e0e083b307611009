"""Which interventions fit the selected tasks: asked off the GUI thread whenever tasks or selection change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_gui.commands.facts import Misfits
from wfepy_gui.models import explanations
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.status import InterventionKind
    from wfepy_gui.instance.session import Session
    from wfepy_gui.window.main_window import MainWindow

BURST_MS = 50


class InterventionFit(QObject):
    """Knows why complete, skip and retry do not fit.

    Signals:
        changed: `misfits` are others.
    """

    changed = Signal()

    def __init__(self, *, window: MainWindow, session: Session, pool: QThreadPool) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._misfits = Misfits()
        self._answers = BackgroundQuery(pool, self, rests=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BURST_MS)
        self._later.timeout.connect(self._ask)
        self._answers.answered.connect(self._on_answered)
        for signal in (
            window.selection_changed,
            session.instance_changed,
            session.tasks_changed,
            session.summary_changed,
            session.editing.changed,
        ):
            signal.connect(self._ask_soon)
        window.closing.connect(self._stop)
        self._ask_soon()

    @property
    def misfits(self) -> Misfits:
        """What is known now.

        Until the answer is there nothing stands in the way: a key pressed is not lost, and what does not fit
        then tells why.
        """
        return self._misfits

    def _ask_soon(self) -> None:
        self._answers.forget()
        self._set_misfits(Misfits())
        if not self._later.isActive():
            self._later.start()

    def _ask(self) -> None:
        session = self._session
        preview = session.editing.preview
        if preview is not None and session.can_advance and not session.editing.is_saving:
            misfits = explanations.intervention_plan.misfits
            self._answers.ask(partial(misfits, preview, self._window.selected_tasks()))

    def _on_answered(self, reasons: dict[InterventionKind, str]) -> None:
        self._set_misfits(Misfits(**{kind.value: reason for kind, reason in reasons.items()}))

    def _set_misfits(self, misfits: Misfits) -> None:
        if misfits != self._misfits:
            self._misfits = misfits
            self.changed.emit()

    def _stop(self) -> None:
        self._later.stop()
        self._answers.forget()
