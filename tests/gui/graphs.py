"""Graphs of any size to draw."""

from itertools import pairwise

from wfepy_core.model.graph import Graph, GraphTask, GraphTransition


def chain(count: int) -> Graph:
    """Tasks `step_0`, `step_1` and so on, one after the other."""
    names = [f"step_{number}" for number in range(count)]
    return Graph(
        tuple(GraphTask(name, start=name == "step_0") for name in names),
        tuple(GraphTransition(a, b) for a, b in pairwise(names)),
    )
