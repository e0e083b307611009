"""Virtual environments for the commands of the Makefile, pinned by constraints.txt."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import system_libraries

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
# Installed by name and first, so that they are pinned too; setuptools builds wfepy 0.1.1, which has no wheel.
BUILD_BACKENDS = ("hatchling", "editables", "setuptools")
# With these backends, also by releases of pip that would still run `setup.py install`.
BUILT_HERE = ("--no-build-isolation", "--use-pep517")


class Environment:
    """One virtual environment in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        """Makes the environment anew, whatever was there before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        venv.create(self.folder, with_pip=True, symlinks=True)

    def program(self, name: str) -> str:
        """Returns the path of a program of this environment."""
        return str(self.folder / "bin" / name)

    def pip(self, *arguments: str) -> None:
        """Runs pip.

        Raises:
            SystemExit: pip failed; it has said why.
        """
        command = [self.program("python"), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=child_environment(), stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            sys.exit(f"pip could not do: {' '.join(arguments)}")

    def install(self, *requirements: str) -> None:
        """Installs requirements, in the releases that constraints.txt names."""
        self.pip("install", "--constraint", str(CONSTRAINTS), *requirements)

    def install_checkout(self, extras: str) -> None:
        """Installs the checkout itself, editable, with the build backends pinned like everything else."""
        self.install(*BUILD_BACKENDS)
        self.install(*BUILT_HERE, "--editable", f".[{extras}]")


def development_environment(*, screen: bool = False) -> Environment:
    """Returns `.venv`, with the checkout in it, editable, and all that the commands of a developer need.

    It is made once, and anew when what is to be installed has changed or the checkout has moved.
    """
    system_libraries.ensure(screen=screen)
    environment = Environment(ROOT / ".venv")
    stamp = environment.folder / "installed"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [project["build-system"], project["project"], CONSTRAINTS.read_text(encoding="utf-8"), str(ROOT)]
    digest = hashlib.sha256(json.dumps(wanted).encode()).hexdigest()
    if _says(stamp, digest):
        return environment
    with only_one(ROOT / "build" / "venv.lock", "waiting for another command that is installing into .venv"):
        if not _says(stamp, digest):
            print("installing into .venv, once", flush=True)
            environment.create()
            environment.install_checkout("dev")
            stamp.write_text(digest, encoding="utf-8")
    return environment


def _says(stamp: Path, digest: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == digest


@contextmanager
def only_one(lock: Path, waiting: str) -> Iterator[None]:
    """One process at a time; the others wait, and say for what.

    Raises:
        SystemExit: the checkout cannot be written.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a")
    except OSError as error:
        sys.exit(f"{lock.parent}: {error.strerror}; copy the checkout to a folder of yours, and run it there")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(waiting, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def child_environment(**more: str) -> dict[str, str]:
    """Returns this process's environment without what would make a child another Python.

    Settings of the interpreter (PYTHONOPTIMIZE, PYTHONUNBUFFERED, PYTHONSAFEPATH, ...) change or hide what
    users meet. pip may be told by its settings file, too, to install elsewhere than into its environment.
    """
    foreign = ("PYTHON", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"PIP_USER": "0"} | more


if __name__ == "__main__":
    print(f"{development_environment().folder} is ready")
