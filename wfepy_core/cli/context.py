"""`wfepy context get|set|unset`."""

from __future__ import annotations

from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.arguments import assignment_text, parse_assignments
from wfepy_core.cli.output import ExitCode, print_json, print_line, write_error
from wfepy_core.cli.parser import add_reason, add_wait
from wfepy_core.cli.several import is_state_name, run_each, state_files, when_free
from wfepy_core.errors import CodecError, InterventionError, NoChangeError
from wfepy_core.operations.context_path import value_at
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Show, set or remove context values.\n\n"
        "A place is a key, or a path into its value: builds[3].name. Type a key that has dots as it is.\n"
        "A value is JSON where it reads as JSON, else text; @FILE is the content of a file, @- of stdin.\n"
        "A number is one that JSON would write in the same way: 1.1 and 300 are numbers; 1.10, 007 and\n"
        "1e5 are text. --text and --json decide for all. The answer says what each was taken for.\n"
        'Other types are written with their tag, as in the state file: {"$datetime": "2026-12-01T00:00"},\n'
        '{"$set": ["a", "b"]}, {"$decimal": "1.50"}. A change is journaled, with the previous values.',
        "wfepy context get release.wfstate",
        "wfepy context get release.wfstate due builds[0]",
        "wfepy context set release.wfstate approved=true name=spring --reason 'call with QA'",
        """wfepy context set release.wfstate 'due={"$datetime": "2026-12-01T09:00:00+01:00"}'""",
        "wfepy context unset release.wfstate override",
        "wfepy context set spring.wfstate autumn.wfstate approved=true",
    )
    parser.add_argument("action", choices=("get", "set", "unset"))
    parser.add_argument(
        "state", metavar="STATE", help="state file; with set and unset more, and folders, may follow"
    )
    parser.add_argument("items", nargs="*", metavar="KEY[=VALUE]", help="places; none with get: everything")
    add_reason(parser)
    add_wait(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--json", action="store_true", help="set: refuse a VALUE that is no JSON")
    kind.add_argument("--text", action="store_true", help="set: take VALUE as text, whatever it looks like")


def run(arguments: Namespace) -> int:
    """Show or change the context."""
    if arguments.action == "get":
        return _get(arguments)
    states, items = _states_and_items(arguments)
    if not items:
        example = "KEY=VALUE" if arguments.action == "set" else "KEY"
        write_error(f"wfepy: nothing to {arguments.action}", f"name at least one {example}")
        return ExitCode.USAGE
    try:
        values = _values(arguments, items) if arguments.action == "set" else {}
    except ValueError as error:
        write_error(f"wfepy: {error}", "`wfepy context --help` shows how")
        return ExitCode.USAGE
    unset = items if arguments.action == "unset" else []
    is_alone = len(states) == 1 and states[0] == arguments.state
    return run_each(states, "context", partial(_change, arguments, values, unset, is_alone=is_alone))


def _states_and_items(arguments: Namespace) -> tuple[list[str], list[str]]:
    """The state files that are named, and the places."""
    count = next(
        (n for n, word in enumerate(arguments.items) if not is_state_name(word)), len(arguments.items)
    )
    return state_files([arguments.state, *arguments.items[:count]]), arguments.items[count:]


def _change(
    arguments: Namespace, values: dict[str, object], unset: list[str], state: str, *, is_alone: bool
) -> int:
    from wfepy_core.operations.interventions import edit_context

    before = read(state).context
    where = "" if is_alone else f"{state}: "
    try:
        when_free(arguments.wait, partial(edit_context, state, values, unset, reason=arguments.reason))
    except NoChangeError as error:
        print_line(f"{where}{error.message}")
        return ExitCode.DONE
    except CodecError as error:
        write_error(f"wfepy: {error.message}", "correct the value")
        return ExitCode.USAGE
    for path, value in values.items():
        print_line(f"{where}{assignment_text(path, value)} (was: {_preview_at(before, path)})")
    for path in unset:
        print_line(f"{where}{path} removed (was: {_preview_at(before, path)})")
    return ExitCode.DONE


def _preview_at(context: object, path: str) -> str:
    try:
        return preview(value_at(context, path))
    except InterventionError:
        return "not set"


def _values(arguments: Namespace, items: list[str]) -> dict[str, object]:
    kind = "json" if arguments.json else "text" if arguments.text else ""
    return parse_assignments(items, kind=kind)


def _get(arguments: Namespace) -> int:
    context = read(arguments.state).context
    items = arguments.items
    values = {item: value_at(context, item) for item in items}
    values_or_all = context if not items else values[items[0]] if len(items) == 1 else values
    print_json(values_or_all, indent=2)
    return ExitCode.DONE
