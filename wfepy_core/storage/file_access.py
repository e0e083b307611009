"""Ask the operating system for files, and say in one sentence what was refused and what to do about it.

What lies beside a state file is opened by `open_sidecar` only, whatever it is opened for: in a folder of
others, anything may lie there under one of those names.
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from wfepy_core.errors import StateFileError
from wfepy_core.storage.file_names import SIDECAR_SUFFIXES

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
    errno.ENXIO: "it is a device or a pipe, not a file",
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
        reason, hint = refusal(error), _HINTS.get(code, "")
    if code == errno.EACCES and action in ("read", "list"):
        hint = f"give this user the permission to {action} it"
    if needed is not None and code in NO_SPACE:
        reason += f", {needed:,} bytes are needed"
    sentence = f"cannot {action} {path}: {reason}"
    return StateFileError(f"{sentence}; {outcome}" if outcome else sentence, path=path, hint=hint)


def refusal(error: OSError) -> str:
    """Why the operating system refused something, a clause."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def stat_if_there(path: str) -> os.stat_result | None:
    """What the system says of a file; None if it is not there.

    Raises:
        OSError: it cannot be asked.
    """
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def size_of(path: str) -> int:
    """Size of a sidecar in bytes; 0 if there is none, and -1 where something else lies in its place."""
    try:
        found = os.lstat(path)
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


REFUSED = {errno.EINVAL, errno.ELOOP, errno.EISDIR, errno.ENXIO}
"""What `open_sidecar` says where something else lies in the place of a file of ours."""
# A link would have whatever it names read or overwritten; for a pipe one would wait till somebody uses it.
_CAREFULLY = (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


def open_regular(path: str, flags: int) -> tuple[int, os.stat_result]:
    """Open a file that is one, at once; its descriptor, and what the system says of it.

    Raises:
        FileNotFoundError: there is none.
        OSError: it is a link, a folder, a device or a pipe, or cannot be opened.
    """
    descriptor = os.open(path, flags | _CAREFULLY)
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode):
        return descriptor, found
    os.close(descriptor)
    code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
    raise OSError(code, "it is a device or a pipe, not a file", path)


def open_sidecar(path: str, flags: int) -> tuple[int, os.stat_result]:
    """Open what lies beside a state file: as `open_regular`, and nothing that a stranger may have put there.

    Raises:
        FileNotFoundError: there is none.
        OSError: as `open_regular`; or it is a stranger's, in a folder where everybody may put files.
    """
    descriptor, found = open_regular(path, flags)
    if sys.platform != "win32" and found.st_uid not in (os.geteuid(), 0):
        try:
            _refuse_stranger(path, found.st_uid)
        except BaseException:
            os.close(descriptor)
            raise
    return descriptor, found


def is_still(descriptor: int, found: os.stat_result) -> bool:
    """Whether an open descriptor is still that file, asked before it is written to after a task was called.

    A task may close all descriptors there are, as programs do that go into the background, and open files of
    its own, which get the numbers of ours.
    """
    try:
        now = os.fstat(descriptor)
    except OSError:
        return False
    return now.st_ino == found.st_ino and now.st_dev == found.st_dev  # asked twice a task


def lock_mode(mode: int) -> int:
    """The permissions of the lock file of a state file with those.

    Whoever can open a file can lock it, for ever: a lock file is for those only who may write the state.
    """
    writers = mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_IRUSR | stat.S_IWUSR | writers | writers << 1


def _refuse_stranger(path: str, owner: int) -> None:
    """In a folder such as /tmp, a sidecar has to be ours, or of the one whose the state file is.

    Elsewhere who may put a file into the folder may replace the state file as well.
    """
    folder = os.path.dirname(path) or "."
    mode = os.stat(folder).st_mode
    if not (mode & stat.S_ISVTX and mode & stat.S_IWOTH):
        return
    state = stat_if_there(_state_of(path))
    if state is None or state.st_uid != owner:
        raise OSError(
            errno.EINVAL,
            f"it belongs to {_name_of_user(owner)}, and everybody may put files into {folder}:"
            " see what it is, remove it, or keep instances in a folder of your own",
            path,
        )


def _state_of(path: str) -> str:
    """The state file beside which a sidecar lies: its own name may have one of the suffixes in it."""
    folder, name = os.path.split(path)
    ends = [name.rfind(suffix) for suffix in SIDECAR_SUFFIXES]
    return os.path.join(folder, name[: max(ends)]) if max(ends) > 0 else path


def _name_of_user(number: int) -> str:
    if sys.platform == "win32":
        return str(number)
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
