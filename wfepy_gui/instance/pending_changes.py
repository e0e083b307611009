"""Changes an operator has made and not yet applied: context edits and interventions, in order, with undo.

Pure values, no Qt. Each change is the event it will be in the journal, so that what is previewed is what is
applied. The `base` is the snapshot the operator started from; when somebody else saves the instance
meanwhile, `merge` compares base, theirs and ours key by key.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.errors import InterventionError, WfepyError
from wfepy_core.model.json_values import equal
from wfepy_core.model.snapshot import Snapshot, apply
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import ON_ONE_TASK, context_becomes_event, task_event
from wfepy_core.storage.codec import MAX_DEPTH, decode
from wfepy_core.storage.codec_tags import is_keyed, step_to
from wfepy_gui.text.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wfepy_core.model.events import Intervened

WHOLE = QT_TR_NOOP("(the whole context)")
"""Stands for the key where a context is no plain dict and so differs as a whole."""

ABSENT = object()
"""Stands for a key that is not there, in the values of a `KeyChange`."""

_SAFE_DEPTH = MAX_DEPTH // 5


class Change(NamedTuple):
    """One change that waits to be applied.

    Attributes:
        event: as it will stand in the journal, but for reason and time.
        caption: what it does, for people.
    """

    event: Intervened
    caption: str


class KeyChange(NamedTuple):
    """One top-level context key that differs: its value before and after, in JSON form, or ABSENT."""

    key: str
    before: Any
    after: Any


class Conflict(NamedTuple):
    """A top-level context key that both sides changed, differently; values as in `KeyChange`."""

    key: str
    base: Any
    theirs: Any
    ours: Any


class Merge(NamedTuple):
    """How pending changes fit a newer snapshot.

    Attributes:
        theirs: the newer snapshot.
        their_keys: keys that only they changed.
        our_keys: keys that only we changed.
        conflicts: keys that both changed, differently.
        lost: captions of interventions that no longer fit, with the reason.
    """

    theirs: Snapshot
    their_keys: tuple[str, ...]
    our_keys: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    lost: tuple[tuple[str, str], ...]


class Pending:
    """The changes on top of a base, with undo and redo.

    Attributes:
        base: the snapshot they were made on.
        by: who makes them, for the journal.
        changes: in the order in which they were made.
    """

    def __init__(self, base: Snapshot, by: str = "") -> None:
        self.base = base
        self.by = by
        self.changes: tuple[Change, ...] = ()
        self._undone: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def can_redo(self) -> bool:
        """Whether an undone change can come back."""
        return bool(self._undone)

    def preview(self) -> Snapshot:
        """The instance as it would be. O(tasks + transitions)."""
        return apply(self.base, [change.event for change in self.changes]) if self.changes else self.base

    def stage(self, make: Callable[[Snapshot], Intervened], caption: str) -> None:
        """Add a change; `make` gets the preview and may raise, then nothing is added."""
        self.changes = (*self.changes, Change(make(self.preview()), caption))
        self._undone = ()

    def undo(self) -> None:
        """Take the latest change back; nothing happens if there is none."""
        if self.changes:
            self._undone = (*self._undone, self.changes[-1])
            self.changes = self.changes[:-1]

    def redo(self) -> None:
        """Bring the change back that was undone last."""
        if self._undone:
            self.changes = (*self.changes, self._undone[-1])
            self._undone = self._undone[:-1]

    def events(self, reason: str) -> list[Intervened]:
        """What is to be journaled; the reason counts for what has none of its own."""
        return [
            change.event._replace(reason=change.event.reason or reason, generation=self.base.generation)
            for change in self.changes
        ]

    def beyond(self, saved: int, base: Snapshot) -> Pending:
        """What is left when the first `saved` changes were saved as `base`: those made while that went on."""
        twin = Pending(base, self.by)
        twin.changes = tuple(
            change._replace(event=change.event._replace(generation=base.generation))
            for change in self.changes[saved:]
        )
        return twin

    def key_changes(self) -> tuple[KeyChange, ...]:
        """The context keys that differ between base and preview."""
        return difference(self.base.context, self.preview().context)

    # -- beside others ------------------------------------------------------------------------------------

    def merge(self, theirs: Snapshot) -> Merge:
        """How the changes fit `theirs`. Nothing is changed."""
        mine = {change.key: change.after for change in self.key_changes()}
        other = {change.key: change.after for change in difference(self.base.context, theirs.context)}
        lost = self._stage_interventions(Pending(theirs, self.by))
        if mine and other and WHOLE in {*mine, *other}:
            ours = self.preview().context
            whole = Conflict(WHOLE, self.base.context, theirs.context, ours)
            return Merge(theirs, (), (), () if equal(theirs.context, ours) else (whole,), lost)
        both = [key for key in mine if key in other and not equal(mine[key], other[key])]
        base = self.base.context if is_keyed(self.base.context) else {}
        return Merge(
            theirs,
            tuple(key for key in other if key not in mine),
            tuple(key for key in mine if key not in other),
            tuple(Conflict(key, base.get(key, ABSENT), other[key], mine[key]) for key in both),
            lost,
        )

    def rebased(self, merge: Merge, ours: Mapping[str, bool]) -> Pending:
        """The same changes on top of theirs.

        Args:
            merge: what `merge` answered.
            ours: for each conflicting key whether our value counts; theirs where it is not named.
        """
        twin = Pending(merge.theirs, self.by)
        conflicts = {conflict.key for conflict in merge.conflicts}
        kept = [c for c in self.key_changes() if c.key not in conflicts or ours.get(c.key, False)]
        if WHOLE in conflicts:
            kept = [KeyChange(WHOLE, ABSENT, self.preview().context)] if ours.get(WHOLE, False) else []
        _stage_keys(twin, kept)
        self._stage_interventions(twin)
        return twin

    def _stage_interventions(self, twin: Pending) -> tuple[tuple[str, str], ...]:
        """Make our interventions again on the twin; captions of those that do not fit, with the reason."""
        lost = []
        for change in self.changes:
            if change.event.kind is not InterventionKind.CONTEXT:
                try:
                    twin.stage(_remade(change, self.base), change.caption)
                except WfepyError as error:
                    lost.append((change.caption, str(error)))
        return tuple(lost)


def _stage_keys(twin: Pending, kept: list[KeyChange]) -> None:
    """Make our key changes again on the twin's base, as one change."""
    now = twin.base.context
    wanted: Any = dict(now) if is_keyed(now) else now
    for change in kept:
        if change.key == WHOLE:
            wanted = change.after
        elif change.after is ABSENT:
            wanted.pop(change.key, None)
        else:
            wanted[change.key] = change.after
    if difference(now, wanted):
        named = ", ".join(change.key for change in kept)
        twin.stage(
            lambda snapshot: context_becomes_event(snapshot, wanted, by=twin.by),
            tr("context: {}").format(named),
        )


def _remade(change: Change, base: Snapshot) -> Callable[[Snapshot], Intervened]:
    event = change.event

    def make(snapshot: Snapshot) -> Intervened:
        if event.kind in ON_ONE_TASK:
            return task_event(snapshot, event.kind, event.task, by=event.by, reason=event.reason)
        if event.tokens is not None and snapshot.tokens != base.tokens:
            raise InterventionError(
                tr("the instance stands elsewhere by now"), hint=tr("look, and place them again")
            )
        return event._replace(generation=snapshot.generation)

    return make


def difference(before: Any, after: Any) -> tuple[KeyChange, ...]:
    """The top-level keys in which two contexts (in JSON form) differ; others differ as a `WHOLE`."""
    if before is after:
        return ()
    if not is_keyed(before) or not is_keyed(after):
        return () if equal(before, after) else (KeyChange(WHOLE, before, after),)
    changed = [
        KeyChange(key, old, value)
        for key, value in after.items()
        if (old := before.get(key, ABSENT)) is not value and not equal(old, value)
    ]
    return (*changed, *(KeyChange(key, value, ABSENT) for key, value in before.items() if key not in after))


def check(before: Any, after: Any) -> None:
    """Make sure that what differs between two contexts can be read back. What they share costs nothing.

    Raises:
        CodecError: it cannot; says where.
    """
    _check(before, after, "context", 0)


def _check(before: Any, after: Any, path: str, depth: int) -> None:
    if before is after:
        return
    if depth < _SAFE_DEPTH and is_keyed(before) and is_keyed(after):
        for key, value in after.items():
            _check(before.get(key, ABSENT), value, path + step_to(key), depth + 1)
    elif depth < _SAFE_DEPTH and isinstance(before, list) and isinstance(after, list):
        known = set(map(id, before))
        for row, value in enumerate(after):
            if id(value) not in known:
                _check(before[row] if row < len(before) else ABSENT, value, f"{path}[{row}]", depth + 1)
    else:
        decode(after, path)
        _check_depth(after, path, depth)


def _check_depth(after: Any, path: str, depth: int) -> None:
    """How deep a value may be nested counts from the top of the context."""
    levels, count = _containers([after]), 0
    while levels and depth + count <= MAX_DEPTH:
        within = [each.values() if isinstance(each, dict) else each for each in levels]
        levels, count = _containers(chain.from_iterable(within)), count + 1
    if levels:  # the codec counts otherwise, so let it say
        for _ in range(depth):
            after = [after]
        decode(after, path)


def _containers(values: Iterable[Any]) -> list[Any]:
    return [each for each in values if isinstance(each, list | dict)]
