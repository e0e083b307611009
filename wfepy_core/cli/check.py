"""`wfepy check`."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.loading.loader import load

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Import a workflow module and tell its mistakes, each with file, line and cure (exit 1):\n"
        "transitions that lead nowhere, no start point, no reachable end point, a join that never fires,\n"
        "tasks that are lost because their function is defined again.",
        "wfepy check release.py",
        "wfepy check release.py --json",
        outline=_OUTLINE,
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the workflow and its graph as a state file holds them; what the module prints goes to"
        " stderr",
    )
    parser.add_argument("module", nargs="+", metavar="MODULE", help="a .py file or a dotted name")


def run(arguments: Namespace) -> int:
    """Load a workflow, which raises its mistakes, and say what it consists of."""
    if arguments.json:
        return _print_graph(arguments.module)
    loaded = load(arguments.module, os.path.abspath(os.curdir))
    tasks = loaded.workflow.tasks
    transitions = sum(len(task.followed_by) for task in tasks.values())
    points = {
        "starts at": [name for name, task in tasks.items() if task.is_start_point],
        "ends at": [name for name, task in tasks.items() if task.is_end_point],
    }
    where = "; ".join(f"{word} {', '.join(names)}" for word, names in points.items() if names)
    be = "is" if len(arguments.module) == 1 else "are"
    counts = f"{_count_text(len(tasks), 'task')}, {_count_text(transitions, 'transition')}"
    print_line(f"{' '.join(arguments.module)} {be} sound: {counts}; {where}")
    sys.stdout.flush()
    for doubt in loaded.workflow.doubts():
        write_error(f"note: {doubt}")
    return ExitCode.DONE


def _print_graph(modules: Sequence[str]) -> int:
    from wfepy_core.cli.event_stream import EventStream
    from wfepy_core.storage.state_serialization import graph_text, workflow_text

    answer = EventStream()  # before the module is imported: its prints must not get into the answer
    loaded = load(modules, os.path.abspath(os.curdir))
    graph = graph_text(graph_of(loaded.workflow, loaded.files))
    answer.write_line(b'{"workflow": ' + workflow_text(loaded.ref) + b', "graph": ' + graph + b"}")
    return ExitCode.DONE


def _count_text(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


_OUTLINE = """\
what a workflow module looks like:
  from wfepy_core import Waiting, end_point, followed_by, start_point, task

  @task()
  @start_point()
  @followed_by("publish")
  def sign(context):
      return context.get("signed", False) or Waiting("no signature yet")

  @task()
  @end_point()
  def publish(context):
      context["published"] = True
      return True
"""
