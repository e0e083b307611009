"""Which Python runs a workflow: the desktop's own, or the one the operator chose for the module's folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.interpreter import is_frozen
from wfepy_core.loading.code_files import is_file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_gui.preferences.settings import Settings

_PLACES = (".venv", "venv", "env")
PROBE = "import sys, wfepy_core; print(wfepy_core.__version__, *sys.path, sep='\\n')"
"""Prints the version, and where that Python looks for modules, a folder a line."""


def home_of(modules: Sequence[str], folder: Path) -> Path:
    """The folder a choice belongs to: that of the first module file, or `folder` for dotted names.

    Nothing is looked up: what a state file names may lie anywhere, also where to look takes minutes.

    Args:
        modules: as they are spelled in a state file.
        folder: where that file lies.
    """
    if not modules or not is_file_name(modules[0]):
        return folder
    return Path(os.path.normpath(folder / modules[0])).parent


def suggestion(home: Path) -> str:
    """The Python of a virtual environment beside the module, or beside its folder; empty: there is none."""
    within = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    for folder in (home, home.parent):
        for place in _PLACES:
            python = folder.joinpath(place, *within)
            if os.path.isfile(python):  # a name that no file can have is none
                return str(python)  # not resolved: a venv's python is a link to the one it was made from
    return ""


def program_of(python: str) -> tuple[str, ...]:
    """The `wfepy` command run by a Python; the working directory is not searched for modules."""
    return (python, "-P", "-m", "wfepy_core")


def probe_of(python: str) -> tuple[str, ...]:
    """A command that ends with 0 where a Python can run workflows."""
    return (python, "-P", "-c", PROBE)


def install_line(python: str) -> str:
    """What to type where `wfepy_core` is missing."""
    return f"{python} -m pip install wfepy-desk"


class SearchPaths(NamedTuple):
    """Where the Python that runs a workflow looks for dotted modules.

    Attributes:
        chosen: the Python chosen for a module's folder; empty: the desktop's own.
        places: where each of them looks.
        default: the Python that was not chosen and is not the desktop's own; empty: there is none.
    """

    chosen: Mapping[str, str]
    places: Mapping[str, Sequence[str]]
    default: str = ""

    def find(self, modules: Sequence[str], folder: Path) -> Sequence[str] | None:
        """The places for these modules of a state file in `folder`; None: those of this process.

        Empty for a Python that was chosen and never tried: such modules cannot be found from here.
        """
        python = self.chosen.get(str(home_of(modules, folder)), "") or self.default
        return self.places.get(python, ()) if python else None


class Interpreters:
    """The choices, kept in the settings.

    Args:
        settings: where they are kept.
        own: the `wfepy` command of the desktop's own Python.
    """

    def __init__(self, settings: Settings, own: tuple[str, ...]) -> None:
        self._settings = settings
        self.own = own

    def python_for(self, home: Path) -> str:
        """The Python chosen for a module's folder; empty: the desktop's own."""
        return self._settings.interpreters.get(str(home), "")

    def choose(self, home: Path, python: str) -> None:
        """Remember a choice; empty goes back to the desktop's own."""
        self._settings.choose_interpreter(str(home), python)

    def remember_probe(self, python: str, printed: str) -> None:
        """Remember what a Python answered to `probe_of`: a dotted module is looked for where it would."""
        self._settings.remember_search_path(python, printed.splitlines()[1:])

    @property
    def search_paths(self) -> SearchPaths:
        """Where modules are looked for, as is remembered now; may be asked from another thread."""
        default = self.own[0] if is_frozen() else ""
        return SearchPaths(self._settings.interpreters, self._settings.search_paths, default)

    def program(self, modules: Sequence[str], folder: Path) -> tuple[str, ...]:
        """The `wfepy` command for these modules of a state file in `folder`."""
        python = self.python_for(home_of(modules, folder))
        return program_of(python) if python else self.own
