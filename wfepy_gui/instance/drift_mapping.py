"""How the tasks of an instance move to a changed module: what is gone, new, and likely renamed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfepy_core.model.status import TaskState

LIKELY = 0.5
"""Names less alike than this are not suggested."""


class Drift(NamedTuple):
    """What differs between an instance's graph and its module: names of tasks.

    Attributes:
        added: only the module has them.
        removed: only the instance has them.
        changed: both have them, with other points or transitions.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self[:])

    @property
    def sentence(self) -> str:
        """What differs, for people."""
        kinds = tr("new: {}"), tr("gone: {}"), tr("changed: {}")
        parts = [
            told.format(", ".join([*names[:8], *(["…"] if len(names) > 8 else [])]))
            for told, names in zip(kinds, self, strict=True)
            if names
        ]
        return "; ".join(parts)


def drift_in(printed: str) -> Drift | None:
    """The drift that `wfepy migrate --preview` printed; None if it makes no sense."""
    try:
        members = json.loads(printed)
        return Drift(*(tuple(map(str, members[name])) for name in Drift._fields))
    except (ValueError, TypeError, KeyError):
        return None


def suggestions(drift: Drift) -> dict[str, str | None]:
    """For each task that is gone the new one with the most similar name, each new one once; else None."""
    from difflib import SequenceMatcher  # noqa: PLC0415  start-up time

    pairs = sorted(
        (-SequenceMatcher(None, old.lower(), new.lower()).ratio(), old, new)
        for old in drift.removed
        for new in drift.added
    )
    found: dict[str, str | None] = dict.fromkeys(drift.removed)
    taken: set[str] = set()
    for likeness, old, new in pairs:
        if -likeness >= LIKELY and found[old] is None and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def moved_tokens(
    tokens: Sequence[tuple[str, TaskState]], mapping: Mapping[str, str | None]
) -> list[tuple[str, str, str]]:
    """Where each token goes, as task, state and the task it has afterwards (empty: it is dropped)."""
    return [(name, state.name, mapping.get(name, name) or "") for name, state in tokens]


def map_arguments(mapping: Mapping[str, str | None]) -> list[str]:
    """The options of `wfepy migrate` that say the same."""
    return [part for old, new in mapping.items() for part in ("--map", f"{old}={new or ''}")]
