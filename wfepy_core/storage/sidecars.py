"""What lies beside a state file is as private as the state file itself."""

from __future__ import annotations

import os
import stat
import sys


def follow_mode(state_path: str, mode: int) -> None:
    """Give all files of an instance that this user has the permissions of its state file.

    Args:
        state_path: the state file, links resolved.
        mode: its permissions.
    """
    if sys.platform == "win32":
        return
    folder, name = os.path.split(state_path)
    try:
        beside = [entry for entry in os.scandir(folder or ".") if entry.name.startswith(f"{name}.")]
    except OSError:
        return  # a folder that cannot be listed: each file follows when it is made anew
    for entry in beside:
        _set_mode(entry.path, mode)


def _set_mode(path: str, mode: int) -> None:
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return
    try:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1:
            os.fchmod(descriptor, mode)
    except OSError:
        return
    finally:
        os.close(descriptor)
