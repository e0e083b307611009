"""`wfepy import`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.arguments import check_new_path
from wfepy_core.cli.output import ExitCode, print_line
from wfepy_core.cli.parser import add_module, modules_seen_from
from wfepy_core.operations.create import import_legacy

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Make a state file of a file that the package wfepy 0.1.1 dumped (a pickle). It is read as data:\n"
        "nothing in it is run or imported. What cannot be taken over is refused with its reason.",
        "wfepy import old/release.pickle instances/release.wfstate --module release.py",
    )
    parser.add_argument("legacy", metavar="LEGACY", help="the dumped file; it is not changed")
    parser.add_argument("state", metavar="STATE", help="state file to be made")
    add_module(parser)


def run(arguments: Namespace) -> int:
    """Make a state file of a dump of wfepy 0.1.1."""
    check_new_path(arguments.state)
    modules = modules_seen_from(arguments.state, arguments.module)
    snapshot = import_legacy(arguments.legacy, arguments.state, modules)
    names = ", ".join(name for name, _ in snapshot.tokens)
    print_line(f"{arguments.state}: imported, stands at {names}" if names else f"{arguments.state}: imported")
    return ExitCode.DONE
