"""One open instance: the only owner of its state on the desktop. Models and the graph are projections of it.

A file read in the background and the events of a running pass both end in one frozen `Snapshot`; what
changed is told by name, once per burst.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.snapshot import apply
from wfepy_core.storage import journal, state_file
from wfepy_gui.instance_view import View, changed_tasks, most_urgent, summary_of, view_of
from wfepy_gui.interpreters import install_line
from wfepy_gui.trust import modules_of
from wfepy_gui.workers.background import Background
from wfepy_gui.workers.file_watcher import FileWatcher
from wfepy_gui.workers.pass_process import (
    PassEnd,
    PassOutcome,
    PassProcess,
    command_for,
    reason_in,
    shell_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool

    from wfepy_core.events import Event
    from wfepy_core.snapshot import Snapshot
    from wfepy_core.storage.journal import History
    from wfepy_gui.interpreters import Interpreters
    from wfepy_gui.notices import Notices
    from wfepy_gui.settings import Settings
    from wfepy_gui.trust import Module

__all__ = ["Session", "View", "changed_tasks", "most_urgent", "view_of"]

BURST_MS = 60
AT_ONCE = 1000
"""Events shown in one go; more would hold up the window."""


class Session(QObject):
    """The instance in front of the operator.

    Signals:
        instance_changed: another file, or another graph: build everything anew.
        tasks_changed: a frozenset of task names whose status or record changed.
        context_changed: the context is another one.
        summary_changed: status, generation, running tasks, problem or busy changed.
        history_changed: `history` was read anew.
        events_applied: the tuple of events that was just applied.
        output_received: bytes that tasks of the running pass printed.
        pass_started, pass_ended: of our own child; the latter with its `PassOutcome`.
        trust_needed: a tuple of `trust.Module` the user must agree to before the pass begins.
    """

    instance_changed = Signal()
    tasks_changed = Signal(object)
    context_changed = Signal()
    summary_changed = Signal()
    history_changed = Signal()
    events_applied = Signal(object)
    output_received = Signal(bytes)
    pass_started = Signal()
    pass_ended = Signal(object)
    trust_needed = Signal(object)

    def __init__(
        self,
        make_process: Callable[[tuple[str, ...], QObject], PassProcess],
        interpreters: Interpreters,
        pool: QThreadPool,
        notices: Notices,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_process, self._interpreters = make_process, interpreters
        self._notices, self._settings = notices, settings
        self._path = self._module = ""
        self._view: View | None = None
        self._history: tuple[Event, ...] = ()
        self._problem: Exception | None = None
        self._process: PassProcess | None = None
        self._retired: list[PassProcess] = []
        self._pending: list[Event] = []
        self._outcome: PassOutcome | None = None
        self._reads = Background(pool, self)
        self._history_reads = Background(pool, self)
        self._watcher = FileWatcher(self)
        self._burst = QTimer(self)
        self._connect()

    def _connect(self) -> None:
        self._burst.setSingleShot(True)
        self._burst.setInterval(BURST_MS)
        self._burst.timeout.connect(self._flush)
        self._reads.answered.connect(self._take_snapshot)
        self._reads.failed.connect(self._take_problem)
        self._history_reads.answered.connect(self._take_history)
        self._watcher.changed.connect(self._reload_from_outside)
        self._watcher.polled.connect(self._look_after_others)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """The state file; empty when nothing is open."""
        return self._path

    @property
    def module(self) -> str:
        """The workflow module whose graph is shown without an instance; else empty."""
        return self._module

    @property
    def name(self) -> str:
        """The name of the state file or the module, for titles."""
        return Path(self._path or self._module).name

    @property
    def folder(self) -> Path:
        """Where the state file or the module lies; module paths are relative to it."""
        return Path(self._path or self._module).parent

    @property
    def view(self) -> View | None:
        """What is known of the instance; None until its file was read."""
        return self._view

    @property
    def history(self) -> tuple[Event, ...]:
        """The journal's events, oldest first, as read last."""
        return self._history

    @property
    def problem(self) -> Exception | None:
        """Why the file cannot be read now; the view shows what it held before."""
        return self._problem

    @property
    def is_busy(self) -> bool:
        """Whether a pass started here is running."""
        return self._process is not None

    @property
    def can_advance(self) -> bool:
        """Whether a pass can be started."""
        is_instance = self._view is not None and bool(self._path)
        return is_instance and not self.is_busy and self._problem is None

    @property
    def command_line(self) -> str:
        """The command that Advance runs, for a terminal."""
        return shell_line(command_for(self.program, self._path)) if self._path else ""

    @property
    def program(self) -> tuple[str, ...]:
        """The `wfepy` command of the Python that runs this workflow."""
        if self._view is None:
            return self._interpreters.own
        return self._interpreters.program(self._view.snapshot.workflow.modules, self.folder)

    # -- intents ------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Show another state file. A pass that runs goes on to its end; its failure becomes a notice."""
        self._retire()
        self._path, self._module = str(Path(path).absolute()), ""
        self._view, self._problem, self._history = None, None, ()
        self._watcher.watch(self._path)
        self.instance_changed.emit()
        self.summary_changed.emit()
        self.reload()

    def show_module(self, path: str, snapshot: Snapshot) -> None:
        """Show a workflow's graph without an instance, as a check in a child process told it."""
        self._retire()
        self._watcher.stop()
        self._reads.forget()
        self._history_reads.forget()
        self._path, self._module = "", path
        self._view, self._problem, self._history = None, None, ()
        self.instance_changed.emit()
        self._show(snapshot)
        self.history_changed.emit()

    def reload(self) -> None:
        """Read the file again."""
        if self._path:
            self._reads.ask(partial(state_file.read, self._path))
            self._history_reads.ask(partial(journal.history, self._path))

    def advance(self) -> None:
        """Start a pass in a child process; asks for trust first when the code is new to this user."""
        if not self.can_advance or self._view is None:
            return
        modules = modules_of(self._view.snapshot.workflow, self.folder)
        if self._settings.trusts([module.key for module in modules]):
            self._start_pass()
        else:
            self.trust_needed.emit(modules)

    def trust(self, modules: tuple[Module, ...]) -> None:
        """The user agrees to run these modules; remember it and start the pass."""
        self._settings.trust([module.key for module in modules])
        if self.can_advance:
            self._start_pass()

    def cancel(self) -> None:
        """Stop the running pass; what it completed stays complete."""
        if self._process is not None:
            self._process.cancel()

    def close(self) -> None:
        """Stop everything: the window closes."""
        self._watcher.stop()
        self._burst.stop()
        self._reads.forget()
        self._history_reads.forget()
        for process in [*self._retired, *([self._process] if self._process else [])]:
            process.kill()

    # -- our own pass -------------------------------------------------------------------------------------

    def _start_pass(self) -> None:
        process = self._make_process(self.program, self)
        process.events_arrived.connect(self._take_events)
        process.output_arrived.connect(self.output_received)
        process.ended.connect(self._end_pass)
        self._process = process
        self._reads.forget()
        self.pass_started.emit()
        self.summary_changed.emit()
        process.start(self._path)

    def _take_events(self, events: tuple[Event, ...]) -> None:
        self._pending.extend(events)
        if not self._burst.isActive():
            self._burst.start()

    def _flush(self) -> None:
        self._burst.stop()
        events, self._pending = tuple(self._pending[:AT_ONCE]), self._pending[AT_ONCE:]
        if events and self._view is not None:
            self._show(apply(self._view.snapshot, events))
            self.events_applied.emit(events)
        if self._pending:
            self._burst.start()
        elif self._outcome is not None:
            self._conclude(self._outcome)

    def _end_pass(self, outcome: PassOutcome) -> None:
        self._outcome = outcome
        self._flush()

    def _conclude(self, outcome: PassOutcome) -> None:
        """The process is gone, and what it said is shown."""
        self._outcome = None
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self._tell(outcome)
        self.pass_ended.emit(outcome)
        self.summary_changed.emit()
        self.reload()

    def _tell(self, outcome: PassOutcome) -> None:
        if outcome.end in (PassEnd.DONE, PassEnd.CANCELLED):
            return
        reason, hint = reason_in(outcome.details)
        if reason:
            say = self._notices.warning if outcome.end is PassEnd.LOCKED else self._notices.error
            say(reason, hint=hint)
        elif outcome.end is PassEnd.TASK_FAILED and self._view is not None:
            self._tell_failures(self._view.snapshot, outcome)
        else:
            hint = "What it completed is kept. See Output for what it printed."
            if outcome.end is PassEnd.NO_CORE:
                hint = f"Choose another (Instance, Python interpreter), or: {install_line(self.program[0])}"
            self._notices.error(f"{self.name}: {outcome.end.value}", hint=hint, details=outcome.details)

    def _tell_failures(self, snapshot: Snapshot, outcome: PassOutcome) -> None:
        names = [task.name for task in snapshot.graph.tasks]
        failed = [(names[number], error) for number, error in snapshot.records.errors.items()]
        summary = "; ".join(f"{name} failed: {error.type}: {error.message}" for name, error in failed[:3])
        details = "\n\n".join(error.traceback for _, error in failed)
        hint = "Correct the cause and advance again: the next pass retries it."
        self._notices.error(summary or outcome.end.value, hint=hint, details=details or outcome.details)

    def _retire(self) -> None:
        self._burst.stop()
        self._pending = []
        if self._outcome is not None:
            self._conclude(self._outcome)
        process, self._process = self._process, None
        if process is not None:
            process.events_arrived.disconnect(self._take_events)
            process.output_arrived.disconnect(self.output_received)
            process.ended.disconnect(self._end_pass)
            process.ended.connect(partial(self._end_retired, process, self.name))
            self._retired.append(process)

    def _end_retired(self, process: PassProcess, name: str, outcome: PassOutcome) -> None:
        self._retired.remove(process)
        process.deleteLater()
        if outcome.end not in (PassEnd.DONE, PassEnd.CANCELLED):
            self._notices.error(f"{name}: {outcome.end.value}", details=outcome.details)

    # -- the file -----------------------------------------------------------------------------------------

    def _reload_from_outside(self) -> None:
        if not self.is_busy:  # our own pass tells what it does by events
            self.reload()

    def _look_after_others(self) -> None:
        """Another process that dies while it runs a task changes no file; only the lock tells."""
        view = self._view
        if view and view.snapshot.running and not view.snapshot.interrupted:
            self._reload_from_outside()

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        if self.is_busy:
            return
        had_problem, self._problem = self._problem is not None, None
        if self._view is None or self._view.snapshot != snapshot:
            self._show(snapshot)
        if had_problem:
            self.summary_changed.emit()

    def _take_problem(self, error: Exception) -> None:
        is_news = str(error) != str(self._problem)
        self._problem = error
        if is_news:
            self._notices.report(error)
            self.summary_changed.emit()

    def _take_history(self, history: History) -> None:
        self._history = tuple(history.events)
        self.history_changed.emit()

    def _show(self, snapshot: Snapshot) -> None:
        before, after = self._view, view_of(snapshot)
        self._view = after
        if before is None or before.snapshot.graph != snapshot.graph:
            self.instance_changed.emit()
            self.summary_changed.emit()
            return
        names = changed_tasks(before, after)
        if names:
            self.tasks_changed.emit(names)
        if before.snapshot.context != snapshot.context:
            self.context_changed.emit()
        if summary_of(before) != summary_of(after):
            self.summary_changed.emit()
