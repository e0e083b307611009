"""`wfepy check`."""

from __future__ import annotations

import os

from wfepy_core.cli import exits
from wfepy_core.modules import load
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parsing import CommandParser


def add_check(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Import a workflow module and tell its mistakes, each with file, line and cure (exit 1):\n"
        "transitions that lead nowhere, no start point, no reachable end point, a join that never fires.",
        "wfepy check release.py",
    )
    parser.add_argument("module", nargs="+", metavar="MODULE", help="a .py file or a dotted name")


def run_check(arguments: Namespace) -> int:
    """Whether a workflow is sound; its mistakes are raised."""
    loaded = load(arguments.module, os.path.abspath(os.curdir))
    tasks = loaded.workflow.tasks
    transitions = sum(len(task.followed_by) for task in tasks.values())
    points = {
        "starts at": [name for name, task in tasks.items() if task.is_start_point],
        "ends at": [name for name, task in tasks.items() if task.is_end_point],
    }
    where = "; ".join(f"{word} {', '.join(names)}" for word, names in points.items() if names)
    print(f"{' '.join(arguments.module)} is sound: {len(tasks)} tasks, {transitions} transitions; {where}")
    return exits.DONE
