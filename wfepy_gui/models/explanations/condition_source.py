"""Which context keys a condition reads, found in its source as text. Nothing is imported or run."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from wfepy_core.engine.code_bytes import read_code
from wfepy_core.errors import ModuleLoadError
from wfepy_core.loading.code_files import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wfepy_core.model.snapshot import WorkflowRef

LARGEST_FILE = 1024 * 1024
_UNREADABLE = (OSError, SyntaxError, ValueError, RecursionError, MemoryError, ModuleLoadError)
_ASKS = ("get", "setdefault", "pop")


def keys_read(condition: str, workflow: WorkflowRef, folder: Path) -> tuple[str, ...]:
    """Top-level keys a condition reads, in the order in which it does; empty where that cannot be seen.

    Args:
        condition: as a state file has it: the name of a function, or the source of a lambda's body.
        workflow: its modules; those that are files are read, as text.
        folder: where the state file lies.
    """
    if not condition.isidentifier():
        return _in_text(condition)
    for spelled in workflow.modules:
        path = file_of(spelled, str(folder))
        if path and (found := _in_file(path, condition)):
            return found
    return ()


def _in_text(source: str) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(_keys(ast.parse(source, mode="eval"), ())))
    except _UNREADABLE:
        return ()


def _in_file(path: str, name: str) -> tuple[str, ...]:
    try:
        return _functions(read_code(path, LARGEST_FILE)[0]).get(name, ())
    except _UNREADABLE:
        return ()


@lru_cache(maxsize=16)
def _functions(source: bytes) -> dict[str, tuple[str, ...]]:
    """The keys every function of a source reads from its first argument, by name."""
    try:
        tree = ast.parse(source)
    except _UNREADABLE:
        return {}
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.args.args:
            found[node.name] = tuple(dict.fromkeys(_keys(node, [node.args.args[0].arg])))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            keys = tuple(dict.fromkeys(_keys(node.value, [arg.arg for arg in node.value.args.args[:1]])))
            found |= {target.id: keys for target in node.targets if isinstance(target, ast.Name)}
    return found


def _keys(tree: ast.AST, names: Sequence[str]) -> Iterator[str]:
    """Text keys looked up in a variable of one of these names; in any variable if there are none."""
    places = [
        (node.lineno, node.col_offset, key)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and (key := _key(node, names)) is not None
    ]
    yield from (key for _, _, key in sorted(places))


def _key(node: ast.expr, names: Sequence[str]) -> str | None:
    if isinstance(node, ast.Subscript):
        return _text(node.slice) if _is_named(node.value, names) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        asked = node.func.attr in _ASKS and _is_named(node.func.value, names)
        return _text(node.args[0]) if asked else None
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return _text(node.left) if _is_named(node.comparators[0], names) else None
    return None


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_named(node: ast.expr, names: Sequence[str]) -> bool:
    return isinstance(node, ast.Name) and (not names or node.id in names)
