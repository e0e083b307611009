"""What workflow modules put on the import path of this process, one workflow at a time.

A workflow module imports its neighbours as a script does: its folder comes first. Where one process serves
instances of several workflows, two folders may each have a `shared.py`: each must get its own.
"""

from __future__ import annotations

import os
import sys


class ImportPath:
    """The folders that were added to `sys.path`, and what was imported from them.

    One for a process (`IMPORT_PATH`), because `sys.path` and `sys.modules` are.
    """

    def __init__(self) -> None:
        self._folder = ""
        self._imported_before: set[str] = set()
        self._beside: dict[str, str] = {}  # folder behind everything else, by the top-level name found there

    def enter(self, folder: str) -> None:
        """Put `folder` (absolute) first on the import path, in place of the one entered before.

        What was imported from there since is forgotten, and imported anew when that folder's turn comes
        again; whoever holds such a module keeps it. Installed packages inside the folder (a virtual
        environment) stay.
        """
        if folder != self._folder:
            if self._folder:
                self._leave()
            self._folder = folder
            self._imported_before = set(sys.modules)
        if folder not in sys.path:
            sys.path.insert(0, folder)

    def _leave(self) -> None:
        if self._folder in sys.path:
            sys.path.remove(self._folder)
        for name in [name for name, module in sys.modules.items() if _lies_in(module, self._folder)]:
            if name not in self._imported_before:
                del sys.modules[name]

    def add_beside(self, top: str, folder: str) -> None:
        """Remember that the package `top` was found in `folder`, which was added behind everything else."""
        self._beside[top] = folder

    def forget_other(self, top: str, folder: str) -> None:
        """Forget a package `top` that was found beside another state file than those in `folder`."""
        if self._beside.get(top, folder) == folder:
            return
        beside = self._beside.pop(top)
        if beside in sys.path:
            sys.path.remove(beside)
        for name in [name for name in sys.modules if f"{name}.".startswith(f"{top}.")]:
            del sys.modules[name]


IMPORT_PATH = ImportPath()


def _lies_in(module: object, folder: str) -> bool:
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or not file.startswith(folder + os.sep):
        return False
    ours = getattr(module, "__name__", "").startswith("wfepy_core")
    return not ours and "site-packages" not in file and "dist-packages" not in file
