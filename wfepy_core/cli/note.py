"""`wfepy note`."""

from __future__ import annotations

from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line
from wfepy_core.cli.parser import add_wait
from wfepy_core.cli.several import when_free
from wfepy_core.operations.interventions import note

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Write a note into the history of an instance, with your name and the time. Nothing else changes.",
        "wfepy note release.wfstate 'called the lab, the certificate comes on Monday' --task sign",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("text", metavar="TEXT", help="what is to be remembered")
    parser.add_argument("--task", default="", metavar="TASK", help="which task it is about")
    add_wait(parser)


def run(arguments: Namespace) -> int:
    """Write a note into the history."""
    when_free(arguments.wait, partial(note, arguments.state, arguments.text, task=arguments.task))
    print_line(f"{arguments.state}: noted")
    return ExitCode.DONE
