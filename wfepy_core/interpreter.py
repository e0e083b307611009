"""Which Python runs the children of this process."""

from __future__ import annotations

import os
import sys


def is_frozen() -> bool:
    """Whether this is a program that brings its Python along (PyInstaller and the like say so)."""
    return getattr(sys, "frozen", False) is True


def own_python() -> str:
    """The Python that runs this; of a frozen program, which cannot be started as one, the first on PATH.

    Where there is none it is the name of one, so that whoever starts it tells what was missing.
    """
    if not is_frozen():
        return sys.executable
    from shutil import which

    names = ("python", "python3") if sys.platform == "win32" else ("python3", "python")
    return next(filter(None, map(which, names)), names[0])


def variables_of_children() -> dict[str, str]:
    """Variables by which a child must not be like this process.

    The starter of a frozen program lets it find its own libraries first; those are not for other programs.
    What was there before, the starter keeps in `LD_LIBRARY_PATH_ORIG`.
    """
    if not is_frozen() or "LD_LIBRARY_PATH" not in os.environ:
        return {}
    return {"LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH_ORIG", "")}
