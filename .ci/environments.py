"""Virtual environments for the commands of the Makefile, pinned by constraints.txt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
# Installed by name and first, so that they are pinned too; setuptools builds wfepy 0.1.1, which has no wheel.
BUILD_BACKENDS = ("hatchling", "editables", "setuptools")


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
        self.install("--no-build-isolation", "--editable", f".[{extras}]")


def child_environment(**more: str) -> dict[str, str]:
    """Returns this process's environment without what would leak another Python into a child."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in foreign} | more
