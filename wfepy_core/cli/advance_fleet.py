"""`wfepy advance` for folders and several instances."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli import answer, exits, write_error
from wfepy_core.cli.advance import DEAD_END
from wfepy_core.cli.terminal import Progress, is_terminal, print_table
from wfepy_core.model.status import InstanceStatus
from wfepy_core.passes import fleet
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, Result

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from types import FrameType

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
    try:
        outcomes = _advance(paths, options, arguments)
    except KeyboardInterrupt:
        write_error("wfepy: stopped; tasks that were running are shown as interrupted")
        return exits.INTERRUPTED
    code = exits.worst(CODES[outcome.result] for outcome in outcomes)
    return answer(code, partial(report, outcomes, quiet=arguments.quiet))


def _advance(paths: list[str], options: PassOptions, arguments: Namespace | Arguments) -> list[Outcome]:
    with Progress(len(paths), "advancing") as progress:
        if arguments.cluster:
            from wfepy_core.passes.fleet_workers import Cluster

            whole = [os.path.abspath(path) for path in paths]
            with Cluster(arguments.cluster) as executor:
                return fleet.advance_all(whole, options=options, executor=executor, listen=progress.step)
        with _ended_with_workers():
            return fleet.advance_all(paths, jobs=arguments.jobs, options=options, listen=progress.step)


@contextmanager
def _ended_with_workers() -> Iterator[None]:
    """SIGTERM ends the workers first: else Python complains of what they leave behind."""
    from multiprocessing import active_children

    def end(number: int, _frame: FrameType | None) -> None:
        for worker in active_children():
            worker.terminate()
        write_error("wfepy: stopped; tasks that were running are shown as interrupted")
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def report(outcomes: Sequence[Outcome], *, quiet: bool = False) -> None:
    """A line for each instance on stdout, the troubles on stderr, then how many there were of each.

    With `quiet` only for those that are in trouble, or have changed their status.
    """
    rows = [(word_of(outcome), outcome.path) for outcome in outcomes if not (quiet and is_as_before(outcome))]
    print_table(("status", "state file"), rows, word=0)
    sys.stdout.flush()
    for outcome in outcomes:
        if outcome.message:
            complain(outcome)
        elif outcome.status is InstanceStatus.DEAD_END and not (quiet and is_as_before(outcome)):
            write_error(f"wfepy: {outcome.path}: dead end: {DEAD_END}")
    if len(outcomes) > 1 and is_terminal() and not quiet:
        print(counted(outcomes), file=sys.stderr)


def complain(outcome: Outcome) -> None:
    """Tell on stderr what went wrong with one instance."""
    write_error(f"wfepy: {outcome.path}: {outcome.message}")
    if outcome.hint and outcome.hint not in outcome.message:
        write_error(f"  {outcome.hint}")


def is_as_before(outcome: Outcome) -> bool:
    """Whether there is nothing to tell about an instance: it waits as it did, or is finished since long."""
    return outcome.result is Result.DONE and outcome.status is outcome.before


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
