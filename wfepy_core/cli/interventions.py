"""What `wfepy complete`, `skip` and `retry` share: an operator decides about one task."""

from __future__ import annotations

import sys
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.cli.parser import add_dry_run, add_reason, add_wait
from wfepy_core.cli.several import when_free
from wfepy_core.operations.interventions import consequences
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.model.status import InterventionKind


def add_task_and_reason(parser: CommandParser) -> None:
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("task", metavar="TASK", help="name of the task")
    add_reason(parser)
    add_dry_run(parser)
    add_wait(parser)


def intervene(kind: InterventionKind, operation: Callable[..., object], arguments: Namespace) -> int:
    """Carry an intervention out, unless it is only tried, and print its consequences.

    Args:
        kind: of the intervention, as `consequences` knows it.
        operation: what carries it out, called with state file, task and `reason`.
        arguments: those that `add_task_and_reason` declares.
    """
    expected = consequences(read(arguments.state), kind, arguments.task)
    if not arguments.dry_run:
        act = partial(operation, arguments.state, arguments.task, reason=arguments.reason)
        when_free(arguments.wait, act)
    print_line(expected.sentence)
    sys.stdout.flush()
    for warning in expected.warnings:
        write_error(f"note: {warning}")
    return ExitCode.DONE
