"""Modules whose plain name belongs to another: importable by a name that tells their file (`name_by_path`).

A workflow `calendar.py`, or a second `workflow.py` in one process, cannot be `calendar` or `workflow` in
`sys.modules`. What it defines is sent to other processes by the name of its module (by `pickle`, for
`multiprocessing` and executors), so that name must lead to the file there too: importing this module, which
comes first because the name begins with it, makes such names known.
"""

from __future__ import annotations

import os
import sys
from _frozen_importlib import ModuleSpec

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.loading.source_import import SourceLoader

if TYPE_CHECKING:
    from collections.abc import Sequence

__path__: list[str] = []
"""Makes Python look for modules below this one; there are none but those that `_Finder` finds."""


class _Finder:
    """Finds the file that a name tells."""

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        """Part of the import protocol."""
        above, _, last = name.rpartition(".")
        if above != __name__:
            return None
        file = os.fsdecode(bytes.fromhex(last.rpartition("_")[2]))
        is_package = os.path.basename(file) == "__init__.py"
        spec = ModuleSpec(name, SourceLoader(name, file), origin=file, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(file)]
        return spec


sys.meta_path.append(_Finder)
