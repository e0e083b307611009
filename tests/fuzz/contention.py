"""Many commands at once over a few instances, many of them killed; then look whether anything was lost.

    python -m tests.fuzz.contention [--minutes N] [--instances N] [--at-once N] [--seed S]

Each instance has one task that goes round in a loop. Each time it writes its number to a file of its own, as
a payment or a mail would be sent, and counts on in the context. Meanwhile keys are set by hand. Afterwards:

- the numbers never go back, and none is left out: no round was forgotten, and none that was acknowledged ran
  again;
- one is written twice only where a pass was killed;
- every key whose command ended with 0 is in the context;
- every state file can be read, and in its history no generation comes before an earlier one.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.cron_environment import cron_environment

MODULE = """\
import os
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("again")
def count(context):
    with open(context["effects"], "a") as file:
        file.write(f"{context['count']}\\n")
    context["count"] += 1
    return True

@task()
@followed_by("count")
@followed_by("end", lambda context: context["count"] < 0)
def again(context):
    return context["count"] % 7 != 0 or bool(os.urandom(1)[0] % 3) or Waiting("for luck")

@task()
@end_point()
def end(context):
    return True
"""


class Command(NamedTuple):
    """A command that runs, and when it is to be killed."""

    process: subprocess.Popen[bytes]
    kind: str
    state: Path
    key: str
    dies_at: float


class Findings(NamedTuple):
    """What was run, and what went wrong."""

    commands: Counter[str]
    killed: int
    effects: int
    repeated: int
    edits: int
    wrong: list[str]


def contend(folder: Path, *, instances: int, at_once: int, seed: str, goes_on) -> Findings:
    """Run commands until `goes_on(how many were run)` says no; then look."""
    rng = random.Random(seed)  # noqa: S311  no secret
    states = [_begin(folder, number) for number in range(instances)]
    acknowledged: dict[Path, set[str]] = {state: set() for state in states}
    counts, killed, running, started = Counter[str](), 0, list[Command](), 0
    while running or goes_on(started):
        while len(running) < at_once and goes_on(started):
            running.append(_start(rng, folder, rng.choice(states), started))
            started += 1
        for command in list(running):
            if command.process.poll() is None and time.monotonic() >= command.dies_at:
                command.process.kill()
                command.process.wait()
                killed += 1
            if command.process.poll() is not None:
                running.remove(command)
                counts[f"{command.kind}: {command.process.returncode}"] += 1
                if command.key and command.process.returncode == 0:
                    acknowledged[command.state].add(command.key)
        if running:
            with suppress(subprocess.TimeoutExpired):
                running[0].process.wait(timeout=0.01)  # it is time to look for the others, too
    return _look(states, acknowledged, counts, killed)


def _begin(folder: Path, number: int) -> Path:
    (folder / "flow.py").write_text(MODULE, encoding="ascii")
    state = folder / f"i{number:02}.wfstate"
    effects = folder / f"i{number:02}.effects"
    effects.touch()
    _run("new", state, "--module", "flow.py", "--set", "count=1", "--set", f"effects={effects}")
    return state


def _words(*words: object) -> list[str]:
    return [sys.executable, "-m", "wfepy_core", *map(str, words)]


def _run(*words: object) -> str:
    done = subprocess.run(_words(*words), env=cron_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr}")
    return done.stdout


def _start(rng: random.Random, folder: Path, state: Path, number: int) -> Command:
    kind = rng.choice(("advance", "advance", "advance", "folder", "set", "set", "status", "history"))
    key = f"k{number}" if kind == "set" else ""
    words = {
        "advance": _words("advance", state, "--timeout", "1"),
        "folder": _words("advance", folder, "--jobs", "2", "--timeout", "1", "--quiet"),
        "set": _words("context", "set", state, f"{key}={number}", "--wait", "5"),
        "status": _words("status", folder, "--json"),
        "history": _words("history", state, "--last", "5"),
    }[kind]
    process = subprocess.Popen(
        words, env=cron_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    dies_in = rng.uniform(0.02, 0.6) if rng.random() < 0.4 else float("inf")
    return Command(process, kind, state, key, time.monotonic() + dies_in)


def _look(
    states: list[Path], acknowledged: dict[Path, set[str]], counts: Counter[str], killed: int
) -> Findings:
    wrong: list[str] = []
    effects = repeated = 0
    for state in states:
        context = json.loads(_run("context", "get", state, "--json"))
        lost = acknowledged[state] - context.keys()
        wrong += [f"{state.name}: acknowledged and lost: {sorted(lost)}"] if lost else []
        numbers = [int(line) for line in state.with_suffix(".effects").read_text().split()]
        steps = [after - before for before, after in pairwise(numbers)]
        wrong += [f"{state.name}: step of {step}" for step in steps if step not in (0, 1)]
        if numbers and context["count"] not in (numbers[-1], numbers[-1] + 1):
            wrong.append(f"{state.name}: counted to {context['count']}, did {numbers[-1]}")
        effects, repeated = effects + len(numbers), repeated + steps.count(0)
        events = [json.loads(line) for line in _run("history", state, "--json").splitlines()]
        generations = [event["g"] for event in events]
        wrong += [f"{state.name}: generations go back"] if generations != sorted(generations) else []
    # A folder is advanced by two workers, and what takes too long is killed by the command itself.
    late = sum(count for end, count in counts.items() if end.endswith(": 1"))
    if repeated > 2 * (killed + late):
        wrong.append(f"{repeated} repeats, {killed} kills")
    return Findings(counts, killed, effects, repeated, sum(map(len, acknowledged.values())), wrong)


def main() -> int:
    """Contend for some minutes, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=4)
    parser.add_argument("--instances", type=int, default=10)
    parser.add_argument("--at-once", type=int, default=6)
    parser.add_argument("--seed", default="contention")
    chosen = parser.parse_args()
    until = time.monotonic() + 60 * chosen.minutes
    with tempfile.TemporaryDirectory() as folder:
        found = contend(
            Path(folder),
            instances=chosen.instances,
            at_once=chosen.at_once,
            seed=chosen.seed,
            goes_on=lambda _started: time.monotonic() < until,
        )
    print(f"{sum(found.commands.values()):,} commands, {found.killed:,} killed; ", end="")
    print(f"{found.effects:,} effects, {found.repeated} of them repeated; {found.edits:,} edits acknowledged")
    print(", ".join(f"{end} ({count})" for end, count in sorted(found.commands.items())))
    print("\n".join(found.wrong) or "nothing lost, nothing torn, nothing done again")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
