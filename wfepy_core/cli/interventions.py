"""`wfepy complete`, `skip`, `retry` and `tokens`: what an operator may do to where an instance stands."""

from __future__ import annotations

import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli import exits
from wfepy_core.cli.parser import add_reason
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


def add_tokens(parser: CommandParser) -> None:
    """Its arguments."""
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
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


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


def run_tokens(arguments: Namespace) -> int:
    """Show tokens, or place them."""
    snapshot = read(arguments.state)
    if not arguments.items:
        for name, state in snapshot.tokens:
            print(f"{name} {state.name}")
        return exits.DONE
    try:
        wanted = dict(map(_token, arguments.items))
    except ValueError as error:
        print(f"wfepy: {error}\n  `wfepy tokens --help` shows how", file=sys.stderr)
        return exits.USAGE

    by = user_name()

    def make(before: Snapshot) -> Intervened:
        tokens = interventions.tokens_with(before, wanted)
        return interventions.tokens_event(before, tokens, by=by, reason=arguments.reason)

    try:
        after = apply(snapshot, [make(snapshot)]) if arguments.dry_run else edit(arguments.state, make)
    except NoChangeError as error:
        print(error.message)
        return exits.DONE
    stands = ", ".join(f"{name} {state.name}" for name, state in after.tokens) or "no token"
    print(f"{arguments.state}: {instance_status(after).value}, stands at {stands}")
    return exits.DONE


def _token(item: str) -> tuple[str, TaskState | None]:
    name, equals, word = item.partition("=")
    if not name or not equals:
        raise ValueError(f"{item!r} is no TASK=STATE")
    if not word:
        return name, None
    if word not in _PLACED:
        raise ValueError(f"{word!r} is no state of a token: it is one of {', '.join(_PLACED)}")
    return name, _PLACED[word]


_PLACED = {
    state.name: state
    for state in (TaskState.NEW, TaskState.READY, TaskState.WAITING, TaskState.BLOCKED, TaskState.COMPLETE)
}
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
