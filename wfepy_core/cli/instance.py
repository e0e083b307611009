"""`wfepy new` and `wfepy import`: where state files come from."""

from __future__ import annotations

import sys

from wfepy_core.cli import exits
from wfepy_core.cli.parsing import add_module, assignment, json_value, modules_seen_from
from wfepy_core.context_path import changed
from wfepy_core.instances import import_legacy, new_instance
from wfepy_core.storage.codec import decode
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from wfepy_core.cli.parsing import CommandParser


def add_new(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Start an instance of a workflow: makes its state file. No task is run; the first pass begins.",
        "wfepy new instances/1.4.wfstate --module release.py --set version=1.4",
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
    try:
        context = _context(arguments)
    except ValueError as error:
        print(f"wfepy: {error}\n  `wfepy new --help` shows how", file=sys.stderr)
        return exits.USAGE
    modules = modules_seen_from(arguments.state, arguments.module)
    snapshot = new_instance(arguments.state, modules, decode(context))
    starts = ", ".join(name for name, _ in snapshot.tokens)
    print(f"{arguments.state}: new, begins with {starts}")
    return exits.DONE


def _context(arguments: Namespace) -> Any:
    context = json_value(arguments.context, strict=True)
    for item in arguments.set:
        key, value = assignment(item)
        context = changed(context, key, value)
    return context


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
    modules = modules_seen_from(arguments.state, arguments.module)
    snapshot = import_legacy(arguments.legacy, arguments.state, modules)
    names = ", ".join(name for name, _ in snapshot.tokens)
    print(f"{arguments.state}: imported, stands at {names}" if names else f"{arguments.state}: imported")
    return exits.DONE
