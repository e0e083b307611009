"""The whole history of an instance, as tests look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_core.model.events import SnapshotTaken
from wfepy_core.model.status import Origin
from wfepy_core.operations.interventions import edit_context
from wfepy_core.storage.journal import MAX_BYTES, read_event
from wfepy_core.storage.segments import lines_of, segments_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.events import Event


def history(state_path: str) -> list[Event]:
    """All events of all segments, but for the snapshots that only begin the next one."""
    found = read_events(line for segment in segments_of(state_path) for line in lines_of(segment))
    return [
        event for event in found if not (isinstance(event, SnapshotTaken) and event.origin is Origin.SEGMENT)
    ]


def read_events(lines: Iterable[bytes]) -> list[Event]:
    """The events in journal lines; what is none is left out."""
    return [event for event in map(read_event, lines) if event is not None]


def fill_segment(state_path: str, name: int) -> None:
    """Write so much that the next writer closes the segment; the context is as small as before at the end."""
    for value in ("x" * (MAX_BYTES + 1000), ""):
        edit_context(state_path, {"filler": value, "round": name})
