"""Finds keys and values in a context in JSON form, for a search and for a filter. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.storage.codec_preview import preview
from wfepy_gui.models.context.node import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.models.context.node import Accepted, Place
    from wfepy_gui.text.secrets import Masking


class Hit(NamedTuple):
    """A value that was found: its place (positions from the top) and its keys."""

    place: Place
    keys: tuple[str, ...]


def find(encoded: JsonValue, text: str, limit: int, masking: Masking | None = None) -> list[Hit]:
    """Values whose key or short text contains `text`; at most `limit`.

    What `masking` masks is looked for by its key only.
    """
    found: list[Hit] = []
    if text:
        _find(encoded, text.casefold(), limit, masking, Hit((), ()), found)
    return found


def _find(
    encoded: JsonValue, needle: str, limit: int, masking: Masking | None, within: Hit, found: list[Hit]
) -> None:
    for row, (key, value) in enumerate(nodes_of(encoded) or ()):
        if len(found) >= limit:
            return
        is_leaf = type(value) not in (dict, list) or nodes_of(value) is None
        if needle in key.casefold() or (
            is_leaf
            and needle in _leaf_text(value)
            and not (masking is not None and masking.masks((*within.keys, key), value))
        ):
            found.append(Hit((*within.place, row), (*within.keys, key)))
        if not is_leaf:
            _find(value, needle, limit, masking, Hit((*within.place, row), (*within.keys, key)), found)


def _leaf_text(value: JsonValue) -> str:
    return value[:400].casefold() if type(value) is str else preview(value, 400).casefold()


def accept_hits(hits: Iterable[Hit]) -> Accepted:
    """A filter that lets these values through: all that is in them, and what they are in."""
    top: Accepted = {}
    for _, keys in hits:
        level: Accepted | None = top
        for key in keys[:-1]:
            if level is None:
                break
            level = level.setdefault(key, {})
        if level is not None:
            level[keys[-1]] = None
    return top
