"""Reads what the tasks of an instance printed, see `output_file`."""

from __future__ import annotations

import os
import re
import stat

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import StateFileError
from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, real_path
from wfepy_core.storage.os_errors import disk_error
from wfepy_core.storage.output_file import KEPT_OF_FLOOD, MAX_BYTES, RAW, output_path

if TYPE_CHECKING:
    from collections.abc import Iterable

_STAMPED = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})Z\t([^\t]*)\t(out|err|raw)\t(.*)", re.DOTALL)
_READ_FLAGS = os.O_RDONLY | CLOSE_ON_EXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_MOST = MAX_BYTES + KEPT_OF_FLOOD
"""Bytes of one file that are read, from its end."""


class OutputLine(NamedTuple):
    """One line that was printed.

    Attributes:
        at: when, microseconds since the epoch; 0: it is not known yet.
        task: by which task, or by which of several that ran side by side; empty: it is not known.
        stream: `out`, `err`, or `raw` where another program than Python printed it.
        text: the line, with everything it makes a terminal do.
    """

    at: int
    task: str
    stream: str
    text: str


class OutputReader:
    """Reads the output of one instance, and later what has come since.

    Args:
        state_path: the state file.
    """

    def __init__(self, state_path: str) -> None:
        self._path = output_path(real_path(os.fspath(state_path)))
        self._identity = 0, 0
        self._position = 0
        self._rest = b""

    def read_all(self) -> list[OutputLine]:
        """Everything that is kept, oldest first; a later `read_new` goes on from there.

        Raises:
            StateFileError: a file is there and cannot be read.
        """
        self._identity, self._position, self._rest = (0, 0), 0, b""
        older, current = _read(f"{self._path}.1", 0), _read(self._path, 0)
        self._identity, self._position = current.identity, current.end
        return self._parse(older.data + current.data)

    def read_new(self) -> list[OutputLine]:
        """What has come since the last reading, from a new file too.

        Raises:
            StateFileError: a file is there and cannot be read.
        """
        part = _read(self._path, self._position)
        data = part.data
        if part.identity != self._identity:
            former = _read(f"{self._path}.1", self._position)
            data = former.data if former.identity == self._identity else b""
            part = _read(self._path, 0)
            data += part.data
        self._identity, self._position = part.identity, part.end
        return self._parse(data)

    def read_end(self) -> list[OutputLine]:
        """What stands behind the last complete line, when nothing more is expected."""
        rest, self._rest = self._rest, b""
        return parse_output([rest]) if rest else []

    def _parse(self, data: bytes) -> list[OutputLine]:
        lines = (self._rest + data).split(b"\n")
        # What another program printed gets its time and task from the line behind it: wait for that.
        last = max((number for number, line in enumerate(lines) if _STAMPED.fullmatch(line)), default=-1)
        self._rest = b"\n".join(lines[last + 1 :])
        return parse_output(lines[: last + 1])


def parse_output(lines: Iterable[bytes]) -> list[OutputLine]:
    """The lines of an output file as values; what other programs printed is given its time and task."""
    from datetime import datetime

    parsed: list[OutputLine] = []
    unmarked: list[bytes] = []
    for line in lines:
        found = _STAMPED.fullmatch(line)
        if found is None:
            unmarked.append(line)
            continue
        at = int(datetime.fromisoformat(f"{found[1].decode()}+00:00").timestamp() * 1_000_000)
        task = found[2].decode("utf-8", "replace")
        parsed += [OutputLine(at, task, RAW, _text(raw)) for raw in unmarked]
        unmarked.clear()
        if found[3].decode() != RAW:
            parsed.append(OutputLine(at, task, found[3].decode(), _text(found[4])))
    return parsed + [OutputLine(0, "", RAW, _text(raw)) for raw in unmarked if raw]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")


class _Part(NamedTuple):
    data: bytes
    identity: tuple[int, int]
    end: int


def _read(path: str, start: int) -> _Part:
    """A file from `start` on, no more than its last bytes; nothing where there is none."""
    try:
        descriptor = os.open(path, _READ_FLAGS)
    except FileNotFoundError:
        return _Part(b"", (0, 0), 0)
    except OSError as error:
        raise disk_error("read", path, error) from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise StateFileError(f"{path} is not a file", path=path, hint="remove it")
        position = max(min(start, status.st_size), status.st_size - _MOST)
        os.lseek(descriptor, position, os.SEEK_SET)
        data = b""
        while len(data) < _MOST and (more := os.read(descriptor, _MOST - len(data))):
            data += more
        return _Part(data, (status.st_dev, status.st_ino), position + len(data))
    except OSError as error:
        raise disk_error("read", path, error) from error
    finally:
        os.close(descriptor)
