"""`wfepy history`."""

from __future__ import annotations

import json
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, one_line
from wfepy_core.cli.parser import positive
from wfepy_core.errors import InterventionError
from wfepy_core.explain.event_text import event_text, sentence
from wfepy_core.explain.why import similar_names
from wfepy_core.model.events import Event, TaskStarted, encode
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.journal import history
from wfepy_core.storage.state_file import read, read_head
from wfepy_core.time_text import moment_exact

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.model.events import Changes


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Who did what, when and why, oldest first: passes, task ends, failures, changes by hand with old\n"
        "and new values. It comes from the journal beside the state file.",
        "wfepy history release.wfstate --last 20",
        "wfepy history release.wfstate --task sign",
        "wfepy history release.wfstate --json | jq -c 'select(.e == \"hand\")'",
    )
    parser.add_argument("state", metavar="STATE", help="state file")
    parser.add_argument("--task", default="", metavar="TASK", help="only what concerns this task")
    parser.add_argument("--last", type=positive, metavar="N", help="only the last N entries")
    parser.add_argument("--json", action="store_true", help="journal lines as they are: JSON Lines")


def run(arguments: Namespace) -> int:
    """Print what happened to an instance."""
    read_head(arguments.state)  # a path that is no state file is an error, not an empty history
    journal = history(arguments.state)
    if arguments.task and not any(_concerns(event, arguments.task) for event in journal.events):
        snapshot = read(arguments.state)
        if arguments.task not in snapshot.topology.index:
            raise InterventionError(
                f"{snapshot.workflow.name} has no task {arguments.task!r}",
                hint=similar_names(arguments.task, snapshot.topology.names),
            )
    events = [event for event in journal.events if _concerns(event, arguments.task)]
    if not arguments.json:
        events = [event for event in events if not isinstance(event, TaskStarted)]
    if arguments.last:
        events = events[-arguments.last :]
    for event in events:
        print(_json(event) if arguments.json else _line(event))
    if journal.skipped:
        sys.stdout.flush()
        print(f"note: {journal.skipped} lines of the journal could not be read", file=sys.stderr)
    return ExitCode.DONE


def _concerns(event: Event, task: str) -> bool:
    return not task or getattr(event, "task", "") == task


def _json(event: Event) -> str:
    members = json.loads(encode(event))
    when = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(event.at // 1_000_000))
    members["time"] = f"{when}.{event.at % 1_000_000:06}+00:00"
    return json.dumps(members)


def _line(event: Event) -> str:
    return f"{moment_exact(event.at)}  {one_line(sentence(event_text(event, _changes_text)))}"


def _changes_text(changes: Changes, old: Mapping[str, object]) -> str:
    parts = []
    for key, value in changes.set.items():
        before = f"{preview(old[key])} → " if key in old else ""
        parts.append(f"{key} = {before}{preview(value)}")
    parts += [f"{key} removed" for key in changes.unset]
    parts += ["the whole context replaced"] if changes.whole else []
    return ", ".join(parts)
