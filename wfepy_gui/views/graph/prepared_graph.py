"""What is computed of a graph before it is shown: plain data, so that a worker thread can do it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.views.graph.drawn_graph import DrawnGraph
from wfepy_gui.views.graph.graph_item import overview_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.drawing.edge_paths import EdgePaths
    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph
    from wfepy_core.model.status import TaskStatus, TransitionStatus
    from wfepy_gui.theme import Look
    from wfepy_gui.views.graph.overview import Overview


APART = 16.0
"""Between the lines, in scene units: room for the arrow heads of both beside each other."""


def separate_parallel_edges(graph: Graph, placement: Placement) -> Placement:
    """The placement with lines between the same two tasks moved sideways, where they lie upon each other."""
    edges = placement.edges
    between: dict[tuple[str, str], list[int]] = {}
    for index, (source, dest, *_) in enumerate(graph.transitions):
        between.setdefault((source, dest) if source < dest else (dest, source), []).append(index)
    by: dict[int, float] = {}
    for (one, other), numbers in between.items():
        if len(numbers) > 1 and one != other:
            by.update(_sideways_shifts(edges, [index for index in numbers if edges.has_place(index)]))
    return placement._replace(edges=edges.shift_edges(by)) if by else placement


def _sideways_shifts(edges: EdgePaths, numbers: list[int]) -> dict[int, float]:
    """How far each line goes: the order from left to right stays, and the middle of all where it is."""
    middles = sorted((edges.middle(index), index) for index in numbers)
    missing = [max(0.0, APART - (right - left)) for (left, _), (right, _) in pairwise(middles)]
    by = -sum(missing) / 2
    moves: dict[int, float] = {}
    for (_, index), gap in zip(middles, [*missing, 0.0], strict=False):
        if by:
            moves[index] = by
        by += gap
    return moves


class PreparedGraph(NamedTuple):
    """A graph ready to be shown; whoever shows it owns `drawn` from then on.

    Attributes:
        drawn: the graph, its places, statuses and badges.
        overview: its picture to blit from far away; None: it is small enough to be painted.
    """

    drawn: DrawnGraph
    overview: Overview | None


def prepare(
    graph: Graph,
    placement: Placement,
    look: Look,
    *,
    statuses: Mapping[str, TaskStatus] | None = None,
    transitions: Sequence[TransitionStatus] = (),
    badges: Mapping[str, str] | None = None,
) -> PreparedGraph:
    """Compute everything of a graph that its first picture needs.

    Args:
        graph: what to show.
        placement: where, for exactly this graph.
        look: of the first picture.
        statuses: of tasks; the others are not reached.
        transitions: one status for every transition; empty: all undecided.
        badges: a few characters beside the status word of some tasks.
    """
    drawn = DrawnGraph(graph, separate_parallel_edges(graph, placement))
    drawn.set_statuses(statuses or {})
    if transitions:
        drawn.set_transitions(transitions)
    drawn.set_badges(badges or {})
    return PreparedGraph(drawn=drawn, overview=overview_of(drawn, look))
