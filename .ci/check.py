"""Checks the whole project in fresh environments: `make test`; with `--fast` the quick part, in `.venv`.

Every check runs, whatever the ones before it said, so that one run tells all there is to mend. At the end
stands what each took. The last line counts them: each pytest test once, each other check once.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import system_libraries
from environments import (
    BUILT_HERE,
    ROOT,
    Environment,
    child_environment,
    development_environment,
    only_one,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD = ROOT / "build" / "checks"
PROJECT = "wfepy-desk"
# A memory disk makes thousands of durable saves in tests cheap; containers often have a tiny one.
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  only the parent of a private folder
ENOUGH_MEMORY_DISK = 2 << 30
# Settings of the machine that would make tests look for other plug-ins, scales, colours or options.
FOREIGN = ("QT_", "PYTEST_")
WITHOUT_WINDOWS = ("tests/core", "tests/examples", "tests/end2end", "tests/faults", "tests/fuzz")
# The rules of the engine, and what of the desktop needs no window.
QUICK = ("tests/core", "tests/gui/models", "tests/gui/text", "tests/gui/theme")
# Beside that of whoever runs the checks.
OTHER_PLATFORMS = tuple(name for name in ("linux", "darwin", "win32") if name != sys.platform)
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
DOT = """\
import sys, pygraphviz
options = {word[1]: word[2:] for word in sys.argv[1:]}
graph = pygraphviz.AGraph(string=sys.stdin.read())
sys.stdout.buffer.write(graph.draw(format=options["T"], prog=options["K"]))
"""
ONLY_THE_WHEEL = """\
import importlib.util, wfepy_core
assert importlib.util.find_spec("PySide6") is None, "Qt is installed here, so its absence is not tested"
assert "site-packages" in wfepy_core.__file__, "the checkout is in the way of the wheel"
"""


class Tally(NamedTuple):
    """How many checks of a kind ended how, and how long they took together."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


class Checks:
    """Runs checks one after the other and remembers how each ended."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.tallies: dict[str, Tally] = {}
        ours = {name: value for name, value in child_environment().items() if not name.startswith(FOREIGN)}
        ours |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(scratch)}
        self.environment = ours | {"PYTHONFAULTHANDLER": "1", "NO_COLOR": "1"}

    @contextmanager
    def preparation(self, name: str) -> Iterator[None]:
        """Notes how long it takes to prepare something, which counts as no check."""
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        yield
        self._note(name, Tally(), begun)

    def run(
        self, name: str, command: list[str], *, folder: Path = ROOT, expect: int = 0, says: str = ""
    ) -> bool:
        """Runs a command; returns whether it exits with `expect` and its output contains `says`."""
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
        return good

    def pytest(self, name: str, program: str, arguments: list[str], *, folder: Path = ROOT) -> None:
        """Runs pytest and counts its tests."""
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        report = self.scratch / f"{name.replace(' ', '-')}.xml"
        command = [program, "--durations=5", "--durations-min=2", f"--junit-xml={report}", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, check=False
        )
        tally = _count(report)
        if done.returncode and not tally.failed:  # a crash, or nothing collected
            tally = tally._replace(failed=1)
        self._note(name, tally, begun)

    def _note(self, name: str, tally: Tally, begun: float) -> None:
        tally = tally._replace(seconds=time.monotonic() - begun)
        self.tallies[name] = tally
        outcome = "failed" if tally.failed else "ok"
        print(f"-- {name}: {outcome} in {tally.seconds:.1f} s", flush=True)

    def conclude(self) -> int:
        """Prints what each check took, which failed, and the total; returns the exit code."""
        passed, failed, skipped, seconds = (sum(each) for each in zip(*self.tallies.values(), strict=True))
        print(f"\n{'':24} {'time':>7} {'passed':>7} {'failed':>7} {'skipped':>7}")
        total = Tally(passed, failed, skipped, seconds)
        for name, tally in {**self.tallies, "all": total}.items():
            counts = "".join(f" {count or '':>7}" for count in tally[:3])
            print(f"{name:24} {tally.seconds:5.0f} s{counts}".rstrip())
        for name, tally in self.tallies.items():
            if tally.failed:
                print(f"failed: {name}")
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


def check_sources(checks: Checks, environment: Environment) -> None:
    """Checks what can be said without running anything."""
    checks.run("ruff check", [environment.program("ruff"), "check", "."])
    checks.run("ruff format", [environment.program("ruff"), "format", "--check", "."])
    checks.run("mypy", [environment.program("mypy")])
    for platform in OTHER_PLATFORMS:
        # What follows `if sys.platform == "linux": return` is out of reach for one of the three only.
        options = ["--platform", platform, "--no-warn-unreachable", f"--cache-dir=.mypy_cache/{platform}"]
        checks.run(f"mypy for {platform}", [environment.program("mypy"), *options, "wfepy_core", "wfepy_gui"])
    checks.run("import contracts", [environment.program("lint-imports")])


def check_quickly(checks: Checks) -> None:
    """Checks the sources, and what quick tests can say, in the environment of the developer."""
    with checks.preparation("environment"):
        environment = development_environment()
    check_sources(checks, environment)
    workers = f"--numprocesses={min(os.cpu_count() or 1, 8)}"
    checks.pytest(
        "quick tests", environment.program("pytest"), [workers, "--dist=worksteal", *_present(QUICK)]
    )


def check_checkout(checks: Checks) -> Environment:
    """Checks the sources and runs every test against the checkout, with all extras installed."""
    everything = Environment(BUILD / "everything")
    with checks.preparation("environment"):
        everything.create()
        everything.install_checkout("gui,cluster,test")
    check_sources(checks, everything)
    libraries = [everything.program("python"), ".ci/system_libraries.py", "--check"]
    has_libraries = checks.run("system libraries", libraries)
    pytest = everything.program("pytest")
    side_by_side = ["--numprocesses=2", "--dist=worksteal"]
    checks.pytest("tests without windows", pytest, [*side_by_side, *_present(WITHOUT_WINDOWS)])
    if has_libraries:  # else Qt cannot be loaded, and that check has failed
        checks.pytest("tests of the desktop", pytest, [*side_by_side, "tests/gui"])
    return everything


def check_wheel(checks: Checks, builder: Environment) -> None:
    """Checks the built wheel where neither Qt nor the checkout is: alone, then with the core's tests."""
    wheels = BUILD / "wheels"
    bare = Environment(BUILD / "without-qt")
    with checks.preparation("wheel"):
        builder.pip("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(wheels), ".")
        wheel = next(wheels.glob("*.whl"))
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
    with checks.preparation("wheel: test tools"):
        bare.install("setuptools")
        bare.install(*BUILT_HERE, f"{wheel}[test]")
    _stand_in_for_dot(checks, builder)
    checks.run("wheel: it alone", [bare.program("python"), "-c", ONLY_THE_WHEEL], folder=elsewhere)
    checks.pytest(
        "core tests without Qt", bare.program("pytest"), ["--numprocesses=2", "tests/core"], folder=elsewhere
    )


def _stand_in_for_dot(checks: Checks, builder: Environment) -> None:
    """Where there is no program `dot`, makes one of the Graphviz that pygraphviz brings along."""
    python = builder.program("python")
    loads = subprocess.run([python, "-c", "import pygraphviz"], capture_output=True, check=False)
    if shutil.which("dot") or loads.returncode:
        return
    folder = BUILD / "programs"
    folder.mkdir(parents=True)
    program = folder / "dot.py"
    program.write_text(DOT, encoding="utf-8")
    start = folder / "dot"
    start.write_text(
        f'#!/bin/sh\nexec {shlex.quote(python)} {shlex.quote(str(program))} "$@"\n', encoding="utf-8"
    )
    start.chmod(0o755)
    checks.environment["PATH"] = os.pathsep.join((str(folder), checks.environment["PATH"]))


def _present(folders: tuple[str, ...]) -> list[str]:
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
    """Makes a folder for what tests write, in memory where there is room and programs may be run."""
    disk = os.statvfs(MEMORY_DISK) if MEMORY_DISK.is_dir() and os.access(MEMORY_DISK, os.W_OK) else None
    if disk is None or disk.f_bavail * disk.f_frsize < ENOUGH_MEMORY_DISK or disk.f_flag & os.ST_NOEXEC:
        folder = BUILD / f"tmp-{os.getpid()}"
    else:
        folder = MEMORY_DISK / f"wfepy-checks-{os.getpid()}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


def main() -> int:
    """Runs all checks, or with `--fast` the quick ones; returns the exit code."""
    fast = "--fast" in sys.argv[1:]
    # In the background, shells have it ignored; tests that interrupt commands would wait in vain.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not fast:
        system_libraries.ensure(screen=False)
        system_libraries.ensure_test_programs()
    lock = ROOT / "build" / ("fast.lock" if fast else "checks.lock")
    with only_one(lock, "waiting for other checks of this checkout"):
        return _check(fast=fast)


def _check(*, fast: bool) -> int:
    if not fast:
        shutil.rmtree(BUILD, ignore_errors=True)
    scratch = _scratch()
    try:
        checks = Checks(scratch)
        if fast:
            check_quickly(checks)
        else:
            check_wheel(checks, check_checkout(checks))
        return checks.conclude()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
