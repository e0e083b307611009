"""What differs between two contexts in JSON form, key by key, and whether it can be read back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.model.json_values import equal
from wfepy_core.storage.codec import MAX_DEPTH, decode
from wfepy_core.storage.codec_refusal import step_to
from wfepy_core.storage.codec_tags import is_keyed
from wfepy_gui.text.translation import QT_TR_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE = QT_TR_NOOP("(the whole context)")
"""Stands for the key where a context is no plain dict and so differs as a whole."""

ABSENT = object()
"""Stands for a key that is not there, in the values of a `KeyChange`."""

_SAFE_DEPTH = MAX_DEPTH // 5


class KeyChange(NamedTuple):
    """One top-level context key that differs: its value before and after, in JSON form, or ABSENT."""

    key: str
    before: Any
    after: Any


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


def check_decodable(before: Any, after: Any) -> None:
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
        decode(after, path, part=True)
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
        decode(after, path, part=True)


def _containers(values: Iterable[Any]) -> list[Any]:
    return [each for each in values if isinstance(each, list | dict)]
