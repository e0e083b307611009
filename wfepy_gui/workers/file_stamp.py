"""What tells one version of a file from another without reading it."""

from __future__ import annotations

import os
from typing import NamedTuple


class FileStamp(NamedTuple):
    """One version of a file; a file that was replaced has another inode.

    Attributes:
        inode: number of the file in its file system.
        modified: time of its last change, in nanoseconds since 1970 UTC.
        size: in bytes.
    """

    inode: int
    modified: int
    size: int


def stamp_of(path: str) -> FileStamp | None:
    """The stamp of a file now; None when it is not there or may not be looked at."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return FileStamp(found.st_ino, found.st_mtime_ns, found.st_size)
