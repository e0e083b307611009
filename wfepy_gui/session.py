"""One open instance: the only owner of its state on the desktop. Models and the graph are projections of it.

A file read in the background and the events of a running pass both end in one frozen `Snapshot`; what
changed is told by name, once per burst.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.storage import journal
from wfepy_gui.editing import Editing
from wfepy_gui.instance_view import View, changed_tasks, most_urgent, summary_of, view_of
from wfepy_gui.pass_news import tell_pass
from wfepy_gui.pass_tally import PassTally
from wfepy_gui.trust import modules_of
from wfepy_gui.workers.background import Background
from wfepy_gui.workers.event_feed import EventFeed
from wfepy_gui.workers.file_watcher import FileWatcher
from wfepy_gui.workers.pass_process import (
    PassEnd,
    PassOutcome,
    PassProcess,
    command_for,
    shell_line,
)
from wfepy_gui.workers.state_reader import read_view

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
    from wfepy_gui.workers.event_feed import Step

__all__ = ["Session", "View", "changed_tasks", "most_urgent", "view_of"]


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
        self._outcome: PassOutcome | None = None
        self._tally = PassTally()
        self._hindrance = ""
        self._reads = Background(pool, self)
        self._history_reads = Background(pool, self)
        self._watcher = FileWatcher(self)
        self._editing = Editing(pool, notices, self)
        self._starts_when_saved = False
        self._feed = EventFeed(pool, self)
        self._connect()

    def _connect(self) -> None:
        self._feed.stepped.connect(self._take_step)
        self._feed.drained.connect(self._conclude)
        self._reads.answered.connect(self._take_view)
        self._reads.failed.connect(self._take_problem)
        self._history_reads.answered.connect(self._take_history)
        self._watcher.changed.connect(self._reload_from_outside)
        self._watcher.polled.connect(self._look_after_others)
        self._editing.applied.connect(self._take_saved)
        self._editing.refused.connect(partial(setattr, self, "_starts_when_saved", False))
        self._editing.outdated.connect(self.reload)

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
    def editing(self) -> Editing:
        """The changes that wait to be applied to this instance."""
        return self._editing

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
        return self.can_change and not self.is_busy

    @property
    def can_change(self) -> bool:
        """Whether changes can be made and saved; `summary_changed` tells when it is otherwise."""
        return not self.obstacle

    @property
    def obstacle(self) -> str:
        """Why nothing may be changed now, a sentence without its full stop; empty when everything may."""
        if not self._path:
            return "Nothing is open" if not self._module else "A module alone has no instance to change"
        if self._problem is not None:
            return "The file cannot be read now"
        if self._view is None:
            return "The file was not read yet"
        return self._hindrance

    @property
    def tally(self) -> PassTally:
        """What the pass did that was started here last."""
        return self._tally

    @property
    def process_id(self) -> int:
        """Of the pass started here; 0 when none runs."""
        return self._process.process_id if self._process else 0

    @property
    def command_line(self) -> str:
        """The command that Advance runs, for a terminal."""
        return shell_line(command_for(self.program, self._path)) if self._path else ""

    @property
    def program(self) -> tuple[str, ...]:
        """The `wfepy` command of the Python that runs this workflow."""
        modules = self._view.snapshot.workflow.modules if self._view else ()
        return self._interpreters.program(modules, self.folder)

    # -- intents ------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Show another state file (empty: none). A running pass goes on; its failure becomes a notice."""
        self._retire()
        self._path, self._module = str(Path(path).absolute()) if path else "", ""
        self._view, self._problem, self._history, self._hindrance = None, None, (), ""
        self._starts_when_saved = False
        self._editing.begin(self._path)
        self._watcher.watch(self._path) if path else self._watcher.stop()
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
        self._view, self._problem, self._history, self._hindrance = None, None, (), ""
        self._starts_when_saved = False
        self._editing.begin("")
        self.instance_changed.emit()
        self._show(view_of(snapshot), None)
        self.history_changed.emit()

    def reload(self) -> None:
        """Read the file again."""
        if self._path:
            known = self._view.snapshot.context if self._view else None
            self._reads.ask(partial(read_view, self._path, known))
            self._history_reads.ask(partial(journal.history, self._path))

    def advance(self) -> None:
        """Start a pass in a child process, when pending changes are saved and the code is trusted."""
        if not self.can_advance or self._view is None:
            return
        if not self._editing.collect():
            return
        modules = modules_of(self._view.snapshot.workflow, self.folder)
        if self._settings.trusts([module.key for module in modules]):
            self._save_and_start()
        else:
            self.trust_needed.emit(modules)

    def trust(self, modules: tuple[Module, ...]) -> None:
        """The user agrees to run these modules; remember it and start the pass."""
        self._settings.trust([module.key for module in modules])
        if self.can_advance:
            self._save_and_start()

    def cancel(self) -> None:
        """Stop the running pass; what it completed stays complete."""
        if self._process is not None:
            self._process.cancel()

    def hinder(self, reason: str) -> None:
        """Say why a file that can be read may not be changed (see `obstacle`); an empty reason lifts it."""
        if reason != self._hindrance:
            self._hindrance = reason
            self.summary_changed.emit()

    def close(self) -> None:
        """Stop everything: the window closes."""
        self._watcher.stop()
        self._feed.forget()
        self._reads.forget()
        self._history_reads.forget()
        for process in [*self._retired, *([self._process] if self._process else [])]:
            process.kill()

    # -- our own pass -------------------------------------------------------------------------------------

    def _save_and_start(self) -> None:
        if self._editing.pending:
            self._starts_when_saved = True
            self._editing.apply("")
        else:
            self._start_pass()

    def _take_saved(self, snapshot: Snapshot) -> None:
        self._reads.forget()  # it may have read what was there before
        self._take_view(view_of(snapshot))
        self._history_reads.ask(partial(journal.history, self._path))
        starts, self._starts_when_saved = self._starts_when_saved, False
        if starts and self.can_advance:
            self._start_pass()

    def _start_pass(self) -> None:
        process = self._make_process(self.program, self)
        process.events_arrived.connect(self._feed.add)
        process.output_arrived.connect(self.output_received)
        process.ended.connect(self._end_pass)
        self._process, self._tally = process, PassTally()
        self._reads.forget()
        if self._view is not None:
            self._feed.begin(self._view)
        self.pass_started.emit()
        self.summary_changed.emit()
        process.start(self._path)

    def _take_step(self, step: Step) -> None:
        self._tally.take(step.events)
        self._show(step.view, step.names)
        self.events_applied.emit(step.events)

    def _end_pass(self, outcome: PassOutcome) -> None:
        self._outcome = outcome
        self._feed.finish()

    def _conclude(self) -> None:
        """The process is gone, and what it said is shown."""
        outcome, self._outcome = self._outcome, None
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if outcome is None:
            return
        tell_pass(self._notices, outcome, self.name, self._view and self._view.snapshot, self.program[0])
        self.pass_ended.emit(outcome)
        self.summary_changed.emit()
        self.reload()

    def _retire(self) -> None:
        self._feed.forget()
        if self._outcome is not None:
            self._conclude()
        process, self._process = self._process, None
        if process is not None:
            process.events_arrived.disconnect(self._feed.add)
            process.output_arrived.disconnect(self.output_received)
            process.ended.disconnect(self._end_pass)
            process.ended.connect(partial(self._end_retired, process, self.name))
            self._retired.append(process)

    def _end_retired(self, process: PassProcess, name: str, outcome: PassOutcome) -> None:
        self._retired.remove(process)
        process.deleteLater()
        if outcome.end not in (PassEnd.DONE, PassEnd.CANCELLED):
            self._notices.error(f"{name}: {outcome.sentence}", details=outcome.details)

    # -- the file -----------------------------------------------------------------------------------------

    def _reload_from_outside(self) -> None:
        if not self.is_busy:  # our own pass tells what it does by events
            self.reload()

    def _look_after_others(self) -> None:
        """Another process that dies while it runs a task changes no file; only the lock tells."""
        view = self._view
        if view and view.snapshot.running and not view.snapshot.interrupted:
            self._reload_from_outside()

    def _take_view(self, view: View) -> None:
        if self.is_busy:
            return
        self._editing.take(view.snapshot)
        had_problem, self._problem = self._problem is not None, None
        if self._view is None or self._view.snapshot != view.snapshot:
            before = self._view
            is_same_graph = before is not None and before.snapshot.graph == view.snapshot.graph
            self._show(view, changed_tasks(before, view) if before and is_same_graph else None)
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

    def _show(self, after: View, names: frozenset[str] | None) -> None:
        """Show a view; `names` of the tasks that differ, None: everything does."""
        before, self._view = self._view, after
        self._editing.follow(after.snapshot)
        if before is None or names is None:
            self.instance_changed.emit()
            self.summary_changed.emit()
            return
        if names:
            self.tasks_changed.emit(names)
        if before.snapshot.context != after.snapshot.context:
            self.context_changed.emit()
        if summary_of(before) != summary_of(after):
            self.summary_changed.emit()
