"""Drift: a module that no longer has the graph its instance was started with, and the way out of it."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import ModuleDriftError, ModuleLoadError
from wfepy_core.loading.fingerprint import graph_sha256_of, shapes_of_graph, shapes_of_workflow
from wfepy_core.storage.state_document import OTHER_GRAPH, unreadable
from wfepy_core.storage.state_validation import BadStateError

if TYPE_CHECKING:
    from wfepy_core.engine.workflow import Workflow
    from wfepy_core.errors import WorkflowError
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.snapshot import Snapshot


def check_drift(graph: Graph, workflow: Workflow) -> None:
    """Whether a state's graph still is the module's.

    A changed function body is no drift; other tasks, points or transitions are.

    Raises:
        ModuleDriftError: with the tasks that were added, removed or changed.
    """
    old, new = shapes_of_graph(graph), shapes_of_workflow(workflow)
    added = [name for name in new if name not in old]
    removed = [name for name in old if name not in new]
    changed = [name for name in new if name in old and old[name] != new[name]]
    if not (added or removed or changed):
        return
    parts = [("added", added), ("removed", removed), ("changed", changed)]
    listed = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
    raise ModuleDriftError(
        f"the module has changed since the instance was started ({listed})",
        hint="look at the change, then migrate the instance: `wfepy migrate` moves it",
        added=added,
        removed=removed,
        changed=changed,
    )


def check_fingerprint(snapshot: Snapshot, path: str) -> None:
    """Whether a state file's graph is the one whose fingerprint it names.

    Raises:
        UnreadableStateError: somebody changed one of them.
    """
    named = snapshot.workflow.graph_sha256
    if named and graph_sha256_of(snapshot.graph) != named:
        raise unreadable(path, BadStateError(OTHER_GRAPH))


def name_way_out(error: WorkflowError, path: str) -> None:
    """Let the hint of an error about the module of the instance at `path` name the command that helps."""
    from shlex import quote

    command = f"wfepy migrate {quote(path)}"
    if isinstance(error, ModuleLoadError) and error.missing:
        guess = f"{error.hint} " if error.hint.startswith("did you") else ""
        error.hint = f"{guess}`{command} --module PATH` notes where it is now"
    elif isinstance(error, ModuleDriftError):
        renamed = len(error.removed) == 1 and len(error.added) == 1
        likely = f"{quote(error.removed[0])}={quote(error.added[0])}" if renamed else "OLD=NEW"
        option = f" --map {likely}" if error.removed else ""
        error.hint = f"look at the change, then move the instance: `{command}{option}`"
