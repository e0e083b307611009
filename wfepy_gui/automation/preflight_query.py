"""Asks what an advance would do now, or with other context values: conditions run in a child process only."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import NoChangeError, WfepyError
from wfepy_core.model.events import encode
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import context_event
from wfepy_gui.models import explanations
from wfepy_gui.text.command_text import reason_in
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.child_process import agreed_command
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from wfepy_core.explain.preflight import Preflight, Trial
    from wfepy_core.loading.agreement import Agreement
    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.pending_changes import Change
    from wfepy_gui.instance.session import Session
    from wfepy_gui.workers.command_process import CommandOutcome
    from wfepy_gui.workers.trust_gate import TrustGate

Tries = tuple[tuple[str, Any], ...]
"""Places in the context, and the values in JSON form to try there."""
KEPT_OUTPUT = 4000
"""Characters of the end of what conditions printed."""


class Question(NamedTuple):
    """What was asked.

    Attributes:
        tries: values tried on a copy.
        pending: changes that were made on the copy before; empty: asked as saved.
        snapshot: the instance as it was saved.
    """

    tries: Tries
    pending: tuple[Change, ...]
    snapshot: Snapshot


class PreflightAnswer(NamedTuple):
    """What came of it; `found` is None when it failed, then `reason`, `hint` and `details` say why."""

    found: Preflight | None
    trials: tuple[Trial, ...] = ()
    reason: str = ""
    hint: str = ""
    details: str = ""


class AnsweredPreflight(NamedTuple):
    """An answer with what it answers."""

    answer: PreflightAnswer
    question: Question


class PreflightQuery(QObject):
    """One preflight at a time for the open instance; asking again drops the one under way.

    Signals:
        answered: an `AnsweredPreflight`.
        busy_changed: one began or ended.
    """

    answered = Signal(AnsweredPreflight)
    busy_changed = Signal()

    def __init__(self, session: Session, trust_gate: TrustGate, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._trust_gate = trust_gate
        self._tries: Tries = ()
        self._with_pending = False
        self._question: Question | None = None
        self._command = CommandProcess(self)
        self._command.ended.connect(self._on_command_ended)
        self._path = session.path
        session.instance_changed.connect(self._on_instance_changed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._command.is_busy

    def command_line(self, tries: Tries, *, with_pending: bool) -> str:
        """The command for a terminal; empty when nothing is open, or no command says all of that."""
        path, pending = self._session.path, self._session.editing.pending
        changes: tuple[Change, ...] = pending.changes if pending is not None and with_pending else ()
        if not path or any(change.event.kind is not InterventionKind.CONTEXT for change in changes):
            return ""
        keys = pending.key_changes() if pending is not None and changes else ()
        return explanations.command_lines.of_preflight(self._session.program, path, keys, dict(tries))

    def ask(self, tries: Tries = (), *, with_pending: bool = False) -> None:
        """Ask under the present context with these values put into a copy; asks for trust first.

        Args:
            tries: values to try.
            with_pending: whether the pending changes are made on the copy, too.
        """
        self._tries = tries
        self._with_pending = with_pending
        purpose = self.tr("Preflight evaluates conditions of")
        start = partial(self._start, self._session.path)
        self._trust_gate.run(self, self._session.code_search(), start, purpose=purpose)

    def cancel(self) -> None:
        """Drop the question under way."""
        if self._command.is_busy:
            self._command.stop()
            self.busy_changed.emit()

    def _start(self, path: str, agreement: Agreement) -> None:
        view = self._session.view
        # What is open can have changed while trust was asked for.
        if view is None or not path or path != self._session.path:
            return
        snapshot = view.snapshot
        self.cancel()
        pending = self._session.editing.changes if self._with_pending else ()
        self._question = Question(self._tries, pending, snapshot)
        try:
            changes = self._changes(snapshot)
        except WfepyError as error:  # a place that leads nowhere, a value that means nothing
            answer = PreflightAnswer(None, reason=error.message, hint=error.hint)
            self.answered.emit(AnsweredPreflight(answer, self._question))
            return
        arguments = ("preflight", self._session.path, "--json", *(("--changes", "-") if changes else ()))
        # Through a pipe: everybody on the machine can read a command line, and values may be secrets.
        given = b"".join(encode(event) + b"\n" for event in changes)
        # No limit: how long conditions may take is not known; the operator can cancel.
        self._command.run(*agreed_command(self._session.program, agreement, arguments, given), limit_ms=0)
        self.busy_changed.emit()

    def _changes(self, snapshot: Snapshot) -> list[Intervened]:
        """What is to be made on the copy: the pending changes, then the values to try."""
        editing = self._session.editing
        made: list[Intervened] = []
        if self._with_pending and editing.pending and editing.preview is not None:
            made, snapshot = editing.pending.events(""), editing.preview
        try:
            return [*made, context_event(snapshot, dict(self._tries), by="")]
        except NoChangeError:
            return made

    def _on_instance_changed(self) -> None:
        """What was asked about another file is no answer for this one."""
        if self._session.path != self._path:
            self._path = self._session.path
            self._tries, self._with_pending = (), False
            self.cancel()

    def _on_command_ended(self, outcome: CommandOutcome) -> None:
        self.busy_changed.emit()
        if self._question is not None:
            self.answered.emit(AnsweredPreflight(_answer_in(outcome), self._question))


def _answer_in(outcome: CommandOutcome) -> PreflightAnswer:
    """The answer of a preflight's process, or why there is none."""
    details = outcome.complaint[-KEPT_OUTPUT:].strip()
    if outcome.crashed:
        return PreflightAnswer(None, reason=tr("The process of the preflight crashed"), details=details)
    if outcome.code:
        reason, hint = reason_in(details) if outcome.code > 0 else outcome.reason
        reason = reason or tr("The preflight ended with exit code {}").format(outcome.code)
        return PreflightAnswer(None, reason=reason, hint=hint, details=details)
    from wfepy_core.explain.preflight import from_json  # noqa: PLC0415  not before somebody asked

    # Modules may print below Python's stdout; the answer is the last line.
    lines = outcome.printed.strip().rpartition("\n")
    try:
        found, trials = from_json(json.loads(lines[2]))
    except ValueError:
        return PreflightAnswer(None, reason=tr("The preflight gave no answer"), details=details)
    return PreflightAnswer(found, trials)
