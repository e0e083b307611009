"""`wfepy diff`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.moments import moment_of
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.operations.differences import differences, lines_of
from wfepy_core.storage.moments import look_back
from wfepy_core.storage.state_file import read, read_document

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "What differs between two instances, or between an instance and what it was, in words: status,\n"
        "where it stands, its tasks, and the context by path. The exit code is 0\n"
        "whether anything differs or not.\n"
        "With --textconv, one state file as lines, for `git diff`:\n"
        "  echo '*.wfstate diff=wfstate' >> .gitattributes\n"
        "  git config diff.wfstate.textconv 'wfepy diff --textconv'",
        "wfepy diff spring.wfstate autumn.wfstate",
        "wfepy diff release.wfstate.bak release.wfstate",
        "wfepy diff release.wfstate --at '2026-11-22 10:05'",
    )
    parser.add_argument(
        "states", nargs="+", metavar="STATE", help="two state files; one with --at or --textconv"
    )
    parser.add_argument(
        "--at", type=moment_of, metavar="GENERATION|TIME", help="compare what the first was at this moment"
    )
    parser.add_argument(
        "--textconv", action="store_true", help="print what one file says as lines, without its journal"
    )


def run(arguments: Namespace) -> int:
    """Print what differs."""
    states, at = arguments.states, arguments.at
    wanted = (1,) if arguments.textconv else (2,) if at is None else (1, 2)
    if len(states) not in wanted or (arguments.textconv and at is not None):
        what = "one state file" if arguments.textconv else "two state files, or one and --at"
        write_error(f"wfepy: {what} wanted", "`wfepy diff --help` shows how")
        return ExitCode.USAGE
    if arguments.textconv:
        lines = lines_of(read_document(states[0]).snapshot())
    else:
        before = read(states[0]) if at is None else look_back(states[0], at).snapshot
        lines = differences(before, read(states[-1]))
    is_empty = True
    for line in lines:
        is_empty = False
        print_line(line)
    if is_empty:
        print_line("nothing differs")
    return ExitCode.DONE
