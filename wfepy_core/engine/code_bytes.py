"""The bytes of a file of code: the one place where such files are opened.

Which files are read is said by state files, by sources and by tracebacks, and all of these come from others.
"""

from __future__ import annotations

import os
import stat

from wfepy_core.errors import ModuleLoadError

MOST_SOURCE = 16 * 1024 * 1024
MOST_COMPILED = 256 * 1024 * 1024
"""Bytes of one file that are read, of source and of compiled code. Whatever is larger holds data."""


def read_code(path: str, most: int = 0) -> tuple[bytes, os.stat_result]:
    """What a file of code holds, and what the system says of the file that was read.

    Args:
        path: may be anything; nothing is waited for, and no device is opened.
        most: bytes it may have; 0: as many as a file of that name may.

    Raises:
        ModuleLoadError: it is no regular file, or too large for code.
        OSError, ValueError: it is not there, may not be read, or no file can have that name.
    """
    most = most or (MOST_SOURCE if path.endswith(".py") else MOST_COMPILED)
    _refuse_unfit(path, os.stat(path), most)  # before it is opened: to open a device can do something already
    with open(path, "rb", opener=_open_at_once) as file:
        found = os.fstat(file.fileno())
        _refuse_unfit(path, found, most)
        data = file.read(most + 1)  # it may grow meanwhile
    if len(data) > most:
        raise _too_large(path, most)
    return data, found


def _refuse_unfit(path: str, found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ModuleLoadError(f"{path} is no regular file", hint="name a file that holds the code")
    if found.st_size > most:
        raise _too_large(path, most)


def _too_large(path: str, most: int) -> ModuleLoadError:
    return ModuleLoadError(
        f"{path} has more than {most // (1024 * 1024)} MiB: too large for code",
        hint="keep data in files of their own, and read them in a task",
    )


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
