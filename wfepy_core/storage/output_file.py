"""What the tasks of an instance print, kept beside its state file: `NAME.wfstate.output`.

A line that Python printed stands there with its time, its task and its stream between tabs. What other
programs print goes through the file descriptor straight into the file, as it is; a line of the stream `raw`
behind it tells when it was seen and which task it came from. So nothing waits in a buffer: what was printed
before a kill is there.

The file is bounded. When it is full it takes the place of the one before it, `NAME.wfstate.output.1`.
"""

from __future__ import annotations

import os
import time

from wfepy_core.storage.atomic_file import CLOSE_ON_EXEC, copy_permissions, create_like, discard, read_at
from wfepy_core.storage.file_access import is_still, open_sidecar, stat_if_there
from wfepy_core.storage.file_names import OUTPUT_SUFFIX

MAX_BYTES = 2 << 20
"""A larger file makes room for a new one."""
KEPT_OF_FLOOD = 1 << 20
"""Bytes that are kept of the end of a file that another program filled beyond all bounds."""
LONGEST_LINE = 64 * 1024
"""Bytes of a line that are kept."""
CUT = b" ... (cut)"
"""What stands in place of the rest of a longer one."""

_LAST_LINE = 4096
_STAMP_END = len("2026-12-01T10:00:00.000Z\t")

RAW = "raw"
"""The stream of what came through a file descriptor, from whichever program."""

_FLAGS = os.O_RDWR | os.O_APPEND
_NAMELESS = getattr(os, "O_TMPFILE", 0)


def output_path(state_path: str) -> str:
    """The file with the output of a state file's tasks, whether it is there or not."""
    return state_path + OUTPUT_SUFFIX


class OutputFile:
    """Takes what tasks print, line by line. One that stays empty is in the folder while a task runs, at most.

    Attributes:
        shared: the descriptor through which other programs write.
        was_closed: whether somebody else in this process has closed it, so that it was opened again.
        openings: how often it was opened: again after the file was full, and then `shared` leads elsewhere.

    Args:
        state_path: the state file, links resolved; a new file gets its permissions.

    Raises:
        OSError: it cannot be made, or something that is no file has its name.
    """

    def __init__(self, state_path: str) -> None:
        self._path = output_path(state_path)
        self._state_path = state_path
        self._own = self.shared = -1
        self.openings = 0
        self.was_closed = False
        self._missed = b""
        self._end = 0
        self._has_name = self._is_at_line_start = True
        self._is_new = False
        self._has_leftover = False
        self._second, self._second_text = -1, ""
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        if self._end > MAX_BYTES:
            self._begin_anew()

    def add_line(self, task: str, stream: str, text: bytes) -> None:
        """Add a line; one the disk has no room for is lost, and nobody is held up.

        Args:
            task: who printed it; empty: nobody knows.
            stream: `out`, `err` or `raw`.
            text: in UTF-8, without the newline.
        """
        if self._own < 0:
            return
        if self._has_leftover:
            self._has_leftover = False
            self.add_line("", RAW, b"")
        if len(text) > LONGEST_LINE:
            text = text[:LONGEST_LINE] + CUT
        label = task if task.isprintable() else task.encode("unicode_escape").decode()
        head = f"{self._stamp()}\t{label}\t{stream}\t".encode(errors="backslashreplace")
        self._write((b"" if self._is_at_line_start else b"\n") + head + text + b"\n")
        if self._end > MAX_BYTES:
            self._begin_anew()

    def take_raw(self, task: str) -> bytes:
        """What other programs wrote since they were last asked for; it is marked as printed by `task`."""
        if self._own < 0:
            return b""
        size = self._size()
        if size < 0:
            self._open_again()
            return b""
        if size <= self._end and not self._missed:
            return b""
        raw = self._missed + _read_between(self._own, max(self._end, size - KEPT_OF_FLOOD), size)
        self._missed, self._end = b"", max(size, self._end)
        self._is_at_line_start = raw.endswith(b"\n")
        self.add_line(task, RAW, b"")
        return raw

    def give_name(self) -> None:
        """Let a new file be seen in its folder: what another program writes from now on survives a kill."""
        if self._has_name or self._size() < 0:
            return
        try:
            # Only with a folder's descriptor does `os.link` follow the link that names an open file.
            os.link(f"/proc/self/fd/{self.shared}", self._path, src_dir_fd=self.shared)
        except OSError:
            return  # the pass goes on, and nobody sees what it printed
        self._has_name = self._is_new = True

    def close(self) -> None:
        """Close the file; nothing happens if it is closed. A new one in which nothing stands is removed."""
        size = self._size() if self._own >= 0 else -1
        if size >= 0:
            if not size and self._is_new:
                discard(self._path)
            os.close(self._own)
        if self.shared >= 0 and (size >= 0 or is_still(self.shared, self._found)):
            os.close(self.shared)
        self._own = self.shared = -1

    def _open(self) -> None:
        model = stat_if_there(self._state_path)
        self._has_name, self._is_new = True, False
        try:
            self.shared, self._found = open_sidecar(self._path, _FLAGS)
        except FileNotFoundError:
            self._open_new(model)
        # Opened a second time: its position after a write is where that write ended, whoever else writes.
        if self._has_name:
            self._own, again = open_sidecar(self._path, _FLAGS)
        else:
            self._own = os.open(f"/proc/self/fd/{self.shared}", _FLAGS | CLOSE_ON_EXEC)
            again = os.fstat(self._own)
        if not os.path.samestat(self._found, again):
            raise OSError(f"{self._path} was exchanged meanwhile")
        self.openings += 1
        self._end = again.st_size
        last = _read_between(self._own, max(0, self._end - _LAST_LINE), self._end)
        self._is_at_line_start = not last or last.endswith(b"\n")
        # What a pass left that was killed is not taken for what the next one prints.
        self._has_leftover = bool(last) and b"Z\t" not in last[last.rfind(b"\n", 0, -1) + 1 :][:_STAMP_END]

    def _open_new(self, model: os.stat_result | None) -> None:
        """A file without a name yet, where the system has such; else an empty one."""
        if _NAMELESS and os.path.isdir("/proc/self/fd"):
            folder = os.path.dirname(self._path) or "."
            try:
                descriptor = os.open(folder, _FLAGS | _NAMELESS | CLOSE_ON_EXEC, 0o600)
            except OSError:
                pass  # not on this file system
            else:
                self.shared, self._found = descriptor, os.fstat(descriptor)
                if model is not None:
                    copy_permissions(descriptor, model)
                self._has_name = False
                return
        self.shared = create_like(self._path, _FLAGS, model)
        self._found = os.fstat(self.shared)

    def _write(self, data: bytes) -> None:
        if self._size() < 0:
            self._open_again()
        try:
            self.give_name()
            written = os.write(self._own, data)
        except OSError:
            return
        position = os.lseek(self._own, 0, os.SEEK_CUR)
        start = position - written
        if start > self._end:  # another program was quicker
            self._missed += _read_between(self._own, max(self._end, start - KEPT_OF_FLOOD), start)
        self._end, self._is_at_line_start = position, written == len(data)

    def _size(self) -> int:
        """Size of the open file in bytes; -1 where a task has closed it: it may be one of its own by now."""
        try:
            found = os.fstat(self._own)
        except OSError:
            return -1
        return found.st_size if os.path.samestat(found, self._found) else -1

    def _open_again(self) -> None:
        """Go on where a task has closed all descriptors."""
        self._own = self.shared = -1  # or files of the task's by now
        self.was_closed = True
        try:
            self._open()
        except OSError:
            self.close()

    def _stamp(self) -> str:
        """Now, in UTC. The text of a second is made once: many lines are printed in one."""
        at = time.time_ns() // 1_000_000
        if at // 1000 != self._second:
            self._second = at // 1000
            self._second_text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self._second))
        return f"{self._second_text}.{at % 1000:03}Z"

    def _begin_anew(self) -> None:
        """Move the full file away, and of one that was flooded keep the end only."""
        older = self._path + ".1"
        try:
            if self._end > MAX_BYTES + KEPT_OF_FLOOD:
                rest = _read_between(self._own, self._end - KEPT_OF_FLOOD, self._end)
                os.ftruncate(self._own, 0)
                os.write(self._own, rest)
            os.replace(self._path, older)
            self.close()
            self._open()
        except OSError:
            self.close()


def as_left(line: bytes) -> bytes:
    """A line as a terminal shows it at its end: what follows a carriage return begins it anew."""
    shown = line.rstrip(b"\r")
    ends = line[len(shown) : len(shown) + 1]
    return shown[shown.rfind(b"\r") + 1 :][-LONGEST_LINE - 1 :] + ends


def _read_between(descriptor: int, start: int, end: int) -> bytes:
    return read_at(descriptor, start, end - start) if start < end else b""
