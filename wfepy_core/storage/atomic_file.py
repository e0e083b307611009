"""Replace a file so that a crash, a full disk or a power cut leaves the old or the new one, whole.

The order of the steps is the promise: everything is written and synced under another name, the previous
version is kept under a second name, then one rename makes the new version the file, and the folder is
synced so that the rename itself survives a power cut.
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import NotDurableError, StateFileError
from wfepy_core.storage.file_access import disk_error, open_regular, stat_if_there
from wfepy_core.storage.file_names import BACKUP_SUFFIX, JOURNAL_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""Flags every descriptor of this package is opened with."""

# How file systems without hard links, and kernels that protect other users' files from them, refuse one.
_NO_HARD_LINKS = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOSYS,
    errno.EMLINK,
    errno.EXDEV,
    errno.EOPNOTSUPP,
    errno.ENOTSUP,
}
# Some network file systems cannot sync a folder; they make renames durable themselves. Likewise many on macOS
# do not know how to have the drive's cache written.
_SYNC_UNKNOWN = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


def real_path(path: str) -> str:
    """The file that `path` stands for: the target of a symbolic link, else `path` itself.

    Lock, journal and backup live beside the target, so that every name of one file shares them.

    Raises:
        StateFileError: the link leads nowhere.
    """
    if not os.path.islink(path):
        return path
    target = os.path.realpath(path)
    if os.path.islink(target):
        raise disk_error("read", path, OSError(errno.ELOOP, os.strerror(errno.ELOOP)))
    if not os.path.lexists(target):
        raise StateFileError(
            f"{path} is a link to {target}, which does not exist",
            path=path,
            hint="remove the link, or bring its target back",
        )
    return target


def replace_file(
    path: str,
    data: bytes | Sequence[bytes],
    *,
    backup: str | None = BACKUP_SUFFIX,
    like: str | None = None,
    changed_at: int | None = None,
    is_sidecar: bool = False,
) -> None:
    """Make `data` the whole content of `path`, at once or not at all.

    When this returns, the new version survives a power cut. Permissions, and the owner where possible, are
    those of the old file. The target of a symbolic link is replaced and the link kept. The caller holds the
    lock of the file.

    Args:
        path: the file; it need not exist, its folder must.
        data: the content, or its parts in order.
        backup: what to add to the name for the previous version, which is kept; None keeps none.
        like: a file whose permissions and owner a new file gets; None: the usual ones.
        changed_at: time of change that it gets, microseconds since 1970 UTC; None: now.
        is_sidecar: whether it lies beside a state file under a name of ours: no link is followed there.

    Raises:
        NotDurableError: the new content is in place, and only its durability is in doubt.
        StateFileError: it could not be done. The file has its old content.
    """
    target = os.fspath(path) if is_sidecar else real_path(os.fspath(path))
    content = data if isinstance(data, bytes) else b"".join(data)
    old: os.stat_result | None = None
    try:
        old = _old_version(target)
        model = old or (model_of(like) if like is not None else None)
        temporary = _write_temporary(target, content, model, changed_at)
        try:
            if backup is not None and old is not None:
                _keep_previous(target, old, target + backup)
            os.replace(temporary, target)
        except BaseException:
            discard(temporary)
            raise
    except OSError as error:
        outcome = "the old version is unchanged" if old else ""
        raise disk_error("save", target, error, needed=len(content), outcome=outcome) from error
    try:
        sync_folder_of(target)
    except OSError as error:
        outcome = "the new version is in place, but may not survive a power cut"
        told = disk_error("make durable", target, error, outcome=outcome)
        raise NotDurableError(told.message, path=target, hint=told.hint) from error


def check_replaceable(path: str) -> None:
    """Whether `replace_file` will be allowed to replace `path`, to be called before the work that it saves.

    Raises:
        StateFileError: the file or its folder is read-only, or the like.
    """
    try:
        _old_version(path)
        if not os.access(os.path.dirname(path) or ".", os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    except OSError as error:
        raise disk_error("save", path, error, outcome="nothing was done") from error


def remove_leftovers(path: str) -> None:
    """Remove the temporary files that saves of `path` and its journal left when their process was killed.

    Only for who holds the lock of `path`: then no such file can still be in use.
    """
    folder, name = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return  # litter is no reason to stop a pass
    for leftover in names:
        if leftover.startswith(f".{name}.") and leftover.endswith(".tmp"):
            # Before the suffix stands "PID-RANDOM": `.a.b.1-f.tmp` belongs to `a.b`, and not to `a`.
            side, _, last = leftover[len(name) + 1 : -len(".tmp")].rpartition(".")
            pid, _, token = last.partition("-")
            if side and not side.startswith((JOURNAL_SUFFIX, ".conflict-")):
                continue
            if pid.isdecimal() and token.isalnum():
                discard(os.path.join(folder, leftover))


def create_like(path: str, flags: int, model: os.stat_result | None) -> int:
    """Create `path`, which must not exist, and return its descriptor.

    Args:
        path: the file to create.
        flags: how to open it, beside creating.
        model: whose permissions and, as far as allowed, owner and group it gets; None means the usual ones.

    Raises:
        OSError: it exists, or cannot be created.
    """
    flags |= os.O_CREAT | os.O_EXCL | CLOSE_ON_EXEC
    if model is None or sys.platform == "win32":
        return os.open(path, flags, 0o666)
    # Private until it has the permissions of its model: those may be narrower than the umask.
    descriptor = os.open(path, flags, 0o600)
    try:
        copy_permissions(descriptor, model)
    except BaseException:
        os.close(descriptor)
        discard(path)
        raise
    return descriptor


def model_of(path: str) -> os.stat_result | None:
    """What a new file gets its permissions from; its owner may write it, whatever the model says.

    Raises:
        OSError: the model cannot be asked.
    """
    found = stat_if_there(path)
    if found is None or sys.platform == "win32":
        return found
    return os.stat_result((found.st_mode | stat.S_IRUSR | stat.S_IWUSR, *tuple(found)[1:]))


def copy_permissions(descriptor: int, model: os.stat_result) -> None:
    """Give an open file the permissions and, as far as allowed, the owner and group of another."""
    if sys.platform == "win32":
        return  # there files have no such permissions
    mode = stat.S_IMODE(model.st_mode)
    if not _copy_owner(descriptor, model):
        # It has another group, whose members get what everybody gets.
        mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    os.fchmod(descriptor, mode)


def read_at(descriptor: int, offset: int, count: int) -> bytes:
    """Up to `count` bytes of an open file from `offset`; fewer only at its end. Moves its position."""
    # Windows has no pread.
    os.lseek(descriptor, offset, os.SEEK_SET)
    data = os.read(descriptor, count)
    while len(data) < count and (more := os.read(descriptor, count - len(data))):
        data += more
    return data


def sync_file(descriptor: int) -> None:
    """Make the content of an open file survive a power cut.

    On macOS `fsync` leaves it in the cache of the drive, which may write it in any order, or never: only
    F_FULLFSYNC has that cache written.

    Raises:
        OSError: the disk would not.
    """
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _SYNC_UNKNOWN:
                raise
        else:
            return
    os.fsync(descriptor)


def sync_data(descriptor: int) -> None:
    """Do as `sync_file`, and leave the times of the file out where the system can: lines are added often.

    Raises:
        OSError: the disk would not.
    """
    if sys.platform == "linux":
        os.fdatasync(descriptor)
    else:
        sync_file(descriptor)


def sync_folder_of(path: str) -> None:
    """Make durable which files are in the folder of `path`.

    Raises:
        OSError: the disk would not.
    """
    if sys.platform == "win32":
        return  # folders cannot be opened there, and renames are journaled by the file system
    folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY | CLOSE_ON_EXEC)
    try:
        sync_file(folder)
    except OSError as error:
        if error.errno not in _SYNC_UNKNOWN:
            raise
    finally:
        os.close(folder)


def set_time(file: int | str, changed_at: int) -> None:
    """Give a file a time of change, microseconds since 1970 UTC; that it cannot be had harms nobody."""
    try:
        os.utime(file, ns=(changed_at * 1000, changed_at * 1000))
    except (OSError, TypeError, NotImplementedError, OverflowError):
        return  # not the owner, or Windows, which does not do it to a descriptor


def time_of(path: str) -> int:
    """The time of change of a file, microseconds since 1970 UTC.

    Raises:
        OSError: it cannot be asked.
    """
    return os.stat(path).st_mtime_ns // 1000


def has_time(path: str, changed_at: int) -> bool:
    """Whether a file still has the time of change that it was given.

    Raises:
        OSError: it cannot be asked.
    """
    found = time_of(path)
    # Some file systems keep whole seconds.
    return found == changed_at or (not found % 1_000_000 and found == changed_at - changed_at % 1_000_000)


def discard(path: str) -> None:
    """Remove a file that nobody needs any more; that it cannot be removed harms nobody."""
    try:
        os.unlink(path)
    except OSError:
        return


def _old_version(target: str) -> os.stat_result | None:
    """What is known of the file before it is replaced, None if there is none.

    A rename needs no permission on the file itself, so that it would also replace one that somebody made
    read-only on purpose, or a device: both are refused here.
    """
    try:
        descriptor, old = open_regular(target, os.O_WRONLY)
    except FileNotFoundError:
        return None
    os.close(descriptor)
    return old


def _write_temporary(
    target: str, content: bytes, old: os.stat_result | None, changed_at: int | None = None
) -> str:
    """Write a temporary file beside `target`, synced, and return its path.

    When a sync fails, the kernel may mark the lost pages clean and report the next sync as a success: the
    second try is a file of its own.
    """
    try:
        return _try_temporary(target, content, old, changed_at)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
    return _try_temporary(target, content, old, changed_at)


def _try_temporary(target: str, content: bytes, old: os.stat_result | None, changed_at: int | None) -> str:
    temporary = temporary_name(target)
    descriptor = create_like(temporary, os.O_WRONLY, old)
    try:
        try:
            _write_all(descriptor, content)
            if changed_at is not None:
                set_time(descriptor, changed_at)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(temporary)
        raise
    return temporary


def temporary_name(target: str) -> str:
    """A hidden name in the folder of `target` that no other process uses."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")


def _write_all(descriptor: int, content: bytes) -> None:
    """Write everything: the kernel may take less at a time, above all when the disk is nearly full."""
    written = os.write(descriptor, content)
    while written < len(content):
        written += os.write(descriptor, memoryview(content)[written:])


def _keep_previous(target: str, old: os.stat_result, backup: str) -> None:
    """Keep the previous version as `backup`; at each moment that name is whole too."""
    try:
        if os.path.samestat(os.lstat(backup), old):
            # A save that was killed after this step: a rename of two names of one file would do nothing.
            return
    except FileNotFoundError:
        pass
    temporary = temporary_name(target)
    try:
        os.link(target, temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        descriptor, found = open_regular(target, os.O_RDONLY)
        try:
            previous = read_at(descriptor, 0, found.st_size)
        finally:
            os.close(descriptor)
        temporary = _write_temporary(target, previous, old)
    try:
        os.replace(temporary, backup)
    except BaseException:
        discard(temporary)
        raise


def _copy_owner(descriptor: int, model: os.stat_result) -> bool:
    """Give the file the owner and the group of its model, as far as this user may; False: not the group."""
    if sys.platform == "win32":
        return True
    mine = os.fstat(descriptor)
    owner = model.st_uid if os.geteuid() == 0 else -1
    if (owner in (-1, mine.st_uid)) and mine.st_gid == model.st_gid:
        return True
    try:
        os.fchown(descriptor, owner, model.st_gid)
    except PermissionError:
        return False  # this user is not in it
    return True
