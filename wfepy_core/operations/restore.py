"""Going back to the previous version of a state file: the way out where the file is broken."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import NotDurableError, StateConflictError, StateFileError, UnreadableStateError
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import Intervened, encode
from wfepy_core.model.snapshot import Saved, Snapshot, recover
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import replacement_event
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.journal import is_of_another, journal_size, newer_events, owner_of
from wfepy_core.storage.journal_lines import JournalWriter, journal_path
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.moments import look_back
from wfepy_core.storage.state_edit import edit
from wfepy_core.storage.state_serialization import new_identity
from wfepy_core.storage.versions import read_version, version_of

if TYPE_CHECKING:
    from wfepy_core.storage.moments import Moment


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
    nothing is lost. The version that is replaced becomes the `.bak`, unless it cannot be read. Both versions
    are read under the lock: what a pass saves meanwhile is never overwritten by what was the backup before.

    Args:
        path: the state file.
        reason: why.
        by: who; default: the user of this process.
        expected: what the operator saw; None: whatever it is.

    Raises:
        UnreadableStateError: there is no readable previous version.
        StateFileError: it is one of another instance.
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

    seen = expected.present if expected is not None else None

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        old = _previous(path)
        _refuse_of_another(path, "state file", old.id, snapshot.id)
        # Whether it is the present one that was seen, `edit` has looked.
        present = snapshot.generation if seen is None else seen
        _refuse_others(path, expected, Versions(old.generation, present))
        who = by or this_process().user
        return old, restore_event(snapshot, old, by=who, reason=reason)

    try:
        return edit(path, make, expected_generation=seen)
    except UnreadableStateError:
        return _rebuild(path, reason, by, expected)


def restore_moment(
    path: str, moment: Moment, *, reason: str = "", by: str = "", expected_generation: int | None = None
) -> Snapshot:
    """Go back to an instance as it was at a moment that its history reaches back to.

    Args:
        path: the state file.
        moment: when.
        reason: why.
        by: who; default: the user of this process.
        expected_generation: what the operator saw; None: whatever it is.

    Raises:
        HistoryError: the history does not reach back that far.
        UnreadableStateError: the file cannot be read.
        StateConflictError: it has another generation than expected.
        LockedError: a pass or another edit holds the file.
    """

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        old = look_back(path, moment).snapshot
        return old, restore_event(snapshot, old, by=by or this_process().user, reason=reason)

    return edit(path, make, expected_generation=expected_generation)


def restore_event(snapshot: Snapshot, old: Snapshot, *, by: str, reason: str) -> Intervened:
    """The event of going back from one snapshot to an older one."""
    event = replacement_event(snapshot, InterventionKind.RESTORE, old, by=by, reason=reason)
    return event._replace(target=old.generation)


def _previous(path: str) -> Snapshot:
    return state_file.read_document(path + BACKUP_SUFFIX).snapshot()


def _refuse_of_another(path: str, what: str, backup: str, other: str) -> None:
    """Two versions of two instances: nobody knows here which of them is the right one."""
    if is_of_another(backup, other):
        raise StateFileError(
            f"{path}{BACKUP_SUFFIX} is of another instance than the {what} beside it:"
            f" {backup[:8]}, not {other[:8]}",
            path=path,
            hint=f"move away what an earlier {os.path.basename(path)} has left",
        )


def _refuse_others(path: str, expected: Versions | None, found: Versions) -> None:
    if expected is not None and expected != found:
        raise StateConflictError(
            f"{path} was saved since you looked", path=path, hint="look again, then restore"
        )


def _rebuild(path: str, reason: str, by: str, expected: Versions | None) -> Snapshot:
    """Put the previous version, and what the journal knows beyond it, in the place of a broken file."""
    backup = path + BACKUP_SUFFIX
    with StateLock(path, purpose="edit", like=backup):
        old = _previous(path)
        _refuse_readable(path)
        _refuse_others(path, expected, Versions(old.generation, None))
        _refuse_of_another(path, "journal", old.id, owner_of(journal_path(path)))
        # From its beginning: what the previous version contains is passed over, and nothing of another
        # journal in its place is taken for newer.
        newest = recover(old, newer_events(path, Saved(), old.id, old.generation), read_version)
        used = max(old.generation + 1, newest.generation)
        newest = newest._replace(generation=used, id=old.id or new_identity())
        event = restore_event(newest, newest, by=by or this_process().user, reason=reason)
        event = event._replace(target=old.generation, version=version_of(newest))
        journal = JournalWriter(journal_path(path), sync=True, like=backup)
        try:
            before = journal.size
            journal.append(encode(event))
            try:
                return _write(path, newest._replace(generation=used + 1))
            except NotDurableError:
                raise  # it is done: the journal has to say so
            except StateFileError:
                journal.rewind(before)
                raise
        finally:
            journal.close()


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
    # The broken file must not take the good one's place.
    state_file.write(path, snapshot, backup=None, like=path + BACKUP_SUFFIX)
    return snapshot
