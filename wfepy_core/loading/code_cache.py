"""What was found in source text before: its imports and its compiled code, by the hash of the text.

Python's own `__pycache__` is believed when time and size of the source are as they were, which copies with
kept times (rsync, image layers) and quick edits make untrue. Here an entry is named by a hash of the text's
hash and its path, and holds the text's hash, so it cannot be out of date; it ends with a mark, so it is
whole. Entries lie in the user's cache folder. They are read only where nobody else can have written them, and
are as good as absent otherwise: the source is compiled anew.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from _frozen_importlib_external import MAGIC_NUMBER

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.loading.fingerprint import sha256_of

if TYPE_CHECKING:
    from types import CodeType

    #: Leading dots, module, and names of it: `from ..a import b, c` is `(2, "a", ("b", "c"))`.
    Import = tuple[int, str, tuple[str, ...]]
    #: What was found in a text; the code is missing where it was only looked at.
    Entry = tuple[tuple[Import, ...], CodeType | None]

_MARK = b"wfepy code 2\n" + MAGIC_NUMBER
_END = b"wfepy code ends\n"
_MOST_ENTRIES = 1000


def read_entry(sha256: str, path: str) -> Entry | None:
    """What was kept of the text with this hash in that file; None: nothing that can be trusted.

    Compiled code names its file, so the same text in two places has an entry for each.
    """
    folder = _cache_folder()
    if not folder or not _is_private(folder):
        return None
    try:
        with open(os.path.join(folder, _name_of(sha256, path)), "rb", opener=_open_own) as file:
            data = file.read()
    except OSError:
        return None
    # Its whole length, up to the mark at its end: a hash of it all would take as long as the pass itself.
    if not data.startswith(_MARK) or not data.endswith(_END):
        return None
    payload = data[len(_MARK) : -len(_END)]
    try:
        known, imports, code = marshal.loads(payload)  # noqa: S302  nobody else can have written it
    except (ValueError, EOFError, TypeError):
        return None
    return (imports, code) if known == sha256 else None


def keep_entry(sha256: str, path: str, entry: Entry) -> None:
    """Keep an entry for the next process, where there is a place for it."""
    folder = _cache_folder()
    if not folder or sys.dont_write_bytecode:
        return
    payload = marshal.dumps((sha256, *entry))
    place = os.path.join(folder, _name_of(sha256, path))
    try:
        if not _is_private(folder) and not _make_private(folder):
            return
        aside = f"{place}.{os.getpid()}"
        with open(aside, "wb", opener=_create) as file:
            file.write(_MARK + payload + _END)
        os.replace(aside, place)
        _prune(folder)
    except OSError:
        return  # a cache is nobody's trouble


def _name_of(sha256: str, path: str) -> str:
    return sha256_of(f"{sha256} {path}".encode("utf-8", "surrogateescape"))


def _cache_folder() -> str:
    """Where entries of this Python lie; empty: nowhere. A process without a home keeps nothing."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = os.environ.get("HOME", "")
        base = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    if not base or sys.platform == "win32":  # on Windows nothing tells cheaply who may write there
        return ""
    return os.path.join(base, "wfepy", f"code-{sys.implementation.cache_tag}-{sys.flags.optimize}")


def _is_private(folder: str) -> bool:
    """Whether it is a folder of this user that nobody else may look into or change."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    if sys.platform == "win32":
        return False
    is_folder = stat.S_ISDIR(found.st_mode)
    return is_folder and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _make_private(folder: str) -> bool:
    """Make the folder; not within a home of somebody else, as HOME is after some ways to become root."""
    if sys.platform == "win32":
        return False
    above = os.path.dirname(folder)
    while not os.path.isdir(above):
        above = os.path.dirname(above)
    if os.stat(above).st_uid != os.geteuid() or os.path.lexists(folder):
        return False
    os.makedirs(os.path.dirname(folder), 0o700, exist_ok=True)
    os.mkdir(folder, 0o700)
    return _is_private(folder)


def _open_own(path: str, flags: int) -> int:
    """Open a regular file that this user has and nobody else may write."""
    if sys.platform == "win32":
        raise PermissionError(path)
    opened = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    found = os.fstat(opened)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        os.close(opened)
        raise PermissionError(path)
    return opened


def _create(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)


def _prune(folder: str) -> None:
    """Keep the newer half when there are very many: each edit of a module leaves an entry behind."""
    names = os.listdir(folder)
    if len(names) <= _MOST_ENTRIES:
        return
    ages = sorted((os.lstat(os.path.join(folder, name)).st_mtime_ns, name) for name in names)
    for _, name in ages[: len(ages) // 2]:
        os.unlink(os.path.join(folder, name))
