"""Fuzz what reads other people's files.

    python -m tests.fuzz [--cases N] [--seed S] [--only states,journals]

Case number I of a target comes from the seed `S:TARGET:I` alone, so what is found is found again. A finding
is printed with its number, and its input is kept in the working directory. `make fuzz` runs all of it.
"""

from __future__ import annotations

import argparse
import logging
import random
import signal
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.targets import TARGETS, Target

try:
    from tests.fuzz.desktop_settings import DesktopSettings
except ImportError:  # without Qt
    ALL_TARGETS = TARGETS
else:
    ALL_TARGETS = {**TARGETS, "settings": DesktopSettings}

LIMIT_S = 10
"""Seconds that one input may take; most take a thousandth."""


class Tally(NamedTuple):
    """What came of the cases of one target."""

    cases: int
    taken: int
    slowest_ms: float
    findings: list[str]


def fuzz(name: str, cases: int, seed: str, folder: Path, limit_s: int = 0) -> Tally:
    """Try so many inputs of a target.

    Args:
        name: of the target.
        cases: how many.
        seed: the same gives the same inputs.
        folder: an empty one, for the files.
        limit_s: seconds after which SIGALRM is sent; 0: never.
    """
    target: Target = ALL_TARGETS[name](folder)
    taken, slowest, findings = 0, 0.0, []
    for number in range(cases):
        data = target.make(random.Random(f"{seed}:{name}:{number}"))  # noqa: S311  no secret
        began = time.perf_counter()
        if limit_s:
            signal.alarm(limit_s)
        try:
            taken += target.attempt(data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            findings.append(f"{name} {seed}:{number}\n{traceback.format_exc()}")
            Path(f"finding-{name}-{number}").write_bytes(data)
        finally:
            if limit_s:
                signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - began)
    return Tally(cases, taken, slowest * 1000, findings)


def main() -> int:
    """Fuzz, and print a table and what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=20_000, help="of each target")
    parser.add_argument("--seed", default=str(time.time_ns()), help="any text")
    parser.add_argument("--only", default=",".join(ALL_TARGETS), help="targets, separated by commas")
    chosen = parser.parse_args()
    logging.disable()
    warnings.simplefilter("ignore")  # what a damaged context makes tasks return
    signal.signal(signal.SIGALRM, _stop)
    print(f"seed {chosen.seed}\n\n| target | cases | taken for good | slowest | findings |")
    print("|---|---|---|---|---|")
    findings: list[str] = []
    for name in chosen.only.split(","):
        with tempfile.TemporaryDirectory() as folder:
            tally = fuzz(name, chosen.cases, chosen.seed, Path(folder), LIMIT_S)
        counts = f"{tally.cases:,} | {tally.taken:,} | {tally.slowest_ms:.0f} ms | {len(tally.findings)}"
        print(f"| {name} | {counts} |", flush=True)
        findings += tally.findings
    by_error = {finding.strip().rpartition("\n")[2]: finding for finding in reversed(findings)}
    for finding in by_error.values():
        print(f"\n{finding}")
    return 1 if findings else 0


def _stop(_number: int, _frame: object) -> None:
    raise TimeoutError(f"it takes more than {LIMIT_S} s")


if __name__ == "__main__":
    sys.exit(main())
