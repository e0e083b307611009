"""Packages that load what they hand on when it is first asked for: what is not shown costs no start-up time.

A package imports its names for type checkers and says here where they live:

    if TYPE_CHECKING:
        from wfepy_gui.views.dialogs.about import About as About

    __getattr__ = load_on_use(__name__, {"About": "dialogs.about"})

Others write `from wfepy_gui import views` at the top and `views.About(...)` where they need it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def load_on_use(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the module-level `__getattr__` (PEP 562) of a package.

    Args:
        package: its name.
        homes: for each name the module of the package that defines it; a module's own name stands for itself.
    """

    def load(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{home}")
        value = module if name == home else getattr(module, name)
        setattr(sys.modules[package], name, value)  # the next time Python finds it there
        return value

    return load
