"""Where in a JSON text a member stands, for messages about what the parser let through. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wfepy_core.storage.codec_refusal import step_to
from wfepy_core.storage.codec_tags import is_tag

if TYPE_CHECKING:
    from collections.abc import Generator

_SPACE = re.compile(r"[ \t\n\r]*")
_TEXT = r'"(?:[^"\\]|\\.)*"'
_DECODER = json.JSONDecoder()
_Place = tuple[str, int]


def place_of_path(text: str, path: str) -> int:
    """Where the value that a codec's path names (`context.due`) begins; that of what it is in, if none.

    Args:
        text: JSON.
        path: as in a `CodecError`.

    Returns:
        Characters from the start; -1: unknown.
    """
    best, longest = -1, 0
    try:
        for found, at in _members(text, 0, "context"):
            rest = path[len(found) : len(found) + 1]
            if len(found) > longest and path.startswith(found) and rest in ("", ".", "[", "{"):
                best, longest = at, len(found)
    except (ValueError, IndexError, RecursionError):
        return -1
    return best


def place_of_second(text: str, key: str) -> int:
    """Where a key stands for the second time in one object; -1: unknown."""
    seen: set[str] = set()
    try:
        for found, at in _members(text, 0, "context", plain=False):
            if found in seen and found.endswith(step_to(key)):
                return at
            seen.add(found)
    except (ValueError, IndexError, RecursionError):
        return -1
    return -1


def place_of_number(text: str, number: str) -> int:
    """Where a number (or NaN, Infinity) stands, not within a text; -1: nowhere."""
    found = re.finditer(rf"{_TEXT}|({re.escape(number)})", text)
    return next((each.start(1) for each in found if each[1]), -1)


def _members(text: str, at: int, path: str, *, plain: bool = True) -> Generator[_Place, None, int]:
    """Paths of all members, as codecs write them, each with where it begins: an object's key, a list's item.

    Tags are left out of the paths where `plain`, as the codec leaves them out. Returns where the value ends.
    """
    at = _skip(text, at)
    if text[at] == "{":
        return (yield from _object(text, _skip(text, at + 1), path, plain=plain))
    if text[at] != "[":
        return _DECODER.raw_decode(text, at)[1]
    at, row = _skip(text, at + 1), 0
    while text[at] != "]":
        yield f"{path}[{row}]", at
        at = _skip(text, (yield from _members(text, at, f"{path}[{row}]", plain=plain)))
        at, row = _skip(text, at + 1) if text[at] == "," else at, row + 1
    return at + 1


def _object(text: str, at: int, path: str, *, plain: bool) -> Generator[_Place, None, int]:
    while text[at] != "}":
        start = at
        key, at = _DECODER.raw_decode(text, at)
        inner = path if plain and is_tag(key) else path + step_to(key)
        if inner != path:
            yield inner, start
        at = yield from _members(text, _skip(text, at) + 1, inner, plain=plain)
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at
    return at + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
