"""`wfepy preflight`."""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.arguments import parse_assignments
from wfepy_core.cli.output import ExitCode, print_json, print_line, write_error
from wfepy_core.engine.task_result import as_decision
from wfepy_core.errors import StateConflictError, WorkflowError
from wfepy_core.explain.preflight import as_json, preflight, what_if
from wfepy_core.model.events import Intervened
from wfepy_core.model.events import decode as decode_event
from wfepy_core.model.snapshot import apply
from wfepy_core.operations.context_path import with_value, without_value
from wfepy_core.storage.codec import decode
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from typing import Any

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.explain.preflight import Follow, Preflight, Trial
    from wfepy_core.model.snapshot import Snapshot


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "What an advance would call now, in order, and what would follow under the present context. No task\n"
        "is run. Conditions are: the workflow's module is imported, and its conditions are evaluated on a\n"
        "copy of the context. With --set and --unset they are evaluated as if the context had those values,\n"
        "and what differs from now is told; nothing is saved.",
        "wfepy preflight release.wfstate",
        "wfepy preflight release.wfstate --set approved=true",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="try a context value on a copy; may be repeated",
    )
    parser.add_argument(
        "--unset", action="append", default=[], metavar="KEY", help="try without a context value"
    )
    parser.add_argument(
        "--changes",
        default="",
        metavar="FILE|-",
        help="for programs: changes by hand to try on a copy, as lines of a journal; - reads them from stdin",
    )
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object on stdout")


def run(arguments: Namespace) -> int:
    """Print what an advance would call now."""
    if arguments.json:
        from wfepy_core.passes.process_guard import die_with_parent

        die_with_parent()
    snapshot = read(arguments.state)
    try:
        tried = _with_changes(snapshot, arguments)
    except ValueError as error:
        write_error(f"wfepy: {error}", "`wfepy preflight --help` shows how")
        return ExitCode.USAGE
    decode(tried.context)  # refuses a tag without meaning here, not in every condition
    try:
        conditions = _Conditions(arguments.state, snapshot)
    except WorkflowError as error:
        from wfepy_core.loading.drift import name_way_out

        name_way_out(error, arguments.state)
        raise
    expected = preflight(tried, conditions.under(tried.context))
    trials: tuple[Trial, ...] = ()
    if arguments.json or tried is not snapshot:
        trials = what_if(snapshot, conditions.under(snapshot.context), conditions.under(tried.context))
    if arguments.json:
        print_json(as_json(expected, trials))
        return ExitCode.DONE
    if tried is not snapshot:
        _print_flips(trials)
    _print_preflight(expected)
    return ExitCode.DONE


def _with_changes(snapshot: Snapshot, arguments: Namespace) -> Snapshot:
    """The instance with the changes to try; the same object where there are none.

    Raises:
        ValueError: a change makes no sense.
        StateConflictError: the changes were made on another generation.
    """
    tried = snapshot
    if arguments.changes:
        events = _events(arguments.changes)
        if any(event.generation != snapshot.generation for event in events):
            raise StateConflictError(
                f"{arguments.state} is at generation {snapshot.generation}, the changes were made on another",
                path=arguments.state,
                hint="look at it again, then make them anew",
            )
        tried = apply(snapshot, events)
    context = tried.context
    for key, value in parse_assignments(arguments.set).items():
        context = with_value(context, key, value)
    for key in arguments.unset:
        context = without_value(context, key)
    return tried if context is tried.context else tried._replace(context=context)


def _events(place: str) -> list[Intervened]:
    """The changes in a file or from stdin; not from the command line, which everybody here can read."""
    try:
        if place == "-":
            lines = sys.stdin.buffer.read().splitlines()
        else:
            with open(place, "rb") as file:
                lines = file.read().splitlines()
        events = [decode_event(line) for line in lines if line.strip()]
    except OSError as error:
        raise ValueError(f"--changes {place}: {error.strerror or error}") from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ValueError(f"--changes {place}: a line of it is no line of a journal") from None
    if not all(isinstance(event, Intervened) for event in events):
        raise ValueError(f"--changes {place}: only changes by hand can be tried")
    return [event for event in events if isinstance(event, Intervened)]


class _Conditions:
    """The conditions of the module an instance belongs to."""

    def __init__(self, path: str, snapshot: Snapshot) -> None:
        from wfepy_core.loading.drift import check_drift
        from wfepy_core.loading.loader import load

        folder = os.path.dirname(os.path.realpath(path))
        with _PrintsToStderr():
            self._workflow = load(snapshot.workflow.modules, folder).workflow
        check_drift(snapshot.graph, self._workflow)

    def under(self, context: Any) -> Callable[[str, int], bool | Exception]:
        """What evaluates a condition, by task and position, on a fresh copy of a context in JSON form."""

        def evaluate(task: str, position: int) -> bool | Exception:
            condition: Any = list(self._workflow.tasks[task].followed_by)[position].cond
            try:
                with _PrintsToStderr():
                    return as_decision(condition(decode(context)))
            except Exception as error:  # noqa: BLE001  whatever a condition raises is told, not fatal
                return error

        return evaluate


class _PrintsToStderr:
    """What user code prints goes to stderr: stdout is the answer."""

    def __enter__(self) -> None:
        self._stdout = sys.stdout
        sys.stdout = sys.stderr

    def __exit__(self, *_exception: object) -> None:
        sys.stdout = self._stdout


def _print_flips(trials: Sequence[Trial]) -> None:
    flips = [trial for trial in trials if trial.flips]
    if not flips:
        print_line("no condition would change its result")
        print_line("")
        return
    print_line("conditions that would change:")
    for trial in flips:
        now = _result(trial.now, trial.now_error)
        then = _result(trial.then, trial.then_error)
        print_line(f"  {trial.source} → {trial.dest}: {trial.condition}: {now}, then {then}")
    print_line("")


def _result(result: bool | None, error: str) -> str:
    return f"raises {error}" if result is None else str(result).lower()


def _print_preflight(expected: Preflight) -> None:
    if not expected.steps:
        print_line("an advance would call nothing: no token can move")
        return
    calls = ", ".join(expected.calls)
    print_line(f"an advance would call {calls} now" if calls else "an advance would call no task now")
    for step in expected.steps:
        times = "once" if step.attempts == 1 else f"{step.attempts} times"
        before = f" (called {times} before)" if step.called and step.attempts else ""
        verb = "call" if step.called else "decide what follows"
        print_line(f"  {verb} {step.task}{before}")
        for follow in step.follows:
            print_line(f"    {_follow_text(follow, certain=not step.called)}")
    if expected.fires:
        print_line(f"join points nothing else can reach any more: {', '.join(expected.fires)}")
    if expected.would_fire:
        print_line(
            f"join points that would follow if all of these returned true: {', '.join(expected.would_fire)}"
        )
    if expected.blocked:
        print_line(f"join points that stay blocked: {', '.join(expected.blocked)}")


def _follow_text(follow: Follow, *, certain: bool) -> str:
    if follow.taken is None:
        return f"→ {follow.dest}: {follow.condition} raises {follow.error}"
    goes = "taken" if follow.taken else "not taken"
    how = "" if certain else "if it returned true, "
    condition = f" ({follow.condition} is {str(follow.taken).lower()})" if follow.condition else ""
    return f"→ {follow.dest}: {how}{goes}{condition}"
