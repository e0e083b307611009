"""What a task's return value means, where it is not simply true or false."""

from __future__ import annotations

import sys
import warnings

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import Task, Waiting, code_of

if TYPE_CHECKING:
    from typing import Any


class ResultWarning(UserWarning):
    """A task returned something else than True, False or Waiting."""


def as_result(result: Any, task: Task) -> bool | Waiting:
    """What a task's return value means: True, False, or Waiting; coroutines are run to completion."""
    if result is True or result is False or isinstance(result, Waiting):
        return result
    if hasattr(result, "__await__"):
        import asyncio

        async def awaited() -> Any:
            return await result

        return as_result(asyncio.run(awaited()), task)
    return _convert(result, task)


def _convert(result: Any, task: Task) -> bool | Waiting:
    """The truth of a result, with a warning that names the place of the task; what is false is a reason."""
    shown = repr(result)[:80]
    message = f"task {task.name} returned {shown}, not True, False or Waiting(...); taken as {bool(result)}"
    guess = " (a missing return?)" if result is None else ""
    code = code_of(task.func)
    place = (code.co_filename, code.co_firstlineno) if code else (task.name, 1)
    if "logging" in sys.modules:
        from wfepy_core._log import logger_of

        logger_of("workflow").warning(
            "Task %s returned %s but should have return True or False whether task has been completed or not."
            " Result will be converted to bool implicitly.",
            task.name,
            shown,
        )
    warnings.warn_explicit(message + guess, ResultWarning, *place)
    return True if result else Waiting(f"it returned {shown}")
