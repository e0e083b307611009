"""The desktop runs user code in child processes only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import wfepy_gui

DESKTOP = Path(wfepy_gui.__file__).parent
# What loads or runs workflow modules. The desktop starts the ordinary command instead.
RUNS_USER_CODE = {f"wfepy_core.{name}" for name in ("cli", "compat", "loading", "passes", "engine")}


@pytest.mark.parametrize(
    "path", sorted(DESKTOP.rglob("*.py")), ids=lambda path: str(path.relative_to(DESKTOP))
)
def test_the_desktop_never_imports_what_runs_user_code(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}

    assert imported & RUNS_USER_CODE == set()
