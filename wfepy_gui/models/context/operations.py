"""Changes within a context in JSON form, by place. Pure: each returns a new context that shares what it can.

A place is row numbers from the top, as the tree counts them (see `context_node.members_of`). What a
container cannot hold is refused with ValueError; so is a change within a value that must stay untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.storage.codec import decode
from wfepy_core.storage.codec_tags import is_keyed
from wfepy_gui.models.context.value_types import Kind, kind_word, mapping, sequence
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

Place = tuple[int, ...]
_SEQUENCES = {"$tuple": Kind.TUPLE, "$set": Kind.SET, "$frozenset": Kind.FROZENSET}
_PAIRS = frozenset(("$dict", "$ordereddict", "$counter"))


class Contents(NamedTuple):
    """A container taken apart.

    Attributes:
        keys: in JSON form; None where members have a position only.
        is_ordered: whether members can be moved.
        build: puts it together again; raises ValueError for what it cannot hold.
    """

    keys: list[Any] | None
    values: list[Any]
    is_ordered: bool
    build: Callable[[list[Any] | None, list[Any]], Any]


def contents(encoded: Any) -> Contents | None:
    """A container's members; None for a single value and for what must stay untouched."""
    if type(encoded) is list:
        return Contents(None, encoded, True, lambda _keys, values: values)
    if type(encoded) is not dict:
        return None
    if len(encoded) == 1:
        [(tag, payload)] = encoded.items()
        if tag.startswith("$"):
            return _tagged(tag, payload)
    return Contents(list(encoded), list(encoded.values()), True, _plain)


def _tagged(tag: str, payload: Any) -> Contents | None:
    if tag in _SEQUENCES and type(payload) is list:
        kind = _SEQUENCES[tag]
        return Contents(None, payload, kind is Kind.TUPLE, lambda _keys, values: sequence(kind, values))
    if tag in _PAIRS and _are_pairs(payload):
        return _paired(payload, lambda pairs: {tag: pairs} if tag != "$dict" else _mapping(pairs))
    if type(payload) is not list or len(payload) != 2:
        return None
    if tag == "$defaultdict" and _are_pairs(payload[1]):
        return _paired(payload[1], lambda pairs: {tag: [payload[0], pairs]})
    if tag == "$deque" and type(payload[0]) is list:
        return Contents(None, payload[0], True, lambda _keys, values: _read({tag: [values, payload[1]]}))
    return None


def _paired(pairs: list[Any], build: Callable[[list[Any]], Any]) -> Contents:
    def put_together(keys: list[Any] | None, values: list[Any]) -> Any:
        made = [[key, value] for key, value in zip(keys or [], values, strict=True)]
        _mapping(made)  # refuses a key that stands there twice
        return _read(build(made))

    return Contents([key for key, _ in pairs], [value for _, value in pairs], True, put_together)


def _are_pairs(payload: Any) -> bool:
    return type(payload) is list and all(type(pair) is list and len(pair) == 2 for pair in payload)


def _plain(keys: list[Any] | None, values: list[Any]) -> Any:
    return mapping(list(zip(keys or [], values, strict=True)))


def _mapping(pairs: list[Any]) -> Any:
    return mapping([(key, value) for key, value in pairs])


def _read(encoded: Any) -> Any:
    """The same, if it can be read back; CodecError otherwise."""
    decode(encoded)
    return encoded


# -- reading ------------------------------------------------------------------------------------------------


def value_at(context: Any, place: Place) -> Any:
    """The value at a place; ValueError if there is none."""
    for row in place:
        context = _opened(context).values[_row(context, row)]
    return context


def key_at(context: Any, place: Place) -> Any:
    """The key, in JSON form, of the value at a place; None if it has a position only."""
    parent = _opened(value_at(context, place[:-1]))
    return parent.keys[place[-1]] if parent.keys is not None else None


def can_move(context: Any, place: Place, step: int) -> bool:
    """Whether the value can go up (-1) or down (1); the keys of a context as a whole have no order."""
    if len(place) == 1 and is_keyed(context):
        return False
    parent = contents(value_at(context, place[:-1]))
    if parent is None or not parent.is_ordered:
        return False
    return (len(place) > 1 or parent.keys is None) and 0 <= place[-1] + step < len(parent.values)


def replaced(context: Any, place: Place, value: Any) -> Any:
    """With another value at a place."""
    if not place:
        return value

    def change(parent: Contents) -> Any:
        values = list(parent.values)
        values[place[-1]] = value
        return parent.build(parent.keys, values)

    return _rebuilt(context, place[:-1], change)


def removed(context: Any, place: Place) -> Any:
    """Without the value at a place."""

    def change(parent: Contents) -> Any:
        return parent.build(_without(parent.keys, place[-1]), _without(parent.values, place[-1]) or [])

    return _rebuilt(context, place[:-1], change)


def inserted(context: Any, place: Place, key: Any, value: Any) -> Any:
    """With a new value in front of what is at `place`; `key`, in JSON form, counts in dicts only."""

    def change(parent: Contents) -> Any:
        values = list(parent.values)
        values.insert(place[-1], value)
        keys = None
        if parent.keys is not None:
            keys = list(parent.keys)
            keys.insert(place[-1], key)
        return parent.build(keys, values)

    return _rebuilt(context, place[:-1], change)


def renamed(context: Any, place: Place, key: Any) -> Any:
    """With another key, in JSON form, for the value at a place."""

    def change(parent: Contents) -> Any:
        if parent.keys is None:
            raise ValueError(tr("an item of a list has a position, not a key"))
        keys = list(parent.keys)
        keys[place[-1]] = key
        return parent.build(keys, parent.values)

    return _rebuilt(context, place[:-1], change)


def moved(context: Any, place: Place, step: int) -> Any:
    """With the value at a place one up (-1) or down (1)."""
    if not can_move(context, place, step):
        raise ValueError(tr("it cannot be moved further"))
    row = place[-1]

    def change(parent: Contents) -> Any:
        return parent.build(_swapped(parent.keys, row, step), _swapped(parent.values, row, step) or [])

    return _rebuilt(context, place[:-1], change)


def _rebuilt(context: Any, place: Place, change: Callable[[Contents], Any]) -> Any:
    if not place:
        return change(_opened(context))
    outer = _opened(context)
    values = list(outer.values)
    row = _row(context, place[0])
    values[row] = _rebuilt(values[row], place[1:], change)
    return outer.build(outer.keys, values)


def _opened(encoded: Any) -> Contents:
    found = contents(encoded)
    if found is None:
        raise ValueError(
            tr("nothing within a value of type {} can be changed here").format(kind_word(encoded))
        )
    return found


def _row(encoded: Any, row: int) -> int:
    if not 0 <= row < len(_opened(encoded).values):
        raise ValueError(tr("this value is not there any more"))
    return row


def _without(members: list[Any] | None, row: int) -> list[Any] | None:
    return None if members is None else [*members[:row], *members[row + 1 :]]


def _swapped(members: list[Any] | None, row: int, step: int) -> list[Any] | None:
    if members is None:
        return None
    twin = list(members)
    twin[row], twin[row + step] = twin[row + step], twin[row]
    return twin
