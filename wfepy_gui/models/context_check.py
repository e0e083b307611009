"""Whether a changed context, in JSON form, can be read back: only what is another is read. Pure."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from wfepy_core.storage.codec import MAX_DEPTH, decode
from wfepy_core.storage.codec_refusal import member
from wfepy_gui.pending import ABSENT, is_keyed

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAFE_DEPTH = MAX_DEPTH // 5


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
            _check(before.get(key, ABSENT), value, path + member(key), depth + 1)
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
