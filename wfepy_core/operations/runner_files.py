"""`Runner.load` and `Runner.dump`: an instance in a file, for scripts that keep their own schedule."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import NotDurableError, StateConflictError, StateFileError, UnreadableStateError
from wfepy_core.loading.code_files import find_code
from wfepy_core.loading.drift import check_drift
from wfepy_core.loading.fingerprint import graph_sha256
from wfepy_core.loading.loader import title_of
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import SnapshotTaken, encode
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef
from wfepy_core.model.status import Origin
from wfepy_core.storage import codec, state_file
from wfepy_core.storage.conflict import keep_beside
from wfepy_core.storage.file_access import open_regular
from wfepy_core.storage.journal import MAX_BYTES, journal_size
from wfepy_core.storage.journal_lines import JournalWriter, journal_path
from wfepy_core.storage.leftovers import set_aside
from wfepy_core.storage.lock import StateLock, read_lock
from wfepy_core.storage.segments import begin_segment
from wfepy_core.storage.state_serialization import new_identity, snapshot_text
from wfepy_core.storage.versions import version_of

if TYPE_CHECKING:
    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.workflow import Workflow

    KnownFile = tuple[str, bytes]
    """Where a runner loaded or dumped an instance, and what that was."""


def load_runner(runner: Runner, path: str) -> KnownFile | None:
    """What `Runner.load` does; the file that the runner knows from now on, if it is a state file."""
    if _is_pickle(path):
        from wfepy_core.storage.legacy import reader

        legacy = reader.read(path)
        runner.restore(legacy.state)
        runner.context = legacy.context
        return None
    document, lock = state_file.read_document(path), read_lock(path)
    snapshot = state_file.replay(document, lock)
    check_drift(snapshot.graph, runner.workflow)
    context = codec.decode(snapshot.context)
    # Without the polls of idle passes, which change nothing.
    known = os.path.realpath(path), _content(state_file.replay(document))
    index = snapshot.topology.index
    order = [index[name] for name in runner.workflow.topology.names]
    runner.restore(snapshot.tokens, snapshot.records.reorder(order))
    runner.context = context
    return known


def _is_pickle(path: str) -> bool:
    """Whether a file is a dump of wfepy: binary, or, in the oldest protocol, text that is no JSON object."""
    try:
        descriptor, _ = open_regular(os.path.realpath(path), os.O_RDONLY)
    except OSError:
        return False  # reading it as a state file says why it cannot be read
    with open(descriptor, "rb") as file:
        start = file.read(64).lstrip()
    return not start.startswith((b"{", b"\xef\xbb\xbf"))


def dump_runner(runner: Runner, path: str, known: KnownFile | None) -> KnownFile:
    """What `Runner.dump` does; the file that the runner knows from now on.

    Args:
        runner: what is dumped.
        path: where to.
        known: the file that the runner loaded or dumped last; None: none.
    """
    context = codec.encode(runner.context)
    files = _files(runner.workflow)
    with StateLock(path, purpose="dump").acquire(timeout=10) as lock:
        me, present = this_process(), _present_head(path)
        if present is not None or not os.path.lexists(path):
            set_aside(lock.path, present.id if present else "")
        snapshot = Snapshot(
            generation=present.generation + 1 if present else 1,
            workflow=WorkflowRef(
                title_of(files) or "workflow",
                files,
                find_code(files, os.curdir).sha256,
                graph_sha256(runner.workflow),
            ),
            graph=graph_of(runner.workflow, files),
            tokens=tuple(runner.state),
            records=runner.records,
            context=context,
            saved=Saved(me.at, me.user, me.host, me.pid, journal_size(path)),
            id=(present.id if present else "") or new_identity(),
        )
        if known is not None and known[0] == lock.path:
            _refuse_conflict(lock.path, known[1], snapshot)
        snapshot = _write(lock.path, snapshot)
        return lock.path, _content(snapshot)


def _write(path: str, snapshot: Snapshot) -> Snapshot:
    """Save what is dumped; where there is a journal, it tells what differs as a change made outside."""
    if not journal_size(path):
        state_file.write(path, snapshot)
        return snapshot
    from wfepy_core.storage.outside_changes import outside_change

    saved = snapshot.saved
    reason = f"dumped by {saved.by} on {saved.host}, process {saved.pid}"
    found = outside_change(path, snapshot._replace(generation=snapshot.generation - 1), reason)
    _close_full_journal(path)
    journal = JournalWriter(journal_path(path), sync=True, like=path)
    try:
        before = journal.size
        if found is not None:
            journal.append(encode(found.event))
            snapshot = snapshot._replace(generation=found.generation + 1)
        snapshot = snapshot._replace(saved=saved._replace(journal=journal.size))
        try:
            state_file.write(path, snapshot)
        except NotDurableError:
            raise  # it is done: the journal has to say so
        except StateFileError:
            journal.rewind(before)
            raise
    finally:
        journal.close()
    return snapshot


def _close_full_journal(path: str) -> None:
    """Each dump may leave all of the instance in the journal: begin it anew where it is full."""
    try:
        document = state_file.read_document(path)
    except UnreadableStateError:
        return
    size, known = journal_size(path), document.head.saved
    if size == known.journal and size > MAX_BYTES + 2 * len(document.data):
        snapshot = document.snapshot()
        begins = SnapshotTaken(
            snapshot.generation, known.at, Origin.SEGMENT, version_of(snapshot), id=snapshot.id
        )
        begin_segment(path, begins, like=path)


def _content(snapshot: Snapshot) -> bytes:
    """All of an instance but who saved it."""
    return snapshot_text(snapshot._replace(saved=Saved(0, "", "", 0, 0)))


def _refuse_conflict(path: str, known: bytes, ours: Snapshot) -> None:
    """Keep ours in a file of its own if the state file is no longer what the runner loaded or dumped."""
    if not os.path.lexists(path):
        return
    try:
        theirs = state_file.replay(state_file.read_document(path))
        if _content(theirs) == known:
            return
        who = f" by {theirs.saved.by} on {theirs.saved.host}"
    except UnreadableStateError:
        who = ""
    name = os.path.basename(path)
    other_name = keep_beside(path, snapshot_text(ours), ours.generation, like=path)
    raise StateConflictError(
        f"{name} was changed{who} since this runner loaded it; theirs is kept, ours is {other_name}",
        path=path,
        hint="load the file again and run, or compare the two and keep the right one",
    )


def _files(workflow: Workflow) -> tuple[str, ...]:
    """The files of a workflow's tasks, in order of their first task."""
    codes = (getattr(task.func, "__code__", None) for task in workflow.tasks.values())
    return tuple(dict.fromkeys(os.path.abspath(code.co_filename) for code in codes if code))


def _present_head(path: str) -> state_file.Head | None:
    """The head of the state file that is about to be replaced; None if there is none."""
    try:
        return state_file.read_head(path)
    except UnreadableStateError:
        return None
