"""The processes that a pass has started: those of its children are found and ended with it.

A program that a task started in a session of its own (`start_new_session=True`) is meant to outlive the pass,
and does.
Linux only; elsewhere only the process of the pass itself is ended.
"""

from __future__ import annotations

import os
import signal
import sys

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PR_SET_CHILD_SUBREAPER = 36  # from linux/prctl.h


class _Process(NamedTuple):
    pid: int
    parent: int
    session: int


def adopt_orphans() -> None:
    """Become the parent of what children of this process leave behind, so that it is found later."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def has_children() -> bool:
    """Whether a child of this process still runs. Those that have ended are cleared away."""
    if sys.platform == "win32":
        return False
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def end_tree(pid: int) -> None:
    """End a child process and what it and its children have started in its session.

    All of them have been killed afterwards. The child is cleared away; so are those below it where this
    process adopts orphans. Elsewhere another process has yet to do that. What belongs to another user by
    then is left alone. On Windows the child alone is ended, and not waited for.
    """
    if sys.platform == "win32":
        os.kill(pid, signal.SIGTERM)
        return
    stopped: dict[int, None] = {}
    # Stopped first, from the top: none of them can start another while it is looked for.
    while new := [each for each in (pid, *_descendants(pid)) if each not in stopped]:
        for each in new:
            _send(each, signal.SIGSTOP)
            stopped[each] = None
    for each in stopped:
        _send(each, signal.SIGKILL)
    for each in stopped:
        try:
            os.waitpid(each, 0)  # those below become children of this process, if it adopts orphans
        except ChildProcessError:
            continue


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return  # it has ended, or belongs to another user now


def _descendants(pid: int) -> Iterator[int]:
    """Processes below `pid` that are in its session."""
    processes = list(_processes())
    session = next((process.session for process in processes if process.pid == pid), -1)
    parents = {pid}
    for _ in range(len(processes)):
        below = [each for each in processes if each.parent in parents and each.pid not in parents]
        if not below:
            return
        parents.update(each.pid for each in below)
        yield from (each.pid for each in below if each.session == session)


def _processes() -> Iterator[_Process]:
    try:
        names = os.listdir("/proc")
    except OSError:
        return
    for name in names:
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    # The name of the program, in brackets, may hold anything.
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue  # it has ended
            yield _Process(int(name), int(fields[1]), int(fields[3]))
