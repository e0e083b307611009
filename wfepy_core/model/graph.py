"""The graph of a workflow as a state file carries it, and its shape."""

from __future__ import annotations

from wfepy_core._namedtuple import NamedTuple
from wfepy_core.model.identity_cache import cached_by_identity
from wfepy_core.model.topology import Topology


class GraphTask(NamedTuple):
    """A task as it is shown: points, labels, its docstring, and where its function starts.

    Attributes:
        module: index into `WorkflowRef.modules`.
        line: line number in that module's file; 0: unknown.
        safe_to_repeat: its author says that running it twice does no harm.
    """

    name: str
    start: bool = False
    join: bool = False
    end: bool = False
    labels: tuple[str, ...] = ()
    doc: str = ""
    module: int = 0
    line: int = 0
    safe_to_repeat: bool = False


class GraphTransition(NamedTuple):
    """A transition as it is shown; `condition` is its name or source text, empty when there is none."""

    source: str
    dest: str
    condition: str = ""


class Graph(NamedTuple):
    """The flat graph of a workflow; the transitions of one task stand in written order."""

    tasks: tuple[GraphTask, ...] = ()
    transitions: tuple[GraphTransition, ...] = ()


@cached_by_identity(size=8)
def topology_of(graph: Graph) -> Topology:
    """The shape of a graph; computed once for each of the graphs asked about last."""
    return Topology(
        [task.name for task in graph.tasks],
        [(edge.source, edge.dest) for edge in graph.transitions],
        starts=[task.name for task in graph.tasks if task.start],
        joins=[task.name for task in graph.tasks if task.join],
        ends=[task.name for task in graph.tasks if task.end],
    )
