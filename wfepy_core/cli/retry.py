"""`wfepy retry`."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.interventions import add_task_and_reason, intervene
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import retry

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Let the next pass run a task again: one that failed, waits or was interrupted, or one that is\n"
        "done. Where only a condition behind a task raised, that is evaluated again; the task is not run.\n"
        "What will be done is told; `wfepy tokens STATE TASK=READY` runs a task that is done all the same.",
        "wfepy retry release.wfstate upload --reason 'server is back'",
    )
    add_task_and_reason(parser)


def run(arguments: Namespace) -> int:
    """Let the next pass run a task again."""
    return intervene(InterventionKind.RETRY, retry, arguments)
