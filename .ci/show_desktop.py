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
import time
from pathlib import Path

from environments import ROOT, Environment, child_environment, development_environment

MOVABLE = ("new", "running", "waiting")
# The offscreen platform warns, at every window, of size hints it cannot pass on.
QUIET = "default.warning=false"
# Ends with 0 where Qt finds a screen it can draw on; where it does not, Qt ends the process.
PROBE = "import sys; from PySide6.QtWidgets import QApplication; QApplication(sys.argv)"
PATIENCE_S = 30
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def show(command: list[str]) -> str:
    """Prints a command as one would type it, runs it and returns what it printed.

    Raises:
        SystemExit: the command failed.
    """
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
        sys.exit(f"{done.stdout}\nthat command ended with exit code {done.returncode}")
    return done.stdout


def leave_pictures(environment: Environment, gallery: Path) -> None:
    """Does the main job without a screen: advances an instance, draws its graph, pictures the window."""
    wfepy = environment.program("wfepy")
    listed = json.loads(show([wfepy, "status", str(gallery), "--json"]))
    state = next((entry["path"] for entry in listed if entry["status"] in MOVABLE), None)
    if state is None:
        sys.exit(f"no instance in {gallery} can be advanced")
    print(show([wfepy, "advance", state]), end="")
    print(show([wfepy, "why", state]), end="")
    pictures = gallery.parent / "pictures"
    pictures.mkdir()
    for name in ("graph.svg", "graph.png"):
        show([wfepy, "graph", state, "-o", str(pictures / name)])
    show([environment.program("wfepy-gui"), "--screenshot", str(pictures / "window.png"), state])
    print("\nThere is no screen that Qt can draw on here, so see the pictures:")
    for picture in sorted(pictures.iterdir()):
        print(f"    {picture}")


def reaches_screen(environment: Environment) -> bool:
    """Whether Qt can open a window; DISPLAY may name a screen that is gone or not ours."""
    command = [environment.program("python"), "-P", "-c", PROBE]
    try:
        tried = subprocess.run(
            command, env=child_environment(), capture_output=True, check=False, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def main() -> None:
    """Prepares everything and opens the desktop, or leaves pictures."""
    screen = any(os.environ.get(name) for name in SCREENS)
    environment = development_environment(screen=screen)
    if screen and not reaches_screen(environment):
        names = [f"{name}={os.environ[name]}" for name in SCREENS if os.environ.get(name)]
        print(f"no window can be opened ({', '.join(names)}); drawing off screen", flush=True)
        screen = False
    gallery = ROOT / "scratch" / time.strftime("%Y%m%d-%H%M%S") / "instances"
    gallery.mkdir(parents=True)
    print(show([environment.program("python"), "examples/make_gallery.py", str(gallery)]), end="")
    print(f"the instances to play with are in {gallery}", flush=True)
    if not screen:
        leave_pictures(environment, gallery)
        return
    desktop = [environment.program("wfepy-gui"), str(gallery)]
    sys.exit(subprocess.run(desktop, cwd=ROOT, env=child_environment(), check=False).returncode)


if __name__ == "__main__":
    main()
