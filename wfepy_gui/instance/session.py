"""One open instance: the only owner of its state on the desktop. Models and the graph are projections of it.

Files read in the background and events of a pass end in one frozen `Snapshot`; changes are told by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.model.json_values import equal
from wfepy_gui.instance import instance_view
from wfepy_gui.instance.editing import Editing
from wfepy_gui.instance.event_feed import EventFeed
from wfepy_gui.instance.failure_notice import tell_pass
from wfepy_gui.instance.file_reader import FileReader
from wfepy_gui.passes.pass_outcome import PassEnd, PassOutcome
from wfepy_gui.passes.pass_process import pass_command
from wfepy_gui.passes.pass_summary import PassSummary
from wfepy_gui.preferences.trust import modules_of
from wfepy_gui.text.command_text import shell_line
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.event_feed import Step
    from wfepy_gui.instance.file_reader import Reading
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.notices import Notices
    from wfepy_gui.passes.running_passes import RunningPass, RunningPasses
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.preferences.trust import Module, TrustGate


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
        trust_refused: the code of this instance may not run, so no pass begins.
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
    trust_refused = Signal()

    def __init__(
        self,
        passes: RunningPasses,
        interpreters: Interpreters,
        pool: QThreadPool,
        notices: Notices,
        trust_gate: TrustGate,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._passes, self._interpreters = passes, interpreters
        self._notices, self._trust_gate = notices, trust_gate
        self._path = self._module = ""
        self._view: InstanceView | None = None
        self._history: tuple[Event, ...] = ()
        self._problem: Exception | None = None
        self._pass: RunningPass | None = None
        self._outcome: PassOutcome | None = None
        self._tally = PassSummary()
        self._hindrance = ""
        self._file = FileReader(pool, self)
        self._editing = Editing(pool, notices, self)
        self._starts_when_saved = False
        self._feed = EventFeed(self)
        self._connect()

    def _connect(self) -> None:
        self._feed.stepped.connect(self._take_step)
        self._feed.drained.connect(self._conclude)
        self._file.read.connect(self._take_reading)
        self._file.unreadable.connect(self._take_problem)
        self._file.history_read.connect(self._take_history)
        self._editing.applied.connect(self._take_saved)
        self._editing.refused.connect(self._stay)
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
    def view(self) -> InstanceView | None:
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
        return self._pass is not None

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
            alone = tr("A module alone has no instance to change")
            return alone if self._module else tr("Nothing is open")
        if self._problem is not None:
            return tr("The file cannot be read now")
        if self._view is None:
            return tr("The file was not read yet")
        return self._hindrance

    @property
    def tally(self) -> PassSummary:
        """What the pass did that was started here last."""
        return self._tally

    @property
    def process_id(self) -> int:
        """Of the pass started here; 0 when none runs."""
        return self._pass.process.process_id if self._pass and self._outcome is None else 0

    @property
    def is_stopping(self) -> bool:
        """Whether the running pass was asked to stop."""
        return self._pass is not None and self._pass.process.is_cancelled

    @property
    def pass_seconds(self) -> float:
        """How long the pass runs that was started here; 0 when none does."""
        return self._pass.seconds if self._pass else 0.0

    @property
    def command_line(self) -> str:
        """The command that Advance runs, for a terminal."""
        return shell_line(pass_command(self.program, self._path)) if self._path else ""

    @property
    def program(self) -> tuple[str, ...]:
        """The `wfepy` command of the Python that runs this workflow."""
        modules = self._view.snapshot.workflow.modules if self._view else ()
        return self._interpreters.program(modules, self.folder)

    def find_modules(self) -> tuple[Module, ...]:
        """The workflow's modules as they would run now; none when nothing was read."""
        return modules_of(self._view.snapshot.workflow, self.folder) if self._view else ()

    # -- intents ------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Show another state file (empty: none). A running pass goes on; its failure becomes a notice."""
        self._turn_to(str(Path(path).absolute()) if path else "", "")
        running = self._passes.of(path) if path else None
        self._adopt(running)
        self.instance_changed.emit()
        if running is not None:
            self.pass_started.emit()
        self.summary_changed.emit()
        self._file.follow(self._path)

    def show_module(self, path: str, snapshot: Snapshot) -> None:
        """Show a workflow's graph without an instance, as a check in a child process told it."""
        self._turn_to("", path)
        self._file.follow("")
        self.instance_changed.emit()
        self._show(instance_view.view_of_module(snapshot), None)
        self.history_changed.emit()

    def reload(self) -> None:
        """Read the file again."""
        self._file.reload()

    def advance(self) -> None:
        """Start a pass in a child process, when pending changes are saved and the code is trusted."""
        if self.can_advance and self._editing.collect():
            self._trust_gate.run(self.find_modules, self._save_and_start, on_refused=self.trust_refused.emit)

    def cancel(self) -> None:
        """Stop the running pass; what it completed stays complete."""
        if self._pass is not None and self._outcome is None:
            self._pass.process.cancel()
            self.summary_changed.emit()

    def hinder(self, reason: str) -> None:
        """Say why a file that can be read may not be changed (see `obstacle`); an empty reason lifts it."""
        if reason != self._hindrance:
            self._hindrance = reason
            self.summary_changed.emit()

    def close(self) -> None:
        """Stop everything: the window closes."""
        self._leave_pass()
        self._file.stop()

    # -- our own pass -------------------------------------------------------------------------------------

    def _save_and_start(self) -> None:
        if not self.can_advance or not self._editing.collect():
            return  # since it was asked for
        if self._editing.pending:
            self._starts_when_saved = True
            self._editing.apply("")
        else:
            self._start_pass()

    def _take_saved(self, snapshot: Snapshot) -> None:
        view = instance_view.view_of(snapshot)
        self._take_view(view, self._differences(view))
        if self._view is not None:
            self._file.keep(self._view)
        starts, self._starts_when_saved = self._starts_when_saved, False
        if starts and self.can_advance:
            self._start_pass()

    def _stay(self) -> None:
        self._starts_when_saved = False

    def _start_pass(self) -> None:
        if self._view is None or self._passes.of(self._path) is not None:
            return
        self._feed.begin(self._view)
        self._file.hold_still(is_still=True)
        running = self._passes.prepare(self._path, self.program)
        self._adopt(running)
        self.pass_started.emit()
        self.summary_changed.emit()
        running.process.start(self._path)

    def _adopt(self, running: RunningPass | None) -> None:
        """Take a pass for this session's own; of one that began before, the file tells what it does."""
        self._pass = running
        if running is not None:
            self._tally = running.tally
            running.process.events_arrived.connect(self._feed.add)
            running.process.output_arrived.connect(self.output_received)
            running.process.ended.connect(self._end_pass)

    def _take_step(self, step: Step) -> None:
        self._show(step.view, step.names)
        self.events_applied.emit(step.events)

    def _end_pass(self, outcome: PassOutcome) -> None:
        self._outcome = outcome
        self._feed.finish()

    def _conclude(self) -> None:
        """The process is gone, and what it said is shown."""
        outcome, self._outcome = self._outcome, None
        ended, self._pass = self._pass, None
        if outcome is None or ended is None:
            return
        is_told = self._feed.is_following and outcome.end in (PassEnd.DONE, PassEnd.TASK_FAILED)
        self._feed.forget()
        snapshot, python = self._view and self._view.snapshot, self.program[0]
        tell_pass(self._notices, outcome, self.name, snapshot, python, self._tally.failed)
        self.pass_ended.emit(outcome)
        self.summary_changed.emit()
        if self._pass is None:  # who heard of the end may have started the next one
            self._file.hold_still(is_still=False)
        if is_told and self._view is not None:
            self._file.keep(self._view, ended.process.events_by_line)
        else:
            self.reload()

    def _turn_to(self, path: str, module: str) -> None:
        """Leave what is shown; a pass of it goes on without us."""
        if self._outcome is not None:
            self._conclude()
        self._leave_pass()
        self._file.hold_still(is_still=False)
        self._path, self._module = path, module
        self._view, self._problem, self._history, self._hindrance = None, None, (), ""
        self._starts_when_saved = False
        self._editing.begin(path)

    def _leave_pass(self) -> None:
        running, self._pass = self._pass, None
        if running is not None:
            running.process.events_arrived.disconnect(self._feed.add)
            running.process.output_arrived.disconnect(self.output_received)
            running.process.ended.disconnect(self._end_pass)
        self._feed.forget()

    # -- the file -----------------------------------------------------------------------------------------

    def _take_reading(self, reading: Reading) -> None:
        if self.is_busy and self._feed.is_following:
            return
        if reading.before is self._view:
            self._take_view(reading.view, reading.names, is_same=reading.is_same)
        else:  # what it was compared with is no longer what is shown
            self._take_view(reading.view, self._differences(reading.view))

    def _differences(self, view: InstanceView) -> frozenset[str] | None:
        before = self._view
        if before is None or before.snapshot.graph != view.snapshot.graph:
            return None
        return instance_view.changed_tasks(before, view)

    def _take_view(self, view: InstanceView, names: frozenset[str] | None, *, is_same: bool = False) -> None:
        self._editing.take(view.snapshot)
        had_problem, self._problem = self._problem is not None, None
        if not is_same or self._view is None or self._view.snapshot.saved != view.snapshot.saved:
            self._show(view, names)
        if had_problem:
            self.summary_changed.emit()

    def _take_problem(self, error: Exception) -> None:
        is_news = str(error) != str(self._problem)
        self._problem = error
        if is_news:
            # What was read before is still shown, and beside it what is the matter, as long as it is.
            tell = self._notices.remember if self._view else self._notices.report
            tell(error)
            self.summary_changed.emit()

    def _take_history(self, events: tuple[Event, ...]) -> None:
        self._history = events
        self.history_changed.emit()

    def _show(self, after: InstanceView, names: frozenset[str] | None) -> None:
        """Show a view; `names` of the tasks that differ, None: everything does."""
        before, self._view = self._view, after
        self._file.show(after)
        self._editing.follow(after.snapshot)
        if before is None or names is None:
            self.instance_changed.emit()
            self.summary_changed.emit()
            return
        if names:
            self.tasks_changed.emit(names)
        if not equal(before.snapshot.context, after.snapshot.context):
            self.context_changed.emit()
        if instance_view.summary_of(before) != instance_view.summary_of(after):
            self.summary_changed.emit()
