"""Tasks whose function is defined twice in one module: Python keeps the last one and says nothing."""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.code_bytes import read_code
from wfepy_core.engine.task import code_of, task
from wfepy_core.errors import ModuleLoadError, Problem, WorkflowError
from wfepy_core.loading.source_file import ONLY_AST

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from wfepy_core.engine.workflow import Workflow


def refuse_lost_tasks(workflow: Workflow, files: Iterable[str]) -> None:
    """Refuse modules in which a later definition of a task's name has replaced the task.

    Args:
        workflow: the loaded tasks.
        files: of its modules; those that its tasks come from are looked at, too.

    Raises:
        WorkflowError: with both places of each such name.
    """
    codes = [code for each in workflow.tasks.values() if (code := code_of(each.func)) is not None]
    paths = dict.fromkeys([*files, *(code.co_filename for code in codes)])
    by_file = {getattr(module, "__file__", None): module for module in list(sys.modules.values())}
    problems = [
        problem for path in paths if path in by_file for problem in _find_lost(path, vars(by_file[path]))
    ]
    if problems:
        raise WorkflowError("Tasks are lost!", problems=problems)


def _find_lost(path: str, names: Mapping[str, Any]) -> Iterator[Problem]:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they came when it was imported
            tree: Any = compile(read_code(path)[0], path, "exec", ONLY_AST, dont_inherit=True)
    except (OSError, SyntaxError, ValueError, RecursionError, ModuleLoadError):
        return
    yield from _find_lost_in(tree.body, path, names)


def _find_lost_in(body: Sequence[ast.stmt], path: str, names: Mapping[str, Any]) -> Iterator[Problem]:
    """Definitions that follow one another; those in the branches of an `if` or `try` exclude one another."""
    known: dict[str, Any] = {}
    for statement in body:
        kind = type(statement).__name__
        if kind in ("FunctionDef", "AsyncFunctionDef"):
            function: Any = statement
            before = known.get(function.name)
            if before is not None and any(_is_task(mark, names) for mark in before.decorator_list):
                yield Problem(
                    f"{function.name} is defined twice: the first task of that name is lost",
                    f"{path}:{_first_line(function)}",
                    f"rename one; the other is at {path}:{_first_line(before)}",
                )
            known[function.name] = function
        elif kind == "Delete":
            known.clear()
        else:
            for field in ("body", "orelse", "finalbody"):
                yield from _find_lost_in(getattr(statement, field, None) or [], path, names)


def _first_line(function: Any) -> int:
    first: int = min([function.lineno, *(mark.lineno for mark in function.decorator_list)])
    return first


def _is_task(mark: Any, names: Mapping[str, Any]) -> bool:
    """Whether a decorator is `task`, whatever it is called there and with arguments or without."""
    if type(mark).__name__ == "Call":
        mark = mark.func
    if type(mark).__name__ == "Attribute":
        found = getattr(names.get(getattr(mark.value, "id", "")), mark.attr, None)
    else:
        found = names.get(getattr(mark, "id", ""))
    is_theirs = getattr(found, "__module__", "") == "wfepy.workflow"  # the real wfepy, where it is installed
    return found is task or (is_theirs and getattr(found, "__name__", "") == "task")
