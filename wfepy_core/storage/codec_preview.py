"""Words and short text for encoded values, for those who show them: nothing is decoded, no code is run."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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
_TAG_WORDS = {
    "$tuple": "tuple",
    "$set": "set",
    "$frozenset": "frozen set",
    "$dict": "dict",
    "$ordereddict": "ordered dict",
    "$counter": "counter",
    "$defaultdict": "dict with default",
    "$deque": "deque",
    "$bytes": "bytes",
    "$bytearray": "bytearray",
    "$datetime": "datetime",
    "$time": "time",
    "$date": "date",
    "$timedelta": "duration",
    "$decimal": "decimal",
    "$uuid": "UUID",
    "$path": "path",
    "$float": "number",
    "$text": "text",
}
_MAX_LEVELS = 20  # Deeper than that nobody reads.


def kind_of(json_value: Any) -> str:
    """What kind of value it is, in words: `text`, `set`, `datetime`, `object release.build`, `opaque $new`.

    Args:
        json_value: an encoded value, or any JSON.
    """
    tagged = _tag_of(json_value)
    if tagged is None:
        return _WORDS.get(type(json_value), "not JSON")
    tag, payload = tagged
    if tag == "$object" and _is_object(payload):
        return f"object {payload[0][:60]}"
    return _TAG_WORDS.get(tag) or f"opaque {tag[:60]}"


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


def _tag_of(json_value: Any) -> tuple[str, Any] | None:
    if type(json_value) is dict and len(json_value) == 1:
        [(tag, payload)] = json_value.items()
        if type(tag) is str and tag.startswith("$"):
            return tag, payload
    return None


def _is_object(payload: Any) -> bool:
    return type(payload) is list and len(payload) == 2 and type(payload[0]) is str


def _pieces(item: Any, limit: int, levels: int) -> Iterator[str]:
    if levels == 0:
        yield "…"
    elif type(item) is str:
        yield repr(item[: limit + 1])
    elif type(item) is list:
        yield from _enclosed("[", item, "]", limit, levels)
    elif type(item) is dict:
        tagged = _tag_of(item)
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
    if tag in _BRACKETS and type(payload) is list:
        opening, closing, empty = _BRACKETS[tag]
        if not payload:
            yield empty
        elif tag == "$tuple" and len(payload) == 1:
            yield from _enclosed("(", payload, ",)", limit, levels)
        else:
            yield from _enclosed(opening, payload, closing, limit, levels)
    elif tag == "$deque" and type(payload) is list and payload and type(payload[0]) is list:
        yield from _enclosed("deque([", payload[0], "])", limit, levels)
    elif (pairs := _pairs_of(tag, payload, limit)) is not None:
        yield from _members(pairs, limit, levels)
    elif (single := _SINGLE.get(tag, _nothing)(payload)) is not None:
        yield single
    elif tag == "$object" and _is_object(payload):
        yield f"<{payload[0][:limit]} "
        yield from _pieces(payload[1], limit, levels - 1)
        yield ">"
    elif tag in _TAG_WORDS:
        yield from _members([(tag, payload)], limit, levels)
    else:
        yield f"<{tag[:limit]}>"


def _pairs_of(tag: str, payload: Any, limit: int) -> list[list[Any]] | None:
    """As many pairs as a line can show, if they are pairs."""
    if tag == "$defaultdict" and type(payload) is list and len(payload) == 2:
        payload = payload[1]
    elif tag not in ("$dict", "$ordereddict", "$counter"):
        return None
    if type(payload) is not list:
        return None
    shown = payload[: limit + 1]
    return shown if all(type(pair) is list and len(pair) == 2 for pair in shown) else None


_BRACKETS = {
    "$tuple": ("(", ")", "()"),
    "$set": ("{", "}", "set()"),
    "$frozenset": ("frozenset({", "})", "frozenset()"),
}


def _nothing(_payload: Any) -> str | None:
    return None


def _as_is(payload: Any) -> str | None:
    return payload if type(payload) is str else None


def _moment(payload: Any) -> str | None:
    if type(payload) is not dict:
        return _as_is(payload)
    iso, zone = payload.get("iso"), payload.get("zone")
    if type(iso) is not str:
        return None
    return f"{iso} {zone}" if type(zone) is str else iso


def _duration(payload: Any) -> str | None:
    if type(payload) is not list or [type(part) for part in payload] != [int] * 3:
        return None
    days, seconds, microseconds = payload
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    fraction = f".{microseconds:06}" if microseconds else ""
    return f"{days} days {clock}{fraction}" if days else clock + fraction


def _size(payload: Any) -> str | None:
    if type(payload) is not str:
        return None
    count = len(payload) // 4 * 3 - payload[-2:].count("=")
    return "1 byte" if count == 1 else f"{count} bytes"


def _path(payload: Any) -> str | None:
    return _as_is(payload[1] if type(payload) is list and len(payload) == 2 else payload)


def _uuid(payload: Any) -> str | None:
    return _as_is(payload[0] if type(payload) is list and payload else payload)


def _escaped(payload: Any) -> str | None:
    return f"'{payload}'" if type(payload) is str else None


_SINGLE: dict[str, Callable[[Any], str | None]] = {
    "$text": _escaped,
    "$float": _as_is,
    "$decimal": _as_is,
    "$date": _as_is,
    "$datetime": _moment,
    "$time": _moment,
    "$timedelta": _duration,
    "$bytes": _size,
    "$bytearray": _size,
    "$path": _path,
    "$uuid": _uuid,
}
