"""What every command prints, and the code it exits with."""

from __future__ import annotations

import enum
import io
import os
import stat
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import (
    CodecError,
    CodeNotAgreedError,
    LockedError,
    ModuleDriftError,
    StateConflictError,
    StateFileError,
    WfepyError,
    WorkflowError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO


class ExitCode(enum.IntEnum):
    """What scripts and cron learn from the end of a command."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNREADABLE = 65
    LOCKED = 75
    NOT_AGREED = 77
    INTERRUPTED = 130


DEAD_END = "no task is left to run and no end point was reached; `wfepy retry` runs one of them again"

_LONGEST_LINE = 200
"""Characters of somebody else's text that are printed where it gets one line."""

_LONGEST_PRINTED = 10_000
"""Characters of any other line: no path is longer."""

_SPACES_PER_WORD = 20
"""Of a text of megabytes only as much is looked at as can be printed of it, generous with its spaces."""

_WORST_FIRST = (ExitCode.UNREADABLE, ExitCode.FAILED, ExitCode.LOCKED, ExitCode.USAGE, ExitCode.DONE)

_USE_THE_INSTANCE_S_MODULE = ("advance", "watch", "preflight", "migrate")
"""Commands that load the module an instance names: its faults are not those of the command line."""


def exit_code_of(error: WfepyError, command: str = "") -> ExitCode:
    """The exit code of a command that ended with an error."""
    if isinstance(error, (LockedError, StateConflictError)):
        return ExitCode.LOCKED
    if isinstance(error, (StateFileError, CodecError, ModuleDriftError)):
        return ExitCode.UNREADABLE
    if isinstance(error, CodeNotAgreedError):
        return ExitCode.NOT_AGREED
    if isinstance(error, WorkflowError):
        if command in _USE_THE_INSTANCE_S_MODULE:
            return ExitCode.UNREADABLE
        is_missing = getattr(error, "missing", False)
        return ExitCode.FAILED if command == "check" and not is_missing else ExitCode.USAGE
    return ExitCode.USAGE


def worst_exit_code(codes: Iterable[ExitCode]) -> ExitCode:
    """One exit code for many instances: unreadable before failed before locked before done."""
    occurring = set(codes)
    return next((code for code in _WORST_FIRST if code in occurring), ExitCode.DONE)


def print_error(error: WfepyError) -> None:
    """Print an error on stderr, below what was answered so far: what happened, then what to do about it."""
    from contextlib import suppress  # no trigger needs it that goes well

    with suppress(OSError, ValueError):  # the end of the command tells of a stdout that takes nothing
        sys.stdout.flush()
    write_error(*error_lines(error))


def error_lines(error: WfepyError) -> list[str]:
    """The lines of an error: what happened, then what to do about it."""
    problems = [str(problem) for problem in getattr(error, "problems", ())]
    message = str(error).removesuffix("".join(f"\n  {problem}" for problem in problems))
    if error.hint:
        message = message.removesuffix(f" ({error.hint})")
    return [f"wfepy: {message}", *problems, error.hint if error.hint not in message else ""]


def print_line(text: str) -> None:
    """Print one line of an answer, whatever is in the names in it."""
    print(_as_line(text))


def print_json(document: object, *, indent: int | None = None) -> None:
    """Print an answer as JSON, with letters as they are; what would steer a terminal by its code."""
    import json

    from wfepy_core.plain_text import spell_out_json

    print(spell_out_json(json.dumps(document, indent=indent, ensure_ascii=False)))


def write_error(line: str, *more: str) -> None:
    """Write a line to stderr, if anything can be written there, and more below it: what to do."""
    text = "\n  ".join(map(_as_line, filter(None, (line, *more))))
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def write_log_line(stream: TextIO, line: str, *more: str, is_stamped: bool = False) -> None:
    """Write what became of a pass; a stream that is full, closed or gone changes nothing about the pass.

    In a log, a file that lines are added to for months, it begins with the time.

    Args:
        stream: stdout or stderr.
        line: what became of it.
        more: lines below it, which say what to do.
        is_stamped: whether it begins with the time everywhere.
    """
    text = "\n  ".join(map(_as_line, filter(None, (line, *more))))
    try:
        _write_log(stream, text, is_stamped=is_stamped)
    except (BrokenPipeError, ValueError):
        return  # nobody reads it any more
    except OSError as error:
        if stream is sys.stdout:
            write_log_line(sys.stderr, output_error_line(error))


def _write_log(stream: TextIO, text: str, *, is_stamped: bool) -> None:
    if is_stamped or is_log(stream):
        import time

        from wfepy_core.time_text import moment_exact

        text = f"{moment_exact(time.time_ns() // 1000)}  {text}"
    try:
        stream.flush()
        # Not through the stream: what a full disk refuses would stay there, in the way of the next line.
        os.write(stream.fileno(), f"{text}\n".encode(stream.encoding, "backslashreplace"))
    except io.UnsupportedOperation:
        stream.write(f"{text}\n")


def is_log(stream: TextIO) -> bool:
    """Whether a stream leads into an ordinary file."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def write_answer(code: int, write: Callable[[], None]) -> int:
    """Call what writes a command's answer; a full disk or a closed pipe does not change its exit code."""
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        if not is_output_error(error):
            raise
        give_up_output(error)
    try:
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)
    return code


class _Stdout(io.FileIO):
    """Descriptor 1, which remembers why it could not be written: the same error may come from anywhere."""

    failure: OSError | None = None

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer, as io says
        """Write some bytes."""
        try:
            return super().write(data)
        except OSError as error:
            self.failure = error
            raise


def is_output_error(error: OSError) -> bool:
    """Whether `error` is why stdout could not be written."""
    buffer = getattr(sys.stdout, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    return isinstance(raw, _Stdout) and raw.failure is error


def output_error_line(error: OSError) -> str:
    """What is said of an error of stdout."""
    return f"wfepy: cannot write the output: {error.strerror or error}"


def give_up_output(error: OSError) -> None:
    """Give up on stdout; say why on stderr, unless whoever read it has seen enough."""
    discard_output()
    if not isinstance(error, BrokenPipeError):
        write_error(output_error_line(error))


def one_line(text: str, longest: int = _LONGEST_LINE) -> str:
    """Somebody else's sentences in one line of at most so many characters; line breaks are spaces in it.

    Of an endless text only the beginning is looked at.
    """
    text = text[: longest * _SPACES_PER_WORD]
    if not text.isprintable():
        text = " ".join(text.split())
    return _as_line(text, longest)


def _as_line(text: str, longest: int = _LONGEST_PRINTED) -> str:
    """A text as one line: controls, line breaks and direction marks in it are spelled out."""
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    if text.isprintable():
        return text
    from wfepy_core.plain_text import spell_out_line  # what a pass prints has seldom need of it

    return spell_out_line(text)


def prepare_streams() -> None:
    """Make stdout and stderr take every text: what their encoding lacks is escaped.

    A stream that the parent of this process closed leads nowhere.
    """
    sys.stdout, sys.stderr = sys.stdout or _open_nowhere(1), sys.stderr or _open_nowhere(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if (
        isinstance(sys.stdout, io.TextIOWrapper)
        and type(getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)) is io.FileIO
    ):
        sys.stdout = _remember_failure(sys.stdout)


def _remember_failure(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """The same stream, such that `is_output_error` knows why it could not be written."""
    stream.flush()
    raw = _Stdout(stream.fileno(), "w", closefd=False)
    is_buffered = isinstance(stream.buffer, io.BufferedWriter)
    return io.TextIOWrapper(
        io.BufferedWriter(raw) if is_buffered else raw,  # type: ignore[type-var]  # raw: as Python's -u has it
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def discard_output() -> None:
    """Discard whatever is still to be written to stdout."""
    _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    """Discard what a stream still holds: Python would try once more at exit, and fail with 120."""
    _point_nowhere(stream.fileno())


def _open_nowhere(number: int) -> TextIO:
    """A stream for a closed descriptor, which no other file may get: child processes inherit it."""
    _point_nowhere(number)
    return open(number, "w", encoding="utf-8", closefd=False)


def _point_nowhere(number: int) -> None:
    """Make a descriptor, open or closed, lead to /dev/null."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere == number:
        os.set_inheritable(number, True)
    else:
        os.dup2(nowhere, number)
        os.close(nowhere)
