"""Results of tasks that are neither true, false nor a reason to wait."""

from __future__ import annotations

import warnings

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import Task, Waiting, code_of

if TYPE_CHECKING:
    from typing import Any


class ResultWarning(UserWarning):
    """A task returned something else than True, False or Waiting."""


def converted(result: Any, task: Task) -> bool | Waiting:
    """The truth of a result, with a warning that names the place of the task; what is false is a reason."""
    shown = repr(result)[:80]
    told = f"task {task.name} returned {shown}, not True, False or Waiting(...); taken as {bool(result)}"
    guess = " (a missing return?)" if result is None else ""
    code = code_of(task.func)
    place = (code.co_filename, code.co_firstlineno) if code else (task.name, 1)
    warnings.warn_explicit(told + guess, ResultWarning, *place)
    return True if result else Waiting(f"it returned {shown}")
