"""Sandboxes: copies of an instance to try things on, marked by their file name, never advanced by a timer."""

from __future__ import annotations

import os

from wfepy_core.errors import StateFileError
from wfepy_core.snapshot import Saved
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import journal_size
from wfepy_core.storage.lock import StateLock, this_process
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".sandbox.wfstate"
"""How the names of sandboxes end: seen by everybody, in every listing, without opening the file."""

_MOST = 1000


def is_sandbox(path: str) -> bool:
    """Whether a state file is a sandbox. Whatever runs passes by itself leaves it alone."""
    return path.endswith(SUFFIX)


def fork(path: str, *, by: str = "") -> str:
    """Copy an instance as it is now into a new sandbox beside it; the path of that. Its history stays here.

    The copy lies in the same folder, because module paths in it are relative to that. What runs now counts
    as interrupted in the copy.

    Args:
        path: the state file; it is only read.
        by: who forks; default: the user of this process.

    Raises:
        UnreadableStateError: the file cannot be read.
        StateFileError: the copy cannot be written.
    """
    snapshot = state_file.read(path)
    me = this_process("new")
    for target in _names(os.path.realpath(path)):
        if os.path.lexists(target):
            continue
        with StateLock(target, purpose="new"):
            if os.path.lexists(target):  # somebody else was quicker
                continue
            saved = Saved(me.since, by or me.user, me.host, me.pid, journal_size(target))
            state_file.write(target, snapshot._replace(saved=saved))
            return target
    raise StateFileError(f"there are {_MOST} sandboxes of {path}", path=path, hint="delete some of them")


def _names(path: str) -> Iterator[str]:
    """Names a sandbox of `path` may have, best first."""
    stem = path.removesuffix(SUFFIX).removesuffix(state_file.SUFFIX)
    yield stem + SUFFIX
    for number in range(2, _MOST + 1):
        yield f"{stem}-{number}{SUFFIX}"
