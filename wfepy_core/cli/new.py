"""`wfepy new`."""

from __future__ import annotations

from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.arguments import (
    assignment_text,
    check_new_path,
    looks_like_number,
    parse_assignments,
    parse_value,
)
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.cli.parser import add_module, modules_seen_from
from wfepy_core.cli.several import run_each
from wfepy_core.errors import CodecError
from wfepy_core.operations.context_path import with_value
from wfepy_core.operations.create import new_instance
from wfepy_core.storage.codec import decode

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Start an instance of a workflow: makes its state file. No task is run; the first pass begins.\n"
        "A value is JSON where it reads as JSON, else text. A number is one that JSON writes so: 1.1 and\n"
        "300 are; 1.10, 007 and 1e5 are text.",
        "wfepy new instances/spring.wfstate --module release.py --set name=spring --set days=14",
        "wfepy new order.wfstate --module order.py --context @order.json",
        "wfepy new ada.wfstate bob.wfstate --module laptop.py --set remote=true",
    )
    parser.add_argument("states", nargs="+", metavar="STATE", help="state files to be made, NAME.wfstate")
    add_module(parser)
    parser.add_argument(
        "--context", default="{}", metavar="JSON|@FILE", help="the context at the start (an empty object)"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="one context value; may be repeated"
    )


def run(arguments: Namespace) -> int:
    """Make the state files of new instances."""
    try:
        values = parse_assignments(arguments.set)
        context = _initial_context(arguments.context, values)
    except ValueError as error:
        write_error(f"wfepy: {error}", "`wfepy new --help` shows how")
        return ExitCode.USAGE
    return run_each(arguments.states, "new", partial(_make, arguments.module, context, values))


def _make(modules: list[str], context: Any, values: dict[str, Any], state: str) -> int:
    check_new_path(state)
    snapshot = new_instance(state, modules_seen_from(state, modules), context)
    starts = ", ".join(name for name, _ in snapshot.tokens)
    print_line(f"{state}: new, begins with {starts}")
    for key, value in values.items():
        if looks_like_number(value):
            text = assignment_text(key, value)
            print_line(f"  {text} was taken as text; JSON would write that number in another way")
    return ExitCode.DONE


def _initial_context(text: str, values: dict[str, Any]) -> Any:
    context = parse_value(text, strict=True)
    for key, value in values.items():
        context = with_value(context, key, value)
    try:
        decoded = decode(context)
    except CodecError as error:
        raise ValueError(error.message) from None
    if type(decoded) is not dict:
        raise ValueError(f"the context must be a JSON object, not {text[:60]}")
    return decoded
