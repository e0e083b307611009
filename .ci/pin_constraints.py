"""Writes constraints.txt: the newest releases that pyproject.toml allows, all of them pinned."""

from __future__ import annotations

import subprocess
import sys

from environments import BUILD_BACKENDS, CONSTRAINTS, ROOT, Environment

HEADER = """\
# What `make test` and `make run` install, pinned so that a run today and a run next year are alike.
# Written by `make constraints`. The ranges a user's installation may choose from are in pyproject.toml.
"""


def main() -> None:
    """Resolves everything afresh and pins the outcome."""
    environment = Environment(ROOT / "build" / "constraints-venv")
    environment.create()
    environment.pip("install", *BUILD_BACKENDS)
    environment.pip("install", "--no-build-isolation", "--editable", ".[gui,cluster,test]")
    freeze = [environment.program("python"), "-m", "pip", "freeze", "--all", "--exclude-editable"]
    freeze += ["--exclude", "pip"]  # comes with Python
    pins = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout
    if "@" in pins:
        sys.exit(f"A pin names a place instead of a release, which other machines do not have:\n{pins}")
    CONSTRAINTS.write_text(HEADER + pins, encoding="utf-8")
    print(f"{CONSTRAINTS.name}: {len(pins.splitlines())} releases")


if __name__ == "__main__":
    main()
