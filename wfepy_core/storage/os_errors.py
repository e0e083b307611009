"""Ask the operating system, and say in one sentence what it refused and what to do about it."""

from __future__ import annotations

import errno
import os

from wfepy_core.errors import StateFileError

_QUOTA = getattr(errno, "EDQUOT", errno.ENOSPC)  # Windows has none
NO_SPACE = {errno.ENOSPC, _QUOTA, errno.EFBIG}
"""How the operating system says that there is no room for more."""
_REASONS = {
    _QUOTA: "the disk quota is used up",
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "the file would be larger than this process may write",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "the operation is not permitted",
    errno.EIO: "the disk reported an input/output error",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EISDIR: "a folder has this name",
    errno.ELOOP: "it is a link where none is followed, or its links lead in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EMFILE: "this process has too many files open",
    errno.ENFILE: "this computer has too many files open",
}
_HINTS = {
    _QUOTA: "free some of the quota and try again",
    errno.ENOSPC: "free some space there and try again",
    errno.EFBIG: "raise the file size limit (ulimit -f) and try again",
    errno.EROFS: "make it writable, or move the state file elsewhere",
    errno.EACCES: "give this user write permission on the file and its folder",
    errno.EPERM: "check the owner and the attributes of the file and its folder",
    errno.EIO: "check the disk, or copy the file to another one",
    errno.ENAMETOOLONG: "choose a shorter one",
    errno.EISDIR: "choose another name",
}


def disk_error(
    action: str, path: str, error: OSError, *, needed: int | None = None, outcome: str = ""
) -> StateFileError:
    """The error to raise when the operating system refused to do `action` to `path`.

    Args:
        action: what was tried, as a verb: `save`, `lock`.
        path: the file it was tried on.
        error: what the operating system said.
        needed: bytes that had to be written; named when space is what was missing.
        outcome: what became of the file, a clause: `the old version is unchanged`.
    """
    folder = os.path.dirname(path) or "."
    code = error.errno or 0
    if code == errno.ENOENT and not os.path.isdir(folder):
        reason, hint = f"the folder {folder} does not exist", "create the folder, or correct the path"
    else:
        reason, hint = _REASONS.get(code, error.strerror or str(error)), _HINTS.get(code, "")
    if code == errno.EACCES and action in ("read", "list"):
        hint = f"give this user the permission to {action} it"
    if needed is not None and code in NO_SPACE:
        reason += f", {needed:,} bytes are needed"
    sentence = f"cannot {action} {path}: {reason}"
    return StateFileError(f"{sentence}; {outcome}" if outcome else sentence, path=path, hint=hint)


def stat_if_there(path: str) -> os.stat_result | None:
    """What the system says of a file; None if it is not there.

    Raises:
        OSError: it cannot be asked.
    """
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
