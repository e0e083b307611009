"""What an earlier instance of the same name left beside a state file, set aside where nothing is lost.

It gets the name that its own state file could have had, `NAME.earlier-ID.wfstate`, in front of what it was:
put that state file there, and it has its history again.
"""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.atomic_file import sync_folder_of
from wfepy_core.storage.file_access import disk_error
from wfepy_core.storage.file_names import (
    BACKUP_SUFFIX,
    JOURNAL_SUFFIX,
    OUTPUT_SUFFIX,
    SANDBOX_SUFFIX,
    STATE_SUFFIX,
)
from wfepy_core.storage.journal import is_of_another, owner_of
from wfepy_core.storage.segments import identity_of, parts_of_others

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN_OF_ID = 8  # characters: enough to tell it from others, and to find it again


def set_aside(state_path: str, identity: str = "") -> str:
    """Rename what does not belong to an instance. For the holder of its lock.

    Args:
        state_path: the state file, links resolved.
        identity: the id of the instance; empty: there is none yet, and nothing belongs to it.

    Returns:
        What the names begin with now; empty where nothing was set aside.

    Raises:
        StateFileError: something cannot be read or renamed; it has its old name.
    """
    found = list(_of_others(state_path, identity))
    if not found:
        return ""
    suffixes = [path[len(state_path) :] for path in found]
    aside = _free_name(state_path, suffixes)
    for path, suffix in zip(found, suffixes, strict=True):
        try:
            os.rename(path, aside + suffix)
        except OSError as error:
            raise disk_error("rename", path, error) from error
    try:
        sync_folder_of(state_path)
    except OSError as error:
        raise disk_error("make durable", state_path, error) from error
    return aside


def _of_others(state_path: str, identity: str) -> Iterator[str]:
    """The files that belong to others; the open journal, by which they are known, last."""
    journal = parts_of_others(state_path, identity)
    backup = state_path + BACKUP_SUFFIX
    if os.path.lexists(backup) and (not identity or is_of_another(identity_of(backup), identity)):
        yield backup
    if journal or not identity:
        output = state_path + OUTPUT_SUFFIX
        yield from (path for path in (output, f"{output}.1") if os.path.lexists(path))
    yield from journal


def _free_name(state_path: str, suffixes: list[str]) -> str:
    """The name of a state file beside which nothing has one of these suffixes."""
    owner = owner_of(state_path + JOURNAL_SUFFIX) or identity_of(state_path + BACKUP_SUFFIX) or "unknown"
    end = SANDBOX_SUFFIX if state_path.endswith(SANDBOX_SUFFIX) else STATE_SUFFIX
    stem = f"{state_path.removesuffix(end)}.earlier-{owner[:_SHOWN_OF_ID]}"
    count, name = 1, stem
    while any(os.path.lexists(name + end + suffix) for suffix in ("", *suffixes)):
        count += 1
        name = f"{stem}-{count}"
    return name + end
