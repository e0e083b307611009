"""`wfepy advance` for folders and several instances."""

from __future__ import annotations

import os
import signal
import sys
import time
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import (
    DEAD_END,
    ExitCode,
    is_log,
    worst_exit_code,
    write_answer,
    write_error,
    write_log_line,
)
from wfepy_core.cli.terminal import Progress, is_terminal, print_table
from wfepy_core.model.status import InstanceStatus
from wfepy_core.passes import fleet
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType


def _do_nothing() -> None:
    """Who only asks whether a signal has come needs no call."""


EXIT_CODES = {
    Result.DONE: ExitCode.DONE,
    Result.FAILED: ExitCode.FAILED,
    Result.DIED: ExitCode.FAILED,
    Result.UNREADABLE: ExitCode.UNREADABLE,
    Result.NOT_SAVED: ExitCode.UNREADABLE,
    Result.DRIFTED: ExitCode.UNREADABLE,
    Result.NOT_LOADED: ExitCode.UNREADABLE,
    Result.LOCKED: ExitCode.LOCKED,
}


_ONE_WISH_S = 1.0
"""Seconds within which a second signal says nothing that the first one did not."""

_STOPPED = "wfepy: stopped; tasks that were running are shown as interrupted"


def advance_fleet(
    sources: Sequence[str], options: PassOptions, *, jobs: int, cluster: str = "", quiet: bool = False
) -> int:
    """Make one pass over each instance, in worker processes or on a cluster.

    Args:
        sources: state files, and folders of them, whose sandboxes are left out.
        options: of every pass.
        jobs: passes at a time.
        cluster: address of a Dask scheduler; empty: worker processes of our own.
        quiet: whether to print only trouble and instances whose status has changed.

    Returns:
        The worst exit code of all.
    """
    if cluster and options.timeout:
        write_error("wfepy: --timeout would end workers of the cluster", "leave it out")
        return ExitCode.USAGE
    paths = fleet.find_state_files(sources, sandboxes=False)
    if not paths:
        write_error(f"wfepy: there are no state files in {', '.join(sources)}")
    stop = StopSignals(signal.SIGTERM)
    try:
        with stop:
            outcomes = _advance(paths, options, jobs, cluster, stop, quiet=quiet)
    except KeyboardInterrupt:
        write_error(_STOPPED)
        return ExitCode.INTERRUPTED
    except SystemExit:
        write_error(_STOPPED)
        raise
    if len(outcomes) < len(paths):
        return write_answer(128 + stop.number, partial(_print_outcomes, outcomes, quiet=quiet))
    code = worst_exit_code(EXIT_CODES[outcome.result] for outcome in outcomes)
    return write_answer(code, partial(_print_outcomes, outcomes, quiet=quiet))


def _advance(
    paths: list[str], options: PassOptions, jobs: int, cluster: str, stop: StopSignals, *, quiet: bool
) -> list[Outcome]:
    with Progress(len(paths), "advancing") as progress:
        listen = partial(_print_in_log, quiet=quiet) if is_log(sys.stdout) else progress.step
        if cluster:
            from wfepy_core.passes.foreign_workers import Cluster

            whole = [os.path.abspath(path) for path in paths]
            with Cluster(cluster) as executor:
                return fleet.advance_all(whole, options=options, executor=executor, listen=listen)
        return fleet.advance_all(paths, jobs=jobs, options=options, listen=listen, stop=stop.has_come)


class StopSignals:
    """Signals that ask for a clean stop: running passes are finished, none is begun. A context manager.

    A second one, more than a second later, ends the passes, by SystemExit.

    Attributes:
        number: of the first that has come; 0: none.
    """

    def __init__(self, *numbers: int, stop: Callable[[], None] = _do_nothing) -> None:
        self.number = 0
        self._came = 0.0
        self._stop = stop
        self._before = {number: signal.getsignal(number) for number in numbers}

    def has_come(self) -> bool:
        """Whether no more passes are to be begun."""
        return bool(self.number)

    def __enter__(self) -> None:
        for number in self._before:
            signal.signal(number, self._on_signal)

    def __exit__(self, *_exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.number:
            # Who stops a service may send it to the process and to its group: that is one wish, not two.
            if now - self._came > _ONE_WISH_S:
                raise SystemExit(128 + number)
            return
        self.number, self._came = number, now
        self._stop()
        write_error("wfepy: stopping; running passes are finished first")


def _print_outcomes(outcomes: Sequence[Outcome], *, quiet: bool = False) -> None:
    """A line for each instance on stdout, the trouble on stderr, then how many there were of each.

    With `quiet` only for those that are in trouble or have changed their status.
    """
    if is_log(sys.stdout):
        return  # each has its line since its pass ended
    listed = [outcome for outcome in outcomes if not (quiet and _is_unchanged(outcome))]
    rows = [(word_of(outcome), outcome.path) for outcome in listed]
    print_table(("status", "state file"), rows, word=0)
    sys.stdout.flush()
    for outcome in outcomes:
        _print_trouble_of(outcome, quiet=quiet)
    if len(outcomes) > 1 and is_terminal() and not quiet:
        write_error(_count_by_word(outcomes))


def _print_in_log(outcome: Outcome, *, quiet: bool) -> None:
    """Write at once what became of a pass: who kills the command does not lose what is done."""
    if not (quiet and _is_unchanged(outcome)):
        write_log_line(sys.stdout, f"{outcome.path}: {word_of(outcome)}")
    _print_trouble_of(outcome, quiet=quiet)


def _print_trouble_of(outcome: Outcome, *, quiet: bool) -> None:
    if outcome.message:
        print_trouble(outcome)
    elif outcome.status is InstanceStatus.DEAD_END and not (quiet and _is_unchanged(outcome)):
        write_error(f"wfepy: {outcome.path}: dead end: {DEAD_END}")


def print_trouble(outcome: Outcome) -> None:
    """Print on stderr what went wrong with one instance."""
    message, *problems = outcome.message.split("\n  ")
    hint = outcome.hint if outcome.hint not in outcome.message else ""
    write_log_line(sys.stderr, f"wfepy: {outcome.path}: {message}", *problems, hint)


def _is_unchanged(outcome: Outcome) -> bool:
    """Whether there is nothing to say about an instance: it waits as it did, or was finished before."""
    return outcome.result is Result.DONE and outcome.status is outcome.before


def word_of(outcome: Outcome) -> str:
    """One word for how a pass ended: the status of its instance where that is known."""
    known = outcome.status is not None and outcome.result in (Result.DONE, Result.FAILED)
    return outcome.status.value if known and outcome.status else outcome.result.value


def _count_by_word(outcomes: Sequence[Outcome]) -> str:
    """`12 instances: 8 waiting, 3 finished, 1 failed`."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[word_of(outcome)] = counts.get(word_of(outcome), 0) + 1
    parts = ", ".join(f"{count} {word}" for word, count in sorted(counts.items(), key=lambda one: -one[1]))
    return f"{len(outcomes)} instances: {parts}"
