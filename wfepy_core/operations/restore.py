"""Ways out when a state file no longer fits its module, or is broken: migrate it, or restore the backup."""

from __future__ import annotations

import os

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.engine.graph_description import graph_of
from wfepy_core.errors import (
    InterventionError,
    ModuleDriftError,
    ModuleLoadError,
    StateConflictError,
    UnreadableStateError,
)
from wfepy_core.loading.loader import LoadedWorkflow, check_drift, load
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import Intervened, encode
from wfepy_core.model.snapshot import Saved, Snapshot, apply
from wfepy_core.operations.migration import migrate, show_way_out
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import journal_size, newer_events
from wfepy_core.storage.journal_lines import JournalWriter, journal_path
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_edit import edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def move_to_module(
    path: str,
    mapping: Mapping[str, str | None],
    *,
    modules: Sequence[str] | None = None,
    reason: str = "",
    by: str = "",
) -> Snapshot:
    """Move an instance to its changed module: the way out of a ModuleDriftError. Imports the modules.

    Args:
        path: the state file.
        mapping: the new name of each task that is gone, or None to drop its token and record.
        modules: workflow modules from now on, as file paths (relative to the folder of `path`, or absolute)
            or dotted names; None: those it has.
        reason: why.
        by: who; default: the user of this process.

    Raises:
        ModuleDriftError: a task that holds a token is gone and not mapped, or is mapped to no task.
        InterventionError: there is nothing to move.
    """
    path = os.path.abspath(path)  # a module may change the working directory
    before = state_file.read(path)
    folder = os.path.dirname(os.path.realpath(path))
    try:
        loaded = load(before.workflow.modules if modules is None else modules, folder)
    except ModuleLoadError as error:
        show_way_out(error, path)
        raise
    graph = graph_of(loaded.workflow, loaded.files)
    if not mapping and modules is None:
        _refuse_same(before, loaded)
    ref = loaded.ref._replace(name=before.workflow.name)
    told = ", ".join(f"{old} → {new or 'dropped'}" for old, new in mapping.items())

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        moved = migrate(snapshot, graph, ref, mapping)
        why = "; ".join(filter(None, (told, reason)))
        return moved, _event(snapshot, "migrate", by, why, moved)

    return edit(path, make)


def drift_of(path: str, *, modules: Sequence[str] | None = None) -> ModuleDriftError | None:
    """What `move_to_module` would have to bridge: the drift, or None where the module still fits.

    Imports the modules; saves nothing.

    Args:
        path: the state file.
        modules: as in `move_to_module`.
    """
    snapshot = state_file.read(path)
    folder = os.path.dirname(os.path.realpath(path))
    loaded = load(snapshot.workflow.modules if modules is None else modules, folder)
    try:
        check_drift(snapshot.graph, loaded.workflow)
    except ModuleDriftError as drift:
        return drift
    return None


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
    backup = path + state_file.BACKUP_SUFFIX
    if not os.path.lexists(backup):
        raise UnreadableStateError(
            f"there is no previous version of {path}: {backup} does not exist",
            path=path,
            hint="check the path, or bring the file back from a backup of the folder",
        )

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        old = _previous(path)
        _refuse_others(path, expected, Versions(old.generation, snapshot.generation))
        return old, _event(snapshot, "restore", by, reason, old)

    try:
        return edit(path, make)
    except UnreadableStateError:
        return _rebuild(path, reason, by, expected)


def _previous(path: str) -> Snapshot:
    return state_file.read_document(path + state_file.BACKUP_SUFFIX).snapshot()


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
        event = _event(newest, "restore", by, reason, newest)
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


def _event(snapshot: Snapshot, kind: str, by: str, reason: str, after: Snapshot) -> Intervened:
    me = this_process()
    return Intervened(
        snapshot.generation,
        me.at,
        kind,
        by or me.user,
        "",
        reason,
        tokens=after.tokens,
        stood=snapshot.tokens,
    )


def _refuse_same(snapshot: Snapshot, loaded: LoadedWorkflow) -> None:
    try:
        check_drift(snapshot.graph, loaded.workflow)
    except ModuleDriftError:
        return  # that is what a migration is for
    raise InterventionError("the module has the same tasks and transitions: there is nothing to migrate")


def _write(path: str, snapshot: Snapshot) -> Snapshot:
    me = this_process()
    saved = Saved(me.at, me.user, me.host, me.pid, journal_size(path))
    snapshot = snapshot._replace(saved=saved)
    state_file.write(path, snapshot)
    return snapshot
