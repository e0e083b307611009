"""`wfepy restore`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode
from wfepy_core.cli.parser import add_reason
from wfepy_core.model.derived_status import instance_status
from wfepy_core.operations.restore import restore_backup

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Go back to the previous version of a state file (NAME.wfstate.bak). Where the file itself cannot\n"
        "be read, what the journal says happened since is added, so that nothing is lost. The version that\n"
        "is replaced becomes the .bak: a second restore goes forth again.",
        "wfepy restore release.wfstate --reason 'wrong context value'",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    add_reason(parser)


def run(arguments: Namespace) -> int:
    """Go back to the previous version."""
    snapshot = restore_backup(arguments.state, reason=arguments.reason)
    status = instance_status(snapshot).value
    print(f"{arguments.state}: restored as generation {snapshot.generation}, {status}")
    return ExitCode.DONE
