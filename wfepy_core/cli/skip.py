"""`wfepy skip`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.interventions import add_task_and_reason, intervene
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import skip

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Cancel a task: it is not run, its branch ends there, and join points stop waiting for it.",
        "wfepy skip release.wfstate legal --reason 'not needed for a patch release'",
    )
    add_task_and_reason(parser)


def run(arguments: Namespace) -> int:
    """Cancel a task."""
    return intervene(InterventionKind.SKIP, skip, arguments)
