"""Kinds of context values, as people choose them, and containers of these in JSON form."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Final

from wfepy_core.errors import CodecError
from wfepy_core.storage.codec import decode, encode
from wfepy_core.storage.codec_preview import kind_of, preview
from wfepy_core.storage.codec_tags import is_tag, members_of, tag_of
from wfepy_gui.models.context.node import is_container
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr

if TYPE_CHECKING:
    from wfepy_core.model.json_values import JsonValue


class ValueType(enum.Enum):
    """What an operator may choose a value to be; `value` is the word on screen."""

    TEXT = QT_TR_NOOP("text")
    WHOLE = QT_TR_NOOP("whole number")
    NUMBER = QT_TR_NOOP("number with fraction")
    TRUTH = QT_TR_NOOP("yes or no")
    NOTHING = QT_TR_NOOP("nothing")
    DATETIME = QT_TR_NOOP("date and time")
    DATE = QT_TR_NOOP("date")
    TIME = QT_TR_NOOP("time of day")
    DURATION = QT_TR_NOOP("duration")
    DECIMAL = QT_TR_NOOP("decimal")
    UUID = QT_TR_NOOP("UUID")
    PATH = QT_TR_NOOP("path")
    BYTES = QT_TR_NOOP("bytes")
    LIST = QT_TR_NOOP("list")
    DICT = QT_TR_NOOP("dict")
    TUPLE = QT_TR_NOOP("tuple")
    SET = QT_TR_NOOP("set")
    FROZENSET = QT_TR_NOOP("frozen set")
    OTHER = QT_TR_NOOP("other")


CHOICES: Final = tuple(kind for kind in ValueType if kind is not ValueType.OTHER)
"""What a value can be made; other kinds can be kept, copied, moved and removed."""
KEY_CHOICES: Final = (
    ValueType.TEXT,
    ValueType.WHOLE,
    ValueType.NUMBER,
    ValueType.TRUTH,
    ValueType.DATE,
    ValueType.DATETIME,
    ValueType.TIME,
    ValueType.DURATION,
    ValueType.DECIMAL,
    ValueType.UUID,
    ValueType.PATH,
    ValueType.BYTES,
)
"""What a key of a dict can be typed as."""
CONTAINERS: Final = frozenset(
    (ValueType.LIST, ValueType.DICT, ValueType.TUPLE, ValueType.SET, ValueType.FROZENSET)
)
_CLASSES: Final = {
    str: ValueType.TEXT,
    int: ValueType.WHOLE,
    float: ValueType.NUMBER,
    bool: ValueType.TRUTH,
    type(None): ValueType.NOTHING,
    list: ValueType.LIST,
    dict: ValueType.DICT,
}
TYPES_BY_TAG: Final = {
    "$datetime": ValueType.DATETIME,
    "$date": ValueType.DATE,
    "$time": ValueType.TIME,
    "$timedelta": ValueType.DURATION,
    "$decimal": ValueType.DECIMAL,
    "$uuid": ValueType.UUID,
    "$path": ValueType.PATH,
    "$bytes": ValueType.BYTES,
    "$tuple": ValueType.TUPLE,
    "$set": ValueType.SET,
    "$frozenset": ValueType.FROZENSET,
    "$dict": ValueType.DICT,
    "$float": ValueType.NUMBER,
}
_WORDS = frozenset(
    (
        QT_TR_NOOP("text"),
        QT_TR_NOOP("yes or no"),
        QT_TR_NOOP("number"),
        QT_TR_NOOP("nothing"),
        QT_TR_NOOP("list"),
        QT_TR_NOOP("dict"),
        QT_TR_NOOP("tuple"),
        QT_TR_NOOP("set"),
        QT_TR_NOOP("frozen set"),
        QT_TR_NOOP("ordered dict"),
        QT_TR_NOOP("counter"),
        QT_TR_NOOP("dict with default"),
        QT_TR_NOOP("deque"),
        QT_TR_NOOP("bytes"),
        QT_TR_NOOP("bytearray"),
        QT_TR_NOOP("datetime"),
        QT_TR_NOOP("time"),
        QT_TR_NOOP("date"),
        QT_TR_NOOP("duration"),
        QT_TR_NOOP("decimal"),
        QT_TR_NOOP("UUID"),
        QT_TR_NOOP("path"),
        QT_TR_NOOP("not JSON"),
    )
)
"""What the core calls the kinds of values; classes and unknown tags have their own name in it."""


def type_of_value(encoded: JsonValue) -> ValueType:
    """The kind of a value in JSON form; OTHER for what is not edited here (opaque values, rare classes).

    A known tag whose payload means nothing is OTHER too: it is left as it is.
    """
    if tag := tag_of(encoded):
        kind = TYPES_BY_TAG.get(tag, ValueType.OTHER)
        return kind if _can_be_read(encoded, kind) else ValueType.OTHER
    return _CLASSES.get(type(encoded), ValueType.OTHER)


def type_word(encoded: JsonValue) -> str:
    """The kind of a value in JSON form; classes and unknown tags have their own name in it."""
    kind = kind_of(encoded)
    if kind in _WORDS:
        return tr(kind)
    sort, _, name = kind.partition(" ")
    return (tr("object {}") if sort == "object" else tr("opaque {}")).format(name)


def _can_be_read(encoded: JsonValue, kind: ValueType) -> bool:
    if kind in CONTAINERS:
        return is_container(encoded)  # its members are looked at one by one
    if kind is ValueType.OTHER:
        return False
    try:
        decode(encoded, part=True)
    except CodecError:
        return False
    return True


def elements_of(encoded: JsonValue) -> list[Any]:
    """The elements of a list, tuple or set."""
    members = members_of(encoded)
    return list(members.values) if members is not None else []


def pairs_of(encoded: JsonValue) -> list[tuple[Any, Any]]:
    """Keys (in JSON form) and values of a dict, plain or tagged."""
    members = members_of(encoded)
    return list(zip(members.keys or [], members.values, strict=True)) if members is not None else []


def mapping(pairs: list[tuple[Any, Any]]) -> JsonValue:
    """A dict in JSON form; tagged where plain JSON cannot say it.

    Raises:
        ValueError: a key stands there twice.
    """
    plain = all(type(key) is str for key, _ in pairs)
    names = [key if plain else repr(key) for key, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(pair[0] for pair, name in zip(pairs, names, strict=True) if names.count(name) > 1)
        raise ValueError(tr("there is a key {} already").format(preview(twice, 60)))
    if plain and not (len(pairs) == 1 and is_tag(pairs[0][0])):
        return dict(pairs)
    return {"$dict": [[key, value] for key, value in pairs]}


def sequence(kind: ValueType, elements: list[Any]) -> JsonValue:
    """A list, tuple or set in JSON form; doubles are left out of sets, what cannot be in one is refused.

    Raises:
        ValueError: a list or a dict cannot be in a set.
    """
    if kind is ValueType.LIST:
        return elements
    if kind is ValueType.TUPLE:
        return {"$tuple": elements}
    try:
        values = decode({"$set" if kind is ValueType.SET else "$frozenset": elements})
    except CodecError as error:
        raise ValueError(tr("this cannot be in a {}: {}").format(label_of(kind), error.message)) from error
    return encode(values)
