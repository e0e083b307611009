"""`wfepy why`."""

from __future__ import annotations

import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.last_pass import last_pass_text, obstacle_text
from wfepy_core.cli.output import ExitCode, one_line, print_line
from wfepy_core.explain.cause_tree import WAITS_FOR_OTHERS
from wfepy_core.explain.list_text import and_more, first_names
from wfepy_core.explain.why import why
from wfepy_core.plain_text import spell_out
from wfepy_core.storage.lock import read_holder
from wfepy_core.storage.state_file import read
from wfepy_core.time_text import moment

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.explain.cause_tree import Cause
    from wfepy_core.explain.why import Why
    from wfepy_core.model.snapshot import Snapshot


_WHOLE = 2000
"""Characters of a text that are shown: here somebody wants to know."""

_NAMED = 40
"""Names in one list, and conditions."""


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Why an instance, or one of its tasks, does not move: a sentence first, then the tree of causes,\n"
        "what comes before and after, the last results of conditions, and what can never be met. Runs no\n"
        "code of the workflow. For a task that failed, the traceback follows.",
        "wfepy why release.wfstate",
        "wfepy why release.wfstate publish",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("task", metavar="TASK", nargs="?", help="ask about this task (default: the instance)")


def run(arguments: Namespace) -> int:
    """Print why an instance or a task does not move."""
    snapshot = read(arguments.state)
    holder = read_holder(arguments.state)
    held_by = f"{holder.user} on {holder.host}, process {holder.pid}" if holder else ""
    now = time.time_ns() // 1000
    answer = why(snapshot, arguments.task, now=now, holder=held_by)
    if snapshot.last_pass is not None and (obstacle := obstacle_text(snapshot.last_pass, arguments.state)):
        print_line(obstacle)
    print_line(one_line(answer.sentence, _WHOLE))
    _print_details(answer)
    failed = [arguments.task] if arguments.task else _failed(snapshot)
    error = snapshot.record(failed[0]).error if len(failed) == 1 else None
    if error is not None and error.traceback:
        print_line("")
        print(spell_out(error.traceback.rstrip()))
    elif len(failed) > 1:
        print_line("")
        print_line(
            f"`wfepy why {arguments.state} {failed[0]}` shows the traceback, and likewise for the others"
        )
    if snapshot.saved.at:
        print_line("")
        print_line(f"true for generation {answer.generation}, saved {moment(answer.saved_at)}")
    if snapshot.last_pass is not None:
        print_line(last_pass_text(snapshot.last_pass, now))
    return ExitCode.DONE


def _failed(snapshot: Snapshot) -> list[str]:
    """Tasks whose record has an error: they failed, or a condition behind them did."""
    names = dict.fromkeys(name for name, _ in snapshot.tokens)
    return [name for name in names if snapshot.record(name).error is not None]


def _print_details(answer: Why) -> None:
    # A single cause without children says what the sentence said.
    if len(answer.causes) > 1 or any(cause.children for cause in answer.causes):
        print_line("")
        print_line("causes:")
        for cause in answer.causes:
            _print_cause(cause, 1)
        if answer.more:
            print_line(f"  {and_more(answer.more)}")
    if answer.task:
        waits = answer.causes[0].status in WAITS_FOR_OTHERS
        _print_names("waits for" if waits else "tokens that can still arrive", answer.upstream)
        _print_names("comes after it", answer.downstream)
    if answer.conditions:
        print_line("")
        print_line("conditions:")
    for one in answer.conditions[:_NAMED]:
        line = f"{one.source} → {one.dest}: {one.condition}: {one.in_words()}"
        print_line(f"  {one_line(line, _WHOLE)}")
    if len(answer.conditions) > _NAMED:
        print_line(f"  {and_more(len(answer.conditions) - _NAMED)}")
    if answer.never:
        print_line("")
        print_line("never:")
    for sentence in answer.never:
        print_line(f"  {one_line(sentence, _WHOLE)}")


def _print_cause(cause: Cause, depth: int) -> None:
    print_line(f"{'  ' * depth}{one_line(cause.text, _WHOLE)} [{cause.status.value}]")
    for child in cause.children:
        _print_cause(child, depth + 1)
    if cause.more:
        print_line(f"{'  ' * (depth + 1)}{and_more(cause.more)}")


def _print_names(title: str, names: Sequence[str]) -> None:
    if names:
        print_line("")
        print_line(f"{title}: {first_names(names, _NAMED)}")
