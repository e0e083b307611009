"""One open instance: the only owner of its state on the desktop. Models and the graph are projections of it.

Files read in the background and events of a pass end in one frozen `Snapshot`; signals say what changed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import CodeNotAgreedError
from wfepy_core.loading.agreement import path_in
from wfepy_gui.instance.editing import Editing
from wfepy_gui.instance.failure_notice import post_failure_notice
from wfepy_gui.instance.file_reader import FileReader
from wfepy_gui.instance.instance_view import view_of, view_of_module
from wfepy_gui.instance.kept_output import KeptOutput
from wfepy_gui.instance.live_pass import LivePass
from wfepy_gui.instance.shown_instance import ShownInstance
from wfepy_gui.passes.pass_outcome import PassEnd, PassOutcome
from wfepy_gui.passes.pass_process import pass_command
from wfepy_gui.preferences.trust import find_code_files
from wfepy_gui.text.command_text import reason_in, shell_line
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool

    from wfepy_core.loading.agreement import Agreement
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.event_feed import Burst
    from wfepy_gui.instance.file_reader import Reading
    from wfepy_gui.instance.file_watcher import FileWatcher
    from wfepy_gui.instance.instance_view import InstanceView
    from wfepy_gui.instance.live_pass import FinishedPass
    from wfepy_gui.notices import Notices
    from wfepy_gui.passes.running_passes import RunningPass, RunningPasses
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.preferences.trust import CodeFile
    from wfepy_gui.workers.trust_gate import TrustGate


class Session(ShownInstance):
    """The instance in front of the operator: reads it, starts its passes, saves what was changed.

    Signals:
        events_applied: the events that were just applied, a tuple.
        pass_started, pass_ended: of this instance, when it runs here; the latter when all of it is shown.
        trust_refused: the code of this instance may not run, so no pass begins.
    """

    events_applied = Signal(tuple)
    pass_started = Signal()
    pass_ended = Signal(PassOutcome)
    trust_refused = Signal()

    def __init__(
        self,
        *,
        passes: RunningPasses,
        interpreters: Interpreters,
        pool: QThreadPool,
        watcher: FileWatcher,
        notices: Notices,
        trust_gate: TrustGate,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._passes = passes
        self._interpreters = interpreters
        self._notices = notices
        self._trust_gate = trust_gate
        self._file_obstacle = ""
        self._starts_when_saved = False
        self._agreement: Agreement | None = None
        self._not_agreed = ""
        self._live_pass = LivePass(self)
        self._file = FileReader(pool, watcher, self)
        self._output = KeptOutput(pool, watcher, self)
        self._editing = Editing(pool, notices, self)
        self._connect()

    def _connect(self) -> None:
        self._passes.starting.connect(self._on_pass_starting)
        self._live_pass.stepped.connect(self._on_stepped)
        self._live_pass.finished.connect(self._finish_pass)
        self._file.read.connect(self._on_file_read)
        self._file.unreadable.connect(self._on_file_unreadable)
        self._file.history_read.connect(self._set_history)
        self._editing.applied.connect(self._on_saved)
        self._editing.refused.connect(self._on_save_refused)
        self._editing.outdated.connect(self.reload)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def editing(self) -> Editing:
        """The changes that wait to be applied to this instance."""
        return self._editing

    @property
    def output(self) -> KeptOutput:
        """What the tasks of this instance print, whoever runs the pass."""
        return self._output

    @property
    def is_busy(self) -> bool:
        """Whether a pass of it runs here."""
        return self._live_pass.running is not None

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
        return self._file_obstacle

    @property
    def live_pass(self) -> LivePass:
        """The pass of it that runs here, or what the last one did."""
        return self._live_pass

    @property
    def command_line(self) -> str:
        """The command that Advance runs, for a terminal."""
        return shell_line(pass_command(self.program, self._path)) if self._path else ""

    @property
    def program(self) -> tuple[str, ...]:
        """The `wfepy` command of the Python that runs this workflow."""
        modules = self._view.snapshot.workflow.modules if self._view else ()
        return self._interpreters.program(modules, self.folder)

    @property
    def agreement(self) -> Agreement | None:
        """What could run in the last pass of it here; None: there was none yet."""
        return self._agreement

    def code_search(self) -> Callable[[], tuple[CodeFile, ...]]:
        """What finds the workflow's code as it is then; to be called in a pool thread."""
        modules = self._view.snapshot.workflow.modules if self._view else ()
        search_path = self._interpreters.search_paths.find(modules, self.folder)
        asked_for = _code_asked_for(self._view) | {self._not_agreed} - {""}
        return partial(find_code_files, modules, self.folder, search_path, asked_for)

    # -- intents ------------------------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Show another state file (empty: none). A running pass goes on; its failure becomes a notice."""
        self._switch_to(str(Path(path).absolute()) if path else "", "")
        running = self._passes.of(path) if path else None
        if running is not None:
            self._agreement = running.agreement
            self._live_pass.adopt(running, None)
        self.instance_changed.emit()
        if running is not None:
            self.pass_started.emit()
        self.summary_changed.emit()
        self._file.follow(self._path)
        self._output.follow(self._path)
        if running is not None:
            self._output.follow_live(is_live=True)

    def show_module(self, path: str, snapshot: Snapshot) -> None:
        """Show a workflow's graph without an instance, as a check in a child process found it."""
        self._switch_to("", path)
        self._file.follow("")
        self._output.follow("")
        self.instance_changed.emit()
        self._show(view_of_module(snapshot), None)
        self.history_changed.emit()

    def reload(self) -> None:
        """Read the file again."""
        self._file.reload()

    def advance(self) -> None:
        """Start a pass in a child process, when pending changes are saved and the code is trusted."""
        if self.can_advance and self._editing.collect():
            start = partial(self._save_and_start, self._path)
            self._trust_gate.run(self, self.code_search(), start, on_refused=self.trust_refused.emit)

    def cancel(self) -> None:
        """Stop the running pass; what it completed stays complete."""
        if self._live_pass.cancel():
            self.summary_changed.emit()

    def set_obstacle(self, reason: str) -> None:
        """Say why a file that can be read may not be changed (see `obstacle`); an empty reason lifts it."""
        if reason != self._file_obstacle:
            self._file_obstacle = reason
            self.summary_changed.emit()

    def close(self) -> None:
        """Stop everything: the window closes."""
        self._live_pass.leave()
        self._file.stop()
        self._output.follow("")

    # -- passes -------------------------------------------------------------------------------------------

    def _save_and_start(self, path: str, agreement: Agreement) -> None:
        if path != self._path or not self.can_advance or not self._editing.collect():
            return  # since it was asked for
        self._agreement = agreement
        if self._editing.pending:
            self._starts_when_saved = True
            self._editing.apply("")
        else:
            self._start_pass()

    def _on_saved(self, snapshot: Snapshot) -> None:
        view = view_of(snapshot)
        self._set_view(view, self._differences(view))
        if self._view is not None:
            self._file.adopt_known_state(self._view)
        starts, self._starts_when_saved = self._starts_when_saved, False
        if starts and self.can_advance:
            self._start_pass()

    def _on_save_refused(self) -> None:
        self._starts_when_saved = False

    def _start_pass(self) -> None:
        if self._view is not None and self._agreement is not None and self._passes.of(self._path) is None:
            self._passes.start(self._path, self.program, self._agreement)

    def _on_pass_starting(self, running: RunningPass) -> None:
        """Whoever starts a pass of this instance, it is shown as it goes."""
        if not self._path or self._passes.of(self._path) is not running:
            return
        self._agreement = running.agreement
        if self._view is not None:
            self._file.pause(is_paused=True)
        self._live_pass.adopt(running, self._view)
        self._output.follow_live(is_live=True)
        self.pass_started.emit()
        self.summary_changed.emit()

    def _on_stepped(self, burst: Burst) -> None:
        self._show(burst.view, burst.names)
        self.events_applied.emit(burst.events)

    def _finish_pass(self, finished: FinishedPass) -> None:
        if finished.outcome.end is PassEnd.NOT_AGREED:
            self._not_agreed = path_in(reason_in(finished.outcome.details)[0])
        post_failure_notice(
            self._notices,
            finished.outcome,
            name=self.name,
            snapshot=self._view.snapshot if self._view else None,
            python=self.program[0],
            failed=self._live_pass.summary.failed,
        )
        self.pass_ended.emit(finished.outcome)
        self.summary_changed.emit()
        if not self.is_busy:  # who heard of the end may have started the next one
            self._file.pause(is_paused=False)
            self._output.follow_live(is_live=False)
        if finished.is_complete and self._view is not None:
            self._file.adopt_known_state(self._view, finished.events_by_line)
        else:
            self.reload()

    def _switch_to(self, path: str, module: str) -> None:
        """Leave what is shown; a pass of it goes on without us."""
        self._live_pass.finish_now()
        self._live_pass.leave()
        self._file.pause(is_paused=False)
        self._reset(path, module)
        self._file_obstacle = ""
        self._starts_when_saved = False
        self._agreement = None
        self._not_agreed = ""
        self._trust_gate.drop(self)
        self._editing.begin(path)

    # -- the file -----------------------------------------------------------------------------------------

    def _on_file_read(self, reading: Reading) -> None:
        if self._live_pass.is_followed:
            return
        if reading.before is self._view:
            self._set_view(reading.view, reading.names, is_same=reading.is_same)
        else:  # what it was compared with is no longer what is shown
            self._set_view(reading.view, self._differences(reading.view))

    def _set_view(self, view: InstanceView, names: frozenset[str] | None, *, is_same: bool = False) -> None:
        self._editing.on_file_read(view.snapshot)
        had_problem, self._problem = self._problem is not None, None
        if not is_same or self._view is None or _passing(self._view) != _passing(view):
            self._show(view, names)
        if had_problem:
            self.summary_changed.emit()

    def _on_file_unreadable(self, error: Exception) -> None:
        is_news = str(error) != str(self._problem)
        self._problem = error
        if is_news:
            # What was read before is still shown, and beside it what is the matter, as long as it is.
            post = self._notices.remember if self._view else self._notices.report
            post(error)
            self.summary_changed.emit()

    def _show(self, view: InstanceView, names: frozenset[str] | None) -> None:
        """Show a view; `names` of the tasks that differ, None: everything does."""
        before, self._view = self._view, view
        self._file.set_shown(view)
        self._editing.on_live_snapshot(view.snapshot)
        self._announce(before, names)


def _code_asked_for(view: InstanceView | None) -> set[str]:
    """Files that tasks failed to import because nobody had agreed to them: the next pass asks."""
    errors = view.snapshot.records.errors.values() if view is not None else ()
    named = {path_in(error.message) for error in errors if error.type.endswith(CodeNotAgreedError.__name__)}
    return named - {""}


def _passing(view: InstanceView) -> tuple[object, ...]:
    """What is shown of an instance that may differ where nothing of it does: who was there last."""
    return view.snapshot.saved, view.snapshot.last_pass
