"""The desktop runs user code in child processes only; its labels guess no markup."""

from __future__ import annotations

import ast
from pathlib import Path

import wfepy_gui

DESKTOP = Path(wfepy_gui.__file__).parent
# What loads or runs workflow modules. The desktop starts the ordinary command instead.
RUNS_USER_CODE = {f"wfepy_core.{name}" for name in ("cli", "compat", "loading", "passes", "engine")}


def test_the_desktop_never_imports_what_runs_user_code():
    """One test for all files: as many tests as files took a minute, most of it around the tests."""
    imported = {path: imports_of(path) & RUNS_USER_CODE for path in DESKTOP.rglob("*.py")}

    assert imported
    assert {str(path.relative_to(DESKTOP)): names for path, names in imported.items() if names} == {}


def test_labels_are_those_that_guess_no_markup():
    made = [
        str(path.relative_to(DESKTOP))
        for path in DESKTOP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel")
        or (
            isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "QLabel" for base in node.bases)
        )
    ]
    assert made == ["views/widgets/labels.py"]


OWN_TIPS = {"meaning", "self._action.toolTip()", "f'{name} ({keys})' if keys else name"}
"""Texts of our own, by how they are written where they become tips."""


def test_tool_tips_are_texts_of_our_own_or_made_plain():
    tips = {
        ast.unparse(node.args[-1])
        for path in DESKTOP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip"
    }
    others = {
        tip
        for tip in tips
        if "plain_tip(" not in tip and not tip.startswith(("self.tr('", "tr('", "description("))
    }
    assert others == OWN_TIPS
    assert not {tip for tip in tips - others if ".format(" in tip and "plain_tip(" not in tip}


def imports_of(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return imported
