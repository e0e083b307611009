"""`wfepy new` and `wfepy import`: where state files come from."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli import exits
from wfepy_core.cli.context import told
from wfepy_core.cli.parser import add_module, assignment, json_value, looks_like_a_number, modules_seen_from
from wfepy_core.errors import CodecError, InterventionError
from wfepy_core.operations.context_path import changed
from wfepy_core.operations.create import import_legacy, new_instance
from wfepy_core.passes.fleet import SUFFIX
from wfepy_core.storage.codec import decode

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from wfepy_core.cli.parser import CommandParser


def add_new(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Start an instance of a workflow: makes its state file. No task is run; the first pass begins.\n"
        "A value is JSON where it reads as JSON, else text. A number is one that JSON writes so: 1.1 and\n"
        "300 are; 1.10, 007 and 1e5 are text.",
        "wfepy new instances/spring.wfstate --module release.py --set name=spring --set days=14",
        "wfepy new order.wfstate --module order.py --context @order.json",
    )
    parser.add_argument("state", metavar="STATE", help="state file to be made, NAME.wfstate")
    add_module(parser)
    parser.add_argument(
        "--context", default="{}", metavar="JSON|@FILE", help="the context at the start (an empty object)"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="one context value; may be repeated"
    )


def run_new(arguments: Namespace) -> int:
    """Start an instance."""
    _check_place(arguments.state)
    try:
        values = [assignment(item) for item in arguments.set]
        context = _context(arguments.context, values)
    except ValueError as error:
        print(f"wfepy: {error}\n  `wfepy new --help` shows how", file=sys.stderr)
        return exits.USAGE
    modules = modules_seen_from(arguments.state, arguments.module)
    snapshot = new_instance(arguments.state, modules, context)
    starts = ", ".join(name for name, _ in snapshot.tokens)
    print(f"{arguments.state}: new, begins with {starts}")
    for key, value in values:
        if looks_like_a_number(value):
            print(f"  {told(key, value)} was taken as text; JSON would write that number in another way")
    return exits.DONE


def _check_place(state: str) -> None:
    """Whether a state file can be made there, before anything else is done.

    Raises:
        InterventionError: it has no name that folder commands find, exists, or its folder does not.
    """
    folder = os.path.dirname(state) or os.curdir
    if not os.path.basename(state).removesuffix(SUFFIX) or not state.endswith(SUFFIX):
        name = f"{os.path.splitext(state)[0].rstrip('/')}{SUFFIX}"
        raise InterventionError(
            f"{state} is no name for a state file", hint=f"name it {name}: folders are searched for *{SUFFIX}"
        )
    if os.path.lexists(state):
        raise InterventionError(
            f"{state} exists already", hint="choose another name, or move that file away first"
        )
    if not os.path.isdir(folder):
        raise InterventionError(f"the folder {folder} does not exist", hint="create it, or correct the path")


def _context(text: str, values: list[tuple[str, Any]]) -> Any:
    context = json_value(text, strict=True)
    for key, value in values:
        context = changed(context, key, value)
    try:
        decoded = decode(context)
    except CodecError as error:
        raise ValueError(error.message) from None
    if type(decoded) is not dict:
        raise ValueError(f"the context must be a JSON object, not {text[:60]}")
    return decoded


def add_import(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Make a state file of a file that the package wfepy 0.1.1 dumped (a pickle). It is read as data:\n"
        "nothing in it is run or imported. What cannot be taken over is refused with its reason.",
        "wfepy import old/release.pickle instances/release.wfstate --module release.py",
    )
    parser.add_argument("legacy", metavar="LEGACY", help="the dumped file; it is not changed")
    parser.add_argument("state", metavar="STATE", help="state file to be made")
    add_module(parser)


def run_import(arguments: Namespace) -> int:
    """Import a legacy dump."""
    _check_place(arguments.state)
    modules = modules_seen_from(arguments.state, arguments.module)
    snapshot = import_legacy(arguments.legacy, arguments.state, modules)
    names = ", ".join(name for name, _ in snapshot.tokens)
    print(f"{arguments.state}: imported, stands at {names}" if names else f"{arguments.state}: imported")
    return exits.DONE
