"""The graph of a workflow as a state file carries it, its shape, and a cache for what follows from it."""

from __future__ import annotations

from functools import wraps

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.model.topology import Topology

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    _Source = TypeVar("_Source")
    _Result = TypeVar("_Result")


LONGEST_NAME = 1000
"""Characters of a task's name, and of a label."""


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


def cached_by_identity(size: int) -> Callable[[Callable[[_Source], _Result]], Callable[[_Source], _Result]]:
    """Decorate a function of one argument so that its last `size` results are returned again.

    Arguments are compared by identity, because to hash or compare a graph of thousands of tasks, or a context
    of megabytes, costs more than what is then looked up. So an argument must not change afterwards. The cache
    keeps it alive, so that no other object gets its identity. Threads may call the function at the same time;
    then the same result may be computed twice.
    """

    def decorate(function: Callable[[_Source], _Result]) -> Callable[[_Source], _Result]:
        entries: list[tuple[_Source, _Result]] = []

        @wraps(function)
        def call(source: _Source) -> _Result:
            for known, result in entries:
                if known is source:
                    return result
            result = function(source)
            # One assignment: another thread may be looping over the list.
            entries[:] = [(source, result), *entries[: size - 1]]
            return result

        return call

    return decorate


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
