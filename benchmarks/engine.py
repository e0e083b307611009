"""What a pass costs, against `wfepy` 0.1.1 and against the floor, as ratios paired in one run.

`python benchmarks/engine.py [--rounds N]` prints a Markdown table with budget and verdict. The floor is a
bare loop that makes the same calls and appends (name, state, started, ended) to a list. In every round
each contestant runs once, in turn; a ratio is the median over the rounds. CPU time, with a new runner's
making in it; garbage collection works as always. Every task has a function of its own, as in a module.
"""

from __future__ import annotations

import argparse
import gc
import logging
import random
import statistics
import time
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import wfepy

import wfepy_core

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES = (1_000, 10_000)
LAYER = 20  # tasks in a layer of the random graph; each leads to two of the next
LONG_CHAIN = 2_000
PARKED = 1_000


class Node(NamedTuple):
    """A task of a graph under test: transitions with whether they are taken (None: no condition)."""

    name: str
    edges: Sequence[tuple[str, bool | None]]
    start: bool = False
    join: bool = False
    end: bool = False
    waits: bool = False


class Case(NamedTuple):
    """A graph, whether its second pass is measured, and how many times faster than `wfepy` we must be."""

    title: str
    nodes: list[Node]
    budget: float
    second_pass: bool = False


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    ratio: str
    budget: str
    kept: bool


def done(_context: object) -> bool:
    """A task that is done at once."""
    return True


def waits(_context: object) -> bool:
    """A task that waits, or a condition that does not hold."""
    return False


# -- graphs -------------------------------------------------------------------------------------------------


def chain(size: int, prefix: str = "t") -> list[Node]:
    """One task after the other."""
    last = size - 1
    return [
        Node(f"{prefix}{i:05}", [(f"{prefix}{i + 1:05}", None)] if i < last else [], i == 0, end=i == last)
        for i in range(size)
    ]


def fan(size: int) -> list[Node]:
    """One task, then all others side by side, then a join."""
    middle = [f"m{i:05}" for i in range(size - 2)]
    return [
        Node("first", [(name, None) for name in middle], start=True),
        *(Node(name, [("last", None)]) for name in middle),
        Node("last", [], join=True, end=True),
    ]


def layered(size: int) -> list[Node]:
    """Layers of tasks, each of which joins two random tasks of the layer before."""
    pick = random.Random(1)  # noqa: S311  the same graph every time, nothing secret
    edges: dict[int, list[int]] = {i: [] for i in range(size)}
    for i in range(LAYER, size):
        for k in pick.sample(range(LAYER), 2):
            edges[(i // LAYER - 1) * LAYER + k].append(i)
    return [
        Node(f"t{i:05}", [(f"t{d:05}", None) for d in edges[i]], i < LAYER, i >= LAYER, not edges[i])
        for i in range(size)
    ]


def diamonds(size: int) -> list[Node]:
    """Diamonds in a row; of the two branches of each one is taken and one is not."""
    nodes: list[Node] = []
    for i in range(size // 4):
        following = [(f"a{i + 1:05}", None)] if i < size // 4 - 1 else []
        nodes += [
            Node(f"a{i:05}", [(f"b{i:05}", True), (f"c{i:05}", False)], start=i == 0),
            Node(f"b{i:05}", [(f"d{i:05}", None)]),
            Node(f"c{i:05}", [(f"d{i:05}", None)]),
            Node(f"d{i:05}", following, join=True, end=not following),
        ]
    return nodes


def waiting(size: int) -> list[Node]:
    """Start points that wait."""
    return [Node(f"w{i:05}", [], start=True, end=True, waits=True) for i in range(size)]


# -- contestants --------------------------------------------------------------------------------------------


def function_of(node: Node) -> FunctionType:
    """A function of this task's own."""
    function = waits if node.waits else done
    return FunctionType(function.__code__.replace(co_name=node.name), {}, node.name)


def workflow(api: ModuleType, nodes: list[Node]) -> Any:
    """The graph as a workflow of `api`: `wfepy` or `wfepy_core`."""
    module = ModuleType("graph")
    module.__file__ = "graph.py"
    for node in nodes:
        decorated: Any = function_of(node)
        for dest, taken in reversed(node.edges):
            conditions = () if taken is None else (done if taken else waits,)
            decorated = api.followed_by(dest, *conditions)(decorated)
        for wanted, point in (
            (node.start, api.start_point),
            (node.join, api.join_point),
            (node.end, api.end_point),
        ):
            if wanted:
                decorated = point()(decorated)
        setattr(module, node.name, api.task(name=node.name)(decorated))
    made = api.Workflow()
    made.load_tasks(module)
    return made


def calls_of(nodes: list[Node]) -> list[tuple[str, Callable[[object], bool], list[Callable[[object], bool]]]]:
    """What the floor calls: tasks that are reached, each with its conditions."""
    by_name = {node.name: node for node in nodes}
    reached = {node.name: None for node in nodes if node.start}
    for name in (pending := list(reached)):
        for dest, taken in by_name[name].edges:
            if taken is not False and dest not in reached and not by_name[name].waits:
                reached[dest] = None
                pending.append(dest)
    return [
        (
            name,
            function_of(by_name[name]),
            [done if taken else waits for _, taken in by_name[name].edges if taken is not None],
        )
        for name in reached
    ]


def floor_pass(
    calls: list[tuple[str, Callable[[object], bool], list[Callable[[object], bool]]]],
) -> list[tuple[str, str, float, float]]:
    """The least that remembers when each task ran and how it ended."""
    clock, context = time.time, None
    rows = []
    for name, call, conditions in calls:
        started = clock()
        state = "COMPLETE" if call(context) else "WAITING"
        for condition in conditions:
            condition(context)
        rows.append((name, state, started, clock()))
    return rows


def cpu(call: Callable[[], Any]) -> float:
    """Seconds of CPU of one call: the best of three, so that caches are warm for everybody."""
    gc.collect()
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        call()
        best = min(best, time.process_time() - started)
    return best


def pass_of(made: Any, *, second: bool) -> float:
    """CPU of one pass with a new runner; with `second`, of the pass after that."""
    if second:
        runner = made.create_runner()
        runner.run()
        return cpu(runner.run)
    return cpu(lambda: made.create_runner().run())


# -- rows ---------------------------------------------------------------------------------------------------


def rows_of(case: Case, rounds: int) -> Iterator[Row]:
    """Measures one case: against `wfepy`, and against the floor."""
    size = len(case.nodes)
    theirs, ours = workflow(wfepy, case.nodes), workflow(wfepy_core, case.nodes)
    calls = calls_of(case.nodes)
    times = [
        (
            pass_of(theirs, second=case.second_pass),
            pass_of(ours, second=case.second_pass),
            cpu(lambda: floor_pass(calls)),
        )
        for _ in range(rounds + 1)
    ][1:]  # the first round warms up
    their, our, floor = (statistics.median(column) / size * 1e6 for column in zip(*times, strict=True))
    faster = statistics.median(a / b for a, b, _ in times)
    above = statistics.median(b / c for _, b, c in times)
    most = 4 if size <= 1_000 else 6
    yield Row(
        f"{case.title}, {size:,}, wfepy / ours",
        f"{their:.2f} / {our:.2f} µs",
        f"{faster:.1f}x",
        f"≥ {case.budget:g}x",
        faster >= case.budget,
    )
    yield Row(
        f"{case.title}, {size:,}, ours / floor",
        f"{our:.2f} / {floor:.2f} µs",
        f"{above:.1f}x",
        f"≤ {most}x",
        above <= most,
    )


def growth(rounds: int) -> Row:
    """What a chain costs more when many tokens are parked beside it, their own polls taken off."""
    alone = workflow(wfepy_core, chain(LONG_CHAIN))
    parked = workflow(wfepy_core, waiting(PARKED))
    both = workflow(wfepy_core, [*chain(LONG_CHAIN), *waiting(PARKED)])
    times = [[pass_of(each, second=False) for each in (alone, parked, both)] for _ in range(4 * rounds)]
    bare = min(time[0] for time in times)
    beside = min(time[2] for time in times) - min(time[1] for time in times)
    ratio = beside / bare
    return Row(
        f"chain of {LONG_CHAIN:,}, beside {PARKED:,} waiting / alone",
        f"{beside / LONG_CHAIN * 1e6:.2f} / {bare / LONG_CHAIN * 1e6:.2f} µs",
        f"{ratio:.1f}x",
        "≤ 1.5x",
        ratio <= 1.5,
    )


def main() -> None:
    """Measures every row and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each contestant runs")
    parser.add_argument("--only", default="", help="rows whose title contains this")
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)
    print("| pass, CPU per task | measured | ratio | budget | |\n|---|---|---|---|---|")
    cases = [
        (title, make, budget, second)
        for title, make, budget, second in (
            ("chain", chain, 10, False),
            ("fan and join", fan, 8, False),
            ("random layers", layered, 10, False),
            ("diamonds, half not taken", diamonds, 13, False),
            ("all waiting, polled again", waiting, 8, True),
        )
        if chosen.only in title
    ]
    for title, make, budget, second in cases:
        for size in SIZES:
            for row in rows_of(Case(title, make(size), budget, second), chosen.rounds):
                _print(row)
    if chosen.only in "waiting beside a chain":
        beside = Case("half waiting beside a chain", [*chain(500), *waiting(500)], 500)
        _print(next(rows_of(beside, 2)))
        _print(growth(chosen.rounds))


def _print(row: Row) -> None:
    verdict = "kept" if row.kept else "MISSED"
    print(f"| {row.what} | {row.measured} | {row.ratio} | {row.budget} | {verdict} |", flush=True)


if __name__ == "__main__":
    main()
