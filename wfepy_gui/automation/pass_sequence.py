"""Passes that follow one another: again until nothing moves, or once the instance is free."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.model.status import OVER
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from wfepy_gui.instance.file_health import FileHealth
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.session import Session
    from wfepy_gui.passes.pass_outcome import PassOutcome

MOST_PASSES = 100
"""A workflow that changes something in every pass would go on for ever."""
_TIMER_OBSTACLES = (
    FileProblem.LOCKED,
    FileProblem.MISSING,
    FileProblem.UNREADABLE,
    FileProblem.READ_ONLY,
    FileProblem.READ_ONLY_FOLDER,
)


@enum.unique
class Mode(enum.Enum):
    """What the passes wait for."""

    ONE = enum.auto()
    UNTIL_STILL = enum.auto()
    WHEN_FREE = enum.auto()


class PassSequence(QObject):
    """Starts passes of a session, one after the other.

    Signals:
        changed: `mode` or `sentence` is another one.
        settled: it is over; a sentence that says why.
    """

    changed = Signal()
    settled = Signal(str)

    def __init__(self, session: Session, health: FileHealth, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._health = health
        self._mode = Mode.ONE
        self._passes = 0
        self._before: tuple[object, ...] = ()
        self._path = ""
        self._has_tried = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._advance)
        session.pass_started.connect(self._on_pass_started)
        session.pass_ended.connect(self._on_pass_ended)
        session.instance_changed.connect(self._on_instance_changed)
        session.trust_refused.connect(self.stop)
        session.editing.refused.connect(self._on_save_refused)
        health.changed.connect(self._on_health_changed)

    @property
    def mode(self) -> Mode:
        """What is under way."""
        return self._mode

    @property
    def sentence(self) -> str:
        """What is under way, for people; empty for an ordinary pass."""
        if self._mode is Mode.UNTIL_STILL:
            return tr("Advancing until nothing moves: pass {}, at most {}.").format(
                max(1, self._passes), MOST_PASSES
            )
        if self._mode is Mode.WHEN_FREE:
            is_free = tr("The instance was free: this is the one pass that waited for it.")
            return is_free if self._session.is_busy else tr("Advances as soon as the instance is free.")
        return ""

    @property
    def timer_obstacle(self) -> str:
        """Why a timer may not start a pass of the instance now; empty when it may."""
        session, problem = self._session, self._health.state.problem
        if problem in _TIMER_OBSTACLES:
            return label_of(problem).lower()
        if not session.can_advance:
            return label_of(problem).lower() if problem.value else tr("the file cannot be read")
        if self._mode is not Mode.ONE:
            return tr("others are under way")
        return tr("changes wait to be applied") if session.editing.has_unsaved else ""

    def until_still(self) -> None:
        """Repeat passes while one changes something; a failure or a cancel ends it."""
        if self._session.can_advance:
            self._enter(Mode.UNTIL_STILL)
            self._advance()

    def when_free(self) -> None:
        """Start one pass as soon as nobody else holds the instance."""
        if self._session.can_advance:
            self._enter(Mode.WHEN_FREE)
            self._health.probe_now()

    def stop(self) -> None:
        """No further pass; one that runs goes on to its end."""
        if self._mode is not Mode.ONE:
            self._finish(tr("No further pass is started."))

    def _enter(self, mode: Mode) -> None:
        self._mode, self._passes, self._path = mode, 0, self._session.path
        self._has_tried = False
        self.changed.emit()

    def _finish(self, sentence: str) -> None:
        self._next.stop()
        self._mode = Mode.ONE
        self.changed.emit()
        self.settled.emit(sentence)

    def _on_instance_changed(self) -> None:
        if self._mode is not Mode.ONE and self._session.path != self._path:
            self._finish(tr("Another file was opened: no further pass is started."))

    def _on_health_changed(self) -> None:
        is_waiting = self._mode is Mode.WHEN_FREE and not self._has_tried
        if is_waiting and self._health.state.problem is not FileProblem.LOCKED:
            self._has_tried = True  # what it asks the operator first is asked once
            self._advance()

    def _advance(self) -> None:
        if self._session.can_advance:
            self._session.advance()
            if self._session.editing.has_draft:  # what was typed is no value
                self.stop()
        elif not self._session.is_busy:
            self._finish(tr("The file cannot be advanced any more."))

    def _on_save_refused(self) -> None:
        """What is pending could not be saved: no pass begins."""
        if not self._session.is_busy:
            self.stop()

    def _on_pass_started(self) -> None:
        self._before = _progress_of(self._session.view)
        self._passes += 1
        self.changed.emit()

    def _on_pass_ended(self, outcome: PassOutcome) -> None:
        if self._mode is Mode.WHEN_FREE:
            self._has_tried = False
            if outcome.end is not PassEnd.LOCKED:
                self._finish(tr("The instance was free: one pass was made."))
        if self._mode is not Mode.UNTIL_STILL:
            return
        view = self._session.view
        passes = tr("one pass") if self._passes == 1 else tr("{} passes").format(self._passes)
        if outcome.end is not PassEnd.DONE:
            self._finish(tr("Stopped after {}: {}").format(passes, outcome.sentence))
        elif view is not None and view.status in OVER:
            self._finish(tr("The instance is {} after {}.").format(label_of(view.status), passes))
        elif _progress_of(view) == self._before:
            self._finish(tr("Nothing moves any more after {}.").format(passes))
        elif self._passes >= MOST_PASSES:
            self._finish(tr("Stopped after {}: the workflow changes something in each.").format(passes))
        else:
            self._next.start()


def _progress_of(view: InstanceView | None) -> tuple[object, ...]:
    """What a pass must change to count as a move: a task that is asked once more and still waits is none."""
    if view is None:
        return ()
    snapshot = view.snapshot
    return snapshot.tokens, snapshot.records.iterations, snapshot.context
