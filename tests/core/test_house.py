"""The house rules that a program can check."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import wfepy_core
from tests.cron_environment import cron_environment, python_settings

CORE = Path(wfepy_core.__file__).parent
ROOT = Path(__file__).parents[2]
OUR_FOLDERS = ("wfepy_core", "wfepy_gui", "tests", "benchmarks", "examples", ".ci")
# The core's own place is asked for, because where only the wheel is installed there is no checkout.
FOLDERS = {CORE, *(ROOT / name for name in OUR_FOLDERS)}
SOURCES = sorted({path for folder in FOLDERS for path in folder.rglob("*.py")})
PACKAGE_SOURCES = [path for path in SOURCES if {"wfepy_core", "wfepy_gui"} & set(path.parts)]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_WIDGET_INIT = 40
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
# Names of functions that say neither verb nor object: told what, held where? `tell_operator` says it.
NO_NAMES_OF_FUNCTIONS = {
    *("told", "found", "kept", "made", "shown", "held", "noted", "taken"),
    *("look", "tell", "learn", "judge", "settle"),
}
# Each costs a cron trigger more than a pass of a small workflow does.
SLOW_TO_IMPORT = {
    *("asyncio", "attr", "attrs", "concurrent.futures", "dataclasses", "datetime", "decimal"),
    *("distributed", "graphviz", "importlib.metadata", "inspect", "jsonschema", "logging"),
    *("multiprocessing", "pathlib", "pickle", "pygraphviz", "rich", "shtab", "shutil", "socket"),
    *("hashlib", "subprocess", "tempfile", "typing", "unittest", "uuid"),
}
# These may import what they need: no other module imports them at its own top.
ON_FIRST_USE = {
    "compat",
    "passes.foreign_workers",
    "passes.own_workers",
    "passes.library_settings",
    "passes.process_settings",
    "passes.worker",
    "storage.legacy.machine",
    "storage.legacy.reader",
    "storage.legacy.values",
}


def _name(path):
    return ".".join(path.relative_to(CORE).with_suffix("").parts)


COMMANDS = [name for name in ("wfepy_core", "wfepy_core.cli") if importlib.util.find_spec(name)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_files_and_functions_stay_short_enough_to_read(path):
    text = path.read_text(encoding="utf-8")
    functions = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert len(text.splitlines()) <= LONGEST_FILE
    assert [each for each in functions if each[1] > LONGEST_FUNCTION] == []
    if "wfepy_gui" in path.parts:
        assert [each for each in functions if each[0] == "__init__" and each[1] >= LONGEST_WIDGET_INIT] == []


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in SOURCES if path.stem in NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("path", PACKAGE_SOURCES, ids=lambda path: path.name)
def test_functions_are_named_by_what_they_do_to_what(path):
    named = [
        f"{path.stem}.{node.name}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.strip("_") in NO_NAMES_OF_FUNCTIONS
        # A property is a noun: the look of a theme.
        and "property" not in {ast.unparse(each) for each in node.decorator_list}
    ]

    assert named == []


@pytest.mark.parametrize("name", sorted({_name(path) for path in CORE.rglob("*.py")} - ON_FIRST_USE))
def test_the_core_imports_nothing_slow_at_the_top_of_a_module(name):
    tree = ast.parse(CORE.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8"))
    imported = set(_imported_at_the_top(tree.body))

    assert imported & SLOW_TO_IMPORT == set()
    assert imported & {f"wfepy_core.{each}" for each in ON_FIRST_USE} == set()


def _imported_at_the_top(statements):
    """Yields the names of modules that importing these statements imports, parents of submodules included."""
    for statement in statements:
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            names = [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
        else:
            names = []
            if not isinstance(statement, ast.If) or "TYPE_CHECKING" not in ast.unparse(statement.test):
                for block in ("body", "orelse", "finalbody"):
                    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield from _imported_at_the_top(getattr(statement, block, []))
        for name in names:
            yield name
            yield name.split(".")[0]


@pytest.mark.parametrize("start", COMMANDS)
def test_starting_the_commands_imports_nothing_slow(start):
    code = f"import sys; before = set(sys.modules); import {start}; print(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=cron_environment(), capture_output=True, text=True, check=True
    )

    assert start in done.stdout.split()
    assert SLOW_TO_IMPORT & set(done.stdout.split()) == set()


def test_children_of_this_process_run_python_as_it_is():
    assert python_settings() == []


def test_every_process_that_a_test_starts_is_given_its_environment():
    inheriting = [
        f"{path.name}:{node.lineno}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"subprocess.run", "subprocess.Popen"}
        and "env" not in {keyword.arg for keyword in node.keywords}
    ]

    assert inheriting == []


def test_the_core_does_not_know_qt():
    text = "\n".join(path.read_text(encoding="utf-8") for path in CORE.rglob("*.py"))

    assert "PySide6" not in text.replace("PySide6-Essentials", "")
    assert "import shiboken6" not in text


def _holds_modules(folder):
    """Returns what a package folder consists of, modules and folders of modules alike."""
    return [
        path
        for path in folder.iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").is_file()
    ]


def test_every_folder_of_several_modules_has_an_order():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    # An order that may leave modules out holds only for those that somebody remembered.
    ordered = {name for each in contracts if each.get("exhaustive") for name in each["containers"]}
    folders = {
        ".".join(path.parent.relative_to(package.parent).parts)
        for package in (CORE, ROOT / "wfepy_gui")
        for path in package.rglob("__init__.py")
        if len(_holds_modules(path.parent)) > 1
    }

    assert "wfepy_core.storage" in folders
    assert sorted(folders - ordered) == []


def test_the_map_of_every_package_names_all_its_files():
    """The packages at the top are drawn in docs/architecture.md; commands stand in `cli.command_table`."""
    unnamed = {}
    for package in (CORE, ROOT / "wfepy_gui"):
        for path in package.rglob("*/__init__.py"):
            words = re.findall(r"\w+", ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
            modules = {module.stem for module in _holds_modules(path.parent) if not _is_command(module)}
            unnamed[str(path.parent.relative_to(package.parent))] = sorted(modules - {*words, "__main__"})

    assert unnamed["wfepy_core/storage"] == []
    assert {package: names for package, names in unnamed.items() if names} == {}


def _is_command(module):
    return module.is_file() and "\ndef add_arguments(" in module.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tests", "package"),
    # Beside an installed wheel there is no desktop to look at.
    [pair for pair in (("core", CORE), ("gui", ROOT / "wfepy_gui")) if pair[1].is_dir()],
)
def test_tests_mirror_the_folders(tests, package):
    """A file named after a module stands in the folder of it; what is about a whole package, at the top."""
    top = ROOT / "tests" / tests
    files = {path: path.parent.relative_to(top) for path in top.rglob("test_*.py")}
    modules = {}
    for path in package.rglob("*.py"):
        modules.setdefault(f"test_{path.name}", set()).add(path.parent.relative_to(package))

    assert files
    assert sorted({str(folder) for folder in files.values() if not (package / folder).is_dir()}) == []
    assert [
        str(path.relative_to(top))
        for path, folder in files.items()
        if folder != Path() and folder not in modules.get(path.name, {folder})
    ] == []
