"""The environment in which tests and benchmarks start commands: what cron gives, and nothing else.

Whoever runs the tests may have set what hides faults: PYTHONUNBUFFERED those of output that is not flushed,
PYTHONDONTWRITEBYTECODE those of stale bytecode, PYTHONSAFEPATH and PYTHONHASHSEED others.
"""

from __future__ import annotations

import os
from pathlib import Path

import wfepy_core

_OF_CRON = ("HOME", "LOGNAME", "PATH", "SHELL", "USER")
_OF_THIS_MACHINE = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_OF_THE_TESTS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")

PACKAGES = str(Path(wfepy_core.__file__).parents[1])
"""The folder from which this process has imported the project."""


def cron_environment(**more: str) -> dict[str, str]:
    """The environment of a child process in which the project can be imported; `more` is added to it."""
    names = (*_OF_CRON, *_OF_THIS_MACHINE, *_OF_THE_TESTS)
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return kept | {"PYTHONPATH": PACKAGES} | more


def python_settings() -> list[str]:
    """The names of the variables with which whoever runs the tests has changed what their Python does."""
    harmless = {"PYTHONFAULTHANDLER", "PYTHONHOME", "PYTHONPATH"}
    return [name for name in os.environ if name.startswith("PYTHON") and name not in harmless]
