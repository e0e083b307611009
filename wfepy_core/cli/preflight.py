"""`wfepy preflight`."""

from __future__ import annotations

import json
import os
import sys

from wfepy_core.cli import exits
from wfepy_core.cli.parsing import assignment
from wfepy_core.context_path import changed
from wfepy_core.errors import WorkflowError
from wfepy_core.preflight import as_json, preflight, what_if
from wfepy_core.storage.codec import decode
from wfepy_core.storage.state_file import read
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from typing import Any

    from wfepy_core.cli.parsing import CommandParser
    from wfepy_core.preflight import Follow, Preflight, Trial
    from wfepy_core.snapshot import Snapshot


def add_preflight(parser: CommandParser) -> None:
    """Its arguments."""
    parser.teach(
        "What an advance would call now, in order, and what would follow under the present context. No task\n"
        "is run. Conditions are: the workflow's module is imported, and its conditions are evaluated on a\n"
        "copy of the context. With --set they are evaluated as if the context had those values, and what\n"
        "differs from now is told; nothing is saved.",
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
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object on stdout")


def run_preflight(arguments: Namespace) -> int:
    """What an advance would call now."""
    if arguments.json:
        from wfepy_core.parent_death import die_with_parent

        die_with_parent()
    snapshot = read(arguments.state)
    context = snapshot.context
    try:
        for key, value in map(assignment, arguments.set):
            context = changed(context, key, value)
    except ValueError as error:
        print(f"wfepy: {error}\n  `wfepy preflight --help` shows how", file=sys.stderr)
        return exits.USAGE
    decode(context)  # a tag that means nothing is told here, not as the failure of every condition
    try:
        conditions = _Conditions(arguments.state, snapshot)
    except WorkflowError as error:
        from wfepy_core.migration import show_way_out

        show_way_out(error, arguments.state)
        raise
    found = preflight(snapshot, conditions.under(context))
    trials: tuple[Trial, ...] = ()
    if arguments.json or arguments.set:
        trials = what_if(snapshot, conditions.under(snapshot.context), conditions.under(context))
    if arguments.json:
        print(json.dumps(as_json(found, trials), ensure_ascii=False))
        return exits.DONE
    if arguments.set:
        _print_flips(trials)
    _print_preflight(found)
    return exits.DONE


class _Conditions:
    """The conditions of the module an instance belongs to."""

    def __init__(self, path: str, snapshot: Snapshot) -> None:
        from wfepy_core.modules import check_drift, load

        folder = os.path.dirname(os.path.realpath(path))
        with _PrintsAside():
            self._workflow = load(snapshot.workflow.modules, folder).workflow
        check_drift(snapshot.graph, self._workflow)

    def under(self, context: Any) -> Callable[[str, int], bool | Exception]:
        """Evaluates conditions on fresh copies of a context given in JSON form."""

        def evaluate(task: str, position: int) -> bool | Exception:
            condition: Any = list(self._workflow.tasks[task].followed_by)[position].cond
            try:
                with _PrintsAside():
                    return bool(condition(decode(context)))
            except Exception as error:  # noqa: BLE001  whatever a condition raises is told, not fatal
                return error

        return evaluate


class _PrintsAside:
    """What user code prints goes to stderr: stdout is the answer."""

    def __enter__(self) -> None:
        self._stdout = sys.stdout
        sys.stdout = sys.stderr

    def __exit__(self, *_exception: object) -> None:
        sys.stdout = self._stdout


def _print_flips(trials: Sequence[Trial]) -> None:
    flips = [trial for trial in trials if trial.flips]
    if not flips:
        print("no condition would change its result\n")
        return
    print("conditions that would change:")
    for trial in flips:
        now = _result(trial.now, trial.now_error)
        then = _result(trial.then, trial.then_error)
        print(f"  {trial.source} → {trial.dest}: {trial.condition}: {now}, then {then}")
    print()


def _result(result: bool | None, error: str) -> str:
    return f"raises {error}" if result is None else str(result).lower()


def _print_preflight(found: Preflight) -> None:
    if not found.steps:
        print("an advance would call nothing: no token can move")
        return
    calls = ", ".join(found.calls)
    print(f"an advance would call {calls} now" if calls else "an advance would call no task now")
    for step in found.steps:
        times = "once" if step.attempts == 1 else f"{step.attempts} times"
        before = f" (called {times} before)" if step.called and step.attempts else ""
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
