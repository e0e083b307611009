"""`wfepy fork`."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line
from wfepy_core.cli.parser import modules_seen_from
from wfepy_core.model.derived_status import instance_status
from wfepy_core.storage.file_names import SANDBOX_SUFFIX
from wfepy_core.storage.sandbox import fork
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Copy an instance, as it is now, into a sandbox to try things on. The instance is only read.\n"
        f"A sandbox is marked by its name, which ends in {SANDBOX_SUFFIX}: `advance FOLDER`, `watch` and\n"
        "timers pass over it; `advance` runs it when it is named. Its tasks are the real ones: what they do\n"
        "in the world they do.",
        "wfepy fork release.wfstate",
        "wfepy fork release.wfstate trials/without-legal.sandbox.wfstate",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument(
        "sandbox",
        metavar="SANDBOX",
        nargs="?",
        default="",
        help=f"the copy to be made, NAME{SANDBOX_SUFFIX} (default: beside STATE)",
    )


def run(arguments: Namespace) -> int:
    """Copy an instance into a sandbox."""
    state, target = arguments.state, arguments.sandbox
    path = fork(state, target, modules=_modules(state, target) if target else None)
    print_line(f"{path}: a sandbox of {state}, {instance_status(read(path)).value}")
    return ExitCode.DONE


def _modules(state: str, target: str) -> list[str] | None:
    """The modules of an instance as its copy has to name them; None: under the same names."""
    folder, there = (os.path.dirname(os.path.realpath(path)) for path in (state, target))
    if there == folder or not os.path.isdir(there):
        return None
    named = read(state).workflow.modules
    files = [os.path.join(folder, name) for name in named]
    return [
        modules_seen_from(target, [file])[0] if os.path.isfile(file) else name
        for file, name in zip(files, named, strict=True)
    ]
