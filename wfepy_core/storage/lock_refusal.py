"""What is said to who is turned away by a lock."""

from __future__ import annotations

import os
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import LockedError
from wfepy_core.model.actor import host_name
from wfepy_core.storage.file_names import LOCK_SUFFIX
from wfepy_core.storage.iso_time import within_time
from wfepy_core.storage.lock_file import is_alive
from wfepy_core.storage.lock_recovery import process_at

if TYPE_CHECKING:
    from wfepy_core.storage.lock_text import Holder


def locked_error(state: str, holder: Holder | None) -> LockedError:
    """The error of who cannot have a lock.

    Args:
        state: the state file.
        holder: as the lock file says; None, or without a process: it does not say.
    """
    name, pid = os.path.basename(state), _process_that_holds(state + LOCK_SUFFIX)
    if not holder or not holder.pid:
        which = f"process {pid}, which does" if pid else "a process that does"
        return LockedError(
            f"{name} is locked by {which} not say who it is",
            path=state,
            hint="a pass or an edit ends by itself, so try again in a moment; if it stays, see which program"
            f" that is (fuser -v {name}{LOCK_SUFFIX}) and end it",
        )
    now, then = time.gmtime(), time.gmtime(within_time(holder.since) // 1_000_000)
    day = "" if now[:3] == then[:3] else "%Y-%m-%d "
    return LockedError(
        f"{name} is locked by {holder.user} (pid {holder.pid} on {holder.host}) "
        f"since {time.strftime(f'{day}%H:%M UTC', then)}",
        path=state,
        holder=holder,
        hint=f"its {holder.purpose} frees it when it ends; if it hangs, {_how_to_end(holder, pid)}",
    )


def _how_to_end(holder: Holder, pid: int) -> str:
    """What ends a holder. The first process of a container is all of it: nobody is told to end process 1."""
    if pid > 1 and pid != holder.pid:
        return f"end process {pid} on {host_name()}, as it is numbered outside of its container"
    if holder.pid == 1 or not is_alive(holder.pid, holder.host):
        return "stop the container in which it runs"
    return f"end process {holder.pid} there"


def _process_that_holds(path: str) -> int:
    try:
        return process_at(os.lstat(path))
    except OSError:
        return 0
