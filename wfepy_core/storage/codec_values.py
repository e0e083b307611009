"""How single values of standard library classes are written: text, bytes, dates, decimals, paths.

Each kind is a pair of functions, value to payload and back. Nothing here is imported before it is used: a
value of a class can only exist once the module of that class is loaded, so a `SingleValue` names its class by
module and name, and the codec looks it up in `sys.modules`.
"""

from __future__ import annotations

import sys
from json import dumps

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.storage.codec_refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, time, timedelta, tzinfo
    from decimal import Decimal
    from pathlib import PurePath
    from typing import Any
    from uuid import UUID


class Opaque:
    """A tagged value this process knows nothing about, kept to be written back untouched.

    Attributes:
        tag: as in the file, with its dollar sign.
        payload: plain JSON, to be left alone.
    """

    __slots__ = ("payload", "tag")

    tag: str
    payload: Any

    def __init__(self, tag: str, payload: Any) -> None:
        object.__setattr__(self, "tag", tag)
        object.__setattr__(self, "payload", payload)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{name} of an Opaque cannot be changed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self._text() == other._text()

    def __hash__(self) -> int:
        return hash(self._text())

    def __repr__(self) -> str:
        return f"Opaque({self.tag!r}, {self.payload!r})"

    def __reduce__(self) -> tuple[type[Opaque], tuple[str, Any]]:
        return Opaque, (self.tag, self.payload)

    def _text(self) -> str:
        return dumps([self.tag, self.payload])


def encode_text(text: str) -> Any:
    """A text as it is, or tagged when it holds lone surrogates, which UTF-8 cannot carry.

    (Escaping by JSON alone is no way out: two lone surrogates side by side would come back as one
    character.)
    """
    if text.isascii() or is_utf8(text):
        return text
    return {"$text": text.encode("unicode_escape").decode("ascii")}


def is_utf8(text: str) -> bool:
    """Whether UTF-8 can carry the text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_text(payload: Any) -> str:
    text: str = expect(str, payload).encode("ascii").decode("unicode_escape")
    return text


def expect(cls: type, payload: Any) -> Any:
    """The payload, if it is exactly of that class.

    Raises:
        TypeError: it is of another class.
    """
    if type(payload) is not cls:
        raise TypeError(f"a {cls.__name__} is needed, not a {type(payload).__name__}")
    return payload


def _write_bytes(value: bytes | bytearray) -> str:
    import binascii

    return binascii.b2a_base64(value, newline=False).decode("ascii")


def _read_bytes(payload: Any) -> bytes:
    import binascii

    return binascii.a2b_base64(expect(str, payload), strict_mode=True)


def _read_bytearray(payload: Any) -> bytearray:
    return bytearray(_read_bytes(payload))


def _read_float(payload: Any) -> float:
    if payload not in ("nan", "inf", "-inf"):
        raise ValueError('"nan", "inf" or "-inf" is needed')
    return float(payload)


def _write_moment(value: datetime | time) -> Any:
    """ISO text when that says all; else a dict that adds the zone's key or name, and the fold."""
    extra: dict[str, Any] = {}
    zone = value.tzinfo
    if zone is not None:
        extra = _describe_zone(zone)
    if value.fold:
        extra["fold"] = 1
    return {"iso": value.isoformat(), **extra} if extra else value.isoformat()


def _describe_zone(zone: tzinfo) -> dict[str, Any]:
    cls = type(zone)
    if cls is sys.modules["datetime"].timezone:
        name = zone.tzname(None)
        iso_says_it = name == cls(zone.utcoffset(None)).tzname(None)
        return {} if iso_says_it else {"name": encode_text(name or "")}
    zoneinfo = sys.modules.get("zoneinfo")
    if zoneinfo is not None and cls is zoneinfo.ZoneInfo and _has_reloadable_key(zone):
        return {"zone": zone.key}  # type: ignore[attr-defined]  # a ZoneInfo
    raise Refusal(
        f"cannot save a time in the zone <{cls.__qualname__}>",
        "use zoneinfo.ZoneInfo or datetime.timezone for its zone",
    )


def _has_reloadable_key(zone: Any) -> bool:
    """Whether the zone came from the tz database and not from a file somebody gave a name."""
    try:
        zone.__reduce__()
    except Exception:  # noqa: BLE001  the error class lives in pickle, not worth an import
        return False
    return type(zone.key) is str


def _read_datetime(payload: Any) -> Any:
    from datetime import datetime

    return _read_moment(datetime, payload)


def _read_time(payload: Any) -> Any:
    from datetime import time

    return _read_moment(time, payload)


def _read_moment(cls: Any, payload: Any) -> Any:
    if type(payload) is str:
        return cls.fromisoformat(payload)
    extra = dict(expect(dict, payload))
    value = cls.fromisoformat(expect(str, extra.pop("iso", None)))
    if "zone" in extra:
        # The wall time was meant; the offset in the text is what it was when it was saved.
        value = value.replace(tzinfo=_read_zone(expect(str, extra.pop("zone"))))
    elif "name" in extra:
        from datetime import timezone

        value = value.replace(tzinfo=timezone(value.utcoffset(), _read_name(extra.pop("name"))))
    value = value.replace(fold=extra.pop("fold", 0))
    if extra:
        raise ValueError(f"nothing is known about {', '.join(map(repr, extra))}")
    return value


def _read_zone(key: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        return ZoneInfo(key)
    except ZoneInfoNotFoundError:
        if available_timezones():
            raise
        raise Refusal(
            f"cannot read a time in {key}: this Python finds no time zone database",
            "install the package tzdata (pip install tzdata, or that of the system)",
        ) from None


def _read_name(name: Any) -> str:
    if type(name) is dict and list(name) == ["$text"]:
        return _read_text(name["$text"])
    text: str = expect(str, name)
    return text


def _write_date(value: date) -> str:
    return value.isoformat()


def _read_date(payload: Any) -> date:
    from datetime import date

    return date.fromisoformat(expect(str, payload))


def _write_timedelta(value: timedelta) -> list[int]:
    return [value.days, value.seconds, value.microseconds]


def _read_timedelta(payload: Any) -> timedelta:
    from datetime import timedelta

    days, seconds, microseconds = (expect(int, part) for part in expect(list, payload))
    return timedelta(days, seconds, microseconds)


def _write_decimal(value: Decimal) -> str:
    return str(value)


def _read_decimal(payload: Any) -> Decimal:
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(expect(str, payload))
    except InvalidOperation:
        raise ValueError(f"{payload[:40]!r} is no decimal number") from None


def _write_uuid(value: UUID) -> Any:
    safety = value.is_safe.value
    return str(value) if safety is None else [str(value), safety]


def _read_uuid(payload: Any) -> UUID:
    from uuid import UUID, SafeUUID

    if type(payload) is str:
        return UUID(payload)
    text, safety = expect(list, payload)
    return UUID(expect(str, text), is_safe=SafeUUID(expect(int, safety)))


def _write_path(value: PurePath) -> Any:
    name = type(value).__name__
    text = encode_text(str(value))
    return text if name == "PosixPath" else [name, text]


def _read_path(payload: Any) -> PurePath:
    import pathlib

    name, text = ("PosixPath", payload) if type(payload) is not list else payload
    if name not in _PATHS:
        raise ValueError(f"nothing is known about {name!r}")
    path: PurePath = getattr(pathlib, name)(_read_name(text))
    return path


FACTORIES = {cls.__name__: cls for cls in (bool, dict, float, int, list, set, str, tuple)}
"""What a defaultdict may make new members of, by the name that stands in files."""

_PATHS = ("PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath")


class SingleValue(NamedTuple):
    """One kind of single value.

    Attributes:
        tag: under which it is written.
        module: where its classes live.
        names: of its classes.
        write: value to payload; may raise `Refusal`.
        read: payload to value; raises some ordinary error for a payload that means nothing.
    """

    tag: str
    module: str
    names: tuple[str, ...]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


SINGLE_VALUES = (
    SingleValue("$text", "", (), encode_text, _read_text),
    SingleValue("$float", "", (), repr, _read_float),
    SingleValue("$bytes", "builtins", ("bytes",), _write_bytes, _read_bytes),
    SingleValue("$bytearray", "builtins", ("bytearray",), _write_bytes, _read_bytearray),
    SingleValue("$datetime", "datetime", ("datetime",), _write_moment, _read_datetime),
    SingleValue("$time", "datetime", ("time",), _write_moment, _read_time),
    SingleValue("$date", "datetime", ("date",), _write_date, _read_date),
    SingleValue("$timedelta", "datetime", ("timedelta",), _write_timedelta, _read_timedelta),
    SingleValue("$decimal", "decimal", ("Decimal",), _write_decimal, _read_decimal),
    SingleValue("$uuid", "uuid", ("UUID",), _write_uuid, _read_uuid),
    SingleValue("$path", "pathlib", _PATHS, _write_path, _read_path),
)
