"""`wfepy graph`."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode
from wfepy_core.drawing.image import format_of, render
from wfepy_core.drawing.picture import Picture
from wfepy_core.storage.file_names import STATE_SUFFIX

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Draw the graph of an instance, with the status of every task, or of a workflow module into a file.\n"
        "The ending of its name says how: .svg, .png, .pdf, .dot or .mmd (Mermaid). For an instance no code\n"
        "of the workflow is run.",
        "wfepy graph release.wfstate -o release.svg",
        "wfepy graph release.py -o release.mmd",
    )
    parser.add_argument("source", metavar="STATE|MODULE", help="a state file, or a workflow module")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="picture to be written")
    parser.add_argument("--dark", action="store_true", help="on a dark background")


def run(arguments: Namespace) -> int:
    """Draw a graph into a file."""
    format_of(arguments.output)
    output = os.path.abspath(arguments.output)  # a module may change the working directory
    picture = _of_module(arguments.source) if _is_module(arguments.source) else _of_state(arguments.source)
    render(picture._replace(dark=arguments.dark), output)
    return ExitCode.DONE


def _is_module(source: str) -> bool:
    if source.endswith(STATE_SUFFIX):
        return False
    return source.endswith(".py") or (not os.path.exists(source) and source.replace(".", "").isidentifier())


def _of_module(module: str) -> Picture:
    from wfepy_core.engine.graph_description import graph_of
    from wfepy_core.loading.loader import load

    loaded = load([module], os.path.abspath(os.curdir))
    return Picture(graph_of(loaded.workflow, loaded.files), title=loaded.ref.name)


def _of_state(path: str) -> Picture:
    from datetime import UTC, datetime

    from wfepy_core.model.derived_status import instance_status, task_statuses, transition_statuses
    from wfepy_core.storage.state_file import read

    snapshot = read(path)
    saved = datetime.fromtimestamp(snapshot.saved.at / 1_000_000, UTC).astimezone()
    return Picture(
        snapshot.graph,
        task_statuses(snapshot),
        transition_statuses(snapshot),
        title=os.path.splitext(os.path.basename(path))[0],
        instance_status=instance_status(snapshot),
        generation=snapshot.generation,
        saved_at=saved if snapshot.saved.at else None,
    )
