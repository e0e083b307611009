"""`wfepy advance` for folders and several instances."""

from __future__ import annotations

import os
import sys
from functools import partial

from wfepy_core import fleet
from wfepy_core.cli import answer, exits
from wfepy_core.cli.terminal import Progress, is_terminal, print_table
from wfepy_core.fleet_pass import Outcome, PassOptions, Result
from wfepy_core.values import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.advance import Arguments

CODES = {
    Result.DONE: exits.DONE,
    Result.FAILED: exits.FAILED,
    Result.DIED: exits.FAILED,
    Result.UNREADABLE: exits.UNREADABLE,
    Result.NOT_SAVED: exits.UNREADABLE,
    Result.DRIFTED: exits.UNREADABLE,
    Result.NOT_LOADED: exits.UNREADABLE,
    Result.LOCKED: exits.LOCKED,
}


def advance_many(arguments: Namespace | Arguments) -> int:
    """One pass over each instance in worker processes, or on a cluster; the exit code is the worst of all."""
    if arguments.cluster and arguments.timeout:
        print("wfepy: --timeout would end workers of the cluster\n  leave it out", file=sys.stderr)
        return exits.USAGE
    paths = fleet.find(arguments.paths, sandboxes=False)
    if not paths:
        print(f"wfepy: there are no state files in {', '.join(arguments.paths)}", file=sys.stderr)
    options = PassOptions(arguments.keep_going, arguments.durability, arguments.timeout)
    with Progress(len(paths), "advancing") as progress:
        if arguments.cluster:
            from wfepy_core.fleet_workers import Cluster

            whole = [os.path.abspath(path) for path in paths]
            with Cluster(arguments.cluster) as executor:
                outcomes = fleet.advance_all(whole, options=options, executor=executor, listen=progress.step)
        else:
            outcomes = fleet.advance_all(paths, jobs=arguments.jobs, options=options, listen=progress.step)
    code = exits.worst(CODES[outcome.result] for outcome in outcomes)
    return answer(code, partial(report, outcomes))


def report(outcomes: Sequence[Outcome]) -> None:
    """A line for each instance on stdout, the troubles on stderr, then how many there were of each."""
    rows = [(word_of(outcome), outcome.path) for outcome in outcomes]
    print_table(("status", "state file"), rows, word=0)
    sys.stdout.flush()
    for outcome in outcomes:
        if outcome.message:
            complain(outcome)
    if len(outcomes) > 1 and is_terminal():
        print(counted(outcomes), file=sys.stderr)


def complain(outcome: Outcome) -> None:
    """Tell on stderr what went wrong with one instance."""
    print(f"wfepy: {outcome.path}: {outcome.message}", file=sys.stderr)
    if outcome.hint:
        print(f"  {outcome.hint}", file=sys.stderr)


def word_of(outcome: Outcome) -> str:
    """The word for how a pass ended: the status of its instance where that is known."""
    known = outcome.status is not None and outcome.result in (Result.DONE, Result.FAILED)
    return outcome.status.value if known and outcome.status else outcome.result.value


def counted(outcomes: Sequence[Outcome]) -> str:
    """`12 instances: 8 waiting, 3 finished, 1 failed`."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[word_of(outcome)] = counts.get(word_of(outcome), 0) + 1
    listed = ", ".join(f"{count} {word}" for word, count in sorted(counts.items(), key=lambda one: -one[1]))
    return f"{len(outcomes)} instances: {listed}"
