"""The values a legacy pickle may hold: a fixed list of names, and how each value is made from data.

A pickle names classes and functions to call. Here such a name is only a key of `CONSTRUCTORS`: nothing is
imported or called because a file says so, and every constructor checks what it is given. Values that the
C library would take unchecked (the bytes inside a pickled datetime) are taken apart here.
"""

from __future__ import annotations

import pathlib
import re
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, SafeUUID
from zoneinfo import ZoneInfo

from wfepy_core.model.status import TaskState
from wfepy_core.storage.codec_values import FACTORIES
from wfepy_core.storage.legacy.budget import Budget, Named, Refused, UnfilledUuid, fill_dict, fill_set

if TYPE_CHECKING:
    from collections.abc import Callable

# In values. Python frees nested objects of these classes by recursion: a tower of them can end the process.
_COLLECTION_COST = 30
_MAX_NUMBER_TEXT = 5_000
_MAX_ZONE_NAME = 100
_ZONE_KEY = re.compile(r"[A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,2}")
_OLD_MODULES = {"__builtin__": "builtins", "copy_reg": "copyreg", "pathlib._local": "pathlib"}


def name_of(module: Any, name: Any) -> Named:
    """The class or function a pickle names.

    Raises:
        Refused: it is none that this reader knows how to treat as data.
    """
    full = f"{_OLD_MODULES.get(module, module)}.{name}"
    if full in CONSTRUCTORS or full in _ONLY_AS_ARGUMENT:
        return Named(full)
    what = "holds an object of class" if str(name)[:1].isupper() else "calls the function"
    raise Refused(f"it {what} {full[:120]!r}")


def make(budget: Budget, called: Any, arguments: Any) -> Any:
    """The value that the pickle wants made by a call.

    Raises:
        Refused: it is no call that this reader knows how to treat as data.
    """
    constructor = CONSTRUCTORS.get(called.name) if type(called) is Named else None
    if constructor is None or type(arguments) is not tuple:
        raise Refused(f"it calls {getattr(called, 'name', 'a value')}")
    try:
        return constructor(budget, *arguments)
    except (TypeError, ValueError, ArithmeticError, LookupError, OSError):
        raise Refused(f"it calls {called.name} with what that does not take") from None


def _exactly(cls: type, value: Any) -> Any:
    if type(value) is not cls:
        raise TypeError
    return value


def _task_state(_budget: Budget, value: Any) -> TaskState:
    state = TaskState(_exactly(int, value))
    if state is TaskState.FAILED:  # wfepy 0.1.1 has no such state
        raise ValueError
    return state


def _getattr(budget: Budget, owner: Any, attribute: Any) -> Any:
    name = _exactly(Named, owner).name
    if name == "wfepy.workflow.TaskState":
        return _task_state(budget, TaskState[_exactly(str, attribute)].value)
    if (name, attribute) == ("zoneinfo.ZoneInfo", "_unpickle"):
        return Named("zoneinfo.ZoneInfo._unpickle")
    raise ValueError


def _latin_bytes(budget: Budget, text: Any, encoding: Any) -> bytes:
    if encoding not in ("latin1", "latin-1"):
        raise ValueError
    budget.spend(content=len(_exactly(str, text)))
    encoded: bytes = text.encode("latin-1")
    return encoded


def _bytes(budget: Budget, *arguments: Any) -> bytes:
    if not arguments:
        return b""
    if len(arguments) == 2:
        return _latin_bytes(budget, *arguments)
    [content] = arguments
    budget.spend(content=len(_exactly(bytes, content)))
    return bytes(content)


def _bytearray(budget: Budget, *arguments: Any) -> bytearray:
    return bytearray(_bytes(budget, *arguments))


def _set(budget: Budget, items: Any = ()) -> set[Any]:
    budget.spend(items=len(items))
    out: set[Any] = set()
    fill_set(budget, out, items if type(items) is tuple else _exactly(list, items))
    return out


def _frozenset(budget: Budget, items: Any = ()) -> frozenset[Any]:
    return frozenset(_set(budget, items))


def _ordereddict(budget: Budget) -> OrderedDict[Any, Any]:
    budget.spend(items=_COLLECTION_COST)
    return OrderedDict()


def _defaultdict(budget: Budget, factory: Any = None) -> defaultdict[Any, Any]:
    budget.spend(items=_COLLECTION_COST)
    if factory is None:
        return defaultdict(None)
    return defaultdict(FACTORIES[_exactly(Named, factory).name.removeprefix("builtins.")])


def _counter(budget: Budget, counts: Any = None) -> Counter[Any]:
    budget.spend(items=_COLLECTION_COST)
    out: Counter[Any] = Counter()
    if counts is not None:
        budget.spend(items=2 * len(_exactly(dict, counts)))
        fill_dict(budget, out, counts, counts.values())
    return out


def _deque(budget: Budget, items: Any = (), maxlen: Any = None) -> deque[Any]:
    if items not in ((), []) or (maxlen is not None and _exactly(int, maxlen) < 0):
        raise ValueError
    budget.spend(items=_COLLECTION_COST)
    return deque(maxlen=maxlen)


def _zone(_budget: Budget, key: Any, _from_cache: Any) -> ZoneInfo:
    if not _ZONE_KEY.fullmatch(_exactly(str, key)):
        raise ValueError
    return ZoneInfo(key)


def _timezone(_budget: Budget, offset: Any, *name: Any) -> timezone:
    if name and len(_exactly(str, name[0])) > _MAX_ZONE_NAME:
        raise ValueError
    return timezone(_exactly(timedelta, offset), *name)


def _with_zone(value: Any, zone: Any) -> Any:
    return value if zone is None else value.replace(tzinfo=_zone_or_refuse(zone))


def _zone_or_refuse(zone: Any) -> tzinfo:
    if type(zone) not in (timezone, ZoneInfo):
        raise TypeError
    known: tzinfo = zone
    return known


def _datetime(_budget: Budget, content: Any, zone: Any = None) -> Any:
    """From ten bytes: year (two), month with the fold in its top bit, day, h, min, s, microsecond (three)."""
    high, low, month, day, hour, minute, second, *micro = _exactly(bytes, content)
    value = datetime(  # noqa: DTZ001  the zone comes next
        high << 8 | low, month & 0x7F, day, hour, minute, second, _three_bytes(micro), fold=month >> 7
    )
    return _with_zone(value, zone)


def _time(_budget: Budget, content: Any, zone: Any = None) -> Any:
    """From six bytes: hour with the fold in its top bit, min, s, microsecond (three)."""
    hour, minute, second, *micro = _exactly(bytes, content)
    return _with_zone(time(hour & 0x7F, minute, second, _three_bytes(micro), fold=hour >> 7), zone)


def _three_bytes(content: list[int]) -> int:
    if len(content) != 3:
        raise ValueError
    return int.from_bytes(content)


def _date(_budget: Budget, content: Any) -> date:
    high, low, month, day = _exactly(bytes, content)
    return date(high << 8 | low, month, day)


def _timedelta(_budget: Budget, *parts: Any) -> timedelta:
    days, seconds, microseconds = (_exactly(int, part) for part in parts)
    return timedelta(days, seconds, microseconds)


def _decimal(budget: Budget, text: Any) -> Decimal:
    if len(_exactly(str, text)) > _MAX_NUMBER_TEXT:
        raise Refused(f"it holds a decimal number of more than {_MAX_NUMBER_TEXT} digits")
    budget.spend(content=len(text))
    return Decimal(text)


def _make_unfilled(_budget: Budget, cls: Any, base: Any, state: Any) -> UnfilledUuid:
    if _exactly(Named, base).name != "builtins.object" or state is not None:
        raise ValueError
    return new_object(cls, ())


def new_object(cls: Any, arguments: Any) -> UnfilledUuid:
    """What `object.__new__` is asked to make: a UUID, as all other objects are refused by name."""
    if type(cls) is not Named or cls.name != "uuid.UUID" or arguments != ():
        raise Refused(f"it makes an object of {getattr(cls, 'name', 'a value')}")
    return UnfilledUuid()


def fill_uuid(target: Any, state: Any) -> UUID:
    """The UUID, now that its number is known."""
    if (
        type(target) is not UnfilledUuid
        or type(state) is not dict
        or not {"int"} <= state.keys() <= {"int", "is_safe"}
    ):
        raise Refused("it sets the attributes of an object")
    try:
        number = _exactly(int, state["int"])
        return UUID(int=number, is_safe=SafeUUID(state.get("is_safe")))
    except (TypeError, ValueError):
        raise Refused("it holds a UUID that is none") from None


def _path(cls: type[pathlib.PurePath]) -> Callable[..., pathlib.PurePath]:
    def constructor(budget: Budget, *parts: Any) -> pathlib.PurePath:
        budget.spend(items=len(parts), content=sum(len(_exactly(str, part)) for part in parts))
        return cls(*parts)

    return constructor


CONSTRUCTORS: dict[str, Callable[..., Any]] = {
    "wfepy.workflow.TaskState": _task_state,
    "builtins.getattr": _getattr,
    "builtins.bytes": _bytes,
    "builtins.bytearray": _bytearray,
    "builtins.set": _set,
    "builtins.frozenset": _frozenset,
    "_codecs.encode": _latin_bytes,
    "copyreg._reconstructor": _make_unfilled,
    "collections.OrderedDict": _ordereddict,
    "collections.defaultdict": _defaultdict,
    "collections.Counter": _counter,
    "collections.deque": _deque,
    "zoneinfo.ZoneInfo._unpickle": _zone,
    "datetime.timezone": _timezone,
    "datetime.datetime": _datetime,
    "datetime.time": _time,
    "datetime.date": _date,
    "datetime.timedelta": _timedelta,
    "decimal.Decimal": _decimal,
    "pathlib.PosixPath": _path(pathlib.PosixPath),
    "pathlib.PurePosixPath": _path(pathlib.PurePosixPath),
    "pathlib.PureWindowsPath": _path(pathlib.PureWindowsPath),
}
"""What a call in the pickle makes, by the full name it gives."""

_ONLY_AS_ARGUMENT = {
    "uuid.UUID",
    "zoneinfo.ZoneInfo",
    "builtins.object",
    *(f"builtins.{name}" for name in FACTORIES),
}
