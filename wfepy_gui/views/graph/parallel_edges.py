"""Transitions there and back between two tasks, apart enough to see which of them was taken."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfepy_core.drawing.edge_paths import EdgePaths
    from wfepy_core.drawing.placement import Placement
    from wfepy_core.model.graph import Graph

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
