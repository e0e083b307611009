"""Opens the desktop on example instances: `make run`. Without a screen, leaves pictures of the same.

Each run makes its own folder of instances under `scratch/`, so that nothing that anybody tried there is
overwritten.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from environments import ROOT, Environment, child_environment, development_environment
from system_libraries import line_to_run, missing

MOVABLE = ("new", "running", "waiting")
# The offscreen platform warns, at every window, of size hints it cannot pass on.
QUIET = "default.warning=false"
# Ends with 0 where Qt finds a screen it can draw on; where it does not, Qt ends the process.
PROBE = "import sys; from PySide6.QtWidgets import QApplication; QApplication(sys.argv)"
PATIENCE_S = 30
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def show(command: list[str]) -> str | None:
    """Prints a command as one would type it, runs it, returns what it printed; None: it failed."""
    print("$", shlex.join([Path(command[0]).name, *command[1:]]), flush=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=child_environment(QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES=QUIET),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{done.stdout}that command ended with exit code {done.returncode}", flush=True)
        return None
    return done.stdout


def require(command: list[str]) -> str:
    """As `show`, for what nothing can go on without.

    Raises:
        SystemExit: the command failed.
    """
    printed = show(command)
    if printed is None:
        sys.exit(1)
    return printed


def leave_pictures(environment: Environment, gallery: Path) -> None:
    """Does the main job without a screen: advances an instance, draws its graph, pictures the window.

    A picture that cannot be made keeps no other from being made.
    """
    wfepy = environment.program("wfepy")
    listed = json.loads(require([wfepy, "status", str(gallery), "--json"]))
    state = next((entry["path"] for entry in listed if entry["status"] in MOVABLE), None)
    if state is None:
        sys.exit(f"no instance in {gallery} can be advanced")
    print(require([wfepy, "advance", state]), end="")
    print(require([wfepy, "why", state]), end="")
    pictures = gallery.parent / "pictures"
    pictures.mkdir()
    for name in ("graph.svg", "graph.png"):
        show([wfepy, "graph", state, "-o", str(pictures / name)])
    show([environment.program("wfepy-gui"), "--screenshot", str(pictures / "window.png"), state])
    print("\nThere is no screen that Qt can draw on here, so see the pictures:")
    for picture in sorted(pictures.iterdir()):
        print(f"    {picture}")
    packages = missing(screen=False)
    if packages:
        print(f"\nThe others could not be made. {line_to_run(packages)}")


def screen_problem(environment: Environment) -> str:
    """Why Qt can open no window: DISPLAY may name a screen that is gone or not ours; empty: it can."""
    command = [environment.program("python"), "-P", "-c", PROBE]
    try:
        tried = subprocess.run(
            command, env=child_environment(), capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return f"no answer after {PATIENCE_S} s"
    said = [line for line in tried.stderr.splitlines() if line.strip()]
    unloaded = [line for line in said if line.startswith("ImportError")]
    return "" if tried.returncode == 0 else (unloaded or said or [f"exit code {tried.returncode}"])[0]


def new_gallery() -> Path:
    """Makes a folder for instances that no other run has; a temporary one where the checkout is read-only."""
    begun = time.strftime("%Y%m%d-%H%M%S-")
    scratch = ROOT / "scratch"
    try:
        scratch.mkdir(exist_ok=True)
        run = tempfile.mkdtemp(prefix=begun, dir=scratch)
    except OSError:
        run = tempfile.mkdtemp(prefix=f"wfepy-{begun}")
    gallery = Path(run) / "instances"
    gallery.mkdir()
    return gallery


def main() -> None:
    """Prepares everything and opens the desktop, or leaves pictures."""
    screen = any(os.environ.get(name) for name in SCREENS)
    environment = development_environment(screen=screen)
    problem = screen_problem(environment) if screen else ""
    if problem:
        names = [f"{name}={os.environ[name]}" for name in SCREENS if os.environ.get(name)]
        print(f"no window can be opened ({', '.join(names)}: {problem}); drawing off screen", flush=True)
    gallery = new_gallery()
    print(require([environment.program("python"), "examples/make_gallery.py", str(gallery)]), end="")
    print(f"the instances to play with are in {gallery}", flush=True)
    if problem or not screen:
        leave_pictures(environment, gallery)
        return
    desktop = [environment.program("wfepy-gui"), str(gallery)]
    sys.exit(subprocess.run(desktop, cwd=ROOT, env=child_environment(), check=False).returncode)


if __name__ == "__main__":
    main()
