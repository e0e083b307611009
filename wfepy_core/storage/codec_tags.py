"""The grammar of encoded values: which tags there are, and what stands in each. Pure, and runs no code.

A value that plain JSON cannot say is a dict with one key, its tag: `{"$set": ["a", "b"]}`. `TAGS` has one row
for each tag. Whoever walks through encoded values (the preview, the tree of the desktop, the masking of
secrets) asks here what is a tag and where the members of a container stand. A new tag is a row here, and the
functions that write and read it: a `SingleValue` in `codec_values`, or an encoder and a decoder.

A file may be edited by hand: a payload that is not what its tag promises has no members.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


SAME = "$same"
"""The tag of what stands elsewhere in the context, too: see `codec_aliases`."""


class Tag(NamedTuple):
    """One tag.

    Attributes:
        word: what kind of value it marks, for people.
        has_elements: whether it holds a list of values.
        has_pairs: whether it holds a list of `[key, value]`.
        position: where that list stands in the payload; None: the payload is that list.
        is_ordered: whether the order of the members means something.
        brackets: how Python writes one: opening, closing, empty.
        text_of: what a payload without members says, in short; None if it makes no sense.
    """

    word: str
    has_elements: bool = False
    has_pairs: bool = False
    position: int | None = None
    is_ordered: bool = True
    brackets: tuple[str, str, str] = ("{", "}", "{}")
    text_of: Callable[[Any], str | None] | None = None


class Members(NamedTuple):
    """What is in a container.

    Attributes:
        keys: in JSON form; None where members have a position only.
        values: in JSON form.
    """

    keys: list[Any] | None
    values: list[Any]


def is_tag(key: Any) -> bool:
    """Whether the only key of a dict makes it a tagged value."""
    return type(key) is str and key.startswith("$")


def split_tag(encoded: Any) -> tuple[str, Any] | None:
    """The tag and the payload of a tagged value, known or not; None for any other JSON."""
    if type(encoded) is dict and len(encoded) == 1:
        [(tag, payload)] = encoded.items()
        if is_tag(tag):
            return tag, payload
    return None


def tag_of(encoded: Any) -> str:
    """The tag of a tagged value; empty for any other JSON."""
    if type(encoded) is dict and len(encoded) == 1 and is_tag(tag := next(iter(encoded))):
        return str(tag)
    return ""


def is_keyed(encoded: Any) -> bool:
    """Whether it is a plain dict, which can be looked at and changed key by key."""
    return type(encoded) is dict and not tag_of(encoded)


def member_list(tag: str, payload: Any) -> list[Any] | None:
    """The list in which the members of a tagged container stand, as it is; None if there is none.

    That of a container with keys should hold pairs, which is not looked at.
    """
    row = TAGS.get(tag)
    if row is None or not (row.has_elements or row.has_pairs) or type(payload) is not list:
        return None
    if row.position is None:
        return payload
    found = payload[row.position] if len(payload) == 2 else None
    return found if type(found) is list else None


def with_member_list(tag: str, payload: Any, members: list[Any]) -> Any:
    """The tagged container with another list of members, the rest of its payload as it was."""
    position = TAGS[tag].position
    if position is None:
        return {tag: members}
    return {tag: [*payload[:position], members, *payload[position + 1 :]]}


def way_to_member(tag: str) -> tuple[str, ...]:
    """The steps of a JSON pointer from a tagged value to a member of it; an empty one may be any step.

    There are none where no values stand in it. In one of an unknown tag they may stand anywhere.
    """
    row = TAGS.get(tag)
    if row is None:
        return ("",)
    if tag == "$object":
        return tag, "1"
    if not (row.has_elements or row.has_pairs):
        return ()
    way = (tag,) if row.position is None else (tag, str(row.position))
    return (*way, "", "") if row.has_pairs else (*way, "")


def members_of(encoded: Any) -> Members | None:
    """Keys and values within a container, plain or tagged; None for what is none, or torn."""
    if type(encoded) is list:
        return Members(None, encoded)
    if type(encoded) is not dict:
        return None
    tagged = split_tag(encoded)
    if tagged is None:
        return Members(list(encoded), list(encoded.values()))
    members = member_list(*tagged)
    if members is None or not TAGS[tagged[0]].has_pairs:
        return None if members is None else Members(None, members)
    if not all(map(is_pair, members)):
        return None
    return Members([key for key, _ in members], [value for _, value in members])


def is_pair(item: Any) -> bool:
    """Whether it can be a key with its value."""
    return type(item) is list and len(item) == 2


def is_object(payload: Any) -> bool:
    """Whether the payload of `$object` is a registered name and a value."""
    return type(payload) is list and len(payload) == 2 and type(payload[0]) is str


# -- what single values say ----------------------------------------------------------------------------------


def _as_is(payload: Any) -> str | None:
    return payload if type(payload) is str else None


def _escaped(payload: Any) -> str | None:
    return f"'{payload}'" if type(payload) is str else None


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


def _place(payload: Any) -> str | None:
    if type(payload) is not str:
        return None
    steps = payload.replace("~1", "/").split("/")[1:]
    path = "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in steps if step[:1] != "$")
    return f"<same as {path.removeprefix('.')}>"


def _path(payload: Any) -> str | None:
    return _as_is(payload[1] if is_pair(payload) else payload)


def _uuid(payload: Any) -> str | None:
    return _as_is(payload[0] if type(payload) is list and payload else payload)


TAGS = {
    "$tuple": Tag("tuple", has_elements=True, brackets=("(", ")", "()")),
    "$set": Tag("set", has_elements=True, is_ordered=False, brackets=("{", "}", "set()")),
    "$frozenset": Tag(
        "frozen set", has_elements=True, is_ordered=False, brackets=("frozenset({", "})", "frozenset()")
    ),
    "$deque": Tag("deque", has_elements=True, position=0, brackets=("deque([", "])", "deque([])")),
    "$dict": Tag("dict", has_pairs=True),
    "$ordereddict": Tag("ordered dict", has_pairs=True),
    "$counter": Tag("counter", has_pairs=True),
    "$defaultdict": Tag("dict with default", has_pairs=True, position=1),
    "$object": Tag("object"),
    "$bytes": Tag("bytes", text_of=_size),
    "$bytearray": Tag("bytearray", text_of=_size),
    "$datetime": Tag("datetime", text_of=_moment),
    "$time": Tag("time", text_of=_moment),
    "$date": Tag("date", text_of=_as_is),
    "$timedelta": Tag("duration", text_of=_duration),
    "$decimal": Tag("decimal", text_of=_as_is),
    "$uuid": Tag("UUID", text_of=_uuid),
    "$path": Tag("path", text_of=_path),
    "$float": Tag("number", text_of=_as_is),
    "$text": Tag("text", text_of=_escaped),
    SAME: Tag("the same object", text_of=_place),
}
"""By tag; any other is unknown to this version, and opaque."""
