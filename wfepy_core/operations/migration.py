"""Moving an instance to its changed module, and telling how."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import ModuleDriftError, ModuleLoadError, WorkflowError
from wfepy_core.model.graph import Graph, GraphTask, topology_of
from wfepy_core.model.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from wfepy_core.model.snapshot import Snapshot, WorkflowRef


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
    records = snapshot.records.picked([origin.get(name) for name in topology_of(graph).names])
    records.decisions.update(_kept_decisions(snapshot, graph, target))
    return snapshot._replace(
        workflow=ref,
        graph=graph,
        tokens=_moved_tokens(snapshot, target, graph.tasks),
        records=records,
        running=tuple(new for name in snapshot.running if (new := target.get(name)) is not None),
    )


def _kept_decisions(
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


def show_way_out(error: WorkflowError, path: str) -> None:
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


def _moved_tokens(
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
