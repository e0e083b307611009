"""Sandboxes: copies of an instance to try things on, marked by their file name, never advanced by a timer."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import InterventionError, StateFileError
from wfepy_core.model.status import Origin
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import SANDBOX_SUFFIX, STATE_SUFFIX, is_sandbox
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_creation import create

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfepy_core.model.snapshot import Snapshot

_MOST = 1000


def fork(path: str, target: str = "", *, modules: Sequence[str] | None = None, by: str = "") -> str:
    """Copy an instance as it is now into a new sandbox; the path of that.

    The sandbox's history begins with where it comes from; that of the instance stays with the instance. What
    runs now counts as interrupted in the copy.

    Args:
        path: the state file; it is only read.
        target: the sandbox to make, NAME.sandbox.wfstate; empty: one beside `path`, of a name that is free.
        modules: its workflow modules, as seen from the folder of `target`; None: as `path` names them, which
            is right in the same folder.
        by: who forks; default: the user of this process.

    Raises:
        UnreadableStateError: the file cannot be read.
        InterventionError: `target` is no name for a sandbox, or exists.
        LockedError: another process is making it.
        StateFileError: the copy cannot be written.
    """
    if target:
        _check_target(target)
    snapshot = state_file.read(path)
    if modules is not None:
        snapshot = snapshot._replace(workflow=snapshot.workflow._replace(modules=tuple(modules)))
    if target:
        if not _create(path, snapshot, target, by):
            raise _exists_error(target)
        return target
    for name in _free_names(os.path.realpath(path)):
        if not os.path.lexists(name) and _create(path, snapshot, name, by):
            return name
    raise StateFileError(f"there are {_MOST} sandboxes of {path}", path=path, hint="delete some of them")


def _create(path: str, snapshot: Snapshot, target: str, by: str) -> bool:
    """Write the sandbox, and where it comes from as the first line of its history; False where one is."""
    with StateLock(target, purpose="new", like=path) as lock:  # what was private stays private
        if os.path.lexists(target):  # somebody else was quicker
            return False
        source = f"{os.path.abspath(path)}, generation {snapshot.generation}"
        create(lock, snapshot, Origin.FORK, by=by, source=source, like=path)
        return True


def _check_target(target: str) -> None:
    """Whether a sandbox can be made there, before anything else is done.

    Raises:
        InterventionError: it cannot; says what to do instead.
    """
    folder, name = os.path.split(target)
    if not is_sandbox(name) or name == SANDBOX_SUFFIX:
        stem = os.path.join(folder, name.removesuffix(SANDBOX_SUFFIX).removesuffix(STATE_SUFFIX) or "trial")
        raise InterventionError(
            f"{target} is no name for a sandbox",
            hint=f"name it {stem}{SANDBOX_SUFFIX}: that end of it is the mark",
        )
    if os.path.lexists(target):
        raise _exists_error(target)
    if not os.path.isdir(folder or os.curdir):
        raise InterventionError(f"the folder {folder} does not exist", hint="create it, or correct the path")


def _exists_error(target: str) -> InterventionError:
    return InterventionError(f"{target} exists already", hint="choose another name, or delete that sandbox")


def _free_names(path: str) -> Iterator[str]:
    """Names a sandbox of `path` may have, best first."""
    stem = path.removesuffix(SANDBOX_SUFFIX).removesuffix(STATE_SUFFIX)
    yield stem + SANDBOX_SUFFIX
    for number in range(2, _MOST + 1):
        yield f"{stem}-{number}{SANDBOX_SUFFIX}"
