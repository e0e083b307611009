"""Exit codes of the commands, and which of several counts."""

from __future__ import annotations

from wfepy_core.errors import (
    CodecError,
    InterventionError,
    LockedError,
    ModuleDriftError,
    StateConflictError,
    StateFileError,
    WfepyError,
)
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE = 0
FAILED = 1
USAGE = 2
UNREADABLE = 65
LOCKED = 75
INTERRUPTED = 130

_WORST_FIRST = (UNREADABLE, FAILED, LOCKED, USAGE, DONE)


def code_of(error: WfepyError) -> int:
    """The exit code that tells of an error."""
    if isinstance(error, (LockedError, StateConflictError)):
        return LOCKED
    if isinstance(error, (StateFileError, CodecError, ModuleDriftError)):
        return UNREADABLE
    return USAGE if isinstance(error, InterventionError) else FAILED


def worst(codes: Iterable[int]) -> int:
    """One exit code for many instances: unreadable before failed before locked before done."""
    found = set(codes)
    return next((code for code in _WORST_FIRST if code in found), DONE)
