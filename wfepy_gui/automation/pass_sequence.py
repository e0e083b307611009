"""Passes that follow one another: again until nothing moves, or once the instance is free."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.model.status import InstanceStatus
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
ENDED = (InstanceStatus.FINISHED, InstanceStatus.DEAD_END)


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

    def __init__(self, session: Session, states: FileHealth, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._states = session, states
        self._mode = Mode.ONE
        self._passes = 0
        self._before: tuple[object, ...] = ()
        self._path = ""
        self._was_tried = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._advance)
        session.pass_started.connect(self._begin)
        session.pass_ended.connect(self._go_on)
        session.instance_changed.connect(self._follow)
        session.trust_refused.connect(self.stop)
        session.editing.refused.connect(self._give_up)
        states.changed.connect(self._try_when_free)

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

    def until_still(self) -> None:
        """Repeat passes while one changes something; a failure or a cancel ends it."""
        if self._session.can_advance:
            self._enter(Mode.UNTIL_STILL)
            self._advance()

    def when_free(self) -> None:
        """Start one pass as soon as nobody else holds the instance."""
        if self._session.can_advance:
            self._enter(Mode.WHEN_FREE)
            self._states.look_now()

    def stop(self) -> None:
        """No further pass; one that runs goes on to its end."""
        if self._mode is not Mode.ONE:
            self._settle(tr("No further pass is started."))

    def _enter(self, mode: Mode) -> None:
        self._mode, self._passes, self._path = mode, 0, self._session.path
        self._was_tried = False
        self.changed.emit()

    def _settle(self, sentence: str) -> None:
        self._next.stop()
        self._mode = Mode.ONE
        self.changed.emit()
        self.settled.emit(sentence)

    def _follow(self) -> None:
        if self._mode is not Mode.ONE and self._session.path != self._path:
            self._settle(tr("Another file was opened: no further pass is started."))

    def _try_when_free(self) -> None:
        is_waiting = self._mode is Mode.WHEN_FREE and not self._was_tried
        if is_waiting and self._states.state.trouble is not FileProblem.LOCKED:
            self._was_tried = True  # what it asks the operator first is asked once
            self._advance()

    def _advance(self) -> None:
        if self._session.can_advance:
            self._session.advance()
            if self._session.editing.has_draft:  # what was typed is no value
                self.stop()
        elif not self._session.is_busy:
            self._settle(tr("The file cannot be advanced any more."))

    def _give_up(self) -> None:
        """What is pending could not be saved: no pass begins."""
        if not self._session.is_busy:
            self.stop()

    def _begin(self) -> None:
        self._before = _standing(self._session.view)
        self._passes += 1
        self.changed.emit()

    def _go_on(self, outcome: PassOutcome) -> None:
        if self._mode is Mode.WHEN_FREE:
            self._was_tried = False
            if outcome.end is not PassEnd.LOCKED:
                self._settle(tr("The instance was free: one pass was made."))
        if self._mode is not Mode.UNTIL_STILL:
            return
        view = self._session.view
        passes = tr("one pass") if self._passes == 1 else tr("{} passes").format(self._passes)
        if outcome.end is not PassEnd.DONE:
            self._settle(tr("Stopped after {}: {}").format(passes, outcome.sentence))
        elif view is not None and view.status in ENDED:
            self._settle(tr("The instance is {} after {}.").format(label_of(view.status), passes))
        elif _standing(view) == self._before:
            self._settle(tr("Nothing moves any more after {}.").format(passes))
        elif self._passes >= MOST_PASSES:
            self._settle(tr("Stopped after {}: the workflow changes something in each.").format(passes))
        else:
            self._next.start()


def _standing(view: InstanceView | None) -> tuple[object, ...]:
    """What a pass must change to count as a move: a task that is asked once more and still waits is none."""
    if view is None:
        return ()
    snapshot = view.snapshot
    return snapshot.tokens, snapshot.records.iterations, snapshot.context
