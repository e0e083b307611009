"""Changes within a context in JSON form, by place. Pure: each returns a new context that shares what it can.

A place is row numbers from the top, as the tree counts them (see `node.nodes_of`). What a
container cannot hold is refused with ValueError; so is a change within a value that must stay untouched.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from wfepy_core.storage.codec import decode
from wfepy_core.storage.codec_tags import TAGS, is_keyed, members_of, split_tag, with_member_list
from wfepy_gui.models.context.value_types import TYPES_BY_TAG, mapping, sequence, type_word
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.models.context.node import Place


class OpenContainer(NamedTuple):
    """A container taken apart.

    Attributes:
        keys: in JSON form; None where members have a position only.
        is_ordered: whether members can be moved.
        build: puts it together again from keys and values; raises ValueError for what it cannot hold.
    """

    keys: list[JsonValue] | None
    values: list[JsonValue]
    is_ordered: bool
    build: Callable[[list[JsonValue] | None, list[JsonValue]], JsonValue]


def open_container(encoded: JsonValue) -> OpenContainer | None:
    """A container's members; None for a single value and for what must stay untouched."""
    members = members_of(encoded)
    if members is None:
        return None
    tagged = split_tag(encoded)
    if tagged is None:
        build = _build_list if members.keys is None else _build_dict
        return OpenContainer(members.keys, members.values, True, build)
    return OpenContainer(
        members.keys, members.values, TAGS[tagged[0]].is_ordered, partial(_build_tagged, *tagged)
    )


def _build_list(_keys: list[JsonValue] | None, values: list[JsonValue]) -> JsonValue:
    return values


def _build_dict(keys: list[JsonValue] | None, values: list[JsonValue]) -> JsonValue:
    return mapping(list(zip(keys or [], values, strict=True)))


def _build_tagged(
    tag: str, payload: JsonValue, keys: list[JsonValue] | None, values: list[JsonValue]
) -> JsonValue:
    """A tagged container with other members; CodecError if it could not be read back."""
    if keys is None:
        if (value_type := TYPES_BY_TAG.get(tag)) is not None:
            return sequence(value_type, values)
        encoded = with_member_list(tag, payload, values)
    else:
        plain = _build_dict(keys, values)  # refuses a key that stands there twice
        pairs = [[key, value] for key, value in zip(keys, values, strict=True)]
        encoded = plain if tag == "$dict" else with_member_list(tag, payload, pairs)
    decode(encoded, part=True)
    return encoded


# -- reading ------------------------------------------------------------------------------------------------


def value_at(context: JsonValue, place: Place) -> JsonValue:
    """The value at a place; ValueError if there is none."""
    for row in place:
        context = _open(context).values[_row(context, row)]
    return context


def key_at(context: JsonValue, place: Place) -> JsonValue:
    """The key, in JSON form, of the value at a place; None if it has a position only."""
    parent = _open(value_at(context, place[:-1]))
    return parent.keys[place[-1]] if parent.keys is not None else None


def can_move(context: JsonValue, place: Place, step: int) -> bool:
    """Whether the value can go up (-1) or down (1); the keys of a context as a whole have no order."""
    if len(place) == 1 and is_keyed(context):
        return False
    parent = open_container(value_at(context, place[:-1]))
    if parent is None or not parent.is_ordered:
        return False
    return (len(place) > 1 or parent.keys is None) and 0 <= place[-1] + step < len(parent.values)


def replace(context: JsonValue, place: Place, value: JsonValue) -> JsonValue:
    """With another value at a place."""
    if not place:
        return value

    def change(parent: OpenContainer) -> JsonValue:
        values = list(parent.values)
        values[place[-1]] = value
        return parent.build(parent.keys, values)

    return _rebuild(context, place[:-1], change)


def remove(context: JsonValue, place: Place) -> JsonValue:
    """Without the value at a place."""

    def change(parent: OpenContainer) -> JsonValue:
        return parent.build(_leave_out(parent.keys, place[-1]), _leave_out(parent.values, place[-1]) or [])

    return _rebuild(context, place[:-1], change)


def insert(context: JsonValue, place: Place, key: JsonValue, value: JsonValue) -> JsonValue:
    """With a new value in front of what is at `place`; `key`, in JSON form, counts in dicts only."""

    def change(parent: OpenContainer) -> JsonValue:
        values = list(parent.values)
        values.insert(place[-1], value)
        keys = None
        if parent.keys is not None:
            keys = list(parent.keys)
            keys.insert(place[-1], key)
        return parent.build(keys, values)

    return _rebuild(context, place[:-1], change)


def rename(context: JsonValue, place: Place, key: JsonValue) -> JsonValue:
    """With another key, in JSON form, for the value at a place."""

    def change(parent: OpenContainer) -> JsonValue:
        if parent.keys is None:
            raise ValueError(tr("an item of a list has a position, not a key"))
        keys = list(parent.keys)
        keys[place[-1]] = key
        return parent.build(keys, parent.values)

    return _rebuild(context, place[:-1], change)


def move(context: JsonValue, place: Place, step: int) -> JsonValue:
    """With the value at a place one up (-1) or down (1)."""
    if not can_move(context, place, step):
        raise ValueError(tr("it cannot be moved further"))
    row = place[-1]

    def change(parent: OpenContainer) -> JsonValue:
        return parent.build(_swap(parent.keys, row, step), _swap(parent.values, row, step) or [])

    return _rebuild(context, place[:-1], change)


def _rebuild(context: JsonValue, place: Place, change: Callable[[OpenContainer], JsonValue]) -> JsonValue:
    if not place:
        return change(_open(context))
    outer = _open(context)
    values = list(outer.values)
    row = _row(context, place[0])
    values[row] = _rebuild(values[row], place[1:], change)
    return outer.build(outer.keys, values)


def _open(encoded: JsonValue) -> OpenContainer:
    container = open_container(encoded)
    if container is None:
        raise ValueError(
            tr("nothing within a value of type {} can be changed here").format(type_word(encoded))
        )
    return container


def _row(encoded: JsonValue, row: int) -> int:
    if not 0 <= row < len(_open(encoded).values):
        raise ValueError(tr("this value is not there any more"))
    return row


def _leave_out(members: list[JsonValue] | None, row: int) -> list[JsonValue] | None:
    return None if members is None else [*members[:row], *members[row + 1 :]]


def _swap(members: list[JsonValue] | None, row: int, step: int) -> list[JsonValue] | None:
    if members is None:
        return None
    twin = list(members)
    twin[row], twin[row + step] = twin[row + step], twin[row]
    return twin
