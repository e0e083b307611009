"""One pass over one state file: lock, read, load the module, run, journal, save.

A pass in which anything came of a task ends with a save, whatever happened: what completed stays completed.
One that only asked waiting tasks again leaves all files as they are. A failing task is part of the result. A
pass that could not take place, or whose save failed, raises.
"""

from __future__ import annotations

import os
import time
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import StateFileError, WorkflowError
from wfepy_core.loading import loader
from wfepy_core.model.actor import this_process
from wfepy_core.model.derived_status import status_of
from wfepy_core.model.events import PassEnded, PassStarted
from wfepy_core.model.status import OVER, Durability
from wfepy_core.model.summary import summary_from
from wfepy_core.passes.context_tracker import ContextTracker
from wfepy_core.passes.pass_recorder import PassRecorder
from wfepy_core.passes.pass_runner import PassRunner
from wfepy_core.storage.codec import decode
from wfepy_core.storage.journal import journal_size, newer_events
from wfepy_core.storage.lock_text import Polls, add_polls
from wfepy_core.storage.locked_state import LockedState
from wfepy_core.storage.state_document import Contents
from wfepy_core.storage.state_serialization import (
    Parts,
    context_text,
    graph_text,
    records_text,
    running_text,
    tokens_text,
    workflow_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from wfepy_core.loading.loader import LoadedWorkflow
    from wfepy_core.model.events import Event
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.snapshot import Snapshot, WorkflowRef
    from wfepy_core.model.status import InstanceStatus, TaskState
    from wfepy_core.passes.task_output import TaskOutput


class PassResult(NamedTuple):
    """How a pass ended.

    Attributes:
        path: the state file, links resolved.
        status: of the instance now.
        generation: of the state file now.
        error: what the failing task or condition raised; several failures: an ExceptionGroup; None: none.
        ran: how many task functions were called.
        failed: names of the tasks that failed, or behind which a condition did, in order.
        before: status of the instance when it was saved last.
    """

    path: str
    status: InstanceStatus
    generation: int
    error: Exception | None
    ran: int
    failed: tuple[str, ...]
    before: InstanceStatus


def run_pass(  # noqa: PLR0913  options of a pass, given by name
    path: str,
    *,
    keep_going: bool = True,
    durability: Durability = Durability.TASK,
    executor: Executor | None = None,
    listen: Callable[[Event], None] | None = None,
    modules: Sequence[str] | None = None,
    timeout: float | None = None,
    loaded: Callable[[LoadedWorkflow], None] | None = None,
    output: Callable[[str], TaskOutput] | None = None,
) -> PassResult:
    """Take one instance as far as it can go now.

    Where nothing is left to do, nothing is written, and the module is not even imported. Where nothing
    differs afterwards but how often tasks were polled, only the lock file tells of the pass. On Ctrl-C the
    task that was running is shown as interrupted, everything before it is saved, and KeyboardInterrupt goes
    on.

    Args:
        path: the state file.
        keep_going: after an error, run the other branches; else the pass ends there.
        durability: TASK: each completed task survives a power cut at once; PASS: from the save on.
        executor: run the tasks of one wave side by side on it.
        listen: called with every event, after it is in the journal.
        modules: workflow modules to use, and write down, instead of those in the state file.
        timeout: seconds to wait for the lock; None: not at all.
        loaded: called with its workflow once everything is loaded, before the first task.
        output: makes what keeps the output of the state file at a path; None: it is not kept. Only for a
            process that does nothing else meanwhile: its streams and descriptors lead there.

    Raises:
        LockedError: another pass or edit holds it.
        UnreadableStateError: the file cannot be read; it is left alone.
        ModuleLoadError, ModuleDriftError, WorkflowError: the module cannot be used; nothing was changed.
        CodecError: the saved context makes no sense to the module's registered classes.
        StateConflictError: somebody saved the file in spite of the lock; both versions are kept.
        StateFileError: the journal or the state file cannot be written. What completed before is in the
            journal, and counts.
    """
    with LockedState(path, purpose="advance", durability=durability, timeout=timeout) as locked:
        if modules is None and _is_over(locked):
            return _result_of_nothing(locked, listen)
        prepare = partial(_prepare, path, locked, modules, listen, loaded)
        if output is None:
            return prepare(None).run(keep_going=keep_going, executor=executor)
        with output(locked.path) as kept:
            return prepare(kept).run(keep_going=keep_going, executor=executor)


def _prepare(
    path: str,
    locked: LockedState,
    modules: Sequence[str] | None,
    listen: Callable[[Event], None] | None,
    loaded: Callable[[LoadedWorkflow], None] | None,
    output: TaskOutput | None,
) -> _Pass:
    """A pass whose module is loaded."""
    try:
        one_pass = _Pass(locked, modules, listen, output)
    except WorkflowError as error:
        from wfepy_core.loading.drift import name_way_out

        name_way_out(error, path)
        raise
    if loaded is not None:
        loaded(one_pass.loaded)
    return one_pass


def _is_over(locked: LockedState) -> bool:
    """Whether an instance has no token left: its module, which may be gone or another one now, has no say."""
    document = locked.document
    is_saved = journal_size(locked.path) <= document.head.saved.journal
    return document.head.status in OVER and is_saved and document.text("tokens") == b"[]"


def _result_of_nothing(locked: LockedState, listen: Callable[[Event], None] | None) -> PassResult:
    """The result of a pass in which nothing is left to do."""
    head = locked.document.head
    locked.note_pass(head.status.value, locked.polls)
    if listen is not None:
        me = this_process()
        listen(PassStarted(head.generation, me.at, me.user, me.host, me.pid))
        listen(PassEnded(head.generation, me.at, head.status))
    return PassResult(locked.path, head.status, head.generation, None, 0, (), head.status)


class _Pass:
    """One pass, from the locked file to the save."""

    def __init__(
        self,
        locked: LockedState,
        modules: Sequence[str] | None,
        listen: Callable[[Event], None] | None,
        output: TaskOutput | None,
    ) -> None:
        self.locked = locked
        self.document = document = locked.document
        self.generation = document.head.generation
        self.newer = self._read_newer()
        # A migration may be among what is newer.
        self.ref = document.workflow if self.newer is None else self.newer.workflow
        chosen = tuple(modules) if modules is not None else self.ref.modules
        folder = os.path.dirname(locked.path)
        self.loaded = loader.load(chosen, folder, checked=self.ref.graph_sha256)
        self.replayed = False
        self.contents = self._read()
        self.runner = PassRunner(self.loaded.workflow, decode(self.contents.context))
        self.runner.restore(self.contents.tokens, self.contents.records)
        self.runner.note_interrupted(self.contents.running)
        self.tracker = ContextTracker(self.runner.context, self.contents.context)
        self.recorder = PassRecorder(locked, self.runner, self.tracker, self.generation, listen, output)
        self.runner.observer = self.recorder

    def _read_newer(self) -> Snapshot | None:
        """The instance with what the journal adds to the document; None: nothing."""
        head = self.locked.document.head  # the journal may have been begun anew since
        is_newest = next(newer_events(self.locked.path, head.saved, head.id, head.generation), None) is None
        return None if is_newest else self.locked.snapshot()

    def _read(self) -> Contents:
        """Where the instance stands, in the task order of the module; the graph is read only if need be."""
        document, workflow = self.document, self.loaded.workflow
        same = self.loaded.ref.graph_sha256 == self.ref.graph_sha256
        if same and self.newer is None:
            document.refuse_other_tasks(workflow.topology.names)
            contents = document.contents(workflow.topology.names)
            add_polls(contents.records, self.locked.polls, self.generation, workflow.topology.index)
            return contents
        self.replayed = True
        snapshot = self.newer or self.locked.snapshot()
        self.generation = snapshot.generation
        from wfepy_core.loading.drift import check_drift, check_fingerprint

        check_fingerprint(snapshot, self.locked.path)
        if not same:
            check_drift(snapshot.graph, workflow)
        records = snapshot.records.reorder(
            [snapshot.topology.index[name] for name in workflow.topology.names]
        )
        return Contents(snapshot.tokens, snapshot.running, snapshot.context, records)

    def run(self, *, keep_going: bool, executor: Executor | None) -> PassResult:
        """Run and save."""
        error: Exception | None = None
        recorder = self.recorder
        if self.contents.tokens:
            self.locked.require_room()
        if self.contents.running:
            self._note_interrupted()
        try:
            self.runner.run(keep_going=keep_going, executor=executor)
        except Exception as raised:
            if not recorder.is_consistent:
                raise  # the journal has what counts; nothing else is sure
            error = _only_failure(raised) if keep_going else raised
        except KeyboardInterrupt:
            recorder.exit_if_forked()
            self._save_interrupted()
            raise
        status, generation = self._save()
        before = self.document.head.status
        return PassResult(
            self.locked.path, status, generation, error, recorder.ran, tuple(recorder.failed), before
        )

    def _note_interrupted(self) -> None:
        """Let the history tell of the tasks whose process ended, before this pass runs them again."""
        from wfepy_core.model.events import Interrupted

        at, index = time.time_ns() // 1000, self.loaded.workflow.topology.index
        records = self.contents.records
        for task in self.contents.running:
            number = index[task]
            # Whoever ended its process on purpose has told so.
            if records.polls[number] or number not in records.reasons:
                event = Interrupted(self.generation, at, task, records.last_start[number])
                self.locked.append(event, sync=False)
            records.forget_interruption(number)

    def _save_interrupted(self) -> None:
        """Save what the journal says. The runner may know less: Ctrl-C comes between any two steps."""
        from wfepy_core.storage.state_edit import save_snapshot

        try:
            newer = self._read_newer()
            if newer is not None:
                save_snapshot(self.locked, newer)
        except StateFileError:
            return  # the journal has what counts

    def _save(self) -> tuple[InstanceStatus, int]:
        runner, recorder = self.runner, self.recorder
        tokens = runner.state
        states = (state for _, state in tokens)
        status = status_of(states, runner.records, runner.stepper.topology)
        if recorder.ran:
            self.tracker.compare_identities(runner.context)
        is_other_code = self._ref() != self.ref
        has_moved = self._has_moved(tokens)
        is_saved = has_moved or is_other_code
        generation = self.generation + is_saved
        ended = recorder.end(generation, status, is_saved=is_saved)
        if is_saved:
            # Other code alone, or one more failure of the same kind, is not worth the way back to what was
            # before the last change: else cron would take it away within minutes.
            summary = summary_from(tokens, runner.records, runner.stepper.topology)
            is_news = recorder.has_news or self._differs(tokens)
            self.locked.save(generation, status, summary, self._parts(tokens), keep_previous=is_news)
        self.locked.note_pass(status.value, None if is_saved else self._polls())
        recorder.notify_end(ended)
        return status, generation

    def _has_moved(self, tokens: list[tuple[str, TaskState]]) -> bool:
        """Whether anything of the instance differs but counters."""
        return self.recorder.has_written or self._differs(tokens)

    def _differs(self, tokens: list[tuple[str, TaskState]]) -> bool:
        """Whether it stands elsewhere, or its context is another."""
        before = self.contents
        is_elsewhere = before.running or tokens != list(before.tokens)
        return bool(self.tracker.changed or self.replayed or is_elsewhere)

    def _polls(self) -> Polls:
        """The polls since the last save, with those of this pass."""
        before = self.locked.polls
        tasks = dict(before.tasks)
        for name, (count, at) in self.recorder.polled.items():
            tasks[name] = (tasks.get(name, (0, 0))[0] + count, at)
        return Polls(before.generation, tasks)

    def _ref(self) -> WorkflowRef:
        """The workflow as it is to be written down."""
        return self.loaded.ref._replace(name=self.ref.name)

    def _parts(self, tokens: list[tuple[str, TaskState]]) -> Parts:
        """The members of the file; what did not change is copied as it stands."""
        document, old, new = self.document, self.document.workflow, self._ref()
        same_source = old.source_sha256 == new.source_sha256 and old.graph_sha256 == new.graph_sha256
        same_context = not (self.tracker.changed or self.replayed)
        return Parts(
            workflow=document.text("workflow") if new == old else workflow_text(new),
            tokens=tokens_text(tokens),
            running=running_text(()),
            context=document.text("context") if same_context else context_text(self.tracker.encoded),
            records=records_text(self.runner.records, self.runner.stepper.topology.names),
            graph=document.text("graph") if same_source else graph_text(_graph_of(self.loaded)),
        )


def _only_failure(error: Exception) -> Exception:
    """What was raised, where a pass that went on after failures met just one."""
    if isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        alone: Exception = error.exceptions[0]
        return alone
    return error


def _graph_of(loaded: LoadedWorkflow) -> Graph:
    from wfepy_core.engine.graph_description import graph_of

    return graph_of(loaded.workflow, loaded.files)
