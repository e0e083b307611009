"""The paths of a layered placement: side by side at their nodes, straight through the lanes."""

from __future__ import annotations

from collections import Counter
from math import nan

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.drawing.edge_paths import EdgePaths
from wfepy_core.drawing.node_shape import ARROW_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.drawing.placement import NodeBox

    Point = tuple[float, float]

LOOP_ROOM = 30.0
"""Beside a node with a transition to itself."""

_PORT_APART = 26.0
_PORTS_WIDE = 0.7
"""How much of a node's width its edges may spread over."""

_NOWHERE = (nan, nan)


def route(
    pairs: Sequence[tuple[int, int]],
    boxes: Sequence[NodeBox],
    bends: Mapping[int, Sequence[Point]],
    labelled: Sequence[bool],
) -> EdgePaths:
    """The path of every edge.

    Args:
        pairs: source and dest of each edge.
        boxes: where the nodes are.
        bends: points that long edges pass, top down, by their number.
        labelled: whether it has a pill.
    """
    tops = [box.y for box in boxes]
    bottoms = [box.y + box.height for box in boxes]
    upper, lower = _ports(pairs, boxes, tops, bends)
    pills = _pills(pairs, tops, labelled)
    paths = EdgePaths()
    for index, (source, dest) in enumerate(pairs):
        if source == dest:
            _add_loop(paths, boxes[source], labelled=labelled[index])
            continue
        upward = tops[source] > tops[dest]
        top, bottom = (dest, source) if upward else (source, dest)
        start, end = (upper[index], bottoms[top]), (lower[index], tops[bottom])
        if upward or index in bends or index in pills:
            _add_path(paths, start, bends.get(index, ()), end, upward=upward, pill=pills.get(index))
        else:
            _add_straight_down(paths, *start, *end)
    return paths


def _pills(
    pairs: Sequence[tuple[int, int]], tops: Sequence[float], labelled: Sequence[bool]
) -> dict[int, float]:
    """How far along its middle segment each pill sits: edges between the same two nodes keep theirs apart."""
    wanted = {frozenset(pair) for pair, has_pill in zip(pairs, labelled, strict=True) if has_pill}
    if not wanted:
        return {}
    near = {node for pair in wanted for node in pair}
    beside = [
        (index, frozenset(pair))
        for index, pair in enumerate(pairs)
        if pair[0] in near and pair[1] in near and pair[0] != pair[1]
    ]
    together = Counter(pair for _, pair in beside)
    seen: Counter[frozenset[int]] = Counter()
    pills = {}
    for index, pair in beside:
        seen[pair] += 1
        if labelled[index]:
            down = (seen[pair] - 0.5) / together[pair]
            source, dest = pairs[index]
            pills[index] = 1 - down if tops[source] > tops[dest] else down
    return pills


def _ports(
    pairs: Sequence[tuple[int, int]],
    boxes: Sequence[NodeBox],
    tops: Sequence[float],
    bends: Mapping[int, Sequence[Point]],
) -> tuple[list[float], list[float]]:
    """The x where each edge leaves its upper node and meets its lower one, in the order they come from."""
    centres = [box.x + box.width / 2 for box in boxes]
    below: list[list[int]] = [[] for _ in boxes]
    above: list[list[int]] = [[] for _ in boxes]
    to_below, to_above = [0.0] * len(pairs), [0.0] * len(pairs)
    for index, (source, dest) in enumerate(pairs):
        if source == dest:
            continue
        top, bottom = (dest, source) if tops[source] > tops[dest] else (source, dest)
        below[top].append(index)
        above[bottom].append(index)
        to_below[index], to_above[index] = centres[bottom], centres[top]
    for index, path in bends.items():
        to_below[index], to_above[index] = path[0][0], path[-1][0]
    return _spread(below, to_below, boxes, centres), _spread(above, to_above, boxes, centres)


def _spread(
    ends: Sequence[list[int]], aims: Sequence[float], boxes: Sequence[NodeBox], centres: Sequence[float]
) -> list[float]:
    """The x of the end of each edge at its node, in the order of what the edges aim at."""
    places = [0.0] * len(aims)
    for node, edges in enumerate(ends):
        x = centres[node]
        if len(edges) < 2:
            for index in edges:
                places[index] = x
            continue
        edges.sort(key=aims.__getitem__)
        apart = min(_PORT_APART, boxes[node].width * _PORTS_WIDE / (len(edges) - 1))
        x -= apart * (len(edges) - 1) / 2
        for index in edges:
            places[index] = x
            x += apart
    return places


def _add_straight_down(paths: EdgePaths, x: float, y: float, end: float, tip: float) -> None:
    """Add one curve to a node below, without a pill: nearly every edge of a large graph."""
    base = tip - ARROW_LENGTH
    middle = (y + base) / 2
    paths.points.extend((x, y, x, middle, end, middle, end, base))
    paths.starts.append(len(paths.points))
    paths.tips.extend((end, tip))
    paths.labels.extend(_NOWHERE)
    paths.boxes.extend((x, y, end, tip) if x < end else (end, y, x, tip))


def _add_path(
    paths: EdgePaths, start: Point, bends: Sequence[Point], end: Point, *, upward: bool, pill: float | None
) -> None:
    """Add a curve from the upper to the lower end, turned round for an upward edge.

    `pill` is how far along the middle segment its pill sits.
    """
    tip = start if upward else end
    if upward:
        stops = [end, *reversed(bends), (start[0], start[1] + ARROW_LENGTH)]
    else:
        stops = [start, *bends, (end[0], end[1] - ARROW_LENGTH)]
    ax, ay = stops[0]
    points = [ax, ay]
    for bx, by in stops[1:]:
        middle = (ay + by) / 2
        points += (ax, middle, bx, middle, bx, by)
        ax, ay = bx, by
    first = (len(points) // 6 // 2) * 6
    paths.add(points, tip, _NOWHERE if pill is None else _along(points[first : first + 8], pill))


def _along(segment: Sequence[float], part: float) -> Point:
    """The point of a cubic Bezier segment at a parameter from 0 to 1."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(weight * x for weight, x in zip(weights, segment[::2], strict=True)),
        sum(weight * y for weight, y in zip(weights, segment[1::2], strict=True)),
    )


def _add_loop(paths: EdgePaths, box: NodeBox, *, labelled: bool) -> None:
    right, middle = box.x + box.width, box.y + box.height / 2
    away = right + LOOP_ROOM * 0.9
    base = right + ARROW_LENGTH
    points = (right, middle - 9, away, middle - 15, away, middle + 14, base, middle + 9)
    paths.add(points, (right, middle + 8), (away, middle) if labelled else _NOWHERE)
