"""Pending changes of the open instance: makes, undoes and saves them, and keeps them when others save.

`pending_changes` holds the values; this adds time: saving runs in a pool thread, and what others save arrives
while the operator types. Nothing that was typed is ever dropped without being said.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from wfepy_core.errors import StateConflictError, WfepyError
from wfepy_core.explain.list_text import first_names
from wfepy_core.model.actor import user_name
from wfepy_core.model.json_values import equal, share_unchanged
from wfepy_core.model.snapshot import Snapshot
from wfepy_core.operations.interventions import context_becomes_event
from wfepy_core.storage.state_edit import edit
from wfepy_gui.instance.context_difference import check_decodable
from wfepy_gui.instance.merge import Merge, merge, rebase
from wfepy_gui.instance.pending_changes import Pending
from wfepy_gui.text.secrets import Masking
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.events import Intervened
    from wfepy_gui.instance.merge import Conflict
    from wfepy_gui.instance.pending_changes import Change
    from wfepy_gui.notices import Notices


class Editing(QObject):
    """Owns the pending changes of one instance.

    Signals:
        changed: the changes, what they are based on, the merge or the masks are others; also when saving
            begins and ends.
        applied: the changes were saved; the snapshot as saved.
        refused: the changes were not saved, and stay.
        outdated: the file is newer than what was read of it; it should be read again.
        drafts_wanted: whoever holds what was typed and is no change yet must make it one now.
        conflict: others saved while changes were pending, and both changed the same: a `Merge`.
    """

    drafts_wanted = Signal()
    changed = Signal()
    applied = Signal(Snapshot)
    refused = Signal()
    outdated = Signal()
    conflict = Signal(Merge)

    def __init__(self, pool: QThreadPool, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._path = ""
        self._pending: Pending | None = None
        self._preview: Snapshot | None = None
        self._merge: Merge | None = None
        self._saving: tuple[Change, ...] = ()
        self._has_draft = False
        self._reason = ""
        self._by = ""
        self._masking = Masking()
        self._saves = BackgroundQuery(pool, self)
        self._saves.answered.connect(self._on_saved)
        self._saves.failed.connect(self._on_save_failed)

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def pending(self) -> Pending | None:
        """The changes on their base; None until the file was read. True when there are any."""
        return self._pending

    @property
    def changes(self) -> tuple[Change, ...]:
        """The pending changes in the order in which they were made."""
        return self._pending.changes if self._pending is not None else ()

    @property
    def preview(self) -> Snapshot | None:
        """The instance as it will be when the changes are applied."""
        if self._preview is None and self._pending is not None:
            self._preview = self._pending.preview()
        return self._preview

    @property
    def merge(self) -> Merge | None:
        """What others saved meanwhile and what both changed; None when nothing stands in the way."""
        return self._merge

    @property
    def masking(self) -> Masking:
        """Which values are secrets, and which of them the operator wants to see."""
        return self._masking

    @property
    def has_unsaved(self) -> bool:
        """Whether closing now would lose something."""
        return bool(self._pending) or self._has_draft

    @property
    def has_draft(self) -> bool:
        """Whether somebody has typed what is no change yet."""
        return self._has_draft

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saves.is_busy

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self.changes) and not self.is_saving

    @property
    def can_redo(self) -> bool:
        """Whether a change that was taken back can come again."""
        return self._pending is not None and self._pending.can_redo and not self.is_saving

    # -- intents ------------------------------------------------------------------------------------------

    def begin(self, path: str) -> None:
        """Start anew with another state file; whoever asks for that has asked about pending changes."""
        self._path = path
        self._pending = self._merge = None
        self._preview = None
        self._saving, self._has_draft, self._reason = (), False, ""
        self._masking = Masking()
        self._saves.forget()
        self.changed.emit()

    def stage(self, make: Callable[[Snapshot], Intervened], caption: str) -> bool:
        """Add a change; True if it was added. `make` gets the preview; what it refuses becomes a notice."""
        if self._pending is None:
            return False
        try:
            self._pending.stage(make, caption)
        except WfepyError as error:
            self.refuse(error)
            return False
        self._emit_changed()
        return True

    def stage_context(self, context: Any, caption: str) -> bool:
        """Add a change of the context, in JSON form, as a whole; what cannot be saved becomes a notice."""
        by = self._user_name()

        def make(snapshot: Snapshot) -> Intervened:
            check_decodable(snapshot.context, context)
            return context_becomes_event(snapshot, context, by=by)

        return self.stage(make, caption)

    def refuse(self, error: Exception) -> None:
        """Say why something the operator wants to change cannot be."""
        if isinstance(error, WfepyError):
            self._notices.warning(error.message, hint=error.hint)
        else:
            text = str(error)
            self._notices.warning(text[:1].upper() + text[1:], hint=tr("Nothing was changed."))

    def undo(self) -> None:
        """Take the latest change back."""
        if self.can_undo and self._pending is not None:
            self._pending.undo()
            self._recheck_merge()
            self._emit_changed()

    def redo(self) -> None:
        """Bring the change back that was taken back last."""
        if self.can_redo and self._pending is not None:
            self._pending.redo()
            self._recheck_merge()
            self._emit_changed()

    def discard(self) -> None:
        """Forget all changes."""
        if self._pending is not None and not self.is_saving:
            self._reset_base(self._merge.theirs if self._merge else self._pending.base)

    def set_reason(self, reason: str) -> None:
        """Why the changes are made: goes into the history when they are applied without another reason."""
        self._reason = reason.strip()

    def collect(self) -> bool:
        """Make what was typed so far pending changes; False when some of it cannot be one."""
        if self._has_draft:
            self.drafts_wanted.emit()
        return not self._has_draft

    def apply(self, reason: str) -> None:
        """Save all changes at once, with the operator's reason; `applied` or `refused` follows."""
        if self.is_saving:
            return
        if not self.collect() or not self._pending:
            self.refused.emit()
            return
        if self._merge is not None:
            self.refused.emit()
            self.conflict.emit(self._merge)
            return
        self._saving = self._pending.changes
        base, events = self._pending.base, self._pending.events(reason or self._reason)
        self._saves.ask(partial(save, self._path, base, events))
        self.changed.emit()

    def resolve(self, ours: Mapping[str, bool]) -> None:
        """Go on from what others saved; for each conflicting key say whether our value counts."""
        merged = self._merge
        if merged is None or self._pending is None or self.is_saving:
            return
        dropped = [conflict for conflict in merged.conflicts if not ours.get(conflict.key, False)]
        self._pending = rebase(self._pending, merged, ours)
        self._merge = None
        if dropped or merged.lost:
            self._notify_dropped(dropped, merged)
        self._emit_changed()

    def reveal(self, place: tuple[str, ...], *, shown: bool) -> None:
        """Show a secret value, or mask it again."""
        self._masking = self._masking.reveal(place) if shown else self._masking.hide(place)
        self.changed.emit()

    def set_has_draft(self, has_draft: bool) -> None:
        """Somebody has typed what is no change yet, or has no more of it."""
        if has_draft != self._has_draft:
            self._has_draft = has_draft
            self.changed.emit()

    # -- facts --------------------------------------------------------------------------------------------

    def on_live_snapshot(self, snapshot: Snapshot) -> None:
        """The instance moves on (a pass tells its events); without changes they build on that."""
        pending = self._pending
        if pending or (pending is not None and pending.base is snapshot):
            return
        if pending is None or pending.can_redo or self._merge or pending.base.context is not snapshot.context:
            self._reset_base(snapshot)
        else:  # comes with each burst of a running pass; the context is the same, so nothing is announced
            self._pending, self._preview = Pending(snapshot, self._user_name()), None

    def on_file_read(self, snapshot: Snapshot) -> None:
        """The file was read: changes are put on top of it, or a merge is offered."""
        if not self._pending:
            self.on_live_snapshot(snapshot)
            return
        base = self._pending.base
        if self.is_saving or _is_same_state(snapshot, base):
            return
        snapshot = snapshot._replace(context=share_unchanged(base.context, snapshot.context))
        merged = merge(self._pending, snapshot)
        if merged.conflicts or merged.lost:
            is_news = self._merge is None or self._merge.theirs.generation != snapshot.generation
            self._merge = merged
            if is_news:
                self.conflict.emit(merged)
            self.changed.emit()
            return
        self._merge = None
        self._pending = rebase(self._pending, merged, {})
        if snapshot.generation != base.generation:
            self._notices.info(
                tr("{} saved this instance meanwhile; your changes still fit and were kept").format(
                    who_saved(snapshot)
                ),
                hint=_changed_keys_text(merged),
            )
        self._emit_changed()

    def _on_saved(self, snapshot: Snapshot) -> None:
        if self._pending is not None:
            self._pending = self._pending.unsaved_after(len(self._saving), snapshot)
        self._saving = ()
        self._preview = None
        self._reason = ""
        self.applied.emit(snapshot)
        self.changed.emit()

    def _on_save_failed(self, error: Exception) -> None:
        self._saving = ()
        self.refused.emit()
        if isinstance(error, StateConflictError):
            self.outdated.emit()
        else:
            self._notices.report(error)
        self.changed.emit()

    # -- parts --------------------------------------------------------------------------------------------

    def _reset_base(self, snapshot: Snapshot) -> None:
        self._pending = Pending(snapshot, self._user_name())
        self._merge = None
        self._emit_changed()

    def _recheck_merge(self) -> None:
        """Undo may have taken back what stood in the way."""
        if self._merge is not None:
            theirs, self._merge = self._merge.theirs, None
            self._preview = None
            self.on_file_read(theirs)

    def _notify_dropped(self, dropped: list[Conflict], merged: Merge) -> None:
        lines = [
            f"{conflict.key}: {self._masking.preview((conflict.key,), conflict.ours, 2000)}"
            for conflict in dropped
        ]
        lines += [f"{caption}: {problem}" for caption, problem in merged.lost]
        self._notices.warning(
            tr("{} of your changes gave way to what {} saved").format(len(lines), who_saved(merged.theirs)),
            hint=tr("Details has your values."),
            details="\n".join(lines),
        )

    def _emit_changed(self) -> None:
        self._preview = None
        self.changed.emit()

    def _user_name(self) -> str:
        if not self._by:
            self._by = user_name()
        return self._by


def save(path: str, base: Snapshot, events: list[Intervened]) -> Snapshot:
    """Apply changes to the file if it still says what they were made on.

    Raises:
        StateConflictError: it does not.
        LockedError, StateFileError: as `state_edit.edit`.
    """

    def make(found: Snapshot) -> list[Intervened]:
        # Its generation is asked by `edit`.
        if not _says_the_same(found, base):
            raise StateConflictError(tr("{} was changed since it was read").format(path), path=path)
        return events

    saved = edit(path, make, expected_generation=base.generation)
    return saved._replace(context=share_unchanged(base.context, saved.context))


def who_saved(snapshot: Snapshot) -> str:
    """Who saved a snapshot, for people."""
    return snapshot.saved.by or tr("somebody")


def _changed_keys_text(merged: Merge) -> str:
    keys = first_names(merged.their_keys, 6, tr)
    return tr("Changed by them: {}.").format(keys) if keys else ""


def _is_same_state(one: Snapshot, other: Snapshot) -> bool:
    return one.generation == other.generation and _says_the_same(one, other)


def _says_the_same(one: Snapshot, other: Snapshot) -> bool:
    return one.tokens == other.tokens and (one.context is other.context or equal(one.context, other.context))
