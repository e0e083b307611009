"""The Python that child processes run in, and what it needs to find this project."""

from __future__ import annotations

import os
import site
import sys
from pathlib import Path

import wfepy_core

PROGRAM = (sys.executable, "-P", "-m", "wfepy_core")
"""The `wfepy` command. `-P`: a `json.py` that lies in the working directory is not taken for Python's own."""


def environment() -> dict[str, str]:
    """Variables a child needs beside our own: where the project is, when it runs from a checkout."""
    home = str(Path(wfepy_core.__file__).resolve().parents[1])
    if home in site.getsitepackages():
        return {}
    return {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))}
