"""The mark of tests that draw with Graphviz."""

import shutil

import pytest


def _loads_pygraphviz():
    try:
        import pygraphviz  # noqa: F401, PLC0415  that it can be loaded is all
    except ImportError:  # it is not here, or a library of the system is not
        return False
    return True


needs_graphviz = pytest.mark.skipif(
    not (shutil.which("dot") or _loads_pygraphviz()), reason="needs Graphviz or pygraphviz"
)
