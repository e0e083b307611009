"""What tasks print while a pass runs: to where it always went, and into the output file of the instance.

Python's streams write each line to both at once. The descriptors 1 and 2 lead into the output file meanwhile,
so that what child processes and C libraries print is kept too, and is there even when this process is killed;
it is handed on to where it would have gone when the next line is printed or the task ends. A terminal keeps
its descriptors: programs behave differently there, and who sits there wants to see them at once.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from _thread import RLock

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.file_access import REFUSED, is_still, refusal
from wfepy_core.storage.output_file import LONGEST_LINE, OutputFile, as_left, output_path

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

    from wfepy_core.passes.named_lines import NamedLines

_NAMES = {1: "out", 2: "err"}

_OUT_OF_THE_WAY = 512
"""Above what `os.closerange(3, 256)` reaches, a line that is found in many programs."""

_CLOSED_BY_TASK = b"wfepy: a task closed file descriptors of its pass, which has opened them again\n"

_TRIMMED_FROM = 1024
"""Bytes of an unfinished line from which on what carriage returns have overwritten is forgotten."""


# Both streams write into one file, and threads of a task may print to both.
_LOCK = RLock()


class TaskOutput:
    """Keeps what is printed in a pass; a context manager around the import of the module and the tasks.

    Args:
        state_path: the state file, links resolved.
        is_shown: whether it is also shown where it always went; where it cannot be kept, it is.
        name: of the instance, where there are several: lines that are shown begin with it, unless on a
            terminal. Empty: they are shown as they are.
    """

    def __init__(self, state_path: str, *, is_shown: bool = True, name: str = "") -> None:
        self._is_shown = is_shown
        self._name = name
        self._named: dict[int, NamedLines] = {}  # by stream; 0: of other programs
        self._running: dict[str, None] = {}
        self._label = ""
        self._streams = sys.stdout, sys.stderr
        self._terminals: dict[int, int] = {}  # what descriptors 1 and 2 were before
        self._leads_to = 0, -1  # which opening of the file they lead to
        self._found: dict[int, os.stat_result] = {}  # what these are, to know them again
        self._pid = os.getpid()
        try:
            self._file: OutputFile | None = OutputFile(state_path)
        except OSError as error:
            self._file = None  # a pass does not fail because nobody can read afterwards what it printed
            if error.errno in REFUSED:
                path = output_path(state_path)
                self._show(2, f"{path}: {refusal(error)}; what tasks print is not kept\n".encode())

    def __enter__(self) -> Self:
        if self._file is None:
            return self
        for number, stream in zip(_NAMES, self._streams, strict=True):
            _flush(stream)
            if _descriptor_of(stream) == number:
                self._terminals[number] = copy_out_of_the_way(number)
                self._found[number] = os.fstat(number)
        if self._name:
            self._name_lines()
        self._redirect()
        sys.stdout, sys.stderr = (_stream_of_process(number, self) for number in _NAMES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None or os.getpid() != self._pid:
            return
        with _LOCK:
            self._end_lines()
            sys.stdout, sys.stderr = self._streams
            self._forget_closed()
            for number in self._found:
                if number in self._terminals:
                    os.dup2(self._terminals[number], number)
                    os.close(self._terminals[number])
                elif not is_still(number, self._found[number]):
                    _lead_nowhere(number)
            self._terminals.clear()
            self._file.close()

    def begin(self, task: str, *, is_poll: bool) -> None:
        """A task is called: what is printed from now on is its, and has to survive a kill.

        Args:
            task: its name.
            is_poll: whether it has waited before. Then a new file stays without a name until something is
                printed: else every pass over an instance that waits in silence would change its folder twice.
        """
        with _LOCK:
            if self._file is not None and not is_poll:
                self._file.give_name()
            self._running[task] = None
            self._label = task if len(self._running) == 1 else ", ".join(self._running)

    def end(self, task: str) -> None:
        """The call of a task has returned."""
        with _LOCK:
            self._end_lines()
            if self._file is not None and self._file.was_closed:
                self._file.was_closed = False
                _kept_streams[2].write(_CLOSED_BY_TASK)
            self._running.pop(task, None)
            self._label = ", ".join(self._running)

    def collect(self) -> None:
        """Hand on what other programs have written into the output file since the last time."""
        with _LOCK:
            if self._file is not None and (raw := self._file.take_raw(self._label)):
                self._show(2 if 2 in self._terminals else 1, raw, is_raw=True)
            self._redirect()

    def add(self, number: int, data: bytes) -> None:
        """Show what was printed on a stream where it always went.

        Args:
            number: of the stream: 1 or 2.
            data: in UTF-8; any part of a line, or many.
        """
        self.collect()
        self._show(number, data)

    def keep_line(self, number: int, line: bytes) -> None:
        """Keep a complete line of a stream."""
        if self._file is not None:
            self._file.add_line(self._label, _NAMES[number], line.rstrip(b"\r"))
            self._redirect()

    def _end_lines(self) -> None:
        """Keep everything that was printed until now."""
        self.collect()
        if self._file is not None:
            for number in _NAMES:
                _kept_streams[number].end_line()
        for number, lines in self._named.items():
            self._write(number or max(self._terminals, default=2), lines.take_rest(self._label))

    def _redirect(self) -> None:
        """Let the descriptors lead into the file as it is now, or back to where they led if there is none."""
        shared = self._file.shared if self._file is not None else -1
        leads_to = (self._file.openings if self._file is not None else 0, shared)
        if leads_to == self._leads_to:
            return
        self._leads_to = leads_to
        self._forget_closed()
        for number, terminal in self._terminals.items():
            if not os.isatty(terminal):
                os.dup2(shared if shared >= 0 else terminal, number)

    def _forget_closed(self) -> None:
        """A task may have closed all descriptors, and have files of its own of their numbers."""
        for number in [*self._terminals]:
            if not is_still(self._terminals[number], self._found[number]):
                del self._terminals[number]

    def _name_lines(self) -> None:
        """Let lines begin with the instance wherever nobody sits before them."""
        from wfepy_core.passes.named_lines import NamedLines  # for the passes of a folder alone

        led = {number: status for number, status in self._found.items() if not os.isatty(number)}
        for number, status in led.items():
            self._named[number] = NamedLines(self._name, is_stamped=stat.S_ISREG(status.st_mode))
        if led:
            self._named[0] = NamedLines(self._name, is_stamped=stat.S_ISREG(led[max(led)].st_mode))

    def _show(self, number: int, data: bytes, *, is_raw: bool = False) -> None:
        """Show something, if at all: with its instance, where there are several."""
        lines = self._named.get(0 if is_raw else number)
        self._write(number, data if lines is None else lines.take(data, self._label))

    def _write(self, number: int, data: bytes) -> None:
        """Write to where a stream led before; that it is full or nobody reads there is no matter."""
        if not self._is_shown or not data:
            return
        self._forget_closed()
        if number not in self._terminals:
            if number in self._found:
                return  # closed by a task, which may have a file of that number
            stream = self._streams[number - 1]
            try:
                stream.write(data.decode("utf-8", "backslashreplace"))
                stream.flush()
            except (OSError, ValueError):
                return
            return
        while data:
            try:
                data = data[os.write(self._terminals[number], data) :]
            except OSError:
                return


def copy_out_of_the_way(descriptor: int) -> int:
    """A copy of a descriptor with a number that programs which close all of them mostly leave out."""
    if sys.platform != "win32":
        import fcntl

        try:
            return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
        except OSError:
            pass  # this process may not have so many
    return os.dup(descriptor)


def _lead_nowhere(descriptor: int) -> None:
    """What this process says from now on finds nobody: not a file of a task that has this number, either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != descriptor:
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


class _KeptStream(io.RawIOBase):
    """The bytes of `sys.stdout` or `sys.stderr` while a pass runs. Tasks cannot close it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.output: TaskOutput | None = None
        self._number = number
        self._line = self._unshown = b""

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def fileno(self) -> int:
        """The descriptor that programs expect behind this stream."""
        return self._number

    def isatty(self) -> bool:
        """Whether descriptor and screen are those of a terminal."""
        return os.isatty(self._number)

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer, as io says
        """Show some bytes, and keep the lines that are complete with them."""
        data = bytes(data)
        with _LOCK:
            if self.output is not None:
                self._show(self.output, data)
                *lines, self._line = (self._line + data).split(b"\n")
                for line in lines:
                    self.output.keep_line(self._number, as_left(line))
                if len(self._line) > _TRIMMED_FROM:
                    self._line = as_left(self._line)
        return len(data)

    def _show(self, output: TaskOutput, data: bytes) -> None:
        """Show whole lines, with which no others mix; on a terminal everything at once."""
        data = self._unshown + data
        end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        if len(data) - end > LONGEST_LINE or self.isatty():
            end = len(data)
        self._unshown = data[end:]
        if end:
            output.add(self._number, data[:end])

    def end_line(self) -> None:
        """Show and keep what stands there without a newline behind it."""
        with _LOCK:
            if self._unshown and self.output is not None:
                self.output.add(self._number, self._unshown)
            if self._line and self.output is not None:
                self.output.keep_line(self._number, as_left(self._line))
            self._line = self._unshown = b""

    def close(self) -> None:
        """Stay open: tasks that close `sys.stdout` do not close it for those after them."""


# One pair of streams in a process: what a module keeps at its import (a log handler keeps `sys.stderr`)
# has to lead into the output file of whichever instance is advanced when it prints.
_kept_streams: dict[int, _KeptStream] = {}
_text_streams: dict[int, TextIO] = {}


def streams_of_passes() -> list[TextIO]:
    """What `sys.stdout` and `sys.stderr` are in this process while a pass runs, if there was one."""
    return list(_text_streams.values())


def _stream_of_process(number: int, output: TaskOutput) -> TextIO:
    if number not in _kept_streams:
        _kept_streams[number] = kept = _KeptStream(number)
        _text_streams[number] = io.TextIOWrapper(
            kept,  # type: ignore[type-var]  # raw: it has no use for a buffer
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=True,
            write_through=True,
        )
    _kept_streams[number].output = output
    return _text_streams[number]


def _flush(stream: TextIO) -> None:
    """Write what a stream still holds; that it is full or closed is no matter."""
    try:
        stream.flush()
    except (OSError, ValueError):
        return


def _descriptor_of(stream: TextIO) -> int:
    try:
        return stream.fileno()
    except (OSError, ValueError, AttributeError):
        return -1
