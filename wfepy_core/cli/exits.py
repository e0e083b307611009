"""Exit codes of the commands, and which of several counts."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import (
    CodecError,
    LockedError,
    ModuleDriftError,
    StateConflictError,
    StateFileError,
    WfepyError,
    WorkflowError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE = 0
FAILED = 1
USAGE = 2
UNREADABLE = 65
LOCKED = 75
INTERRUPTED = 130

_WORST_FIRST = (UNREADABLE, FAILED, LOCKED, USAGE, DONE)


#: Commands that use the module of an instance that exists: a module they cannot use is not asked for by name.
_OF_AN_INSTANCE = ("advance", "watch", "preflight", "migrate")


def code_of(error: WfepyError, command: str = "") -> int:
    """The exit code that tells of an error a command ended with."""
    if isinstance(error, (LockedError, StateConflictError)):
        return LOCKED
    if isinstance(error, (StateFileError, CodecError, ModuleDriftError)):
        return UNREADABLE
    if isinstance(error, WorkflowError):
        if command in _OF_AN_INSTANCE:
            return UNREADABLE
        return FAILED if command == "check" and not getattr(error, "missing", False) else USAGE
    return USAGE


def worst(codes: Iterable[int]) -> int:
    """One exit code for many instances: unreadable before failed before locked before done."""
    found = set(codes)
    return next((code for code in _WORST_FIRST if code in found), DONE)
