"""The ways of the edges of a layered placement: side by side at their nodes, straight through the lanes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from wfepy_core.drawing.layout import EdgePath
from wfepy_core.drawing.node_shape import ARROW_LENGTH
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.drawing.layout import NodeBox

    Point = tuple[float, float]

LOOP_ROOM = 30.0
"""Beside a node with a transition to itself."""

_PORT_APART = 26.0
_PORTS_WIDE = 0.7
"""How much of a node's width its edges may spread over."""


def route(
    pairs: Sequence[tuple[int, int]],
    boxes: Sequence[NodeBox],
    bends: Sequence[Sequence[Point]],
    labelled: Sequence[bool],
) -> tuple[EdgePath, ...]:
    """The way of every edge.

    Args:
        pairs: source and dest of each edge.
        boxes: where the nodes are.
        bends: points each edge passes, top down.
        labelled: whether it has a pill.
    """
    upper, lower = _ports(pairs, boxes, bends)
    together = Counter(tuple(sorted(pair)) for pair in pairs)
    seen: Counter[tuple[int, ...]] = Counter()
    paths = []
    for index, (source, dest) in enumerate(pairs):
        if source == dest:
            paths.append(_loop(boxes[source], labelled=labelled[index]))
            continue
        upward = boxes[source].y > boxes[dest].y
        top, bottom = (dest, source) if upward else (source, dest)
        between = tuple(sorted((source, dest)))
        seen[between] += 1
        down = (seen[between] - 0.5) / together[between]
        pill = (1 - down if upward else down) if labelled[index] else None
        high = boxes[top]
        start, end = (upper[index], high.y + high.height), (lower[index], boxes[bottom].y)
        paths.append(_path(start, bends[index], end, upward=upward, pill=pill))
    return tuple(paths)


def _ports(
    pairs: Sequence[tuple[int, int]], boxes: Sequence[NodeBox], bends: Sequence[Sequence[Point]]
) -> tuple[dict[int, float], dict[int, float]]:
    """The x where each edge leaves its upper node and meets its lower one, in the order they come from."""
    below: dict[int, list[tuple[float, int]]] = {}
    above: dict[int, list[tuple[float, int]]] = {}
    for index, (source, dest) in enumerate(pairs):
        if source == dest:
            continue
        top, bottom = (dest, source) if boxes[source].y > boxes[dest].y else (source, dest)
        path = bends[index]
        below.setdefault(top, []).append((path[0][0] if path else boxes[bottom].centre[0], index))
        above.setdefault(bottom, []).append((path[-1][0] if path else boxes[top].centre[0], index))
    return _spread(below, boxes), _spread(above, boxes)


def _spread(ends: dict[int, list[tuple[float, int]]], boxes: Sequence[NodeBox]) -> dict[int, float]:
    places: dict[int, float] = {}
    for node, edges in ends.items():
        x = boxes[node].centre[0]
        if len(edges) == 1:
            places[edges[0][1]] = x
            continue
        edges.sort()
        apart = min(_PORT_APART, boxes[node].width * _PORTS_WIDE / (len(edges) - 1))
        x -= apart * (len(edges) - 1) / 2
        for _, index in edges:
            places[index] = x
            x += apart
    return places


def _path(start: Point, bends: Sequence[Point], end: Point, *, upward: bool, pill: float | None) -> EdgePath:
    """A curve from the upper to the lower end, turned round for an upward edge.

    `pill` is how far along the middle segment its pill sits, so that edges of one pair keep theirs apart.
    """
    tip = start if upward else end
    if upward:
        stops = [end, *reversed(bends), (start[0], start[1] + ARROW_LENGTH)]
    else:
        stops = [start, *bends, (end[0], end[1] - ARROW_LENGTH)]
    points = [stops[0]]
    for (ax, ay), (bx, by) in pairwise(stops):
        middle = (ay + by) / 2
        points += ((ax, middle), (bx, middle), (bx, by))
    if pill is None:
        return EdgePath(tuple(points), tip, None)
    first = (len(points) // 3 // 2) * 3
    return EdgePath(tuple(points), tip, _along(points[first : first + 4], pill))


def _along(segment: Sequence[Point], part: float) -> Point:
    """The point of a cubic Bezier segment at a parameter from 0 to 1."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, segment, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, segment, strict=True)),
    )


def _loop(box: NodeBox, *, labelled: bool) -> EdgePath:
    right, middle = box.x + box.width, box.y + box.height / 2
    away = right + LOOP_ROOM * 0.9
    base = right + ARROW_LENGTH
    points = ((right, middle - 9), (away, middle - 15), (away, middle + 14), (base, middle + 9))
    return EdgePath(points, (right, middle + 8), (away, middle) if labelled else None)
