"""The `wfepy` command. Each group of commands is a file; only the one that is asked for is imported."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli import exits
from wfepy_core.errors import WfepyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

#: Command: the module of this package that has `add_COMMAND(parser)` and `run_COMMAND(arguments)`, and what
#: it does in a line.
COMMANDS = {
    "new": ("create", "start an instance of a workflow"),
    "advance": ("advance", "take instances as far as they can go now, one pass each"),
    "status": ("status", "where instances stand"),
    "why": ("why", "why an instance, or one of its tasks, does not move"),
    "preflight": ("preflight", "what an advance would call now, without calling it"),
    "context": ("context", "show, set or remove context values"),
    "complete": ("interventions", "let a task count as done"),
    "skip": ("interventions", "cancel a task; its branch ends there"),
    "retry": ("interventions", "let the next pass run a task again"),
    "tokens": ("interventions", "show where an instance stands, or place its tokens by hand"),
    "fork": ("fork", "copy an instance into a sandbox, to try things on"),
    "history": ("history", "who did what, when and why"),
    "graph": ("graph", "draw the graph into a file"),
    "check": ("check", "tell the mistakes of a workflow module"),
    "import": ("create", "make a state file of a wfepy 0.1.1 dump"),
    "watch": ("watch", "advance the instances of a folder on a timer"),
    "migrate": ("repair", "move an instance to its changed module"),
    "restore": ("repair", "go back to the previous version of a state file"),
    "completion": ("completion", "print the completion script of a shell"),
}


LONGEST_LINE = 200
"""Characters of a text of somebody else that are shown where it has a line."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: its arguments, without the program; None: those of this process.

    Returns:
        The exit code: 0 done, 1 a task failed, 2 usage, 65 unreadable or drifted state, 75 locked.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started this process
        sys.stdout, sys.stderr = sys.stdout or _to_nowhere(1), sys.stderr or _to_nowhere(2)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except WfepyError as error:
        complain(error)
        return exits.code_of(error, arguments[0])
    except KeyboardInterrupt:
        write_error("wfepy: stopped")
        return exits.INTERRUPTED
    except BrokenPipeError:
        drop_output()  # whoever read it has seen enough
        return exits.DONE
    except OSError as error:
        drop_output()
        write_error(f"wfepy: cannot write the output: {error.strerror or error}")
        return exits.USAGE
    except SystemExit as leaving:  # argparse, after --help or a mistake
        return answer(leaving.code if isinstance(leaving.code, int) else exits.FAILED, lambda: None)
    return code


def complain(error: WfepyError) -> None:
    """Tell an error on stderr: what happened, then what to do about it."""
    told = str(error).removesuffix(f" ({error.hint})") if error.hint else str(error)
    write_error(f"wfepy: {told}")
    if error.hint and error.hint not in told:
        write_error(f"  {error.hint}")


def write_error(line: str) -> None:
    """A line on stderr, if anything can be written there."""
    try:
        print(plain(line), file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr)


def plain(text: str) -> str:
    """A text of somebody else as it may be printed: control characters spelled out, lines kept."""
    if text.isprintable():
        return text
    return "".join(
        char if char in "\n\t" or not (char < " " or "\x7f" <= char <= "\x9f") else f"\\x{ord(char):02x}"
        for char in text
    )


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """As `plain`, in one line that is not too long."""
    if "\n" in text or "\t" in text:
        text = " ".join(text.split())
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return plain(text)


def answer(code: int, tell: Callable[[], None]) -> int:
    """Tell what a command did. That it cannot be told, on a full disk say, does not change its exit code."""
    try:
        tell()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        drop_output()
    except OSError as error:
        drop_output()
        write_error(f"wfepy: cannot write the output: {error.strerror or error}")
    return code


def drop_output() -> None:
    """Let what is still to be written to stdout go nowhere."""
    _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    """What is still to be written goes nowhere: Python would try once more at exit, and fail with 120."""
    _close_off(stream.fileno())


def _to_nowhere(number: int) -> TextIO:
    """A stream for a descriptor that is closed; no other file may take its number, children inherit it."""
    _close_off(number)
    return open(number, "w", encoding="utf-8", closefd=False)


def _close_off(number: int) -> None:
    """Whatever is written to this descriptor, open or closed, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere == number:
        os.set_inheritable(number, True)
    else:
        os.dup2(nowhere, number)
        os.close(nowhere)


def _run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    rest = arguments[1:]
    if name == "advance" and rest and not any(one.startswith("-") for one in rest):
        # What cron calls all day: no need for an argument parser, which costs as much as a small pass.
        from wfepy_core.cli.advance import Arguments, run_advance

        return run_advance(Arguments(rest))
    if name in COMMANDS:
        return _run_parsed(name, rest)
    if name in ("--help", "-h", "help"):
        print(_overview(), end="")
        return exits.DONE
    if name == "--version":
        from wfepy_core import __version__

        print(f"wfepy {__version__}")
        return exits.DONE
    return _unknown(name)


def _run_parsed(name: str, rest: list[str]) -> int:
    from wfepy_core.cli.parser import module_of, parser_of

    parser = parser_of(name)
    parser.refuse_unknown(rest)
    parsed = parser.parse_intermixed_args(rest)
    code: int = getattr(module_of(name), f"run_{name}")(parsed)
    return code


def _overview() -> str:
    lines = [f"  {name:<12}{summary}\n" for name, (_, summary) in COMMANDS.items()]
    return (
        "usage: wfepy COMMAND ...\n\n"
        "Workflows that live for weeks: plain Python functions, one state file an instance, no server.\n\n"
        f"commands:\n{''.join(lines)}\n"
        "`wfepy COMMAND --help` tells more, with an example.\n\n"
        "exit codes:\n"
        "  0   done: finished, or waiting for the next pass\n"
        "  1   a task failed\n"
        "  2   the command line, or what it asks for, makes no sense\n"
        "  65  a state file is unreadable, or its module has changed\n"
        "  75  another process holds the instance; try again later\n"
        "  130 stopped by Ctrl+C\n"
    )


def _unknown(name: str) -> int:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    guess = f"did you mean `wfepy {close[0]}`?" if close else "`wfepy --help` lists the commands"
    print(f"wfepy: there is no command {name!r}\n  {guess}", file=sys.stderr)
    return exits.USAGE
