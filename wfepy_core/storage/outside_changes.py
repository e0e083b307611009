"""Changes that somebody made to a state file without this package: with an editor, `jq`, a copy put back.

A state file that was saved has the time of its save, to the microsecond, as its time of change. Where it
has another, the content is compared with what the journal says was saved last; what differs becomes an event
as any other change.
"""

from __future__ import annotations

import os
import time

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import HistoryError
from wfepy_core.model.events import Intervened
from wfepy_core.model.snapshot import context_changes
from wfepy_core.model.status import InterventionKind
from wfepy_core.storage.atomic_file import has_time
from wfepy_core.storage.iso_time import within_time
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.moments import latest, look_back
from wfepy_core.storage.segments import latest_lines
from wfepy_core.storage.state_file import read, read_head
from wfepy_core.storage.versions import version_of
from wfepy_core.time_text import moment_exact

if TYPE_CHECKING:
    from typing import Any

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.storage.moments import Moment, Past


class OutsideChange(NamedTuple):
    """What somebody changed.

    Attributes:
        event: the change, with the whole instance as it is now.
        generation: the highest that was ever saved; the file may name a lower one.
        before: the instance as it was saved last.
    """

    event: Intervened
    generation: int
    before: Snapshot


def outside_change(
    state_path: str, now: Snapshot, reason: str = "", *, file_generation: int | None = None
) -> OutsideChange | None:
    """What differs between an instance and what its journal says was saved last; None: nothing that counts.

    Counters and times do not count: passes that change nothing else leave no line.

    Args:
        state_path: the state file.
        now: what it holds, with the newer events of the journal; or what is about to be put there.
        reason: how it came there; empty: when the file was written.
        file_generation: what the file names. Where that is an older one, a copy was put in its place: the
            journal has brought that up to date, and this is told. None: it is not asked for.

    Raises:
        StateFileError: the journal cannot be read.
    """
    at = time.time_ns() // 1000
    try:
        before = latest(state_path)
    except HistoryError:
        return None  # what it was before is not known
    changes, old = context_changes(before.context, now.context)
    is_older = file_generation is not None and file_generation < now.generation and not _is_told(state_path)
    if not changes and not is_older and _facts_of(before) == _facts_of(now):
        return None
    if is_older:
        reason = f"{_saved_at(state_path)}, as generation {file_generation}; what was done since is kept"
    generation = max(before.generation, now.generation)
    event = Intervened(
        generation,
        at,
        InterventionKind.OUTSIDE,
        by="",
        reason=reason or _saved_at(state_path),
        changes=changes,
        old=old,
        tokens=now.tokens,
        stood=before.tokens,
        version=version_of(now),
    )
    return OutsideChange(event, generation, before)


def _is_told(state_path: str) -> bool:
    """Whether the journal ends with such a change: who noted it died before the file was saved."""
    last = [read_event(line) for line in latest_lines(state_path, 1)]
    return any(isinstance(event, Intervened) and event.kind is InterventionKind.OUTSIDE for event in last)


def past_with_unnoted(state_path: str, moment: Moment) -> Past:
    """The instance at a moment, as `look_back` has it, and what happened since, up to the file as it is now.

    What somebody changed in the file by other means, the next holder writes into the journal: till then only
    the file tells of it.

    Raises:
        HistoryError, StateFileError: as `look_back`.
    """
    past, head = look_back(state_path, moment), read_head(state_path)
    if not head.saved.at or has_time(state_path, head.saved.at):
        return past
    change = outside_change(state_path, read(state_path), file_generation=head.generation)
    return past if change is None else past._replace(since=[*past.since, change.event])


def _facts_of(snapshot: Snapshot) -> tuple[Any, ...]:
    """What of an instance only events change, but for its context."""
    records, graph = snapshot.records, snapshot.graph
    return (
        snapshot.tokens,
        snapshot.workflow.modules,
        [task.name for task in graph.tasks],
        [edge[:2] for edge in graph.transitions],
        records.iterations,
        records.by_hand,
        {task: taken for task, taken in records.decisions.items() if taken},
    )


def _saved_at(state_path: str) -> str:
    """When the file was written, as far as it says."""
    return f"the file was written {moment_exact(within_time(os.stat(state_path).st_mtime_ns // 1000))}"
