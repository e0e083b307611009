"""Changes an operator has made and not yet applied: context edits and interventions, in order, with undo.

Pure values, no Qt. Each change is the event it will be in the journal, so that what is previewed is what is
applied. The `base` is the snapshot the operator started from; see `merge` for what others save meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.model.snapshot import Snapshot, apply
from wfepy_gui.instance.context_difference import difference

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.events import Intervened
    from wfepy_gui.instance.context_difference import KeyChange


class Change(NamedTuple):
    """One change that waits to be applied.

    Attributes:
        event: as it will stand in the journal, but for reason and time.
        caption: what it does, for people.
    """

    event: Intervened
    caption: str


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

    def unsaved_after(self, saved: int, base: Snapshot) -> Pending:
        """What is left when the first `saved` changes were saved as `base`: those made in the meantime."""
        twin = Pending(base, self.by)
        twin.changes = tuple(
            change._replace(event=change.event._replace(generation=base.generation))
            for change in self.changes[saved:]
        )
        return twin

    def key_changes(self) -> tuple[KeyChange, ...]:
        """The context keys that differ between base and preview."""
        return difference(self.base.context, self.preview().context)
