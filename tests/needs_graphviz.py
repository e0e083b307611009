"""The mark of tests that draw with Graphviz."""

import shutil
from importlib.util import find_spec

import pytest

needs_graphviz = pytest.mark.skipif(
    not (shutil.which("dot") or find_spec("pygraphviz")), reason="needs Graphviz or pygraphviz"
)
