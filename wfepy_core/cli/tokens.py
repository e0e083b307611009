"""`wfepy tokens`."""

from __future__ import annotations

from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.cli.parser import add_dry_run, add_reason, add_wait
from wfepy_core.cli.several import when_free
from wfepy_core.errors import NoChangeError
from wfepy_core.model.actor import user_name
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import TaskState
from wfepy_core.operations import interventions
from wfepy_core.storage.state_edit import edit
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Show where an instance stands: its tokens. TASK=STATE gives a task a token of that state (READY:\n"
        "the next pass runs it; WAITING; COMPLETE: the next pass decides what follows), TASK= takes its\n"
        "token away. All are placed at once; who did it, when and why is kept in the history.",
        "wfepy tokens release.wfstate",
        "wfepy tokens release.wfstate sign= publish=READY --reason 'signed in another release'",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("items", nargs="*", metavar="TASK=STATE", help="tokens to place; none: show them")
    add_reason(parser)
    add_dry_run(parser)
    add_wait(parser)


def run(arguments: Namespace) -> int:
    """Show tokens, or place them."""
    snapshot = read(arguments.state)
    if not arguments.items:
        for name, state in snapshot.tokens:
            print_line(f"{name} {state.name}")
        return ExitCode.DONE
    try:
        states = _parse_items(arguments.items)
    except ValueError as error:
        write_error(f"wfepy: {error}", "`wfepy tokens --help` shows how")
        return ExitCode.USAGE

    by = user_name()

    def make(before: Snapshot) -> Intervened:
        tokens = interventions.tokens_with(before, states)
        return interventions.tokens_event(before, tokens, by=by, reason=arguments.reason)

    try:
        after = (
            apply(snapshot, [make(snapshot)])
            if arguments.dry_run
            else when_free(arguments.wait, partial(edit, arguments.state, make))
        )
    except NoChangeError as error:
        print_line(error.message)
        return ExitCode.DONE
    stands = ", ".join(f"{name} {state.name}" for name, state in after.tokens) or "no token"
    print_line(f"{arguments.state}: {instance_status(after).value}, stands at {stands}")
    return ExitCode.DONE


def _parse_items(items: list[str]) -> dict[str, TaskState | None]:
    states = dict(map(_parse_item, items))
    if len(states) < len(items):
        raise ValueError("a task is named twice; leave one out")
    return states


def _parse_item(item: str) -> tuple[str, TaskState | None]:
    name, equals, word = item.partition("=")
    if not name or not equals:
        raise ValueError(f"{item!r} is no TASK=STATE")
    if not word:
        return name, None
    if word not in _STATES:
        raise ValueError(f"{word!r} is no state of a token: it is one of {', '.join(_STATES)}")
    return name, _STATES[word]


_STATES = {
    state.name: state
    for state in (TaskState.NEW, TaskState.READY, TaskState.WAITING, TaskState.BLOCKED, TaskState.COMPLETE)
}
