"""Words and short text for encoded values, for those who show them: nothing is decoded, no code is run."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.codec_tags import TAGS, is_object, is_pair, member_list, split_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

_WORDS = {
    str: "text",
    bool: "yes or no",
    int: "number",
    float: "number",
    type(None): "nothing",
    list: "list",
    dict: "dict",
}
_MAX_LEVELS = 20  # Deeper than that nobody reads.


def kind_of(json_value: Any) -> str:
    """What kind of value it is, in words: `text`, `set`, `datetime`, `object release.build`, `opaque $new`.

    Args:
        json_value: an encoded value, or any JSON.
    """
    tagged = split_tag(json_value)
    if tagged is None:
        return _WORDS.get(type(json_value), "not JSON")
    tag, payload = tagged
    if tag == "$object":
        return f"object {payload[0][:60]}" if is_object(payload) else f"opaque {tag}"
    row = TAGS.get(tag)
    return f"opaque {tag[:60]}" if row is None else row.word


def preview(json_value: Any, limit: int = 80) -> str:
    """The value in one short line, much as Python would write it: `{'a', 'b'}`, `2026-12-01T00:00:00`.

    Takes no longer for a large value than for one just beyond the limit.

    Args:
        json_value: an encoded value, or any JSON.
        limit: length of the text, in characters, at least 1; what is cut off is shown as `…`.
    """
    text = ""
    for piece in _pieces(json_value, limit, _MAX_LEVELS):
        text += piece
        if len(text) > limit:
            return text[: limit - 1] + "…"
    return text


def _pieces(item: Any, limit: int, levels: int) -> Iterator[str]:
    if levels == 0:
        yield "…"
    elif type(item) is str:
        yield repr(item[: limit + 1])
    elif type(item) is list:
        yield from _enclosed("[", item, "]", limit, levels)
    elif type(item) is dict:
        tagged = split_tag(item)
        if tagged is None:
            yield from _members(item.items(), limit, levels)
        else:
            yield from _tagged(*tagged, limit, levels)
    elif type(item) is int and item.bit_length() > 2000:
        yield f"a number of {item.bit_length()} bits"
    else:
        yield repr(item)


def _enclosed(opening: str, items: list[Any], closing: str, limit: int, levels: int) -> Iterator[str]:
    yield opening
    for position, item in enumerate(items):
        if position:
            yield ", "
        yield from _pieces(item, limit, levels - 1)
    yield closing


def _members(pairs: Iterable[Any], limit: int, levels: int) -> Iterator[str]:
    yield "{"
    for position, (key, item) in enumerate(pairs):
        if position:
            yield ", "
        yield from _pieces(key, limit, levels - 1)
        yield ": "
        yield from _pieces(item, limit, levels - 1)
    yield "}"


def _tagged(tag: str, payload: Any, limit: int, levels: int) -> Iterator[str]:
    """A tagged value; one that a hand-edited file has wrong is shown as the JSON it is."""
    row = TAGS.get(tag)
    if row is None:
        yield f"<{tag[:limit]}>"
        return
    members = member_list(tag, payload)
    if members is not None and row.has_elements:
        opening, closing, empty = row.brackets
        if not members:
            yield empty
        else:
            only = tag == "$tuple" and len(members) == 1
            yield from _enclosed(opening, members, f",{closing}" if only else closing, limit, levels)
    elif members is not None and all(map(is_pair, members[: limit + 1])):  # no line shows more
        yield from _members(members[: limit + 1], limit, levels)
    elif row.text_of is not None and (text := row.text_of(payload)) is not None:
        yield text
    elif tag == "$object":
        yield from _object(payload, limit, levels)
    else:
        yield from _members([(tag, payload)], limit, levels)


def _object(payload: Any, limit: int, levels: int) -> Iterator[str]:
    if is_object(payload):
        yield f"<{payload[0][:limit]} "
        yield from _pieces(payload[1], limit, levels - 1)
        yield ">"
    else:
        yield "<$object>"
