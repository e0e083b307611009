"""Starting instances: new ones, and those that `wfepy` 0.1.1 began."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import LegacyImportError, StateFileError
from wfepy_core.loading import loader
from wfepy_core.model.records import Records
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.model.status import Origin, TaskState
from wfepy_core.model.stepping import Stepper
from wfepy_core.storage.codec import encode
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_creation import create

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from wfepy_core.loading.loader import LoadedWorkflow
    from wfepy_core.model.topology import Topology

ASSUMED = "assumed complete at import"
"""The reason in the records of tasks that must have been done before a legacy file was written."""


def new_instance(path: str, modules: Sequence[str], context: Any = None, *, by: str = "") -> Snapshot:
    """Start an instance of a workflow in a new state file; no task is run.

    Args:
        path: the state file to make.
        modules: its workflow modules, as file paths (relative to the folder of `path`, or absolute) or
            dotted names.
        context: its first context; None: an empty dict.
        by: who starts it; by default the user of this process.

    Raises:
        ModuleLoadError, WorkflowError: the modules cannot be used.
        CodecError: the context cannot be saved.
        StateFileError: the file exists already, or cannot be written.
        LockedError: another process is making it.
    """
    path = os.path.abspath(path)  # a module may change the working directory
    loaded = loader.load(modules, os.path.dirname(path))
    stepper = Stepper(loaded.workflow.topology)
    records = Records(len(loaded.workflow.tasks))
    encoded = encode({} if context is None else context)
    return _start(path, loaded, stepper.state(), records, encoded, by)


def import_legacy(legacy_path: str, path: str, modules: Sequence[str], *, by: str = "") -> Snapshot:
    """Go on in a new state file with an instance that `wfepy` 0.1.1 dumped. Its file is read as data.

    Such a file does not say which tasks were done. Those that lead to where the instance stands and cannot
    be reached any more are recorded as complete once, with the reason `ASSUMED`. Where nothing is left to do,
    so are the end points and all that lead to them.

    Args:
        legacy_path: the file that `Runner.dump` of `wfepy` wrote; it is not changed.
        path: the state file to make.
        modules: as for `new_instance`.
        by: who imports it; by default the user of this process.

    Raises:
        LegacyImportError: the file is refused, with the reason; or it names tasks the modules do not have.
        ModuleLoadError, WorkflowError, StateFileError, LockedError: as for `new_instance`.
    """
    from wfepy_core.storage.legacy import reader

    path = os.path.abspath(path)  # a module may change the working directory
    old = reader.read(legacy_path)
    loaded = loader.load(modules, os.path.dirname(path))
    topology = loaded.workflow.topology
    unknown = [name for name, _ in old.state if name not in topology.index]
    if unknown:
        listed = ", ".join(dict.fromkeys(unknown))
        raise LegacyImportError(
            f"{legacy_path} stands on tasks that the workflow does not have: {listed}",
            path=legacy_path,
            hint="import it with the modules it was made with",
        )
    tokens = Stepper(topology, old.state).state()
    records = Records(len(topology.names))
    for task in _done_before(topology, [topology.index[name] for name, _ in tokens]):
        records.iterations[task] = 1
        records.reasons[task] = ASSUMED
    for name, state in tokens:
        if state is TaskState.WAITING:
            # wfepy says that it waits, not since when: it was called at least once.
            records.attempts[topology.index[name]] = records.polls[topology.index[name]] = 1
    return _start(path, loaded, tokens, records, encode(old.context), by, os.path.abspath(legacy_path))


def _done_before(topology: Topology, standing: Sequence[int]) -> Iterable[int]:
    """Tasks that must have been done, given those that hold a token (none: the instance is finished)."""
    before = topology.predecessors
    seen = set(standing or topology.ends)
    stack = list(seen)
    while stack:
        for source in before[stack.pop()]:
            if source not in seen:
                seen.add(source)
                stack.append(source)
    return sorted(seen - topology.reachable(standing))


def _start(
    path: str,
    loaded: LoadedWorkflow,
    tokens: Sequence[tuple[str, TaskState]],
    records: Records,
    context: Any,
    by: str,
    source: str = "",
) -> Snapshot:
    graph = graph_of(loaded.workflow, loaded.files)
    like = source or None  # what was private stays private
    with StateLock(path, purpose="new", like=like) as lock:
        if os.path.lexists(path):
            raise StateFileError(
                f"{path} exists already", path=path, hint="choose another name, or move that file away first"
            )
        snapshot = Snapshot(1, loaded.ref, graph, tuple(tokens), records, context)
        origin = Origin.IMPORT if source else Origin.NEW
        return create(lock, snapshot, origin, by=by, source=source, like=like)
