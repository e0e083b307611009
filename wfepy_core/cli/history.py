"""`wfepy history`."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from functools import lru_cache, partial
from itertools import islice

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.moments import changes_text, is_confirmed, moment_of, print_past, time_of
from wfepy_core.cli.output import ExitCode, one_line, print_line, write_error
from wfepy_core.cli.parser import add_dry_run, add_reason, add_wait, positive
from wfepy_core.errors import StateFileError
from wfepy_core.explain.event_text import event_text, sentence
from wfepy_core.explain.why import require_task
from wfepy_core.model.events import Event, SnapshotTaken, TaskStarted, encode
from wfepy_core.model.status import Origin
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.moments import look_back
from wfepy_core.storage.segments import lines_of, segments_of
from wfepy_core.storage.state_file import read, read_head
from wfepy_core.time_text import SECOND, moment_exact

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from wfepy_core.cli.parser import CommandParser

_LINES_AT_ONCE = 1000
_MOST_NAMED = 5  # missing parts


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Who did what, when and why, oldest first: how it began, passes, task ends, failures, changes by\n"
        "hand with old and new values. It comes from the journal beside the state file, closed and\n"
        "compressed parts included.",
        "wfepy history release.wfstate --last 20",
        "wfepy history release.wfstate --task sign",
        "wfepy history release.wfstate --at '2026-11-22 10:05'",
        "wfepy history release.wfstate --prune 2026-01-01 --dry-run",
        "wfepy history release.wfstate --json | jq -c 'select(.e == \"hand\")'",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("--task", default="", metavar="TASK", help="only what concerns this task")
    parser.add_argument("--last", type=positive, metavar="N", help="only the last N entries")
    parser.add_argument("--json", action="store_true", help="journal lines as they are: JSON Lines")
    parser.add_argument(
        "--at", type=moment_of, metavar="GENERATION|TIME", help="show the instance as it was at this moment"
    )
    parser.add_argument(
        "--prune",
        type=time_of,
        metavar="BEFORE",
        help="delete the closed parts of the journal that ended before this time; what goes is told first",
    )
    parser.add_argument("--yes", action="store_true", help="with --prune: do not ask")
    add_dry_run(parser)
    add_reason(parser)
    add_wait(parser)


def run(arguments: Namespace) -> int:
    """Print what happened to an instance."""
    read_head(arguments.state)  # a path that is no state file is an error, not an empty history
    if arguments.at is not None:
        print_past(arguments.state, look_back(arguments.state, arguments.at).snapshot)
        return ExitCode.DONE
    if arguments.prune is not None:
        return _prune(arguments)
    told = _Lines(arguments.state)
    events = told.events()
    if not arguments.json:
        events = (event for event in events if not _is_detail(event))
    if arguments.task:
        events = (event for event in events if getattr(event, "task", "") == arguments.task)
    if arguments.last:
        events = iter(deque(events, arguments.last))
    write = _json if arguments.json else _line_writer()
    is_empty = True
    # Many lines at a time: a stream that shows each line at once is slow.
    while lines := [write(event) for event in islice(events, _LINES_AT_ONCE)]:
        is_empty = False
        sys.stdout.write("\n".join(lines) + "\n")
    if arguments.task and is_empty:
        require_task(read(arguments.state), arguments.task)
    told.report()
    return ExitCode.DONE


def _prune(arguments: Namespace) -> int:
    """Tell what is older than a time, and delete it once that is agreed to."""
    from wfepy_core.operations.prune import outdated, prune

    state = arguments.state
    old = outdated(state, arguments.prune)
    if not old.segments:
        print_line(f"{state}: no closed part of the journal ended before {moment_exact(arguments.prune)}")
        return ExitCode.DONE
    count = len(old.segments)
    print_line(
        f"{state}: {count} closed part{'s' if count > 1 else ''} of the journal, {old.lines:,} lines from"
        f" {moment_exact(old.begins)} to {moment_exact(old.ends)}, {old.size:,} bytes"
    )
    if arguments.dry_run:
        return ExitCode.DONE
    agreed = arguments.yes or is_confirmed("Delete them? No moment before is shown or restored any more.")
    if agreed is None:
        write_error("wfepy: nothing was deleted; say --yes where nobody can be asked")
        return ExitCode.USAGE
    if not agreed:
        print_line(f"{state}: nothing was deleted")
        return ExitCode.DONE
    from wfepy_core.cli.several import when_free

    gone = when_free(arguments.wait, partial(prune, state, arguments.prune, reason=arguments.reason))
    print_line(f"{state}: {gone.lines:,} lines of history deleted")
    return ExitCode.DONE


class _Lines:
    """The events of all segments of a journal; what could not be read is told at the end."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._skipped = 0
        self._missing: list[int] = []
        self._damaged: list[StateFileError] = []

    def events(self) -> Iterator[Event]:
        """All events, oldest first."""
        before = None
        for segment in segments_of(self._state):
            if before is not None:
                self._missing += range(before + 1, segment.number)
            before = segment.number
            try:
                for line in lines_of(segment):
                    event = read_event(line)
                    if event is None:
                        self._skipped += 1
                    else:
                        yield event
            except StateFileError as error:
                self._damaged.append(error)

    def report(self) -> None:
        """Print what is missing; a part that cannot be read is an error.

        Raises:
            StateFileError: a part of the journal cannot be read; the others were printed.
        """
        sys.stdout.flush()
        if self._skipped:
            write_error(f"note: {self._skipped} lines of the journal could not be read")
        if self._missing:
            numbers = ", ".join(f"{number:06}" for number in self._missing[:_MOST_NAMED])
            write_error(f"note: parts of the journal are not there, and nothing is told of them: {numbers}")
        if self._damaged:
            raise self._damaged[0]


def _is_detail(event: Event) -> bool:
    """Whether it is told by the events around it."""
    return isinstance(event, TaskStarted) or (
        isinstance(event, SnapshotTaken) and event.origin is Origin.SEGMENT
    )


def _json(event: Event) -> str:
    members = json.loads(encode(event))
    when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(event.at // 1_000_000))
    members["time"] = f"{when}.{event.at % 1_000_000:06}+00:00"
    return json.dumps(members)


def _line_writer() -> Callable[[Event], str]:
    """What writes an event as a line; many take place within one second."""
    second_text = lru_cache(maxsize=1024)(moment_exact)

    def write(event: Event) -> str:
        text = one_line(sentence(event_text(event, changes_text)))
        return f"{second_text(event.at - event.at % SECOND)}  {text}"

    return write
