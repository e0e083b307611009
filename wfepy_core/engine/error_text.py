"""A failure as text: in a line, with the task and the place; and as a record keeps it, with its traceback."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.exception_text import text_by, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.model.records import TaskError

#: Characters of a traceback that are kept: its end, where the cause stands, and less of its beginning.
_KEPT_OF_TRACEBACK = 20_000
_KEPT_AT_ITS_BEGINNING = 6_000
_LONGEST_LINE = 2_000
_LONGEST_MESSAGE = 4_000
_LONGEST_NAME = 200


def failure_line(error: BaseException, failed: Sequence[str]) -> str:
    """`build: KeyError: 'version' (release.py:10)`; several failures with `; ` between them.

    Args:
        error: what a pass raised; an ExceptionGroup where it went on after the first failure.
        failed: names of the tasks, in the order of the errors.
    """
    errors: Sequence[BaseException] = (error,)
    if isinstance(error, BaseExceptionGroup) and len(failed) != 1:
        errors = error.exceptions
    names = [f"{name}: " for name in failed] if len(failed) == len(errors) else [""] * len(errors)
    return "; ".join(name + _error_line(one) for name, one in zip(names, errors, strict=True))


def failure_hint(path: str) -> str:
    """What to do about a failed instance; `path` is its state file."""
    from shlex import quote

    return f"`wfepy why {quote(path)}` shows the traceback; the next pass tries it again"


def describe_error(error: BaseException, *, condition: str = "") -> TaskError:
    """An exception as a record keeps it: class, message and traceback, each bounded.

    Args:
        error: the exception; our own frames at the beginning of its traceback are left out.
        condition: destination of the transition whose condition raised it; empty: a task did.
    """
    import traceback

    from wfepy_core.model.records import TaskError

    # The first frame is the runner's call; what the author of the task looks for begins behind it.
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").startswith("wfepy_core."):
        trace = trace.tb_next
    text = text_by(lambda: "".join(traceback.format_exception(type(error), error, trace)))
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return TaskError(name[:_LONGEST_NAME], _cut(text_of(error), _LONGEST_MESSAGE), _shorten(text), condition)


def _shorten(text: str) -> str:
    """A traceback that can be kept and shown: endless lines are cut, an endless recursion in its middle."""
    if len(text) > _KEPT_OF_TRACEBACK:
        text = "".join(_cut(line, _LONGEST_LINE) for line in text.splitlines(keepends=True))
    if len(text) <= _KEPT_OF_TRACEBACK:
        return text
    first = text.rfind("\n", 0, _KEPT_AT_ITS_BEGINNING) + 1
    last = first + len(text) - _KEPT_OF_TRACEBACK
    last = text.find("\n", last) + 1 or last
    return f"{text[:first]}  … {last - first:,} characters left out …\n{text[last:]}"


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    ending = "\n" if text.endswith("\n") else ""
    return f"{text[:longest]}… {len(text) - longest:,} characters left out{ending}"


def _error_line(error: BaseException) -> str:
    text = _cut(text_of(error), _LONGEST_MESSAGE)
    kind = type(error).__name__[:_LONGEST_NAME]
    place = _place(error)
    return (f"{kind}: {text}" if text else kind) + (f" ({place})" if place else "")


def _place(error: BaseException) -> str:
    """The last line that was run in the file of the task: behind it begins what others wrote."""
    trace, file, line = error.__traceback__, "", 0
    while trace is not None:
        frame = trace.tb_frame
        ours = frame.f_globals.get("__name__", "").startswith("wfepy_core.")
        if not ours and file in ("", frame.f_code.co_filename):
            file, line = frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return f"{os.path.basename(file)}:{line}" if file and not file.startswith("<") else ""
