"""Going back to the previous version of a state file: the way out where the file is broken."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import NamedTuple
from wfepy_core.errors import StateConflictError, UnreadableStateError
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import Intervened, encode
from wfepy_core.model.snapshot import Saved, Snapshot, apply
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import replacement_event
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.journal import journal_size, newer_events
from wfepy_core.storage.journal_lines import JournalWriter, journal_path
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_edit import edit


class Versions(NamedTuple):
    """The two versions a restore is about.

    Attributes:
        backup: generation of the previous version.
        present: generation of the present one; None when it cannot be read.
    """

    backup: int
    present: int | None


def restore_backup(
    path: str, *, reason: str = "", by: str = "", expected: Versions | None = None
) -> Snapshot:
    """Go back to the previous version of a state file, kept beside it as `.bak`.

    Where the file itself cannot be read, what the journal says happened after that version is added, so
    nothing is lost. The version that is replaced becomes the `.bak`. Both versions are read under the lock:
    what a pass saves meanwhile is never overwritten by what was the backup before.

    Args:
        path: the state file.
        reason: why.
        by: who; default: the user of this process.
        expected: what the operator saw; None: whatever it is.

    Raises:
        UnreadableStateError: there is no readable previous version.
        StateConflictError: it is not about the expected versions any more.
        LockedError: a pass or another edit holds the file.
    """
    backup = path + BACKUP_SUFFIX
    if not os.path.lexists(backup):
        raise UnreadableStateError(
            f"there is no previous version of {path}: {backup} does not exist",
            path=path,
            hint="check the path, or bring the file back from a backup of the folder",
        )

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        old = _previous(path)
        _refuse_others(path, expected, Versions(old.generation, snapshot.generation))
        who = by or this_process().user
        return old, replacement_event(snapshot, InterventionKind.RESTORE, old, by=who, reason=reason)

    try:
        return edit(path, make)
    except UnreadableStateError:
        return _rebuild(path, reason, by, expected)


def _previous(path: str) -> Snapshot:
    return state_file.read_document(path + BACKUP_SUFFIX).snapshot()


def _refuse_others(path: str, expected: Versions | None, found: Versions) -> None:
    if expected is not None and expected != found:
        raise StateConflictError(
            f"{path} was saved since you looked", path=path, hint="look again, then restore"
        )


def _rebuild(path: str, reason: str, by: str, expected: Versions | None) -> Snapshot:
    """Put the previous version, and what the journal knows beyond it, in the place of a broken file."""
    with StateLock(path, purpose="edit"):
        old = _previous(path)
        _refuse_readable(path)
        _refuse_others(path, expected, Versions(old.generation, None))
        newest = apply(old, newer_events(path, old.saved))
        who = by or this_process().user
        event = replacement_event(newest, InterventionKind.RESTORE, newest, by=who, reason=reason)
        journal = JournalWriter(journal_path(path), sync=True, like=path)
        try:
            journal.append(encode(event))
        finally:
            journal.close()
        return _write(path, newest._replace(generation=newest.generation + 1))


def _refuse_readable(path: str) -> None:
    """Somebody may have put the file right before this process got the lock."""
    try:
        state_file.read(path)
    except UnreadableStateError:
        return
    raise StateConflictError(
        f"{path} can be read again: somebody has repaired it", path=path, hint="look again, then restore"
    )


def _write(path: str, snapshot: Snapshot) -> Snapshot:
    me = this_process()
    saved = Saved(me.at, me.user, me.host, me.pid, journal_size(path))
    snapshot = snapshot._replace(saved=saved)
    state_file.write(path, snapshot)
    return snapshot
