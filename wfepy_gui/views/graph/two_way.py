"""Transitions there and back between two tasks, apart enough to see which of them was taken."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfepy_core.drawing.layout import EdgePath, Placement
    from wfepy_core.snapshot import Graph

APART = 16.0
"""Between the lines, in scene units: room for the arrow heads of both beside each other."""


def moved_apart(graph: Graph, placement: Placement) -> Placement:
    """The placement with lines between the same two tasks moved sideways, where they lie upon each other."""
    between: dict[tuple[str, str], list[int]] = {}
    for index, edge in enumerate(graph.transitions):
        if edge.source != edge.dest and placement.edges[index].points:
            one, other = sorted((edge.source, edge.dest))
            between.setdefault((one, other), []).append(index)
    edges = list(placement.edges)
    for numbers in between.values():
        if len(numbers) > 1:
            _move(edges, numbers)
    return placement._replace(edges=tuple(edges))


def _move(edges: list[EdgePath], numbers: list[int]) -> None:
    """Keep the order from left to right, and the middle of all where it is."""
    middles = sorted((_middle(edges[index]), index) for index in numbers)
    missing = [max(0.0, APART - (right - left)) for (left, _), (right, _) in pairwise(middles)]
    by = -sum(missing) / 2
    for (_, index), gap in zip(middles, [*missing, 0.0], strict=True):
        if by:
            edges[index] = _shifted(edges[index], by)
        by += gap


def _middle(edge: EdgePath) -> float:
    """Where a line is in the middle of its way, across."""
    points = edge.points
    return (points[(len(points) - 1) // 2][0] + points[len(points) // 2][0]) / 2


def _shifted(edge: EdgePath, by: float) -> EdgePath:
    """A line and its pill somewhat to the right."""

    def shift(place: tuple[float, float] | None) -> tuple[float, float] | None:
        return (place[0] + by, place[1]) if place else None

    points = tuple((across + by, down) for across, down in edge.points)
    return edge._replace(points=points, tip=shift(edge.tip), label=shift(edge.label))
