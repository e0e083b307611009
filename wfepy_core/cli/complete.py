"""`wfepy complete`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.interventions import add_task_and_reason, intervene
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import complete

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Let a task count as done, as if it had returned true; the next pass decides what follows. No code\n"
        "runs. Who did it, when and why is kept in the history.",
        "wfepy complete release.wfstate sign --reason 'signed on paper'",
        "wfepy complete release.wfstate sign --dry-run",
    )
    add_task_and_reason(parser)


def run(arguments: Namespace) -> int:
    """Let a task count as done."""
    return intervene(InterventionKind.COMPLETE, complete, arguments)
