"""A state file that somebody saved in spite of the lock: both versions are kept."""

from __future__ import annotations

import os

from wfepy_core.errors import StateConflictError
from wfepy_core.storage.atomic_file import replace_file
from wfepy_core.storage.file_access import disk_error, open_regular
from wfepy_core.storage.lock import lock_path


def refuse_conflict(path: str, expected: bytes, data: bytes, generation: int) -> None:
    """Keep what was to be saved in a file of its own if the state file is no longer the one read.

    Args:
        path: the state file.
        expected: its content as it was read.
        data: what is to be saved.
        generation: of that.

    Raises:
        StateConflictError: it is another one; names the file that holds `data`.
        StateFileError: it cannot be read.
    """
    try:
        # The content itself: an edit may leave size and times as they were.
        descriptor, _ = open_regular(path, os.O_RDONLY)
    except OSError as error:
        if os.path.isfile(path) and not os.path.islink(path):
            raise disk_error("read", path, error) from error
        model = lock_path(path)  # it is gone, or a link or a pipe took its place
    else:
        with open(descriptor, "rb") as file:
            try:
                found = file.read(len(expected) + 1)
            except OSError as error:
                raise disk_error("read", path, error) from error
        if found == expected:
            return
        model = path
    name, other_name = os.path.basename(path), keep_beside(path, data, generation, like=model)
    raise StateConflictError(
        f"{name} was changed by somebody else while this process held its lock; theirs is kept, ours is"
        f" {other_name}",
        path=path,
        hint=f"compare the two, and put {other_name} in its place if it is the right one",
    )


def keep_beside(path: str, data: bytes, generation: int, *, like: str) -> str:
    """Keep a version of a state file in a file of its own, and return the name of that.

    Args:
        path: the state file.
        data: the version.
        generation: of it.
        like: a file whose permissions it gets.

    Raises:
        StateFileError: it could not be written.
    """
    aside = f"{path}.conflict-{generation}"
    replace_file(aside, data, like=like, is_sidecar=True)
    return os.path.basename(aside)
