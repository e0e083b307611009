"""Changes of context values in words, the same in tray, merge and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.instance.context_difference import ABSENT
from wfepy_gui.models.context.cells import beginning
from wfepy_gui.models.context.diff import Difference, differences, path_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.text.secrets import Masking

ABSENT_TEXT = "—"
"""Stands for a value that is not there."""


def value_text(masking: Masking, keys: tuple[str, ...], value: JsonValue, limit: int) -> str:
    """A value in one short line, dots for a secret, a dash for none."""
    return ABSENT_TEXT if value is ABSENT else masking.preview(keys, beginning(value, limit), limit)


def changes_text(masking: Masking, found: Iterable[Difference], limit: int) -> list[str]:
    """Differences as `builds[3].name: old → new`, each value at most `limit` characters."""
    return [
        f"{path_text(each.keys)}: {value_text(masking, each.keys, each.before, limit)}"
        f" → {value_text(masking, each.keys, each.after, limit)}"
        for each in found
    ]


def of_keys(old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> list[Difference]:
    """What differs between the old and the new values of some top-level keys, down to the values within."""
    found: list[Difference] = []
    for key in {**new, **old}:
        if key in old and key in new:
            found += differences({key: old[key]}, {key: new[key]})
        else:
            found.append(Difference((key,), old.get(key, ABSENT), new.get(key, ABSENT)))
    return found
