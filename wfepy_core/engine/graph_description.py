"""What a workflow looks like to somebody who does not run it: names, points, docstrings, condition texts."""

from __future__ import annotations

import functools

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.code_bytes import read_code
from wfepy_core.engine.task import code_of
from wfepy_core.errors import ModuleLoadError
from wfepy_core.model.graph import LONGEST_NAME, Graph, GraphTask, GraphTransition

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from typing import Any

    from wfepy_core.engine.task import Condition, Task
    from wfepy_core.engine.workflow import Workflow

#: Source files larger than this are not parsed for the text of a lambda: parsing 500,000 lines takes 12 s.
PARSE_LIMIT = 2_000_000

#: Longer condition texts are cut.
CONDITION_LIMIT = 200

#: Longer docstrings are cut: each state file has them.
DOC_LIMIT = 20_000


def graph_of(workflow: Workflow, files: Sequence[str] = ()) -> Graph:
    """The graph of a workflow as it is kept in a state file.

    Args:
        workflow: a workflow whose transitions all lead somewhere.
        files: absolute paths of its module files, in the order of `WorkflowRef.modules`.
    """
    tasks = tuple(_graph_task(task, files) for task in workflow.tasks.values())
    transitions = tuple(
        GraphTransition(name, edge.dest, condition_text(edge.cond) if edge.cond else "")
        for name, task in workflow.tasks.items()
        for edge in task.followed_by
    )
    return Graph(tasks, transitions)


def _graph_task(task: Task, files: Sequence[str]) -> GraphTask:
    code = code_of(task.func)
    file = code.co_filename if code else ""
    return GraphTask(
        task.name,
        start=bool(task.is_start_point),
        join=bool(task.is_join_point),
        end=bool(task.is_end_point),
        labels=tuple(sorted(str(label)[:LONGEST_NAME] for label in task.labels)),
        doc=_dedent(str(task.func.__doc__ or "")[:DOC_LIMIT]),
        module=files.index(file) if file in files else 0,
        line=code.co_firstlineno if code and (file in files or not files) else 0,
        safe_to_repeat=task.safe_to_repeat,
    )


def _dedent(doc: str) -> str:
    """A docstring without the indentation of its later lines."""
    lines = doc.expandtabs().strip().splitlines()
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(margins, default=0)
    return "\n".join([*lines[:1], *(line[margin:].rstrip() for line in lines[1:])])


def condition_text(condition: Condition) -> str:
    """The name of a condition; of a lambda its source text, as far as it can be read."""
    func: Any = condition
    while isinstance(func, functools.partial):
        func = func.func
    name = getattr(func, "__name__", "") or type(func).__name__
    if name != "<lambda>":
        return str(name)[:CONDITION_LIMIT]
    return _lambda_text(func.__code__)[:CONDITION_LIMIT] or "lambda"


def _lambda_text(code: Any) -> str:
    """Source text of a lambda's body; of several on one line the one whose columns fit the code."""
    import ast

    lambdas = [
        node
        for node in _lambdas(code.co_filename)
        if node.lineno == code.co_firstlineno
        and [arg.arg for arg in node.args.args] == list(_arguments(code))
    ]
    if len(lambdas) > 1:
        lambdas = [node for node in lambdas if _covers(node, code)] or lambdas
    return ast.unparse(lambdas[0].body) if lambdas else ""


def _arguments(code: Any) -> Sequence[str]:
    names: Sequence[str] = code.co_varnames[: code.co_argcount]
    return names


def _covers(node: ast.Lambda, code: Any) -> bool:
    """Whether the positions of the compiled code lie within this node."""
    columns = [start for line, _, start, _ in code.co_positions() if line == node.lineno and start]
    return bool(columns) and node.col_offset <= min(columns) and max(columns) < (node.end_col_offset or 0)


@functools.lru_cache(maxsize=8)
def _lambdas(file: str) -> tuple[ast.Lambda, ...]:
    import ast

    try:
        tree = ast.parse(read_code(file, PARSE_LIMIT)[0])
    except (OSError, SyntaxError, ValueError, ModuleLoadError):
        tree = None
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Lambda)) if tree else ()
