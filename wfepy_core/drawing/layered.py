"""Our own layered placement: drawn at once, for any size, with nothing installed.

Longest-path ranks after turning round the edges that close loops, barycentre sweeps for the order, a linear
least-squares pass for x. Long edges are led around nodes while there are few of them; in a large graph they
go straight, which keeps 20,000 tasks well under a second.
"""

from __future__ import annotations

from wfepy_core.drawing.layered_order import order_ranks, place_side_by_side
from wfepy_core.drawing.layered_ranks import downward, longest_path_ranks
from wfepy_core.drawing.layered_routes import LOOP_ROOM, route
from wfepy_core.drawing.layout import NodeBox, Placement
from wfepy_core.values import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.snapshot import Graph

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
    lanes: list[list[int]]  # of each edge, top down


def place(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    label_sizes: Mapping[str, tuple[float, float]],
) -> Placement:
    """Lay a graph out, in points; see `layout.Placement`.

    Args:
        graph: what to lay out.
        sizes: width and height of every task's node.
        label_sizes: width and height of every condition's pill.
    """
    if not graph.tasks:
        return Placement({}, (), 0.0, 0.0, "layered")
    number = {task.name: index for index, task in enumerate(graph.tasks)}
    pairs = [(number[edge.source], number[edge.dest]) for edge in graph.transitions]
    box_sizes = [sizes[task.name] for task in graph.tasks]
    first = [index for index, task in enumerate(graph.tasks) if task.start]
    layers = _layers(pairs, box_sizes, first)
    ranks = _in_ranks(layers.rank)
    sweeps = 2 if len(layers.rank) > _LARGE else 6
    order_ranks(ranks, layers.above, layers.below, sweeps=sweeps)
    centre = place_side_by_side(ranks, layers.above, layers.below, layers.widths, _GAP, sweeps=sweeps)
    labelled = any(edge.condition in label_sizes for edge in graph.transitions if edge.condition)
    gap = _RANK_GAP + (_LABEL_ROOM if labelled else 0.0)
    tops, height = _tops(ranks, box_sizes, gap)
    left = min(map(_left_of, centre, layers.widths))
    right = max(x + width / 2 for x, width in zip(centre, layers.widths, strict=True))
    centre = [x - left for x in centre]
    boxes = [
        NodeBox(centre[index] - width / 2, tops[layers.rank[index]] + (size - h) / 2, width, h)
        for index, (width, h) in enumerate(box_sizes)
        for size in (height[layers.rank[index]],)
    ]
    shown = [bool(edge.condition) for edge in graph.transitions]
    bends = [_bends(layers, lanes, centre, tops, height) for lanes in layers.lanes]
    edges = route(pairs, boxes, bends, shown)
    names = [task.name for task in graph.tasks]
    return Placement(
        nodes=dict(zip(names, boxes, strict=True)),
        edges=edges,
        width=right - left,
        height=tops[-1] + height[-1],
        engine="layered",
    )


def _left_of(x: float, width: float) -> float:
    return x - width / 2


def _layers(pairs: Sequence[tuple[int, int]], sizes: Sequence[Point], first: Sequence[int]) -> _Layers:
    count = len(sizes)
    loops = {source for source, dest in pairs if source == dest}
    straight = [(s, d) for s, d in pairs if s != d]
    down = iter(downward(count, straight, first))
    downs = [next(down) if s != d else None for s, d in pairs]
    rank = longest_path_ranks(count, [pair for pair in downs if pair])
    widths = [width + (2 * LOOP_ROOM if index in loops else 0.0) for index, (width, _) in enumerate(sizes)]
    above: list[list[int]] = [[] for _ in range(count)]
    below: list[list[int]] = [[] for _ in range(count)]
    layers = _Layers(rank, widths, above, below, [])
    with_lanes = sum(rank[pair[1]] - rank[pair[0]] - 1 for pair in downs if pair) <= _MOST_LANES
    for pair in downs:
        layers.lanes.append(_join(layers, *pair, with_lanes=with_lanes) if pair else [])
    return layers


def _join(layers: _Layers, top: int, bottom: int, *, with_lanes: bool) -> list[int]:
    """Make two nodes neighbours, through one lane in every rank between them; returns the lanes."""
    rank, _, above, below, _ = layers
    lanes: list[int] = []
    last = top
    if with_lanes:
        for between in range(rank[top] + 1, rank[bottom]):
            lane = len(rank)
            rank.append(between)
            layers.widths.append(_LANE)
            above.append([last])
            below.append([])
            below[last].append(lane)
            lanes.append(lane)
            last = lane
    below[last].append(bottom)
    above[bottom].append(last)
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
    layers: _Layers,
    lanes: Sequence[int],
    centre: Sequence[float],
    tops: Sequence[float],
    heights: Sequence[float],
) -> list[Point]:
    """Straight down through the rank of each lane."""
    bends = []
    for lane in lanes:
        rank, x = layers.rank[lane], centre[lane]
        bends += [(x, tops[rank]), (x, tops[rank] + heights[rank])]
    return bends
