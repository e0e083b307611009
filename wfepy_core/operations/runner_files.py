"""`Runner.load` and `Runner.dump`: an instance in a file, for scripts that keep their own schedule."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import UnreadableStateError
from wfepy_core.loading.code_files import find_code
from wfepy_core.loading.drift import check_drift
from wfepy_core.loading.fingerprint import graph_sha256
from wfepy_core.loading.loader import title_of
from wfepy_core.model.actor import this_process
from wfepy_core.model.snapshot import Saved, Snapshot, WorkflowRef
from wfepy_core.storage import codec, state_file
from wfepy_core.storage.journal import journal_size
from wfepy_core.storage.lock import StateLock

if TYPE_CHECKING:
    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.workflow import Workflow


def load_runner(runner: Runner, path: str) -> None:
    """What `Runner.load` does."""
    if _is_pickle(path):
        from wfepy_core.storage.legacy import reader

        legacy = reader.read(path)
        runner.restore(legacy.state)
        runner.context = legacy.context
        return
    snapshot = state_file.read(path)
    check_drift(snapshot.graph, runner.workflow)
    context = codec.decode(snapshot.context)
    index = snapshot.topology.index
    order = [index[name] for name in runner.workflow.topology.names]
    runner.restore(snapshot.tokens, snapshot.records.reorder(order))
    runner.context = context


def _is_pickle(path: str) -> bool:
    """Whether a file is a dump of wfepy: binary, or, in the oldest protocol, text that is no JSON object."""
    try:
        with open(path, "rb") as file:
            start = file.read(64).lstrip()
    except OSError:
        return False  # reading it as a state file says why it cannot be read
    return not start.startswith((b"{", b"\xef\xbb\xbf"))


def dump_runner(runner: Runner, path: str) -> None:
    """What `Runner.dump` does."""
    context = codec.encode(runner.context)
    files = _files(runner.workflow)
    with StateLock(path, purpose="dump").acquire(timeout=10):
        me = this_process()
        snapshot = Snapshot(
            generation=_generation(path) + 1,
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
        )
        state_file.write(path, snapshot)


def _files(workflow: Workflow) -> tuple[str, ...]:
    """The files of a workflow's tasks, in order of their first task."""
    codes = (getattr(task.func, "__code__", None) for task in workflow.tasks.values())
    return tuple(dict.fromkeys(os.path.abspath(code.co_filename) for code in codes if code))


def _generation(path: str) -> int:
    """Generation of the state file that is about to be replaced; 0 if there is none."""
    try:
        return state_file.read_head(path).generation
    except UnreadableStateError:
        return 0
