"""`wfepy output`; the name `output` is that of what every command prints with."""

from __future__ import annotations

import json
import re
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, one_line
from wfepy_core.cli.parser import positive
from wfepy_core.explain.why import require_task
from wfepy_core.plain_text import spell_out
from wfepy_core.storage.lock import read_holder
from wfepy_core.storage.output_lines import OutputReader, drop_overwritten
from wfepy_core.storage.state_file import read, read_head
from wfepy_core.time_text import moment_exact

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.storage.output_lines import OutputLine

_FOLLOW_S = 0.25
_COLOURS = re.compile(r"(\x1b\[[0-9;]*m)")


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "What the tasks of an instance printed and logged, whoever ran the pass, with its time and task:\n"
        "kept beside the state file, also when the pass was killed. The last megabytes are kept.",
        "wfepy output release.wfstate",
        "wfepy output release.wfstate build --last 50",
        "wfepy output release.wfstate --follow",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("task", nargs="?", default="", metavar="TASK", help="only what this task printed")
    parser.add_argument("--last", type=positive, metavar="N", help="only the last N lines")
    parser.add_argument("--follow", action="store_true", help="go on with what comes, until Ctrl+C")
    parser.add_argument("--json", action="store_true", help="for programs: JSON Lines")


def run(arguments: Namespace) -> int:
    """Print what tasks printed."""
    read_head(arguments.state)  # a path that is no state file is an error, not an empty output
    reader = OutputReader(arguments.state)
    lines = _of_task(reader.read_all(), arguments.task)
    is_running = read_holder(arguments.state) is not None
    if not (is_running or arguments.follow):
        lines += _of_task(reader.read_end(), arguments.task)
    if arguments.task and not lines:
        require_task(read(arguments.state), arguments.task)
    _print(lines[-arguments.last :] if arguments.last else lines, arguments)
    while arguments.follow:
        sys.stdout.flush()
        time.sleep(_FOLLOW_S)
        lines = _of_task(reader.read_new(), arguments.task)
        # What a long child process tells is wanted at once, even if nobody knows yet which task runs it.
        _print(lines if arguments.task else lines + reader.read_unmarked(), arguments)
    return ExitCode.DONE


def _of_task(lines: list[OutputLine], task: str) -> list[OutputLine]:
    return [line for line in lines if not task or task in line.task.split(", ")]


def _print(lines: list[OutputLine], arguments: Namespace) -> None:
    for line in lines:
        if arguments.json:
            print(json.dumps({"at": line.at, "task": line.task, "stream": line.stream, "text": line.text}))
        else:
            time_text = moment_exact(line.at) if line.at else "now"
            print(f"{time_text}  {one_line(line.task) or '-'}: {_escape_text(line.text)}")


def _escape_text(text: str) -> str:
    """A printed line without what it would make this terminal do, but for colours on one."""
    parts = _COLOURS.split(drop_overwritten(text))
    if sys.stdout.isatty():
        coloured = "".join(part if number % 2 else spell_out(part) for number, part in enumerate(parts))
        return f"{coloured}\x1b[0m" if len(parts) > 1 else coloured
    return spell_out("".join(parts[::2]))
