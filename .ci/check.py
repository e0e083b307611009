"""Checks the whole project in fresh environments: `make test`.

Every check runs, whatever the ones before it said, so that one run tells all there is to mend. The last
line counts them: each pytest test once, each other check once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import system_libraries
from environments import ROOT, Environment, child_environment

BUILD = ROOT / "build" / "checks"
PROJECT = "wfepy-desk"
# A memory disk makes thousands of durable saves in tests cheap; containers often have a tiny one.
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  only the parent of a private folder
ENOUGH_MEMORY_DISK = 2 << 30
SMALL_WORKFLOW = """\
import wfepy_core as wf


@wf.task()
@wf.start_point()
@wf.followed_by("wait_for_stamp")
def begin(context):
    context["begun"] = True
    return True


@wf.task()
@wf.end_point()
def wait_for_stamp(context):
    return context.get("stamp", False)
"""
ONLY_THE_WHEEL = """\
import importlib.util, wfepy_core
assert importlib.util.find_spec("PySide6") is None, "Qt is installed here, so its absence is not tested"
assert "site-packages" in wfepy_core.__file__, "the checkout is in the way of the wheel"
"""


class Tally(NamedTuple):
    """How many checks of a kind ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


class Checks:
    """Runs checks one after the other and remembers how each ended."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.tallies: dict[str, Tally] = {}
        self.environment = child_environment(
            QT_QPA_PLATFORM="offscreen", TMPDIR=str(scratch), PYTHONFAULTHANDLER="1", NO_COLOR="1"
        )

    def run(
        self, name: str, command: list[str], *, folder: Path = ROOT, expect: int = 0, says: str = ""
    ) -> None:
        """Runs a command that passes if it exits with `expect` and its output contains `says`."""
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        good = done.returncode == expect and says in done.stdout
        print(done.stdout if not good or len(done.stdout) < 1000 else done.stdout[-1000:], end="")
        if not good:
            print(
                f"FAILED with {done.returncode} instead of {expect}, or without {says!r}: {' '.join(command)}"
            )
        self._note(name, Tally(passed=int(good), failed=int(not good)), begun)

    def pytest(self, name: str, program: str, arguments: list[str], *, folder: Path = ROOT) -> None:
        """Runs pytest and counts its tests."""
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        report = BUILD / f"{name.replace(' ', '-')}.xml"
        command = [program, "--durations=5", "--durations-min=2", f"--junit-xml={report}", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, check=False
        )
        tally = _count(report)
        if done.returncode and not tally.failed:  # a crash, or nothing collected
            tally = tally._replace(failed=1)
        self._note(name, tally, begun)

    def _note(self, name: str, tally: Tally, begun: float) -> None:
        self.tallies[name] = tally
        outcome = "failed" if tally.failed else "ok"
        print(f"-- {name}: {outcome} in {time.monotonic() - begun:.1f} s", flush=True)

    def conclude(self) -> int:
        """Prints the names of failed checks and the total; returns the exit code."""
        for name, tally in self.tallies.items():
            if tally.failed:
                print(f"failed: {name}")
        passed, failed, skipped = (sum(column) for column in zip(*self.tallies.values(), strict=True))
        print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
        return 1 if failed else 0


def _count(report: Path) -> Tally:
    if not report.exists():
        return Tally(failed=1)
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314  our own pytest wrote it
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return Tally(max(total - failed - skipped, 0), failed, skipped)


def check_checkout(checks: Checks) -> Environment:
    """Checks the sources and runs every test against the checkout, with all extras installed."""
    everything = Environment(BUILD / "everything")
    everything.create()
    everything.install_checkout("gui,cluster,test")
    checks.run("ruff check", [everything.program("ruff"), "check", "."])
    checks.run("ruff format", [everything.program("ruff"), "format", "--check", "."])
    checks.run("mypy", [everything.program("mypy")])
    checks.run("import contracts", [everything.program("lint-imports")])
    pytest = everything.program("pytest")
    side_by_side = ["--numprocesses=2", "--dist=worksteal"]
    without_windows = ["tests/core", "tests/examples", "tests/end2end", "tests/faults"]
    checks.pytest("tests without windows", pytest, [*side_by_side, *_present(without_windows)])
    checks.pytest("tests of the desktop", pytest, [*side_by_side, "tests/gui"])
    return everything


def check_wheel(checks: Checks, builder: Environment) -> None:
    """Checks the built wheel where neither Qt nor the checkout is: alone, then with the core's tests."""
    wheels = BUILD / "wheels"
    builder.pip("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(wheels), ".")
    wheel = next(wheels.glob("*.whl"))
    bare = Environment(BUILD / "without-qt")
    bare.create()
    bare.install(str(wheel))
    elsewhere = _copy_of_the_tests(BUILD / "elsewhere")
    (elsewhere / "small.py").write_text(SMALL_WORKFLOW, encoding="utf-8")

    wfepy = bare.program("wfepy")
    state = "one.wfstate"
    checks.run("wheel: help", [wfepy, "--help"], folder=elsewhere, says="advance")
    checks.run("wheel: new", [wfepy, "new", state, "--module", "small.py"], folder=elsewhere)
    checks.run("wheel: a pass", [wfepy, "advance", state], folder=elsewhere)
    checks.run("wheel: status", [wfepy, "status", state, "--json"], folder=elsewhere, says='"waiting"')
    desktop = [bare.program("wfepy-gui")]
    checks.run("wheel: no desktop", desktop, folder=elsewhere, expect=2, says=f"{PROJECT}[gui]")
    bare.install(f"{wheel}[test]")
    checks.run("wheel: it alone", [bare.program("python"), "-c", ONLY_THE_WHEEL], folder=elsewhere)
    checks.pytest(
        "core tests without Qt", bare.program("pytest"), ["--numprocesses=2", "tests/core"], folder=elsewhere
    )


def _present(folders: list[str]) -> list[str]:
    """Returns the folders that exist; git keeps no empty ones."""
    return [folder for folder in folders if (ROOT / folder).is_dir()]


def _copy_of_the_tests(folder: Path) -> Path:
    """Copies what the core's tests need, and not the packages: the installed wheel is what they must meet."""
    shutil.rmtree(folder, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("tests", "examples", "docs", "resources"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _scratch() -> Path:
    disk = os.statvfs(MEMORY_DISK) if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK) else None
    if disk is None or disk.f_bavail * disk.f_frsize < ENOUGH_MEMORY_DISK:
        folder = BUILD / "tmp"
    else:
        folder = MEMORY_DISK / f"wfepy-checks-{os.getpid()}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


def main() -> int:
    """Runs all checks; returns the exit code."""
    begun = time.monotonic()
    system_libraries.ensure(screen=False)
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    scratch = _scratch()
    try:
        checks = Checks(scratch)
        check_wheel(checks, check_checkout(checks))
        print(f"\nall checks took {time.monotonic() - begun:.0f} s")
        return checks.conclude()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
