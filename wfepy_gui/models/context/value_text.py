"""Context values as text that people type, and back; one reader and one first value a kind."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from wfepy_core.errors import CodecError
from wfepy_core.storage.codec import decode, encode
from wfepy_core.storage.codec_preview import preview
from wfepy_gui.models.context.value_types import (
    CONTAINERS,
    ValueType,
    elements_of,
    mapping,
    pairs_of,
    sequence,
    type_of_value,
)
from wfepy_gui.text.translation import QT_TR_NOOP, label_of, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.model.json_values import JsonValue

_DURATION = re.compile(
    r"(?P<sign>-)?\s*(?:(?P<days>\d+)\s*(?:days?|d)\b)?,?\s*"
    r"(?:(?P<hours>\d+):(?P<minutes>\d\d)(?::(?P<seconds>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?"
    r"|(?:(?P<h>\d+)\s*h\b)?\s*(?:(?P<m>\d+)\s*min\b)?\s*(?:(?P<s>\d+)\s*s\b)?)"
)


def text_of(encoded: JsonValue) -> str:
    """A value as text that `value_from_text` reads back."""
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


def value_from_text(kind: ValueType, text: str) -> JsonValue:
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


def first_value(kind: ValueType) -> JsonValue:
    """A first value of a kind, in JSON form."""
    return _FIRST[kind]()


def convert_value(encoded: JsonValue, kind: ValueType) -> JsonValue:
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
        return value_from_text(kind, text)
    except ValueError:
        return first_value(kind)


def _whole_text(value: Any) -> str:
    try:
        return str(int(value))
    except (ValueError, OverflowError):
        return ""


def _convert_to_container(encoded: JsonValue, kind: ValueType) -> JsonValue:
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


def _text(text: str) -> JsonValue:
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
