"""What one trigger over a folder costs an instance: `wfepy advance FOLDER`, and a bare loop.

    python benchmarks/advance_folder.py [--instances N ...] [--rounds N] [--jobs N]

The instances are of one workflow of 20 tasks, of which 18 are done and 2 wait; nothing comes of a round. The
bare loop imports the same two functions, and reads each file, parses it and calls them. The two run in turn,
as processes of their own; counted is the CPU of each with all of its workers, as `os.wait4` tells it.
Afterwards it is looked whether a round has written anything but lock files.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from trigger import run

TASKS = 20
BUDGET = 8
MODULE = "\n".join(
    [
        "from wfepy_core import end_point, followed_by, start_point, task",
        "@task()\n@start_point()\n@followed_by('t1')\n@followed_by('wait1')\ndef t0(context): return True",
        *(
            f"@task()\n@followed_by('{f't{number + 1}' if number < TASKS - 3 else 'wait2'}')\n"
            f"def t{number}(context): return True"
            for number in range(1, TASKS - 2)
        ),
        "@task()\n@end_point()\ndef wait1(context): return False",
        "@task()\n@end_point()\ndef wait2(context): return False",
    ]
)
PLAIN = "def wait1(context): return False\ndef wait2(context): return False\n"
BARE = """\
import json, os, sys
import plain
for name in sorted(os.listdir(sys.argv[1])):
    if name.endswith(".wfstate"):
        with open(os.path.join(sys.argv[1], name), "rb") as file:
            state = json.loads(file.read())
        plain.wait1(state["context"])
        plain.wait2(state["context"])
"""


def prepare(folder: Path, count: int) -> None:
    """A folder of instances that wait, each advanced to there, and polled once."""
    states = folder / "states"
    states.mkdir(parents=True)
    (states / "flow.py").write_text(MODULE, encoding="ascii")
    (folder / "plain.py").write_text(PLAIN, encoding="ascii")
    (folder / "bare.py").write_text(BARE, encoding="ascii")
    wfepy = [sys.executable, "-m", "wfepy_core"]
    context = ["--set", "customer=ACME", "--set", "items=[1, 2, 3]"]
    names = [str(states / f"i{number:05}.wfstate") for number in range(count)]
    for first in range(0, count, 500):
        run(folder, [*wfepy, "new", *names[first : first + 500], "--module", "flow.py", *context])
    for _ in range(2):
        run(folder, [*wfepy, "advance", "states", "--quiet"])


def written(states: Path) -> dict[str, tuple[int, int]]:
    """Of each file but lock files and bytecode, its size and time."""
    files = (one for one in states.iterdir() if one.is_file() and one.suffix != ".lock")
    return {one.name: (one.stat().st_size, one.stat().st_mtime_ns) for one in files}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instances", type=int, nargs="+", default=[1000, 10_000], help="in the folder")
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs")
    parser.add_argument("--jobs", default="1", help="workers of `wfepy advance`")
    chosen = parser.parse_args()
    print("| idle instances of 20 tasks | ours, CPU each | bare loop | ratio | budget | | files written |")
    print("|---|---|---|---|---|---|---|")
    for count in chosen.instances:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), count, chosen.rounds, chosen.jobs)


def measure(folder: Path, count: int, rounds: int, jobs: str) -> None:
    """Prepare, run in turn, and print the row."""
    prepare(folder, count)
    ours = [sys.executable, "-m", "wfepy_core", "advance", "states", "--quiet", "--jobs", jobs]
    bare = [sys.executable, "bare.py", "states"]
    before = written(folder / "states")
    run(folder, bare)
    pairs = [(run(folder, ours), run(folder, bare)) for _ in range(rounds)]
    changed = sum(before.get(name) != now for name, now in written(folder / "states").items())
    mine, other = (min(column) / count * 1000 for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    verdict = "kept" if ratio <= BUDGET else "MISSED"
    print(
        f"| {count:,} | {mine:.0f} µs | {other:.0f} µs | {ratio:.1f}x | ≤ {BUDGET}x | {verdict} | {changed} |"
    )


if __name__ == "__main__":
    main()
