"""How pending changes fit what somebody else saved meanwhile: base, theirs and ours, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.errors import InterventionError, WfepyError
from wfepy_core.model.json_values import equal
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import ON_ONE_TASK, context_becomes_event, task_event
from wfepy_core.storage.codec_tags import is_keyed
from wfepy_gui.instance.context_difference import ABSENT, WHOLE, KeyChange, difference
from wfepy_gui.instance.pending_changes import Pending
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wfepy_core.model.events import Intervened
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.pending_changes import Change


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


def merge(pending: Pending, theirs: Snapshot) -> Merge:
    """How the changes fit `theirs`. Nothing is changed."""
    mine = {change.key: change.after for change in pending.key_changes()}
    other = {change.key: change.after for change in difference(pending.base.context, theirs.context)}
    lost = _stage_interventions(pending, Pending(theirs, pending.by))
    if mine and other and WHOLE in {*mine, *other}:
        ours = pending.preview().context
        whole = Conflict(WHOLE, pending.base.context, theirs.context, ours)
        return Merge(theirs, (), (), () if equal(theirs.context, ours) else (whole,), lost)
    both = [key for key in mine if key in other and not equal(mine[key], other[key])]
    base = pending.base.context if is_keyed(pending.base.context) else {}
    return Merge(
        theirs,
        tuple(key for key in other if key not in mine),
        tuple(key for key in mine if key not in other),
        tuple(Conflict(key, base.get(key, ABSENT), other[key], mine[key]) for key in both),
        lost,
    )


def rebase(pending: Pending, merged: Merge, ours: Mapping[str, bool]) -> Pending:
    """The same changes on top of theirs.

    Args:
        pending: our changes.
        merged: what `merge` answered.
        ours: for each conflicting key whether our value counts; theirs where it is not named.
    """
    twin = Pending(merged.theirs, pending.by)
    conflicts = {conflict.key for conflict in merged.conflicts}
    changes = [c for c in pending.key_changes() if c.key not in conflicts or ours.get(c.key, False)]
    if WHOLE in conflicts:
        changes = [KeyChange(WHOLE, ABSENT, pending.preview().context)] if ours.get(WHOLE, False) else []
    _stage_keys(twin, changes)
    _stage_interventions(pending, twin)
    return twin


def _stage_interventions(pending: Pending, twin: Pending) -> tuple[tuple[str, str], ...]:
    """Make our interventions again on the twin; captions of those that do not fit, with the reason."""
    lost = []
    for change in pending.changes:
        if change.event.kind is not InterventionKind.CONTEXT:
            try:
                twin.stage(_remake(change, pending.base), change.caption)
            except WfepyError as error:
                lost.append((change.caption, str(error)))
    return tuple(lost)


def _stage_keys(twin: Pending, changes: list[KeyChange]) -> None:
    """Make our key changes again on the twin's base, as one change."""
    now = twin.base.context
    wanted: Any = dict(now) if is_keyed(now) else now
    for change in changes:
        if change.key == WHOLE:
            wanted = change.after
        elif change.after is ABSENT:
            wanted.pop(change.key, None)
        else:
            wanted[change.key] = change.after
    if difference(now, wanted):
        named = ", ".join(change.key for change in changes)
        twin.stage(
            lambda snapshot: context_becomes_event(snapshot, wanted, by=twin.by),
            tr("context: {}").format(named),
        )


def _remake(change: Change, base: Snapshot) -> Callable[[Snapshot], Intervened]:
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
