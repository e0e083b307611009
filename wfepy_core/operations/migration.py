"""Moving an instance to its changed module: the way out of drift."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import InterventionError, ModuleDriftError, ModuleLoadError
from wfepy_core.loading.drift import check_drift, name_way_out
from wfepy_core.loading.loader import LoadedWorkflow, load
from wfepy_core.model.actor import this_process
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.graph import Graph, GraphTask, topology_of
from wfepy_core.model.records import Record
from wfepy_core.model.status import InterventionKind, TaskState, TaskStatus
from wfepy_core.operations.interventions import replacement_event
from wfepy_core.storage import state_file
from wfepy_core.storage.state_edit import edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot, WorkflowRef


def move_to_module(
    path: str,
    mapping: Mapping[str, str | None],
    *,
    modules: Sequence[str] | None = None,
    reason: str = "",
    by: str = "",
) -> Snapshot:
    """Move an instance to its changed module: the way out of a ModuleDriftError. Imports the modules.

    Args:
        path: the state file.
        mapping: the new name of each task that is gone, or None to drop its token and record.
        modules: workflow modules from now on, as file paths (relative to the folder of `path`, or absolute)
            or dotted names; None: those it has.
        reason: why.
        by: who; default: the user of this process.

    Raises:
        ModuleDriftError: a task that holds a token is gone and not mapped, or is mapped to no task.
        InterventionError: there is nothing to move.
    """
    path = os.path.abspath(path)  # a module may change the working directory
    before = state_file.read(path)
    folder = os.path.dirname(os.path.realpath(path))
    try:
        loaded = load(before.workflow.modules if modules is None else modules, folder)
    except ModuleLoadError as error:
        name_way_out(error, path)
        raise
    graph = graph_of(loaded.workflow, loaded.files)
    if not mapping and modules is None:
        _refuse_unchanged(before, loaded)
    ref = loaded.ref._replace(name=before.workflow.name)
    renamed = ", ".join(f"{old} → {new or 'dropped'}" for old, new in mapping.items())
    known, names = before.topology.index, [task.name for task in graph.tasks]
    gone = ", ".join(name for name in known if name not in names and name not in mapping)
    come = ", ".join(name for name in names if name not in known and name not in mapping.values())
    differences = f"without {gone}" if gone else "", f"with {come}" if come else ""

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        moved = migrate(snapshot, graph, ref, mapping)
        why = "; ".join(filter(None, (renamed, *differences, reason)))
        who = by or this_process().user
        return moved, replacement_event(snapshot, InterventionKind.MIGRATE, moved, by=who, reason=why)

    return edit(path, make)


def left_behind(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Tasks that a migration brought and that can no longer run: no token can come to them."""
    known = set(before.topology.names)
    return tuple(
        name
        for name, status in task_statuses(after).items()
        if name not in known and status is TaskStatus.SKIPPED and after.record(name) == Record()
    )


def forgotten(before: Snapshot, after: Snapshot, mapping: Mapping[str, str | None]) -> dict[str, str]:
    """Tasks that had run and of which nothing is remembered any more, though nobody said so.

    Returns:
        For each the new task that it may have become; empty where there is none.
    """
    from difflib import get_close_matches

    names = before.topology.names
    come = [name for name in after.topology.names if name not in names and name not in mapping.values()]
    found = {}
    for name in names:
        if name not in after.topology.index and name not in mapping and before.record(name) != Record():
            found[name] = next(iter(get_close_matches(name, come, n=1, cutoff=0.0)), "")
            come = [other for other in come if other != found[name]]
    return found


def drift_of(path: str, *, modules: Sequence[str] | None = None) -> ModuleDriftError | None:
    """What `move_to_module` would have to bridge: the drift, or None where the module still fits.

    Imports the modules; saves nothing.

    Args:
        path: the state file.
        modules: as in `move_to_module`.
    """
    snapshot = state_file.read(path)
    folder = os.path.dirname(os.path.realpath(path))
    loaded = load(snapshot.workflow.modules if modules is None else modules, folder)
    try:
        check_drift(snapshot.graph, loaded.workflow)
    except ModuleDriftError as drift:
        return drift
    return None


def migrate(
    snapshot: Snapshot, graph: Graph, ref: WorkflowRef, mapping: Mapping[str, str | None]
) -> Snapshot:
    """The snapshot moved to another graph.

    Args:
        snapshot: the instance as it stands.
        graph: the graph of the module now.
        ref: its name, modules and fingerprints.
        mapping: new name of each removed task, or None to drop its token and record. Tasks that both
            graphs have keep their own.

    Raises:
        ModuleDriftError: a task that holds a token is gone and not mapped, or is mapped to no task.
    """
    known = {task.name for task in graph.tasks}
    _refuse_unknown("the instance", list(mapping), snapshot.topology.names)
    _refuse_unknown("the module", [new for new in mapping.values() if new is not None], sorted(known))
    target = {name: name for name in snapshot.topology.names if name in known} | dict(mapping)
    lost = [name for name, _ in snapshot.tokens if name not in target]
    if lost:
        listed = ", ".join(dict.fromkeys(lost))
        raise ModuleDriftError(
            f"the instance stands on tasks the module no longer has: {listed}",
            hint="say where they go: --map OLD=NEW, or --map OLD= to drop them",
            removed=lost,
        )
    index = snapshot.topology.index
    origin = {new: index[old] for old, new in target.items() if new is not None and old in index}
    records = snapshot.records.select([origin.get(name) for name in topology_of(graph).names])
    records.decisions.update(_surviving_decisions(snapshot, graph, target))
    return snapshot._replace(
        workflow=ref,
        graph=graph,
        tokens=_move_tokens(snapshot, target, graph.tasks),
        records=records,
        running=tuple(new for name in snapshot.running if (new := target.get(name)) is not None),
    )


def _surviving_decisions(
    snapshot: Snapshot, graph: Graph, target: Mapping[str, str | None]
) -> Iterator[tuple[int, str]]:
    """Decisions of the tasks whose transitions lead where they led before, by number in the new graph."""
    before, now = _dests(snapshot.graph), _dests(graph)
    index = topology_of(graph).index
    for task, decision in snapshot.records.decisions.items():
        old = snapshot.topology.names[task]
        new = target.get(old)
        if new is not None and [target.get(dest) for dest in before.get(old, ())] == now.get(new, []):
            yield index[new], decision


def _dests(graph: Graph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in graph.transitions:
        found.setdefault(edge.source, []).append(edge.dest)
    return found


def _refuse_unknown(owner: str, names: Iterable[str], known: Sequence[str]) -> None:
    from difflib import get_close_matches

    for name in names:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"it has {', '.join(known)}"
            raise ModuleDriftError(f"{owner} has no task {name}", hint=hint)


def _move_tokens(
    snapshot: Snapshot, target: Mapping[str, str | None], tasks: Sequence[GraphTask]
) -> tuple[tuple[str, TaskState], ...]:
    joins = {task.name for task in tasks if task.join}
    moved: dict[tuple[str, Any], TaskState] = {}
    for name, state in snapshot.tokens:
        new = target[name]
        if new is None:
            continue
        if state is TaskState.BLOCKED and new not in joins:
            state = TaskState.READY  # noqa: PLW2901  no join point any more: nothing to wait for
        moved.setdefault((new, state is TaskState.COMPLETE), state)
    return tuple((name, state) for (name, _), state in moved.items())


def _refuse_unchanged(snapshot: Snapshot, loaded: LoadedWorkflow) -> None:
    try:
        check_drift(snapshot.graph, loaded.workflow)
    except ModuleDriftError:
        return  # that is what a migration is for
    raise InterventionError("the module has the same tasks and transitions: there is nothing to migrate")
