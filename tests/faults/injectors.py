"""Two ways to strike at the n-th call that touches a folder: below Python, or, without a compiler, in it.

Both number the same kinds of call: those that open, change, sync, lock or close something. Reading and
asking are not among them: dying there leaves the same files as dying at the call before.
"""

from __future__ import annotations

import ctypes
import enum
import errno
import fcntl
import os
import signal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Mode(enum.IntEnum):
    """What happens at the call; the numbers are those of `shim.c`."""

    TRACE = 1
    KILL_BEFORE = 2
    KILL_AFTER = 3
    FAIL = 4
    FILL = 5


class Strike(NamedTuple):
    """One fault.

    Attributes:
        mode: what happens.
        number: at which call, from 1; for FILL the bytes that still fit on the disk.
        failure: the errno of FAIL.
        sticky: whether the later calls fail too.
        calls: the kinds of call that are counted; empty counts all.
        folder: only calls that touch something in it are counted.
        log: descriptor that gets a line for the call that was struck.
    """

    mode: Mode
    number: int
    failure: int
    sticky: bool
    calls: list[str]
    folder: str
    log: int


class ShimInjector:
    """Strikes through the preloaded `shim.c`: whatever makes the call, and really at the system call."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)

    def arm(self, strike: Strike) -> None:
        """Start counting."""
        calls = f",{','.join(strike.calls)}," if strike.calls else ""
        self._library.faults_arm(
            ctypes.c_int(strike.mode),
            ctypes.c_long(strike.number),
            ctypes.c_int(strike.failure),
            ctypes.c_int(strike.sticky),
            calls.encode(),
            strike.folder.encode(),
            ctypes.c_int(strike.log),
        )

    def disarm(self) -> None:
        """Stop counting."""
        self._library.faults_disarm()


class PythonInjector:
    """Strikes in `os.*` and `fcntl.flock`, replaced for the forked child; misses what C code calls."""

    _BY_DESCRIPTOR = ("close", "fsync", "fdatasync", "fchmod", "fchown", "ftruncate", "write", "pwrite")
    _BY_PATH = ("unlink", "remove", "mkdir", "truncate")
    _BY_SECOND_PATH = (("rename", "rename"), ("replace", "rename"), ("link", "link"), ("symlink", "symlink"))

    def __init__(self) -> None:
        self._strike: Strike | None = None
        self._seen = 0
        self._write = os.write
        for name in self._BY_DESCRIPTOR:
            self._wrap(os, name, name, lambda args: self._path_of(args[0]))
        for name in self._BY_PATH:
            label = "unlink" if name == "remove" else name
            self._wrap(os, name, label, lambda args: os.fspath(args[0]))
        for name, label in self._BY_SECOND_PATH:
            self._wrap(os, name, label, lambda args: os.fspath(args[1]))
        self._wrap(fcntl, "flock", "flock", lambda args: self._path_of(args[0]))
        self._wrap(os, "open", None, lambda args: os.fspath(args[0]))

    def arm(self, strike: Strike) -> None:
        """Start counting."""
        self._seen = 0
        self._strike = strike

    def disarm(self) -> None:
        """Stop counting."""
        self._strike = None

    def _wrap(
        self, module: Any, name: str, label: str | None, path_of: Callable[[tuple[Any, ...]], str]
    ) -> None:
        real = getattr(module, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if self._strike is None:
                return real(*args, **kwargs)
            path = path_of(args)
            if path.startswith("/") and not f"{path}/".startswith(f"{self._strike.folder}/"):
                return real(*args, **kwargs)
            if self._strike.mode is Mode.FILL:
                return self._fill(real, label or name, path, *args, **kwargs)
            dies = self._strikes(label or _kind_of_open(args[1]), path)
            try:
                return real(*args, **kwargs)
            finally:
                if dies:
                    os.kill(os.getpid(), signal.SIGKILL)

        setattr(module, name, wrapped)

    def _strikes(self, call: str, path: str) -> bool:
        """Whether to die after the call; dies before it, or fails it, if that is the fault."""
        strike = self._strike
        assert strike is not None
        if strike.calls and call not in strike.calls:
            return False
        self._seen += 1
        if strike.mode is Mode.TRACE:
            self._note(call, path)
        elif self._seen == strike.number or (strike.sticky and self._seen > strike.number):
            self._note(call, path)
            if strike.mode is Mode.KILL_BEFORE:
                os.kill(os.getpid(), signal.SIGKILL)
            if strike.mode is Mode.FAIL:
                raise OSError(strike.failure, os.strerror(strike.failure), path)
            return strike.mode is Mode.KILL_AFTER
        return False

    def _fill(self, real: Callable[..., Any], call: str, path: str, *args: Any, **kwargs: Any) -> Any:
        assert self._strike is not None
        if call not in ("write", "pwrite"):
            return real(*args, **kwargs)
        left = self._strike.number - self._seen
        if left <= 0 and len(args[1]):
            self._note(call, path)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        data = memoryview(args[1])[:left]
        self._seen += len(data)
        return real(args[0], data, *args[2:], **kwargs)

    def _note(self, call: str, path: str) -> None:
        assert self._strike is not None
        self._write(self._strike.log, f"call\t{call} {path}\n".encode())

    @staticmethod
    def _path_of(descriptor: int) -> str:
        try:
            path = os.readlink(f"/proc/self/fd/{descriptor}")
        except OSError:
            return "/"
        return path if path.startswith("/") else "/"


def _kind_of_open(flags: int) -> str:
    if flags & os.O_CREAT:
        return "create"
    return "open" if flags & os.O_ACCMODE else "open-read"
