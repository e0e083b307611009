"""Packages hand on what they say; type checkers and Python see the same names; nothing is loaded early."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import wfepy_gui

ROOT = Path(wfepy_gui.__file__).parent
PACKAGES = sorted(
    ".".join(path.parent.relative_to(ROOT.parent).parts)
    for path in ROOT.rglob("__init__.py")
    if "load_on_use" in path.read_text(encoding="utf-8")
)


def lists_of(package):
    """The names for type checkers and those for Python, each with its module."""
    source = Path(ROOT.parent, *package.split("."), "__init__.py").read_text(encoding="utf-8")
    body = ast.parse(source).body
    (block,) = (node for node in body if isinstance(node, ast.If))
    checked = {
        alias.name: node.module.removeprefix(package).lstrip(".") or alias.name
        for node in block.body
        for alias in node.names
    }
    (call,) = (node.value for node in body if isinstance(node, ast.Assign))
    return checked, ast.literal_eval(call.args[1])


@pytest.mark.parametrize("package", PACKAGES)
def test_type_checkers_and_python_see_the_same_names(package):
    checked, loaded = lists_of(package)
    assert checked == loaded != {}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_can_be_had(package):
    for name in lists_of(package)[1]:
        assert getattr(import_module(package), name).__name__.rpartition(".")[2] == name


def test_a_name_that_is_not_there_is_said_to_be_missing():
    with pytest.raises(AttributeError, match=r"'wfepy_gui.views' has no attribute 'Nothing'"):
        import_module("wfepy_gui.views").Nothing  # noqa: B018  to ask for it is the test


def test_to_import_a_package_loads_none_of_its_modules():
    script = (
        "import sys, importlib\n"
        f"for package in {PACKAGES}: importlib.import_module(package)\n"
        f"print(*(name for name in sys.modules if name not in {PACKAGES} "
        f"and any(name.startswith(package + '.') for package in {PACKAGES})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == []
