"""What `wfepy status FOLDER` pays for each of 10,000 state files, against a loop that only reads them.

    python benchmarks/fleet.py [--rounds N] [--files N]

Ours finds the state files of a folder and sums each up (`fleet.find_state_files`, `fleet.read_summaries`):
head taken apart, journal looked at for a pass that was interrupted. The bare loop lists the folder, and
opens, reads 4 KB of and closes each file, taking nothing apart. Both in this process, in turn, CPU time;
files and names are in the kernel's cache. Each instance has a journal beside it, as it has after its first
pass.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from wfepy_core.operations.create import new_instance
from wfepy_core.passes import fleet
from wfepy_core.passes.single_pass import run_pass

if TYPE_CHECKING:
    from collections.abc import Callable

MODULE = """\
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def sign(context):
    return False
"""
BUDGET = 2


def prepare(folder: Path, count: int) -> None:
    """So many instances that wait, each with its journal."""
    (folder / "release.py").write_text(MODULE, encoding="ascii")
    first = folder / "first.wfstate"
    new_instance(str(first), ["release.py"], context={"notes": "x" * 4000})
    run_pass(str(first))
    state, journal = first.read_bytes(), (folder / "first.wfstate.journal").read_bytes()
    first.unlink()
    for number in range(count):
        (folder / f"i{number:05}.wfstate").write_bytes(state)
        (folder / f"i{number:05}.wfstate.journal").write_bytes(journal)


def ours(folder: str) -> None:
    """What the command does before it prints."""
    for summary in fleet.read_summaries(fleet.find_state_files([folder])):
        if summary.head is None:
            raise SystemExit(str(summary.error))


def bare(folder: str) -> None:
    """Open, read and close each file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".wfstate"):
                descriptor = os.open(entry.path, os.O_RDONLY)
                os.read(descriptor, 4096)
                os.close(descriptor)


def cpu(call: Callable[[str], None], folder: str) -> float:
    """Seconds of CPU of one call, the kernel's included."""
    began = time.process_time()
    call(folder)
    return time.process_time() - began


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each side runs")
    parser.add_argument("--files", type=int, default=10_000, help="state files in the folder")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), chosen.files)
        pairs = [(cpu(ours, name), cpu(bare, name)) for _ in range(chosen.rounds)]
    our, other = (min(column) / chosen.files * 1e6 for column in zip(*pairs, strict=True))
    median = statistics.median(a / b for a, b in pairs)
    verdict = "kept" if our / other <= BUDGET else "MISSED"
    print("| fleet, CPU per state file | ours / bare, min | ratio of the min | median of ratios | budget | |")
    print("|---|---|---|---|---|---|")
    print(
        f"| heads of {chosen.files:,} state files | {our:.1f} / {other:.1f} µs | {our / other:.2f}x "
        f"| {median:.2f}x | ≤ {BUDGET:g}x | {verdict} |"
    )


if __name__ == "__main__":
    main()
