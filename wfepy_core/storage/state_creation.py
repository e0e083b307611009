"""The files of an instance that begins: its journal, which tells where it comes from, then its state file."""

from __future__ import annotations

import os
from itertools import islice

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import StateFileError
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import SnapshotTaken
from wfepy_core.model.snapshot import Saved
from wfepy_core.storage.atomic_file import discard
from wfepy_core.storage.iso_time import check_clock
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.journal_lines import journal_path, read_lines
from wfepy_core.storage.leftovers import set_aside
from wfepy_core.storage.segments import begin_segment
from wfepy_core.storage.state_file import write
from wfepy_core.storage.state_serialization import new_identity
from wfepy_core.storage.versions import version_of

if TYPE_CHECKING:
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.status import Origin
    from wfepy_core.storage.lock import StateLock


def create(
    lock: StateLock,
    snapshot: Snapshot,
    origin: Origin,
    *,
    by: str = "",
    source: str = "",
    like: str | None = None,
) -> Snapshot:
    """Write the files of a new instance; there is no state file yet.

    What an earlier instance of that name left is set aside: neither its journal nor its previous version
    has anything to do with this one.

    Args:
        lock: of the state file to make; it is held.
        snapshot: what it will hold.
        origin: how it begins.
        by: who starts it; by default the user of this process.
        source: what it comes from, in words; the history tells it.
        like: a file whose permissions they get; None: the usual ones.

    Returns:
        The snapshot as saved.

    Raises:
        StateFileError: it could not be written; there is no new instance.
    """
    check_clock(lock.path)
    me = this_process()
    who = by or me.user
    path, identity = lock.path, new_identity()
    _discard_unfinished(lock)
    set_aside(path)
    lock.forget_earlier()
    try:
        event = SnapshotTaken(
            snapshot.generation, me.at, origin, version_of(snapshot), 0, who, source, identity
        )
        size = begin_segment(path, event, like=like)
        saved = snapshot._replace(saved=Saved(me.at, who, me.host, me.pid, size), id=identity)
        write(path, saved, like=like)
    except (ValueError, TypeError, RecursionError) as error:
        raise StateFileError(f"cannot save {path}: {error}", path=path) from error
    except StateFileError:
        if not os.path.lexists(path):
            discard(journal_path(path))
        raise
    return saved


def _discard_unfinished(lock: StateLock) -> None:
    """Remove the journal of an instance whose maker was killed before there was a state file."""
    dead = lock.predecessor
    if dead is None or dead.purpose != "new":
        return
    journal = journal_path(lock.path)
    lines = list(islice(read_lines(journal), 2))
    event = read_event(lines[0]) if len(lines) == 1 else None
    # That of an earlier instance, which was not set aside yet, is older than its maker's lock.
    if isinstance(event, SnapshotTaken) and event.at >= dead.since:
        discard(journal)
