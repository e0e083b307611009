"""Ranks of a layered placement: every transition points down, apart from those that close a loop."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Pair = tuple[int, int]


def ranks_of(count: int, pairs: Sequence[Pair], first: Sequence[int]) -> list[int]:
    """The rank of every node; transitions that close a loop point up, all others down.

    Args:
        count: of nodes, numbered from 0.
        pairs: source and dest of each edge; no self-loops.
        first: where to begin, which decides what counts as forward.
    """
    following = _following(count, pairs)
    ranks = longest_path_ranks(following)
    if ranks is None:
        ranks = longest_path_ranks(_following(count, downward(following, pairs, first)))
    return ranks or []


def _following(count: int, pairs: Iterable[Pair]) -> list[list[int]]:
    following: list[list[int]] = [[] for _ in range(count)]
    for source, dest in pairs:
        following[source].append(dest)
    return following


def downward(following: Sequence[Sequence[int]], pairs: Sequence[Pair], first: Sequence[int]) -> list[Pair]:
    """The edges with those that close a loop turned round, so that no loop is left.

    Args:
        following: the nodes after each node.
        pairs: source and dest of each edge; no self-loops.
        first: where to begin, which decides what counts as forward.
    """
    finished = _finish_order(following, first)
    return [(s, d) if finished[s] > finished[d] else (d, s) for s, d in pairs]


def _finish_order(following: Sequence[Sequence[int]], first: Sequence[int]) -> list[int]:
    """When a depth-first search is done with each node; an edge to one done later closes a loop."""
    done = [-1] * len(following)
    entered = bytearray(len(following))
    clock = 0
    for root in (*first, *range(len(following))):
        if entered[root]:
            continue
        entered[root] = 1
        stack = [(root, iter(following[root]))]
        while stack:
            node, rest = stack[-1]
            for dest in rest:
                if not entered[dest]:
                    entered[dest] = 1
                    stack.append((dest, iter(following[dest])))
                    break
            else:
                stack.pop()
                done[node] = clock
                clock += 1
    return done


def longest_path_ranks(following: Sequence[Sequence[int]]) -> list[int] | None:
    """The rank of every node: one more than its deepest predecessor; sources sit just above what they feed.

    Args:
        following: the nodes below each node.

    Returns:
        None if there is a loop: see `downward`.
    """
    count = len(following)
    missing = [0] * count
    for dests in following:
        for dest in dests:
            missing[dest] += 1
    rank = [0] * count
    ready = [node for node, above in enumerate(missing) if not above]
    sources = tuple(ready)
    served = 0
    while ready:
        node = ready.pop()
        served += 1
        below = rank[node] + 1
        for dest in following[node]:
            if rank[dest] < below:  # noqa: PLR1730  a call of max() for each edge shows
                rank[dest] = below
            missing[dest] -= 1
            if not missing[dest]:
                ready.append(dest)
    if served < count:
        return None
    for node in sources:
        if following[node]:
            rank[node] = min(map(rank.__getitem__, following[node])) - 1
    return rank
