"""Reads what the tasks of an instance printed, see `output_file`."""

from __future__ import annotations

import os
import re

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.storage.atomic_file import read_at, real_path
from wfepy_core.storage.file_access import disk_error, open_sidecar
from wfepy_core.storage.output_file import CUT, KEPT_OF_FLOOD, LONGEST_LINE, MAX_BYTES, RAW, output_path

if TYPE_CHECKING:
    from collections.abc import Iterable

_STAMPED = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})Z\t([^\t]*)\t(out|err|raw)\t(.*)", re.DOTALL)
_MOST = MAX_BYTES + KEPT_OF_FLOOD
"""Bytes of one file that are read, from its end."""
_HEAD = 64
_LATEST = 32 * 1024
"""Bytes that `OutputReader.latest` looks at."""


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


def drop_overwritten(text: str) -> str:
    """What of a line a terminal shows at its end: what follows a carriage return begins it anew."""
    text = text.rstrip("\r")
    return text[text.rfind("\r") + 1 :]


class OutputReader:
    """Reads the output of one instance, and later what has come since.

    Args:
        state_path: the state file.
        most_lines: so many of the last lines are read at once; -1: all.
    """

    def __init__(self, state_path: str, most_lines: int = -1) -> None:
        self._path = output_path(real_path(os.fspath(state_path)))
        self._most_parts = most_lines + 1 if most_lines >= 0 else -1  # with what follows the last newline
        self._older = self._newer = _NOTHING
        self._unmarked = self._unfinished = b""

    @property
    def latest(self) -> list[OutputLine]:
        """The end of what another program has just printed: when and for which task is not known yet."""
        return parse_output(self._split((self._unmarked + self._unfinished)[-_LATEST:]))

    def read_all(self) -> list[OutputLine]:
        """Everything that is kept, oldest first; a later `read_new` goes on from there.

        Raises:
            StateFileError: a file is there and cannot be read.
        """
        self._older = self._newer = _NOTHING
        self._unmarked = self._unfinished = b""
        return self.read_new()

    def read_new(self) -> list[OutputLine]:
        """What has come since the last reading, from a new file too.

        Raises:
            StateFileError: a file is there and cannot be read.
        """
        older, newer = self._older._replace(data=b"", is_cut=False), _read(self._path, self._newer)
        while newer is _NOTHING or not newer.goes_on_from(self._newer):
            older = _read(f"{self._path}.1", self._older, self._newer)
            if newer is _NOTHING or not older.goes_on_from(newer):
                break
            newer = _read(self._path, self._newer)  # it was moved away in between
        if newer.is_cut or older.is_cut:
            self._unmarked = self._unfinished = b""
        self._older, self._newer = older, newer
        return self._parse(older.data + newer.data)

    def read_unmarked(self) -> list[OutputLine]:
        """Complete lines of other programs that wait for their time and task, for who cannot wait."""
        unmarked, self._unmarked = self._unmarked, b""
        return parse_output(self._split(unmarked))

    def read_end(self) -> list[OutputLine]:
        """What stands behind the last complete line, when nothing more is expected."""
        rest = self._unmarked + self._unfinished
        self._unmarked = self._unfinished = b""
        return parse_output(self._split(rest))

    def _parse(self, data: bytes) -> list[OutputLine]:
        """Complete lines; what another program printed waits for the line that tells its time and task."""
        *lines, self._unfinished = self._split(self._unfinished + data)
        last = max((number for number, line in enumerate(lines) if _STAMPED.fullmatch(line)), default=-1)
        before, self._unmarked = self._unmarked, b"".join(line + b"\n" for line in lines[last + 1 :])
        if last < 0:
            self._unmarked = (before + self._unmarked)[-KEPT_OF_FLOOD:]
            return []
        return parse_output(self._split(before)[:-1] + lines[: last + 1])

    def _split(self, data: bytes) -> list[bytes]:
        """The last lines; what is left out is never taken apart, so that millions of them cost nothing."""
        lines = data.rsplit(b"\n", self._most_parts)
        return lines[1:] if len(lines) > self._most_parts >= 0 else lines


def parse_output(lines: Iterable[bytes]) -> list[OutputLine]:
    """The lines of an output file as values; what other programs printed is given its time and task."""
    from datetime import datetime

    parsed: list[OutputLine] = []
    unmarked: list[bytes] = []
    stamp, at = b"", 0
    for line in lines:
        found = _STAMPED.fullmatch(line)
        if found is None:
            unmarked.append(line)
            continue
        if found[1] != stamp:  # many lines are printed in one moment
            stamp = found[1]
            at = int(datetime.fromisoformat(f"{stamp.decode()}+00:00").timestamp() * 1_000_000)
        task = found[2].decode("utf-8", "replace")
        parsed += [OutputLine(at, task, RAW, _text(raw)) for raw in unmarked]
        unmarked.clear()
        if found[3].decode() != RAW:
            parsed.append(OutputLine(at, task, found[3].decode(), _text(found[4])))
    return parsed + [OutputLine(0, "", RAW, _text(raw)) for raw in unmarked if raw]


def _text(line: bytes) -> str:
    if len(line) > LONGEST_LINE + len(CUT):
        line = line[:LONGEST_LINE] + CUT
    return line.decode("utf-8", "replace")


class _Part(NamedTuple):
    """What was read of a file.

    Attributes:
        data: what was new in it.
        inode: device and number of the file; a file that is removed leaves its number to the next one.
        head: its first bytes, which tell the two apart.
        end: where the reading ended.
        is_cut: whether something before `data` was left out, or was read before and is gone.
    """

    data: bytes = b""
    inode: tuple[int, int] = (0, 0)
    head: bytes = b""
    end: int = 0
    is_cut: bool = False

    def goes_on_from(self, before: _Part) -> bool:
        """Whether it is the same file as that of another reading, which may have been shorter."""
        return self.inode == before.inode and self.head.startswith(before.head)


_NOTHING = _Part()


def _read(path: str, *before: _Part) -> _Part:
    """A file from where it was read `before`, no more than its last bytes; nothing where there is none."""
    try:
        descriptor, status = open_sidecar(path, os.O_RDONLY)
    except FileNotFoundError:
        return _NOTHING
    except OSError as error:
        raise disk_error("read", path, error) from error
    try:
        part = _Part(inode=(status.st_dev, status.st_ino), head=read_at(descriptor, 0, _HEAD))
        known = next((each.end for each in before if part.goes_on_from(each)), 0)
        is_other = not known and any(part.inode == each.inode for each in before)
        start = known if known <= status.st_size else 0
        position = max(start, status.st_size - _MOST)
        os.lseek(descriptor, position, os.SEEK_SET)
        data = b""
        while len(data) < _MOST and (more := os.read(descriptor, _MOST - len(data))):
            data += more
        return part._replace(data=data, end=position + len(data), is_cut=is_other or position != known)
    except OSError as error:
        raise disk_error("read", path, error) from error
    finally:
        os.close(descriptor)
