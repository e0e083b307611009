"""What the journal costs a completed task: the context compared, two lines encoded and written.

    python benchmarks/journal.py [--rounds N]

Each pass runs a chain of 1,000 tasks over a state file, then the same in memory, with nobody listening; the
difference is the journal's and the context's. Loading and saving are no part of it: the time is taken from
the first task to the last one, CPU of this process with the kernel's. No line is synced for the times
(`--durability pass`); how many syncs a completed task has by default is counted in a pass of its own, with a
counter in the place of `os.fdatasync`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.engine.runner import Runner
from wfepy_core.loading.loader import load
from wfepy_core.model.status import Durability
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.single_pass import run_pass

if TYPE_CHECKING:
    from _typeshed import HasFileno

TASKS = 1000
BUDGET = 10.0
CONTEXT = {"release": "4.2", "builds": ["linux", "windows"], "sizes": {"linux": 17, "windows": 21}, "n": 0}
CASES = {
    "nothing in the context changes": "return True",
    "every task changes a number": 'context["n"] += 1; return True',
    "every task changes a list and a number": (
        'context["builds"][0] = str(context["n"]); context["n"] += 1; return True'
    ),
}


class Clock:
    """CPU from the first task of a chain to its last one, which call it: it is the module's `clock`."""

    def __init__(self) -> None:
        self.began = self.ended = 0.0

    def begin(self) -> None:
        """Called by the first task."""
        self.began = time.process_time()

    def end(self) -> None:
        """Called by the last task."""
        self.ended = time.process_time()

    @property
    def micros(self) -> float:
        """Microseconds a task between the two."""
        return (self.ended - self.began) / (TASKS - 1) * 1e6


CLOCK = Clock()


class Case(NamedTuple):
    """A module and a fresh instance of it."""

    module: str
    state: str


def prepare(folder: Path, number: int, body: str) -> Case:
    """A chain of tasks that all do `body`; the first and the last one look at the clock."""
    name = f"chain{number}"
    parts = ["from wfepy_core import end_point, followed_by, start_point, task", "clock = None"]
    for task in range(TASKS):
        start = "@start_point()\n" if task == 0 else ""
        after = "@end_point()\n" if task == TASKS - 1 else f'@followed_by("t{task + 1:04}")\n'
        look = {0: "clock.begin(); ", TASKS - 1: "clock.end(); "}.get(task, "")
        parts.append(f"\n@task()\n{start}{after}def t{task:04}(context):\n    {look}{body}\n")
    (folder / f"{name}.py").write_text("\n".join(parts), encoding="ascii")
    state = folder / f"{name}.wfstate"
    load([f"{name}.py"], str(folder)).workflow.tasks["t0000"].func.__globals__["clock"] = CLOCK
    new_instance(str(state), [f"{name}.py"], context=CONTEXT)
    shutil.copy(state, f"{state}.fresh")
    return Case(f"{name}.py", str(state))


def with_journal(case: Case, durability: Durability) -> float:
    """Microseconds a task of a pass over the state file."""
    for suffix in (".journal", ".bak"):
        Path(f"{case.state}{suffix}").unlink(missing_ok=True)
    shutil.copy(f"{case.state}.fresh", case.state)
    result = run_pass(case.state, durability=durability)
    if result.ran != TASKS:
        raise SystemExit(f"{result.ran} tasks ran, not {TASKS}")
    return CLOCK.micros


def in_memory(case: Case, folder: Path) -> float:
    """Microseconds a task of the same pass without a file."""
    context = {**CONTEXT, "builds": ["linux", "windows"]}
    Runner(load([case.module], str(folder)).workflow, context).run()
    return CLOCK.micros


def syncs(case: Case) -> float:
    """Calls of fdatasync for each completed task with durability "task"."""
    count, real = 0, os.fdatasync

    def counted(fd: int | HasFileno) -> None:
        nonlocal count
        count += 1
        real(fd)

    os.fdatasync = counted
    try:
        with_journal(case, Durability.TASK)
    finally:
        os.fdatasync = real
    return count / TASKS


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="passes for each figure")
    chosen = parser.parse_args()
    print("| a completed task in a chain of 1,000 | journal and context, min | median | budget | |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (title, body) in enumerate(CASES.items()):
            case = prepare(folder, number, body)
            pairs = [
                (with_journal(case, Durability.PASS), in_memory(case, folder)) for _ in range(chosen.rounds)
            ]
            least = min(pair[0] for pair in pairs) - min(pair[1] for pair in pairs)
            median = statistics.median(a - b for a, b in pairs)
            verdict = "kept" if least <= BUDGET else "MISSED"
            print(f"| {title} | {least:.1f} µs | {median:.1f} µs | ≤ {BUDGET:g} µs | {verdict} |")
        count = syncs(case)
        verdict = "kept" if count <= 1.01 else "MISSED"  # one more ends the pass
        print(f'| `fdatasync` with durability "task" | {count:.3f} | | 1 | {verdict} |')


if __name__ == "__main__":
    main()
