"""The folder of a workflow module on the import path, one workflow at a time.

A workflow module imports its neighbours as a script does: its folder comes first. Where one process serves
instances of several workflows, two folders may each have a `shared.py`: each must get its own.
"""

from __future__ import annotations

import os
import sys

#: Absolute path of the folder entered last, if any, with the names of what was imported before.
_entered: dict[str, set[str]] = {}


def enter(folder: str) -> None:
    """Put `folder` first on the import path, in place of the one entered before.

    What was imported from there since is forgotten, and imported anew when that folder's turn comes again;
    whoever holds such a module keeps it. Installed packages inside the folder (a virtual environment) stay.
    """
    if folder not in _entered:
        for left, before in _entered.items():
            if left in sys.path:
                sys.path.remove(left)
            for name in [name for name, module in sys.modules.items() if _lies_in(module, left)]:
                if name not in before:
                    del sys.modules[name]
        _entered.clear()
        _entered[folder] = set(sys.modules)
    if folder not in sys.path:
        sys.path.insert(0, folder)


def _lies_in(module: object, folder: str) -> bool:
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or not file.startswith(folder + os.sep):
        return False
    ours = getattr(module, "__name__", "").startswith("wfepy_core")
    return not ours and "site-packages" not in file and "dist-packages" not in file
