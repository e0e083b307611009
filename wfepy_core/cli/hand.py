"""`wfepy complete`, `skip` and `retry`: what an operator may do to a task."""

from __future__ import annotations

import sys

from wfepy_core import interventions
from wfepy_core.cli import exits
from wfepy_core.cli.parsing import add_reason
from wfepy_core.storage.state_file import read
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parsing import CommandParser


def add_complete(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Let a task count as done, as if it had returned true; the next pass decides what follows. No code\n"
        "runs. Who did it, when and why is kept in the history.",
        "wfepy complete release.wfstate sign --reason 'signed on paper'",
        "wfepy complete release.wfstate sign --dry-run",
    )
    _add_task(parser)


def add_skip(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Cancel a task: it is not run, its branch ends there, and join points stop waiting for it.",
        "wfepy skip release.wfstate legal --reason 'not needed for a patch release'",
    )
    _add_task(parser)


def add_retry(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Let the next pass run a task again: one that failed, waits or was interrupted, or one that is\n"
        "done. Where only a condition behind a task raised, that is evaluated again; the task is not run.",
        "wfepy retry release.wfstate upload --reason 'server is back'",
    )
    _add_task(parser)


def _add_task(parser: CommandParser) -> None:
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("task", metavar="TASK", help="name of the task")
    add_reason(parser)
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def run_complete(arguments: Namespace) -> int:
    """Let a task count as done."""
    return _run("complete", arguments)


def run_skip(arguments: Namespace) -> int:
    """Cancel a task."""
    return _run("skip", arguments)


def run_retry(arguments: Namespace) -> int:
    """Let the next pass run a task again."""
    return _run("retry", arguments)


_DO = {"complete": interventions.complete, "skip": interventions.skip, "retry": interventions.retry}


def _run(kind: str, arguments: Namespace) -> int:
    told = interventions.consequences(read(arguments.state), kind, arguments.task)
    if not arguments.dry_run:
        _DO[kind](arguments.state, arguments.task, reason=arguments.reason)
    print(told.sentence)
    sys.stdout.flush()
    for warning in told.warnings:
        print(f"note: {warning}", file=sys.stderr)
    return exits.DONE
