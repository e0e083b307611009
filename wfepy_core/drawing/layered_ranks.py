"""Ranks of a layered placement: every transition points down, apart from those that close a loop."""

from __future__ import annotations

from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Pair = tuple[int, int]


def downward(count: int, pairs: Sequence[Pair], first: Sequence[int]) -> list[Pair]:
    """The edges with those that close a loop turned round, so that no loop is left.

    Args:
        count: of nodes, numbered from 0.
        pairs: source and dest of each edge; no self-loops.
        first: where to begin, which decides what counts as forward.
    """
    following: list[list[int]] = [[] for _ in range(count)]
    for source, dest in pairs:
        following[source].append(dest)
    finished = _finish_order(following, first)
    return [(s, d) if finished[s] > finished[d] else (d, s) for s, d in pairs]


def _finish_order(following: list[list[int]], first: Sequence[int]) -> list[int]:
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


def longest_path_ranks(count: int, pairs: Sequence[Pair]) -> list[int]:
    """The rank of every node: one more than its deepest predecessor; sources sit just above what they feed.

    Args:
        count: of nodes.
        pairs: edges without loops, from `downward`.
    """
    following: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for source, dest in pairs:
        following[source].append(dest)
        missing[dest] += 1
    rank = [0] * count
    ready = [node for node in range(count) if not missing[node]]
    sources = tuple(ready)
    while ready:
        node = ready.pop()
        below = rank[node] + 1
        for dest in following[node]:
            rank[dest] = max(rank[dest], below)
            missing[dest] -= 1
            if not missing[dest]:
                ready.append(dest)
    for node in sources:
        if following[node]:
            rank[node] = min(rank[dest] for dest in following[node]) - 1
    return rank
