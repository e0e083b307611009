"""`wfepy restore`."""

from __future__ import annotations

from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.moments import changes_text, is_confirmed, moment_of, print_past
from wfepy_core.cli.output import ExitCode, one_line, print_line
from wfepy_core.cli.parser import add_dry_run, add_reason, add_wait
from wfepy_core.cli.several import when_free
from wfepy_core.errors import HistoryError, StateFileError
from wfepy_core.explain.event_text import event_text, sentence
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import ConditionFailed, Intervened, TaskEnded
from wfepy_core.model.status import CHANGES_NOTHING, TaskState
from wfepy_core.operations.restore import Versions, restore_backup, restore_moment
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.moments import Moment
from wfepy_core.storage.outside_changes import past_with_unnoted
from wfepy_core.storage.state_file import read, read_head
from wfepy_core.time_text import moment_exact

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.model.events import Event
    from wfepy_core.storage.moments import Past

_MOST_TOLD = 20
"""Events that are told one by one before they are undone."""


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Go back to the previous version of a state file (NAME.wfstate.bak). Where the file itself cannot\n"
        "be read, what the journal says happened since is added, so that nothing is lost. The version that\n"
        "is replaced becomes the .bak: a second restore goes forth again. With --to, go back to any moment\n"
        "of the history. What is undone is told before, and on a terminal it is asked. What tasks did in\n"
        "the world is not undone: tasks that are undone run again.",
        "wfepy restore release.wfstate --reason 'wrong context value'",
        "wfepy restore release.wfstate --to 14 --dry-run",
        "wfepy restore release.wfstate --to '2026-11-22 10:05' --yes",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument(
        "--to", type=moment_of, metavar="GENERATION|TIME", help="go back to this moment of the history"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_reason(parser)
    add_dry_run(parser)
    add_wait(parser)


def run(arguments: Namespace) -> int:
    """Go back to the previous version, or to a moment."""
    if arguments.to is not None:
        return _restore_moment(arguments)
    return _restore_previous(arguments)


def _restore_previous(arguments: Namespace) -> int:
    state = arguments.state
    versions, past = _look_at_previous(state)
    if past is not None:
        _tell_undone(past)
    if arguments.dry_run:
        if past is None:
            print_line("what would be undone is not known: the file, or its history, cannot be read")
        return ExitCode.DONE
    question = "Go back to the previous version?"
    if past is not None and not arguments.yes and is_confirmed(question) is False:
        print_line(f"{state}: nothing was changed")
        return ExitCode.DONE
    go_back = partial(restore_backup, state, reason=arguments.reason, expected=versions)
    snapshot = when_free(arguments.wait, go_back)
    status = instance_status(snapshot).value
    print_line(f"{state}: restored as generation {snapshot.generation}, {status}")
    return ExitCode.DONE


def _look_at_previous(state: str) -> tuple[Versions | None, Past | None]:
    """The two versions, and what happened between them; None where the file or its history is unreadable."""
    try:
        present = read(state).generation
        backup = read_head(state + BACKUP_SUFFIX).generation
        return Versions(backup, present), past_with_unnoted(state, Moment(generation=backup))
    except (StateFileError, HistoryError):
        return None, None


def _restore_moment(arguments: Namespace) -> int:
    state = arguments.state
    seen = read(state).generation
    past = past_with_unnoted(state, arguments.to)
    print_past(state, past.snapshot)
    print_line("")
    _tell_undone(past)
    if arguments.dry_run:
        return ExitCode.DONE
    if not arguments.yes and is_confirmed(f"Go back to generation {past.snapshot.generation}?") is False:
        print_line(f"{state}: nothing was changed")
        return ExitCode.DONE
    go_back = partial(restore_moment, state, arguments.to, reason=arguments.reason, expected_generation=seen)
    snapshot = when_free(arguments.wait, go_back)
    status = instance_status(snapshot).value
    print_line(f"{state}: restored generation {past.snapshot.generation} as {snapshot.generation}, {status}")
    return ExitCode.DONE


def _tell_undone(past: Past) -> None:
    undone = [event for event in past.since if _counts(event)]
    if not undone:
        print_line("nothing that was done since is undone")
        return
    print_line("what was done since, and is undone:")
    for event in undone[:_MOST_TOLD]:
        print_line(f"  {moment_exact(event.at)}  {one_line(sentence(event_text(event, changes_text)))}")
    if len(undone) > _MOST_TOLD:
        print_line(f"  and {len(undone) - _MOST_TOLD} more; `wfepy history` shows them")


def _counts(event: Event) -> bool:
    """Whether an event did something that going back undoes."""
    if isinstance(event, TaskEnded):
        return event.state is not TaskState.WAITING or bool(event.changes)
    if isinstance(event, Intervened):
        return event.kind not in CHANGES_NOTHING
    return isinstance(event, ConditionFailed)
