"""Kinds of context values, as people choose and type them: text to value in JSON form, and back."""

from __future__ import annotations

import binascii
import enum
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from wfepy_core.errors import CodecError
from wfepy_core.storage.codec import decode, encode
from wfepy_core.storage.codec_preview import kind_of, preview
from wfepy_core.storage.codec_tags import is_tag, members_of, tag_of
from wfepy_gui.models.context.node import is_container
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr

if TYPE_CHECKING:
    from collections.abc import Callable


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
_DURATION = re.compile(
    r"(?P<sign>-)?\s*(?:(?P<days>\d+)\s*(?:days?|d)\b)?,?\s*"
    r"(?:(?P<hours>\d+):(?P<minutes>\d\d)(?::(?P<seconds>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?"
    r"|(?:(?P<h>\d+)\s*h\b)?\s*(?:(?P<m>\d+)\s*min\b)?\s*(?:(?P<s>\d+)\s*s\b)?)"
)


def type_of_value(encoded: Any) -> ValueType:
    """The kind of a value in JSON form; OTHER for what is not edited here (opaque values, rare classes).

    A known tag whose payload means nothing is OTHER too: it is left as it is.
    """
    if tag := tag_of(encoded):
        kind = TYPES_BY_TAG.get(tag, ValueType.OTHER)
        return kind if _can_be_read(encoded, kind) else ValueType.OTHER
    return _CLASSES.get(type(encoded), ValueType.OTHER)


def type_word(encoded: Any) -> str:
    """The kind of a value in JSON form; classes and unknown tags have their own name in it."""
    kind = kind_of(encoded)
    if kind in _WORDS:
        return tr(kind)
    sort, _, name = kind.partition(" ")
    return (tr("object {}") if sort == "object" else tr("opaque {}")).format(name)


def _can_be_read(encoded: Any, kind: ValueType) -> bool:
    if kind in CONTAINERS:
        return is_container(encoded)  # its members are looked at one by one
    if kind is ValueType.OTHER:
        return False
    try:
        decode(encoded)
    except CodecError:
        return False
    return True


def text_of(encoded: Any) -> str:
    """A value as text that `parse_value` reads back."""
    kind = type_of_value(encoded)
    if kind is ValueType.TEXT:
        return str(encoded)
    if kind is ValueType.BYTES:
        return bytes(decode(encoded)).hex(" ")
    if kind is ValueType.DURATION:
        return duration_text(decode(encoded))
    if kind in (ValueType.DECIMAL, ValueType.UUID, ValueType.PATH):
        return str(decode(encoded))
    if kind in CONTAINERS or kind is ValueType.OTHER:
        return preview(encoded, 200)
    return "" if kind is ValueType.NOTHING else preview(encoded, 5000)


def parse_value(kind: ValueType, text: str) -> Any:
    """The value in JSON form that a text means.

    Raises:
        ValueError: it means none; says what is wanted.
    """
    if kind is ValueType.TEXT:
        return _text(text)
    reader = _READERS.get(kind)
    if reader is None:
        return first_value(kind)
    read, wanted = reader
    try:
        return encode(read(text.strip()))
    except (ValueError, ArithmeticError, KeyError, OSError, CodecError) as error:
        raise ValueError(
            tr("{!r} is no {}: write it like {}").format(text.strip()[:60], label_of(kind), tr(wanted))
        ) from error


def first_value(kind: ValueType) -> Any:
    """A first value of a kind, in JSON form."""
    return _FIRST[kind]()


def convert_value(encoded: Any, kind: ValueType) -> Any:
    """The value as another kind, as much of it as can be kept; else the first value of that kind."""
    if kind in CONTAINERS:
        return _convert_to_container(encoded, kind)
    before = type_of_value(encoded)
    if before in CONTAINERS or before is ValueType.OTHER:
        return first_value(kind)
    text = text_of(encoded)
    if before is ValueType.DATETIME and kind in (ValueType.DATE, ValueType.TIME):
        moment = decode(encoded)
        return encode(moment.date() if kind is ValueType.DATE else moment.timetz())
    if before is ValueType.BYTES and kind is ValueType.TEXT:
        text = bytes(decode(encoded)).decode("utf-8", errors="replace")
    if before is ValueType.TEXT and kind is ValueType.BYTES:
        return encode(text.encode())
    if kind is ValueType.WHOLE and before in (ValueType.NUMBER, ValueType.DECIMAL, ValueType.TRUTH):
        text = _whole_text(decode(encoded))
    try:
        return parse_value(kind, text)
    except ValueError:
        return first_value(kind)


def _whole_text(value: Any) -> str:
    try:
        return str(int(value))
    except (ValueError, OverflowError):
        return ""


def _convert_to_container(encoded: Any, kind: ValueType) -> Any:
    before = type_of_value(encoded)
    if before is ValueType.DICT:
        pairs = pairs_of(encoded)
        return encoded if kind is ValueType.DICT else sequence(kind, [value for _, value in pairs])
    if before in CONTAINERS:
        elements = elements_of(encoded)
        if kind is ValueType.DICT:
            return mapping([(str(row + 1), value) for row, value in enumerate(elements)])
        return sequence(kind, elements)
    if before in (ValueType.NOTHING, ValueType.OTHER):
        return first_value(kind)
    return mapping([("value", encoded)]) if kind is ValueType.DICT else sequence(kind, [encoded])


# -- containers in JSON form --------------------------------------------------------------------------------


def elements_of(encoded: Any) -> list[Any]:
    """The elements of a list, tuple or set."""
    members = members_of(encoded)
    return list(members.values) if members is not None else []


def pairs_of(encoded: Any) -> list[tuple[Any, Any]]:
    """Keys (in JSON form) and values of a dict, plain or tagged."""
    members = members_of(encoded)
    return list(zip(members.keys or [], members.values, strict=True)) if members is not None else []


def mapping(pairs: list[tuple[Any, Any]]) -> Any:
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


def sequence(kind: ValueType, elements: list[Any]) -> Any:
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


# -- one reader and one first value a kind ------------------------------------------------------------------


def duration_text(value: timedelta) -> str:
    """A duration as `3 days 4:05:06`, with a minus in front of a negative one."""
    sign, size = ("-", -value) if value < timedelta(0) else ("", value)
    clock = f"{size.seconds // 3600}:{size.seconds // 60 % 60:02}:{size.seconds % 60:02}"
    fraction = f".{size.microseconds:06}" if size.microseconds else ""
    days = f"{size.days} day{'' if size.days == 1 else 's'} " if size.days else ""
    return f"{sign}{days}{clock}{fraction}"


def _duration(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    if match is None or not any(character.isdigit() for character in text):
        raise ValueError(text)
    part = {name: int(found or 0) for name, found in match.groupdict().items() if name != "sign"}
    fraction = (match["fraction"] or "").ljust(6, "0")
    size = timedelta(
        days=part["days"],
        hours=part["hours"] + part["h"],
        minutes=part["minutes"] + part["m"],
        seconds=part["seconds"] + part["s"],
        microseconds=int(fraction),
    )
    return -size if match["sign"] else size


def _text(text: str) -> Any:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(tr("the text holds half of a character")) from error
    return text


def _truth(text: str) -> bool:
    lower = text.lower()
    if lower in ("true", "yes", "1"):
        return True
    if lower in ("false", "no", "0"):
        return False
    raise ValueError(text)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except (ValueError, binascii.Error) as error:
        raise ValueError(text) from error


def _moment(text: str) -> datetime:
    """ISO text; a name of the tz database may follow."""
    iso, _, zone = text.rpartition(" ")
    if zone and "/" in zone:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  reads the tz database

        return datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(zone))
    return datetime.fromisoformat(text)


_READERS: Final[dict[ValueType, tuple[Callable[[str], Any], str]]] = {
    ValueType.WHOLE: (int, "42"),
    ValueType.NUMBER: (float, "0.5, 1e9 or nan"),
    ValueType.TRUTH: (_truth, QT_TR_NOOP("True or False")),
    ValueType.DATETIME: (_moment, "2026-12-01 09:30:00+01:00, or 2026-12-01 09:30 Europe/Berlin"),
    ValueType.DATE: (date.fromisoformat, "2026-12-01"),
    ValueType.TIME: (time.fromisoformat, "09:30 or 09:30:00+01:00"),
    ValueType.DURATION: (_duration, "3 days 4:05:06, or 90 min"),
    ValueType.DECIMAL: (_decimal, "12.50"),
    ValueType.UUID: (UUID, "8f14e45f-ceea-467f-9e34-6bd3f5a1a2b3"),
    ValueType.PATH: (Path, "folder/file.csv"),
    ValueType.BYTES: (_bytes, QT_TR_NOOP("de ad be ef (two hexadecimal digits a byte)")),
}


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


_FIRST: Final[dict[ValueType, Callable[[], Any]]] = {
    ValueType.TEXT: lambda: "",
    ValueType.WHOLE: lambda: 0,
    ValueType.NUMBER: lambda: 0.0,
    ValueType.TRUTH: lambda: False,
    ValueType.NOTHING: lambda: None,
    ValueType.DATETIME: lambda: encode(_now()),
    ValueType.DATE: lambda: encode(_now().date()),
    ValueType.TIME: lambda: encode(time(0, 0)),
    ValueType.DURATION: lambda: encode(timedelta(0)),
    ValueType.DECIMAL: lambda: encode(Decimal(0)),
    ValueType.UUID: lambda: encode(uuid4()),
    ValueType.PATH: lambda: encode(Path()),
    ValueType.BYTES: lambda: encode(b""),
    ValueType.LIST: list,
    ValueType.DICT: dict,
    ValueType.TUPLE: lambda: {"$tuple": []},
    ValueType.SET: lambda: {"$set": []},
    ValueType.FROZENSET: lambda: {"$frozenset": []},
}
