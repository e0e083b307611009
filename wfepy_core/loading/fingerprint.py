"""Fingerprints of workflow modules: of their source text, and of the shape of their graph."""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from wfepy_core.engine.workflow import Workflow
    from wfepy_core.model.graph import Graph


def _find_sha256() -> Any:
    """SHA-256 from the interpreter itself: hashlib loads OpenSSL, which costs more than the hashing."""
    try:
        return __import__("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        from hashlib import sha256

        return sha256


# At once: later it would be looked for beside the workflow, too.
_sha256 = _find_sha256()


def sha256_of(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return str(_sha256(data).hexdigest())


def graph_sha256(workflow: Workflow) -> str:
    """Fingerprint of what the token rules see: tasks, points, transitions and which have a condition."""
    return sha256_of("\n".join(shapes_of_workflow(workflow).values()).encode("utf-8", "surrogatepass"))


def graph_sha256_of(graph: Graph) -> str:
    """The same fingerprint of the graph that a state file carries."""
    return sha256_of("\n".join(shapes_of_graph(graph).values()).encode("utf-8", "surrogatepass"))


def shapes_of_workflow(workflow: Workflow) -> dict[str, str]:
    """By task name what the token rules see of it, as a line of text that is the same for the same shape."""
    shapes = {}
    for name, task in workflow.tasks.items():
        edges = ",".join([f"{edge.dest!r}?" if edge.cond else repr(edge.dest) for edge in task.followed_by])
        shapes[name] = _shape(name, task.is_start_point, task.is_join_point, task.is_end_point, edges)
    return shapes


def shapes_of_graph(graph: Graph) -> dict[str, str]:
    """The same lines for the graph that a state file carries."""
    edges: dict[str, list[str]] = {task.name: [] for task in graph.tasks}
    for edge in graph.transitions:
        edges[edge.source].append(f"{edge.dest!r}{'?' if edge.condition else ''}")
    return {
        task.name: _shape(task.name, task.start, task.join, task.end, ",".join(edges[task.name]))
        for task in graph.tasks
    }


def _shape(name: str, start: bool, join: bool, end: bool, edges: str) -> str:
    return f"{name!r} {'S' if start else ''}{'J' if join else ''}{'E' if end else ''} {edges}"
