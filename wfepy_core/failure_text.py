"""A failure in a line: which task, what was raised, and where in the author's code."""

from __future__ import annotations

import os

from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def told_failure(error: BaseException, failed: Sequence[str]) -> str:
    """`build: KeyError: 'version' (release.py:10)`; several failures with `; ` between them.

    Args:
        error: what a pass raised; an ExceptionGroup where it went on after the first failure.
        failed: names of the tasks, in the order of the errors.
    """
    errors = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
    names = [f"{name}: " for name in failed] if len(failed) == len(errors) else [""] * len(errors)
    return "; ".join(name + _told(one) for name, one in zip(names, errors, strict=True))


def _told(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception as trouble:  # noqa: BLE001  its author's mistake must not hide the failure
        text = f"(its text cannot be had: {type(trouble).__name__})"
    kind = type(error).__name__
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
