"""Whole state files made anew: an instance at its start, a legacy dump, one migrated, one restored."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from wfepy_core.describe import graph_of
from wfepy_core.errors import InterventionError, ModuleDriftError, StateFileError, UnreadableStateError
from wfepy_core.events import Intervened, encode
from wfepy_core.modules import LoadedWorkflow, check_drift, load, migrate
from wfepy_core.records import Records
from wfepy_core.snapshot import Saved, Snapshot, apply
from wfepy_core.status import TaskState
from wfepy_core.storage import state_file
from wfepy_core.storage.codec import decode
from wfepy_core.storage.codec import encode as encode_value
from wfepy_core.storage.journal import journal_size, newer_events
from wfepy_core.storage.journal_file import JournalWriter, journal_path
from wfepy_core.storage.lock import StateLock, this_process
from wfepy_core.storage.state_edit import edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def create(path: str, modules: Sequence[str], context: Any = None) -> Snapshot:
    """Start an instance: its state file, with a NEW token on every start point. Imports the modules.

    Args:
        path: the state file to be made.
        modules: workflow modules: files (from the working directory), or dotted names.
        context: the context in the state file's JSON form; None: an empty dict.

    Raises:
        StateFileError: there is a file of that name already, or it cannot be written.
        ModuleLoadError, WorkflowError: the module cannot be used.
        CodecError: a context value has a known tag with a payload that means nothing.
    """
    _refuse_existing(path)
    loaded = _load(path, modules)
    json_context = {} if context is None else context
    decode(json_context)
    starts = tuple(
        (name, TaskState.NEW) for name, task in loaded.workflow.tasks.items() if task.is_start_point
    )
    return _write_new(path, loaded, starts, json_context)


def import_legacy(legacy: str, path: str, modules: Sequence[str]) -> Snapshot:
    """Make a state file of a dump of `wfepy` 0.1.1, which is read as data. Imports the modules.

    Raises:
        LegacyImportError: the dump is refused, with the reason.
        StateFileError: there is a file of that name already, or it cannot be written.
        ModuleLoadError, WorkflowError: the module cannot be used.
        InterventionError: the dump stands on tasks that the modules do not have.
    """
    from wfepy_core.storage.legacy_pickle import read

    _refuse_existing(path)
    dumped = read(legacy)
    loaded = _load(path, modules)
    unknown = sorted({name for name, _ in dumped.state if name not in loaded.workflow.tasks})
    if unknown:
        raise InterventionError(
            f"{legacy} stands on tasks that {', '.join(modules)} does not have: {', '.join(unknown)}",
            hint="name the module it was dumped with",
        )
    # In wfepy circulating CANCELED tokens tell joins what cannot arrive; here a token that is gone says so.
    tokens = tuple(token for token in dumped.state if token[1] is not TaskState.CANCELED)
    return _write_new(path, loaded, tokens, encode_value(dumped.context))


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
        modules: workflow modules from now on, as in `create`; None: those it has.
        reason: why.
        by: who; default: the user of this process.

    Raises:
        ModuleDriftError: a task that holds a token is gone and not mapped, or is mapped to no task.
        InterventionError: there is nothing to move.
    """
    before = state_file.read(path)
    folder = _folder(path)
    loaded = load(before.workflow.modules, folder) if modules is None else _load(path, modules)
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


def restore_backup(path: str, *, reason: str = "", by: str = "") -> Snapshot:
    """Go back to the previous version of a state file, kept beside it as `.bak`.

    Where the file itself cannot be read, what the journal says happened after that version is added, so
    nothing is lost. The version that is replaced becomes the `.bak`.

    Raises:
        UnreadableStateError: there is no readable previous version.
    """
    old = state_file.read_document(path + state_file.BACKUP_SUFFIX).snapshot()
    try:
        state_file.read(path)
    except UnreadableStateError:
        return _rebuild(path, old, reason, by)

    def make(snapshot: Snapshot) -> tuple[Snapshot, Intervened]:
        return old, _event(snapshot, "restore", by, reason, old)

    return edit(path, make)


def _rebuild(path: str, old: Snapshot, reason: str, by: str) -> Snapshot:
    """Put the previous version, and what the journal knows beyond it, in the place of a broken file."""
    with StateLock(path, purpose="edit"):
        newest = apply(old, newer_events(path, old.saved))
        event = _event(newest, "restore", by, reason, newest)
        journal = JournalWriter(journal_path(path), sync=True, like=path)
        try:
            journal.append(encode(event))
        finally:
            journal.close()
        return _write(path, newest._replace(generation=newest.generation + 1))


def _event(snapshot: Snapshot, kind: str, by: str, reason: str, after: Snapshot) -> Intervened:
    me = this_process("edit")
    return Intervened(snapshot.generation, _now(), kind, by or me.user, "", reason, tokens=after.tokens)


def _refuse_same(snapshot: Snapshot, loaded: LoadedWorkflow) -> None:
    try:
        check_drift(snapshot.graph, loaded.workflow)
    except ModuleDriftError:
        return  # that is what a migration is for
    raise InterventionError("the module has the same tasks and transitions: there is nothing to migrate")


def _refuse_existing(path: str) -> None:
    if os.path.lexists(path):
        raise StateFileError(f"{path} exists already", path=path, hint="choose another name")


def _folder(path: str) -> str:
    return os.path.dirname(os.path.realpath(path))


def _load(path: str, modules: Sequence[str]) -> LoadedWorkflow:
    """Modules named from the working directory, as the state file at `path` names them."""
    folder = _folder(path)
    return load([_seen_from(folder, name) for name in modules], folder)


def _seen_from(folder: str, module: str) -> str:
    """A module file, relative to the state file's folder where it is near: both can be moved together."""
    if not os.path.isfile(module):
        return module
    relative = os.path.relpath(os.path.realpath(module), folder)
    far = relative.startswith(os.path.join(os.pardir, os.pardir)) or os.path.isabs(relative)
    return os.path.realpath(module) if far else relative


def _write_new(
    path: str, loaded: LoadedWorkflow, tokens: tuple[tuple[str, TaskState], ...], context: Any
) -> Snapshot:
    graph = graph_of(loaded.workflow, loaded.files)
    snapshot = Snapshot(1, loaded.ref, graph, tokens, Records(len(graph.tasks)), context)
    with StateLock(path, purpose="new"):
        _refuse_existing(path)
        return _write(path, snapshot)


def _write(path: str, snapshot: Snapshot) -> Snapshot:
    me = this_process("edit")
    saved = Saved(_now(), me.user, me.host, me.pid, journal_size(path))
    snapshot = snapshot._replace(saved=saved)
    state_file.write(path, snapshot)
    return snapshot


def _now() -> int:
    return time.time_ns() // 1000
