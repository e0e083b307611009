"""`wfepy why` and `wfepy preflight`."""

from __future__ import annotations

import os
import sys
import time

from wfepy_core.cli import exits
from wfepy_core.durations import moment
from wfepy_core.errors import WorkflowError
from wfepy_core.explain import why
from wfepy_core.storage.lock import read_holder
from wfepy_core.storage.state_file import read
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import Any

    from wfepy_core.cli.parsing import CommandParser
    from wfepy_core.explain import Cause, Why
    from wfepy_core.preflight import Follow, Preflight
    from wfepy_core.snapshot import Snapshot


def add_why(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "Why an instance, or one of its tasks, does not move: a sentence first, then the tree of causes,\n"
        "what comes before and after, the last results of conditions, and what can never be met. Runs no\n"
        "code of the workflow. For a task that failed, the traceback follows.",
        "wfepy why release.wfstate",
        "wfepy why release.wfstate publish",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("task", metavar="TASK", nargs="?", help="ask about this task (default: the instance)")


def run_why(arguments: Namespace) -> int:
    """Why it does not move."""
    snapshot = read(arguments.state)
    holder = read_holder(arguments.state)
    held_by = f"{holder.user} on {holder.host}, process {holder.pid}" if holder else ""
    found = why(snapshot, arguments.task, now=time.time_ns() // 1000, holder=held_by)
    print(found.sentence)
    _print_details(found)
    error = snapshot.record(arguments.task).error if arguments.task else None
    if error is not None and error.traceback:
        print(f"\n{error.traceback.rstrip()}")
    if snapshot.saved.at:
        print(f"\ntrue for generation {found.generation}, saved {moment(found.saved_at)}")
    return exits.DONE


def _print_details(found: Why) -> None:
    # A single cause without children says what the sentence said.
    if len(found.causes) > 1 or any(cause.children for cause in found.causes):
        print("\ncauses:")
        for cause in found.causes:
            _print_cause(cause, 1)
    if found.task:
        _print_names("waits for", found.upstream)
        _print_names("holds up", found.downstream)
    if found.conditions:
        print("\nconditions:")
    for one in found.conditions:
        result = f"raised {one.error}" if one.error else _RESULTS[one.result.name]
        print(f"  {one.source} → {one.dest}: {one.condition}: {result}")
    if found.never:
        print("\nnever:")
    for sentence in found.never:
        print(f"  {sentence}")


_RESULTS = {"TAKEN": "true", "NOT_TAKEN": "false", "UNDECIDED": "not asked yet"}


def _print_cause(cause: Cause, depth: int) -> None:
    print(f"{'  ' * depth}{cause.text} [{cause.status.value}]")
    for child in cause.children:
        _print_cause(child, depth + 1)


def _print_names(title: str, names: Sequence[str]) -> None:
    if names:
        print(f"\n{title}: {', '.join(names)}")


# -- preflight ----------------------------------------------------------------------------------------------


def add_preflight(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "What an advance would call now, in order, and what would follow under the present context. No task\n"
        "is run. Conditions are: the workflow's module is imported, and its conditions are evaluated on a\n"
        "copy of the context.",
        "wfepy preflight release.wfstate",
    )
    parser.add_argument("state", metavar="STATE", help="state file")


def run_preflight(arguments: Namespace) -> int:
    """What an advance would call now."""
    from wfepy_core.preflight import preflight

    snapshot = read(arguments.state)
    try:
        conditions = _Conditions(arguments.state, snapshot)
    except WorkflowError as error:
        from wfepy_core.migration import show_way_out

        show_way_out(error, arguments.state)
        raise
    _print_preflight(preflight(snapshot, conditions.evaluate))
    return exits.DONE


class _Conditions:
    """The conditions of the module an instance belongs to."""

    def __init__(self, path: str, snapshot: Snapshot) -> None:
        from wfepy_core.modules import check_drift, load

        folder = os.path.dirname(os.path.realpath(path))
        with _PrintsAside():
            self._workflow = load(snapshot.workflow.modules, folder).workflow
        check_drift(snapshot.graph, self._workflow)
        self._context = snapshot.context

    def evaluate(self, task: str, position: int) -> bool | Exception:
        """The result of one condition on a fresh copy of the context, or what it raised."""
        from wfepy_core.storage.codec import decode

        condition: Any = list(self._workflow.tasks[task].followed_by)[position].cond
        try:
            with _PrintsAside():
                return bool(condition(decode(self._context)))
        except Exception as error:  # noqa: BLE001  whatever a condition raises is told, not fatal
            return error


class _PrintsAside:
    """What user code prints goes to stderr: stdout is the answer."""

    def __enter__(self) -> None:
        self._stdout = sys.stdout
        sys.stdout = sys.stderr

    def __exit__(self, *_exception: object) -> None:
        sys.stdout = self._stdout


def _print_preflight(found: Preflight) -> None:
    if not found.steps:
        print("an advance would call nothing: no token can move")
        return
    calls = ", ".join(found.calls)
    print(f"an advance would call {calls} now" if calls else "an advance would call no task now")
    for step in found.steps:
        before = f" (called {step.attempts} times before)" if step.called and step.attempts else ""
        verb = "call" if step.called else "decide what follows"
        print(f"  {verb} {step.task}{before}")
        for follow in step.follows:
            print(f"    {_told(follow, certain=not step.called)}")
    if found.fires:
        print(f"join points nothing else can reach any more: {', '.join(found.fires)}")
    if found.would_fire:
        print(f"join points that would follow if all of these returned true: {', '.join(found.would_fire)}")
    if found.blocked:
        print(f"join points that stay blocked: {', '.join(found.blocked)}")


def _told(follow: Follow, *, certain: bool) -> str:
    if follow.taken is None:
        return f"→ {follow.dest}: {follow.condition} raises {follow.error}"
    goes = "taken" if follow.taken else "not taken"
    how = "" if certain else "if it returned true, "
    condition = f" ({follow.condition} is {str(follow.taken).lower()})" if follow.condition else ""
    return f"→ {follow.dest}: {how}{goes}{condition}"
