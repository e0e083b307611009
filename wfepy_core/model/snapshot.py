"""One instance at one moment, shown without its module, as a frozen value; and pure changes to it."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.events import (
    Changes,
    ConditionFailed,
    Event,
    Interrupted,
    Intervened,
    PassEnded,
    PassStarted,
    SnapshotTaken,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
)
from wfepy_core.model.graph import topology_of
from wfepy_core.model.json_values import equal
from wfepy_core.model.records import TAKEN, Record, Records, brief
from wfepy_core.model.status import CHANGES_NOTHING, InterventionKind, TaskState
from wfepy_core.model.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from wfepy_core.model.graph import Graph
    from wfepy_core.model.topology import Topology


class WorkflowRef(NamedTuple):
    """Which workflow an instance belongs to.

    Attributes:
        name: for people.
        modules: file paths, relative to the state file's folder or absolute, or dotted module names.
        source_sha256: of the code that ran when the instance was last advanced, see `CodeFiles.sha256`.
        graph_sha256: of the graph it was created for.
    """

    name: str
    modules: tuple[str, ...]
    source_sha256: str = ""
    graph_sha256: str = ""


class Saved(NamedTuple):
    """When (microseconds since 1970 UTC) and by whom a snapshot was saved.

    Attributes:
        journal: size of the journal in bytes at that moment; a longer one holds newer events.
    """

    at: int = 0
    by: str = ""
    host: str = ""
    pid: int = 0
    journal: int = 0


class LastPass(NamedTuple):
    """The pass that ended last, whether it changed anything or not.

    Attributes:
        at: when it ended, microseconds since 1970 UTC; where its process died, when it began.
        by: login name.
        host: name of the computer.
        pid: process id there.
        command: what it was: `advance`.
        ended: how: the status of the instance then, or the error that ended it, or that its process died.
    """

    at: int
    by: str
    host: str
    pid: int
    command: str
    ended: str


class Snapshot(NamedTuple):
    """One instance at one moment.

    Attributes:
        tokens: where it stands, in order of arrival.
        running: tasks that are being run now, or were when their process ended (see `interrupted`).
        interrupted: no process runs them any more.
        context: the context in the state file's JSON form; `storage.codec.decode` makes values of it.
        records: by task number, in the order of `graph.tasks`.
        last_pass: as far as the lock file tells; None: not known.
        id: given at its birth, for ever; empty in files of older versions until their next save.
    """

    generation: int
    workflow: WorkflowRef
    graph: Graph
    tokens: tuple[tuple[str, TaskState], ...]
    records: Records
    context: Any
    saved: Saved = Saved()
    running: tuple[str, ...] = ()
    interrupted: bool = False
    last_pass: LastPass | None = None
    id: str = ""

    @property
    def topology(self) -> Topology:
        """The shape of its graph (computed once per graph)."""
        return topology_of(self.graph)

    def record(self, task: str) -> Record:
        """What is remembered of one task; KeyError for an unknown name."""
        return self.records[self.topology.index[task]]


def apply(
    snapshot: Snapshot,
    events: Iterable[Event],
    read_version: Callable[[Mapping[str, Any]], Snapshot | None] | None = None,
) -> Snapshot:
    """The snapshot after `events`, in order. O(tasks + transitions) once, then O(1) an event.

    Events of an earlier generation than the snapshot's are already in it and are passed over; so a feed
    may repeat itself. Events naming tasks the graph does not have are passed over too.

    Args:
        snapshot: where they begin.
        events: what happened.
        read_version: makes a snapshot of the `version` of an event, None where it makes no sense. Needed only
            where events of that kind can come: in journals.
    """
    change = Replay(snapshot, read_version)
    for event in events:
        change.apply(event)
    return change.result()


def recover(
    snapshot: Snapshot,
    events: Iterable[Event],
    read_version: Callable[[Mapping[str, Any]], Snapshot | None],
) -> Snapshot:
    """The snapshot after `events` of a journal, as `apply` makes it.

    Its generation is the highest that any of them names, or that a save after it may have got: whatever was
    put back in the place of the state file, the next save gets one that no other version has.
    """
    change, newest = Replay(snapshot, read_version), snapshot.generation
    for event in events:
        change.apply(event)
        newest = max(newest, generation_after(event))
    return change.result()._replace(generation=newest)


class Replay:
    """A snapshot being changed by events, one by one.

    Attributes:
        generation: events of an earlier one are contained in what is changed.
        stepper: where the tokens stand now.
        records: of all tasks now.
        running: tasks that are being run, by name.
        touched: numbers of the tasks whose record an event has changed.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        read_version: Callable[[Mapping[str, Any]], Snapshot | None] | None = None,
    ) -> None:
        self._read_version = read_version
        self.generation = snapshot.generation
        self.saved = snapshot.saved
        self._begin_with(snapshot)

    def _begin_with(self, snapshot: Snapshot) -> None:
        self.before = snapshot
        self.touched: set[int] = set()
        self.topology = snapshot.topology
        self.stepper = Stepper(self.topology, snapshot.tokens)
        self.records = snapshot.records.copy()
        self.running = dict.fromkeys(snapshot.running)
        self.context = snapshot.context
        self._owns_context = False  # whether nobody else has it, so that it can be changed in place
        self.interrupted = snapshot.interrupted

    def apply(self, event: Event) -> None:
        """What follows from one event; nothing, if the snapshot contained it already. O(1)."""
        if event.generation < self.generation:
            return
        if isinstance(event, PassStarted):
            self.running.clear()
            self.interrupted = False
            self.stepper.begin_pass()
        elif isinstance(event, PassEnded):
            self.generation = event.generation
            self.running.clear()
        elif isinstance(event, Intervened):
            self._intervene(event)
        elif isinstance(event, SnapshotTaken):
            if event.generation > self.generation:
                self.generation = event.generation
                self._become(event.version)
        elif isinstance(event, Interrupted):
            # It stays among those that run until somebody begins a pass, or moves its token.
            task = self.topology.index.get(event.task)
            if task is not None and event.reason and not self.records.polls[task]:
                self.touched.add(task)
                self.records.reasons[task] = brief(event.reason)
        else:
            task = self.topology.index.get(event.task)
            if task is not None:
                self._task_event(task, event)

    def _task_event(
        self, task: int, event: TaskStarted | TaskEnded | TransitionsDecided | ConditionFailed
    ) -> None:
        self.touched.add(task)
        if isinstance(event, TaskStarted):
            self.records.forget_interruption(task)
            self.records.note_start(task, event.at)
            self.running[event.task] = None
            return
        self.running.pop(event.task, None)
        if isinstance(event, TaskEnded):
            self._change_context(event.changes)
            self._end(task, event)
        elif isinstance(event, TransitionsDecided):
            self._change_context(event.changes)
            self._decide(task, event.taken)
        else:
            self.records.note_failure(task, event.at, event.error)

    def _end(self, task: int, event: TaskEnded) -> None:
        if task not in self.stepper.tokens:
            return
        if event.state is TaskState.WAITING:
            self.records.note_waiting(task, event.at, event.reason, event.until)
            self.stepper.wait(task)
        elif event.state is TaskState.COMPLETE:
            self.records.note_completion(task, event.at)
            self.stepper.hold_complete(task)
            if event.taken or not self.topology.successors[task]:
                self._decide(task, event.taken)
        elif event.error is not None:
            self.records.note_failure(task, event.at, event.error)
            self.stepper.fail(task)

    def _decide(self, task: int, taken: str) -> None:
        if self.stepper.tokens.get(task) is not TaskState.COMPLETE:
            return
        self.records.errors.pop(task, None)
        self.records.decisions[task] = taken
        dests = self.topology.successors[task]
        self.stepper.complete(
            task, [dest for dest, letter in zip(dests, taken, strict=False) if letter == TAKEN]
        )

    def _intervene(self, event: Intervened) -> None:
        if event.version is not None:
            self._become(event.version)
            return
        self._change_context(event.changes)
        task = self.topology.index.get(event.task)
        if task is not None:
            self._mark(task, event)
        if event.tokens is not None:
            known = [token for token in event.tokens if token[0] in self.topology.index]
            self.stepper = Stepper(self.topology, known)

    def _become(self, version: Mapping[str, Any]) -> None:
        """Go on with another version of the instance as a whole; one that makes no sense is passed over."""
        snapshot = self._read_version(version) if self._read_version is not None else None
        if snapshot is not None:
            self._begin_with(snapshot)
            self.touched.update(range(len(self.records)))

    def _mark(self, task: int, event: Intervened) -> None:
        self.touched.add(task)
        self.running.pop(event.task, None)
        if event.kind is InterventionKind.COMPLETE:
            self.records.note_completion(task, event.at)
        else:
            self.records.clear(task)
        if event.kind in (InterventionKind.COMPLETE, InterventionKind.SKIP):
            self.records.by_hand[task] = event.kind
            self.records.reasons[task] = brief(event.reason)

    def _change_context(self, changes: Changes) -> None:
        if changes.whole:
            self.context, self._owns_context = changes.whole[0], False
        elif changes:
            if not self._owns_context:
                self.context = dict(self.context) if isinstance(self.context, dict) else {}
                self._owns_context = True
            _change_keys(self.context, changes)

    def result(self) -> Snapshot:
        """The snapshot now. It shares its records with this object: copy them before going on."""
        self._owns_context = False
        return self.before._replace(
            generation=self.generation,
            tokens=tuple(self.stepper.state()),
            records=self.records,
            running=tuple(self.running),
            interrupted=self.interrupted,
            context=self.context,
            saved=self.saved,
        )


def generation_after(event: Event) -> int:
    """The generation of the save that an event led to, or of the one it builds on.

    Nobody knows of an intervention alone whether it was saved: its process may have died before.
    """
    return event.generation + (isinstance(event, Intervened) and event.kind not in CHANGES_NOTHING)


def context_changes(before: Any, after: Any) -> tuple[Changes, dict[str, Any]]:
    """What leads from one context (in JSON form) to another, and the old values of the keys that differ."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return Changes() if equal(before, after) else Changes(whole=(after,)), {}
    new = {key: value for key, value in after.items() if key not in before or not equal(before[key], value)}
    gone = tuple(key for key in before if key not in after)
    old = {key: before[key] for key in (*new, *gone) if key in before}
    return Changes(new, gone), old


def _change_keys(context: dict[str, Any], changes: Changes) -> None:
    for key in changes.unset:
        context.pop(key, None)
    context.update(changes.set)
