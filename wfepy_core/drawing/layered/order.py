"""Order within ranks and x of a layered placement: barycentre sweeps, then least squares side by side."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Neighbours = Sequence[Sequence[int]]


def order_ranks(ranks: list[list[int]], above: Neighbours, below: Neighbours, *, sweeps: int) -> None:
    """Reorder the nodes of every rank in place, so that few edges cross.

    Args:
        ranks: the nodes of each rank, top down.
        above: neighbours of each node in the rank above it.
        below: neighbours in the rank below.
        sweeps: how often to go down and up again.
    """
    position = [0.0] * len(above)
    for nodes in ranks:
        _number(nodes, position)
    for _ in range(sweeps):
        for nodes in ranks[1:]:
            _sort(nodes, above, position)
        for nodes in ranks[-2::-1]:
            _sort(nodes, below, position)
    for nodes in ranks[1:]:
        _sort(nodes, above, position)


def _number(nodes: list[int], position: list[float]) -> None:
    for index, node in enumerate(nodes):
        position[node] = index


def _sort(nodes: list[int], neighbours: Neighbours, position: list[float]) -> None:
    if len(nodes) < 2:
        return
    at = position.__getitem__
    wanted = {
        node: sum(map(at, near)) / len(near) if (near := neighbours[node]) else position[node]
        for node in nodes
    }
    nodes.sort(key=wanted.__getitem__)
    _number(nodes, position)


def place_side_by_side(
    ranks: Sequence[Sequence[int]],
    above: Neighbours,
    below: Neighbours,
    widths: Sequence[float],
    gap: float,
    *,
    sweeps: int,
) -> list[float]:
    """The centre x of every node: near the middle of its neighbours, in order, never overlapping.

    Args:
        ranks: the ordered nodes of each rank.
        above: neighbours of each node in the rank above it.
        below: neighbours in the rank below.
        widths: of each node.
        gap: between two nodes of a rank.
        sweeps: how often to go down and up again.
    """
    centre = [0.0] * len(widths)
    offsets = [_offsets(nodes, widths, gap) for nodes in ranks]
    for nodes, offset in zip(ranks, offsets, strict=True):
        middle = (offset[-1] if offset else 0.0) / 2
        for node, away in zip(nodes, offset, strict=True):
            centre[node] = away - middle
    for _ in range(sweeps):
        for index in range(1, len(ranks)):
            _move_to_neighbours(ranks[index], offsets[index], above, centre)
        for index in range(len(ranks) - 2, -1, -1):
            _move_to_neighbours(ranks[index], offsets[index], below, centre)
    return centre


def _offsets(nodes: Sequence[int], widths: Sequence[float], gap: float) -> list[float]:
    """How far each node's centre is at least from the first one's."""
    offsets = []
    away = 0.0
    last = None
    for node in nodes:
        if last is not None:
            away += (widths[last] + widths[node]) / 2 + gap
        offsets.append(away)
        last = node
    return offsets


def _move_to_neighbours(
    nodes: Sequence[int], offsets: Sequence[float], neighbours: Neighbours, centre: list[float]
) -> None:
    """Move a rank's nodes as near to their neighbours as order and gaps allow, in the least-squares sense.

    With the minimal offsets taken away this is isotonic regression: pool adjacent violators, in linear time.
    """
    at = centre.__getitem__
    sums: list[float] = []
    counts: list[int] = []
    for node, offset in zip(nodes, offsets, strict=True):
        near = neighbours[node]
        total = (sum(map(at, near)) / len(near) if near else centre[node]) - offset
        count = 1
        while sums and sums[-1] * count > total * counts[-1]:
            total += sums.pop()
            count += counts.pop()
        sums.append(total)
        counts.append(count)
    index = 0
    for total, count in zip(sums, counts, strict=True):
        mean = total / count
        for _ in range(count):
            centre[nodes[index]] = mean + offsets[index]
            index += 1
