"""The layered placement of our own: quick, for any size, with nothing installed.

Longest-path ranks after turning round the edges that close loops, barycentre sweeps for the order, a linear
least-squares pass for x. Long edges are led around nodes while there are few of them; in a large graph they
go straight, which keeps 20,000 tasks well under a second.
"""

from __future__ import annotations

from itertools import pairwise

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.drawing.edge_paths import EdgePaths
from wfepy_core.drawing.layered.order import order_ranks, place_side_by_side
from wfepy_core.drawing.layered.ranks import ranks_of
from wfepy_core.drawing.layered.routes import LOOP_ROOM, route
from wfepy_core.drawing.placement import NodeBox, Placement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.model.graph import Graph

    Point = tuple[float, float]

_GAP = 28.0
_RANK_GAP = 46.0
_LABEL_ROOM = 12.0
_LANE = 14.0

_MOST_LANES = 3000
"""Nodes stood in for long edges; more would cost more than they help to see."""

_LARGE = 4000


class _Layers(NamedTuple):
    """Nodes and lanes (stand-ins of long edges) in ranks; lanes are numbered after the nodes."""

    rank: list[int]
    widths: list[float]
    above: list[list[int]]
    below: list[list[int]]
    lanes: dict[int, list[int]]  # of each long edge, top down


def place(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
) -> Placement:
    """Lay a graph out, in points; see `placement.Placement`.

    Args:
        graph: what to lay out.
        sizes: width and height of every task's node.
        label_sizes: width and height of every condition's pill.
    """
    if not graph.tasks:
        return Placement({}, EdgePaths(), 0.0, 0.0, "layered")
    number = {task.name: index for index, task in enumerate(graph.tasks)}
    pairs = [(number[edge.source], number[edge.dest]) for edge in graph.transitions]
    box_sizes = list(map(sizes.__getitem__, number))
    first = [index for index, task in enumerate(graph.tasks) if task.start]
    layers = _layers(pairs, box_sizes, first)
    ranks = _in_ranks(layers.rank)
    sweeps = 2 if len(layers.rank) > _LARGE else 6
    order_ranks(ranks, layers.above, layers.below, sweeps=sweeps)
    centre = place_side_by_side(ranks, layers.above, layers.below, layers.widths, _GAP, sweeps=sweeps)
    labelled = [bool(edge.condition) for edge in graph.transitions]
    has_room = any(edge.condition in label_sizes for edge in graph.transitions if edge.condition)
    tops, height = _tops(ranks, box_sizes, _RANK_GAP + (_LABEL_ROOM if has_room else 0.0))
    left = min(map(_left_of, centre, layers.widths))
    right = max(x + width / 2 for x, width in zip(centre, layers.widths, strict=True))
    centre = [x - left for x in centre]
    boxes = [
        NodeBox(x - width / 2, tops[rank] + (height[rank] - h) / 2, width, h)
        for x, rank, (width, h) in zip(centre, layers.rank, box_sizes, strict=False)
    ]
    bends = {index: _bends(layers.rank, lanes, centre, tops, height) for index, lanes in layers.lanes.items()}
    return Placement(
        nodes=dict(zip(number, boxes, strict=True)),
        edges=route(pairs, boxes, bends, labelled),
        width=right - left,
        height=tops[-1] + height[-1],
        engine="layered",
    )


def _left_of(x: float, width: float) -> float:
    return x - width / 2


def _layers(pairs: Sequence[tuple[int, int]], sizes: Sequence[Point], first: Sequence[int]) -> _Layers:
    count = len(sizes)
    loops = {source for source, dest in pairs if source == dest}
    rank = ranks_of(count, [pair for pair in pairs if pair[0] != pair[1]] if loops else pairs, first)
    widths = [width for width, _ in sizes]
    for node in loops:
        widths[node] += 2 * LOOP_ROOM
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    layers = _Layers(rank, widths, above, below, {})
    long = sum(abs(rank[source] - rank[dest]) - 1 for source, dest in pairs if source != dest)
    with_lanes = long <= _MOST_LANES
    for index, (source, dest) in enumerate(pairs):
        if source == dest:
            continue
        top, bottom = (dest, source) if rank[source] > rank[dest] else (source, dest)
        if with_lanes and rank[bottom] - rank[top] > 1:
            layers.lanes[index] = _join(layers, top, bottom)
        else:
            below[top].append(bottom)
            above[bottom].append(top)
    return layers


def _join(layers: _Layers, top: int, bottom: int) -> list[int]:
    """Make two nodes neighbours, through one lane in every rank between them; returns the lanes."""
    rank, widths, above, below, _ = layers
    lanes = list(range(len(rank), len(rank) + rank[bottom] - rank[top] - 1))
    rank.extend(range(rank[top] + 1, rank[bottom]))
    widths.extend(_LANE for _ in lanes)
    above.extend([] for _ in lanes)
    below.extend([] for _ in lanes)
    for upper, lower in pairwise((top, *lanes, bottom)):
        below[upper].append(lower)
        above[lower].append(upper)
    return lanes


def _in_ranks(rank: Sequence[int]) -> list[list[int]]:
    ranks: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for node, at in enumerate(rank):
        ranks[at].append(node)
    return ranks


def _tops(
    ranks: Sequence[Sequence[int]], sizes: Sequence[Point], gap: float
) -> tuple[list[float], list[float]]:
    """The y of the top of each rank, and its height."""
    heights = [max((sizes[node][1] for node in nodes if node < len(sizes)), default=0.0) for nodes in ranks]
    tops = []
    y = 0.0
    for height in heights:
        tops.append(y)
        y += height + gap
    return tops, heights


def _bends(
    ranks: Sequence[int],
    lanes: Sequence[int],
    centre: Sequence[float],
    tops: Sequence[float],
    heights: Sequence[float],
) -> list[Point]:
    """Straight down through the rank of each lane."""
    bends = []
    for lane in lanes:
        rank, x = ranks[lane], centre[lane]
        bends += [(x, tops[rank]), (x, tops[rank] + heights[rank])]
    return bends
