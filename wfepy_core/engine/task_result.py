"""What a task or a condition returned means, where it is not simply true or false."""

from __future__ import annotations

import sys
import warnings
from types import AsyncGeneratorType, GeneratorType

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import Task, Waiting, checked_waiting, code_of

if TYPE_CHECKING:
    from typing import Any


class ResultWarning(UserWarning):
    """A task returned something else than True, False or Waiting."""


def as_result(result: Any, task: Task) -> bool | Waiting:
    """What a task's return value means: True, False, or Waiting; coroutines are run to completion.

    Raises:
        TypeError: it means that the task did not do what its author believes.
    """
    result = _finished(result)
    if result is True or result is False:
        return bool(result)
    return checked_waiting(result) if isinstance(result, Waiting) else _convert(result, task)


def as_decision(result: Any) -> bool:
    """Whether a transition is taken, by what its condition returned; coroutines are run to completion.

    Raises:
        TypeError: as for `as_result`.
    """
    return bool(_finished(result))


def _finished(result: Any) -> Any:
    """What a function came to: what it returned, or what its coroutine returned in the end."""
    while hasattr(result, "__await__"):
        import asyncio

        result = asyncio.run(_awaited(result))
    if isinstance(result, GeneratorType | AsyncGeneratorType):
        raise TypeError("it has a `yield`, so calling it runs nothing; return the result instead")
    if isinstance(result, type) and issubclass(result, Waiting):
        raise TypeError(f"the class {result.__name__} was returned; write `return {result.__name__}(...)`")
    return result


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


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
