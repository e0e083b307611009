"""What lies beside a state file is as private as the state file itself, and belongs to the same user."""

from __future__ import annotations

import os
import stat
import sys

from wfepy_core.storage.file_access import lock_mode, open_sidecar
from wfepy_core.storage.file_names import LOCK_SUFFIX


def follow_state(state_path: str, model: os.stat_result) -> None:
    """Give all files of an instance that this user has the permissions of its state file.

    Root also gives its own to whose the state file is.

    Args:
        state_path: the state file, links resolved.
        model: what the system says of it.
    """
    if sys.platform == "win32":
        return
    folder, name = os.path.split(state_path)
    try:
        beside = [entry for entry in os.scandir(folder or ".") if entry.name.startswith(f"{name}.")]
    except OSError:
        return  # a folder that cannot be listed: each file follows when it is made anew
    for entry in beside:
        mode = stat.S_IMODE(model.st_mode)
        _follow(entry.path, lock_mode(mode) if entry.name == name + LOCK_SUFFIX else mode, model)


def _follow(path: str, mode: int, model: os.stat_result) -> None:
    if sys.platform == "win32":
        return
    try:
        descriptor, found = open_sidecar(path, os.O_RDONLY)
    except OSError:
        return
    try:
        if found.st_nlink == 1 and found.st_uid in (os.geteuid(), model.st_uid):
            if found.st_uid == 0 != model.st_uid:
                os.fchown(descriptor, model.st_uid, model.st_gid)
            os.fchmod(descriptor, mode)
    except OSError:
        return
    finally:
        os.close(descriptor)
