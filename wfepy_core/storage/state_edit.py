"""The one door for interventions: lock, read, check, write into the journal, save."""

from __future__ import annotations

import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import NotDurableError, StateConflictError, StateFileError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import Interrupted, Intervened
from wfepy_core.model.snapshot import apply
from wfepy_core.model.summary import summary_of
from wfepy_core.storage.locked_state import LockedState
from wfepy_core.storage.state_serialization import snapshot_parts
from wfepy_core.storage.versions import read_version, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from wfepy_core.model.snapshot import Snapshot


def edit(
    path: str,
    make: Callable[[Snapshot], Intervened | list[Intervened] | tuple[Snapshot, Intervened]],
    *,
    expected_generation: int | None = None,
) -> Snapshot:
    """Change an instance by hand: interventions, journaled, and saved once, with a backup.

    Args:
        path: the state file.
        make: given the instance as it is, the intervention that changes it, or several in order; their
            generation is filled in here. What it raises is passed on, and nothing is changed. Where the
            instance is replaced as a whole (another graph, an older snapshot), it returns the new one with
            the event, and the journal gets it whole.
        expected_generation: what the operator saw; None: whatever it is.

    Returns:
        The saved snapshot, one generation on.

    Raises:
        LockedError: a pass or another edit holds it.
        StateConflictError: it has another generation than expected.
        UnreadableStateError: the file cannot be read; it is left alone.
        StateFileError: it could not be saved; nothing was changed.
    """
    with LockedState(path, purpose="edit") as locked:
        old = locked.snapshot()
        found = old.generation if locked.generation_found is None else locked.generation_found
        if expected_generation not in (None, found):
            raise StateConflictError(
                f"{path} was saved since you looked: it is at generation {found}, not {expected_generation}",
                path=path,
                hint="look at it again, then repeat the change",
            )
        changes = make(old)
        if isinstance(changes, list | Intervened):
            return _append_and_save(locked, old, changes if isinstance(changes, list) else [changes])
        new, event = changes
        return _append_and_save(locked, old, [event._replace(version=_version_of(locked, new))])


def _append_and_save(locked: LockedState, old: Snapshot, changes: list[Intervened]) -> Snapshot:
    """Write the events ahead, then save; the journal is as before if that fails."""
    events = [event._replace(generation=old.generation) for event in changes]
    new = apply(old, events, read_version)
    before = locked.open_journal().size
    try:
        for cut_off in interruptions(old, set(old.running) - set(new.running)):
            locked.append(cut_off)
        for event in events:
            locked.append(event)
        return save_snapshot(locked, new, events[-1].by)
    except NotDurableError:
        raise  # it is done: the journal has to say so
    except StateFileError:
        locked.rewind(before)
        raise


def interruptions(snapshot: Snapshot, tasks: Collection[str]) -> list[Interrupted]:
    """The events that say that these tasks, which were running, are not running any more."""
    at, index, records = time.time_ns() // 1000, snapshot.topology.index, snapshot.records
    return [
        Interrupted(snapshot.generation, at, task, records.last_start[index[task]])
        for task in snapshot.running
        if task in tasks
    ]


def _version_of(locked: LockedState, new: Snapshot) -> dict[str, Any]:
    try:
        return version_of(new)
    except (ValueError, TypeError, RecursionError) as error:
        raise StateFileError(f"cannot save {locked.path}: {error}", path=locked.path) from error


def save_snapshot(locked: LockedState, new: Snapshot, by: str = "") -> Snapshot:
    """Save a snapshot, one generation on, as `LockedState.save` does; returns it as saved.

    Raises:
        StateConflictError, StateFileError: as there; or the context has no JSON form.
    """
    new = new._replace(generation=new.generation + 1)
    try:
        parts = snapshot_parts(new)
    except (ValueError, TypeError, RecursionError) as error:
        raise StateFileError(f"cannot save {locked.path}: {error}", path=locked.path) from error
    shown = new._replace(interrupted=True)
    saved = locked.save(new.generation, instance_status(shown), summary_of(shown), parts, by=by)
    return new._replace(saved=saved, id=locked.document.head.id)
