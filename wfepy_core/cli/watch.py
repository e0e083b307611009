"""`wfepy watch`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.advance_fleet import EXIT_CODES, StopSignals, print_trouble, word_of
from wfepy_core.cli.output import ExitCode, error_lines, worst_exit_code, write_log_line
from wfepy_core.cli.parser import positive, seconds
from wfepy_core.cli.pass_options import add_pass_options
from wfepy_core.errors import InterventionError, UnreadableStateError
from wfepy_core.model.status import OVER
from wfepy_core.passes import fleet
from wfepy_core.passes.fleet_outcome import Outcome, PassOptions, Result
from wfepy_core.storage.file_access import disk_error
from wfepy_core.storage.file_names import is_sandbox

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.errors import StateFileError, WfepyError


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Advance the instances of a folder again and again, in the foreground, until Ctrl+C or SIGTERM:\n"
        "the running passes are finished then, no new ones are begun, and the exit code is 0. Instances\n"
        "that are finished are left alone, and so are sandboxes and those another process holds. A line is\n"
        "printed for each instance whose status has changed.",
        "wfepy watch instances/ --interval 60 --jobs 2",
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="folders of state files")
    parser.add_argument(
        "--interval", type=seconds, default=60.0, metavar="SECONDS", help="from round to round (60)"
    )
    parser.add_argument(
        "--once", action="store_true", help="one round, then exit, with a code as advance has it"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="passes at a time (1)")
    add_pass_options(parser)


def run(arguments: Namespace) -> int:
    """Advance instances on a timer."""
    for folder in arguments.folders:
        if not os.path.isdir(folder):
            if not os.path.exists(folder):
                hint = "check the path"
                raise UnreadableStateError(f"{folder} does not exist", path=folder, hint=hint)
            raise InterventionError(f"{folder} is no folder", hint="name folders of state files")
    watch = _Watch(arguments)
    with StopSignals(signal.SIGINT, signal.SIGTERM, stop=watch.stop.set):
        while True:
            began = time.monotonic()
            watch.run_round()
            left = arguments.interval - (time.monotonic() - began)
            if arguments.once or watch.stop.wait(max(0.0, left)):
                return worst_exit_code(watch.codes) if arguments.once else ExitCode.DONE


class _Watch:
    """Rounds over folders."""

    def __init__(self, arguments: Namespace) -> None:
        self.stop = threading.Event()
        self._folders: list[str] = arguments.folders
        self._jobs: int = arguments.jobs
        self._options = PassOptions(
            keep_going=not arguments.stop_at_failure,
            durability=arguments.durability,
            timeout=arguments.timeout,
            log_level=arguments.log_level,
        )
        self._last_words: dict[str, str] = {}
        self._unlisted: list[str] = []
        self.codes: list[ExitCode] = []

    def run_round(self) -> None:
        """Make one pass over each instance that is not over; new files are looked for each time."""
        self.codes = []
        due = self._find_due()
        if not due:
            return
        from wfepy_core.passes.own_workers import OwnWorkers

        # Fresh processes each round: a changed module is imported anew.
        try:
            with OwnWorkers(self._jobs, self._options, finish_on_interrupt=True) as workers:
                for outcome in workers.advance(due, self.stop.is_set):
                    self._report(outcome)
        except OSError as error:  # too many processes or open files: the next round may have more luck
            self._report_error("", disk_error("start passes in", self._folders[0], error))

    def _find_due(self) -> list[str]:
        due = []
        unlisted = self._unlisted
        self._unlisted = []
        found = fleet.find_state_files(self._folders, sandboxes=False, unlisted=self._report_unlisted)
        for folder in set(unlisted) - set(self._unlisted):
            del self._last_words[folder]  # it can be listed again; if that ends, it is told again
        paths = [path for path in found if not is_sandbox(path)]
        for path, head, error in fleet.read_summaries(paths):
            if head is not None and head.status not in OVER:
                due.append(path)
            elif error is not None:
                self._report_error(path, error)
        return due

    def _report_unlisted(self, error: StateFileError) -> None:
        """A folder cannot be listed in this round: the others are, and this one again in the next."""
        self._unlisted.append(error.path)
        self._report_error(error.path, error)

    def _report_error(self, path: str, error: WfepyError) -> None:
        self.codes.append(ExitCode.UNREADABLE)
        if self._has_changed(path, error.message):
            write_log_line(sys.stderr, *error_lines(error))

    def _report(self, outcome: Outcome) -> None:
        self.codes.append(EXIT_CODES[outcome.result])
        if outcome.result is Result.LOCKED:
            return
        if self._has_changed(outcome.path, f"{word_of(outcome)} {outcome.message}"):
            write_log_line(sys.stdout, f"{outcome.path}: {word_of(outcome)}", is_stamped=True)
            if outcome.message:
                print_trouble(outcome)

    def _has_changed(self, path: str, word: str) -> bool:
        changed = self._last_words.get(path) != word
        self._last_words[path] = word
        return changed
