"""Python values to JSON: one function for each class, found by exact class.

Each takes `(value, depth, met)`, depth being the number of containers around the value and `met` the
containers met before, and raises `Refusal`. This runs after every task, so the common values take one look-up
and one call each.
"""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict, deque
from json import dumps
from sys import getrefcount

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.codec_refusal import MAX_DEPTH, Refusal, step_to, too_deep
from wfepy_core.storage.codec_tags import SAME, TAGS, is_tag
from wfepy_core.storage.codec_values import FACTORIES, SINGLE_VALUES, Opaque, encode_text, is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_ENOUGH_DIGITS = 10**640  # Python prints this much under any setting.
_MAX_DIGITS = 4300  # Python's default; a file must not depend on a process that raised it.
_INFINITY = float("inf")
_SINGLE_VALUES_BY_CLASS = {(kind.module, name): kind for kind in SINGLE_VALUES for name in kind.names}


class Met(dict[int, "tuple[Any, Any]"]):
    """Containers that are written already, and what was written, by `id`; it keeps them alive meanwhile.

    Attributes:
        repeated: for each that was met again, the reference in its second place (still to be filled in), and
            what was written in the first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[tuple[dict[str, str], Any]] = []

    def refer(self, key: int) -> dict[str, str]:
        """A reference to what was written before."""
        reference = {SAME: ""}
        self.repeated.append((reference, self[key][1]))
        return reference

    def may_be_held_elsewhere(self) -> bool:
        """Whether somebody holds one of the containers beside the place in which it was met, and this."""
        return _most_held(self.values()) > _HELD_ONCE


def _most_held(entries: Iterable[tuple[Any, Any]]) -> int:
    # Looking for other places themselves would take a walk through the whole context after every task.
    return max((getrefcount(value) for value, _ in entries), default=0)


_ONE_PLACE = [[]]  # type: list[list[object]]
_HELD_ONCE = _most_held([(value, None) for value in _ONE_PLACE])


class _Encoders(dict[type, "Callable[[Any, int, Met], Any]"]):
    """Encoders by exact class; those of classes not met before are looked up by name.

    Attributes:
        plain: classes of single values that were met.
    """

    def __init__(self, known: dict[type, Callable[[Any, int, Met], Any]]) -> None:
        super().__init__(known)
        self.plain: set[type] = set()

    def __missing__(self, cls: type) -> Callable[[Any, int, Met], Any]:
        # pathlib is a package in some versions of Python, hence the part before the dot.
        kind = _SINGLE_VALUES_BY_CLASS.get((str(cls.__module__).partition(".")[0], cls.__qualname__))
        if kind is None or getattr(sys.modules.get(kind.module), cls.__qualname__, None) is not cls:
            raise Refusal(f"cannot save <{cls.__qualname__}>", _advice(cls))
        write, tag = kind.write, kind.tag

        def encoder(value: Any, _depth: int, _met: Met) -> Any:
            return {tag: write(value)}

        self[cls] = encoder
        self.plain.add(cls)
        return encoder


def _advice(cls: type) -> str:
    if issubclass(cls, dict | list | tuple | set | frozenset | str | int | float | bytes):
        base = next(b for b in cls.__mro__ if b.__module__ == "builtins")
        return f"turn it into a plain {base.__name__}, or register its class with wfepy_core.register"
    return "keep plain values in the context (an id, a path), or register its class with wfepy_core.register"


def _same(value: Any, _depth: int, _met: Met) -> Any:
    return value


def _text(value: str, _depth: int, _met: Met) -> Any:
    return value if value.isascii() else encode_text(value)


def _int(value: int, _depth: int, _met: Met) -> int:
    if not -_ENOUGH_DIGITS < value < _ENOUGH_DIGITS:
        limit = min(_MAX_DIGITS, sys.get_int_max_str_digits() or _MAX_DIGITS)
        if abs(value) >= 10**limit:
            raise Refusal(
                f"cannot save a number of more than {limit} digits", "keep it as bytes or as hex text"
            )
    return value


def _float(value: float, _depth: int, _met: Met) -> Any:
    return value if -_INFINITY < value < _INFINITY else {"$float": repr(value)}


def _list(value: list[Any], depth: int, met: Met) -> Any:
    key = id(value)
    if key in met:
        return met.refer(key)
    out = _items(value, depth, met)
    met[key] = value, out
    return out


def _items(value: Iterable[Any], depth: int, met: Met, part: str = "") -> list[Any]:
    if depth >= MAX_DEPTH:
        raise too_deep()
    depth += 1
    encoders = ENCODERS
    out: list[Any] = []
    try:
        for item in value:
            kind = type(item)
            out.append(item if kind is str and item.isascii() else encoders[kind](item, depth, met))
    except Refusal as refusal:
        refusal.add_step(value, part or f"[{len(out)}]")
        raise
    return out


def _tuple(value: tuple[Any, ...], depth: int, met: Met) -> Any:
    return {"$tuple": _items(value, depth, met)}


def _frozenset(value: frozenset[Any], depth: int, met: Met) -> Any:
    return {"$frozenset": sorted(_items(value, depth, met, "{…}"), key=dumps)}


def _set(value: set[Any], depth: int, met: Met) -> Any:
    return {"$set": sorted(_items(value, depth, met, "{…}"), key=dumps)}


def _deque(value: deque[Any], depth: int, met: Met) -> Any:
    return {"$deque": [_items(value, depth, met), value.maxlen]}


def _dict(value: dict[Any, Any], depth: int, met: Met) -> Any:
    identity = id(value)
    if identity in met:
        return met.refer(identity)
    if depth >= MAX_DEPTH:
        raise too_deep()
    for key in value:
        if type(key) is not str or not (key.isascii() or is_utf8(key)):
            return _tagged_dict(value, depth, met)
    if len(value) == 1 and is_tag(next(iter(value))):
        return _tagged_dict(value, depth, met)
    depth += 1
    encoders = ENCODERS
    out = {}
    key = ""
    try:
        for key, item in value.items():
            kind = type(item)
            out[key] = item if kind is str and item.isascii() else encoders[kind](item, depth, met)
    except Refusal as refusal:
        refusal.add_step(value, step_to(key))
        raise
    met[identity] = value, out
    return out


def _tagged_dict(value: dict[Any, Any], depth: int, met: Met) -> Any:
    out = {"$dict": _pairs(value, depth, met)}
    met[id(value)] = value, out
    return out


def _pairs(value: dict[Any, Any], depth: int, met: Met) -> list[list[Any]]:
    if depth >= MAX_DEPTH:
        raise too_deep()
    depth += 1
    out = []
    part = ""
    try:
        for key, item in value.items():
            part = "{key}"
            encoded_key = ENCODERS[type(key)](key, depth, met)
            part = step_to(encoded_key)
            out.append([encoded_key, ENCODERS[type(item)](item, depth, met)])
    except Refusal as refusal:
        refusal.add_step(value, part)
        raise
    return out


def _ordereddict(value: OrderedDict[Any, Any], depth: int, met: Met) -> Any:
    _refuse_attributes(value)
    return {"$ordereddict": _pairs(value, depth, met)}


def _counter(value: Counter[Any], depth: int, met: Met) -> Any:
    _refuse_attributes(value)
    return {"$counter": _pairs(value, depth, met)}


def _refuse_attributes(value: object) -> None:
    if vars(value):
        raise Refusal(f"cannot save a <{type(value).__name__}> with attributes", "keep them as its members")


def _defaultdict(value: defaultdict[Any, Any], depth: int, met: Met) -> Any:
    factory = value.default_factory
    name = next((name for name, known in FACTORIES.items() if known is factory), None)
    if name is None and factory is not None:
        raise Refusal(
            "cannot save a <defaultdict> with a factory of its own",
            f"use one of {', '.join(FACTORIES)}, or a plain dict with setdefault()",
        )
    return {"$defaultdict": [name, _pairs(value, depth, met)]}


def _opaque(value: Opaque, _depth: int, _met: Met) -> Any:
    tag, payload = value.tag, value.payload
    if not is_tag(tag) or (tag in TAGS and tag not in ("$object", SAME)):
        raise Refusal(f"cannot save an Opaque with the tag {tag!r}", "build the value itself instead")
    _check_json([tag, payload])
    return {tag: payload}


def _check_json(payload: Any) -> None:
    """Refuse what JSON would not give back the same.

    An opaque payload may have three levels of JSON for each level a value of ours may have.
    """
    level = [payload]
    for _ in range(3 * MAX_DEPTH):
        deeper: list[Any] = []
        for item in level:
            if type(item) is dict:
                if any(type(key) is not str for key in item):
                    raise Refusal("cannot save an Opaque with a key that is no text")
                deeper += [*item, *item.values()]
            elif type(item) is list:
                deeper += item
            elif not _is_json_scalar(item):
                from wfepy_core.storage.codec_preview import preview

                raise Refusal(f"cannot save an Opaque that holds <{type(item).__qualname__}> {preview(item)}")
        if not deeper:
            return
        level = deeper
    raise too_deep()


def _is_json_scalar(item: Any) -> bool:
    if type(item) is str:
        return is_utf8(item)
    if type(item) is float:
        return -_INFINITY < item < _INFINITY
    return type(item) in (int, bool, type(None))


def _once(write: Callable[[Any, int, Met], Any]) -> Callable[[Any, int, Met], Any]:
    """The encoder of values that can be changed: each is written once."""

    def encoder(value: Any, depth: int, met: Met) -> Any:
        key = id(value)
        if key in met:
            return met.refer(key)
        out = write(value, depth, met)
        met[key] = value, out
        return out

    return encoder


def object_encoder(cls: type, name: str, to_json: Callable[[Any], Any]) -> Callable[[Any, int, Met], Any]:
    """The encoder of a registered class."""

    def encoder(value: Any, depth: int, met: Met) -> Any:
        if depth >= MAX_DEPTH:
            raise too_deep()
        try:
            plain = to_json(value)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            from wfepy_core.exception_text import text_of

            told = f"{type(error).__name__}: {text_of(error)}"
            what = f"cannot save <{cls.__qualname__}>: its to_json raised {told}"
            raise Refusal(what, "correct the function given to wfepy_core.register") from error
        try:
            return {"$object": [name, ENCODERS[type(plain)](plain, depth + 1, met)]}
        except Refusal as refusal:
            refusal.add_step(value, f"<{name}>")
            raise

    return encoder if _never_changes(cls) else _once(encoder)


def _never_changes(cls: type) -> bool:
    """Whether objects of a class are values, which nobody changes in place: enumerations, tuples, texts."""
    enum = sys.modules.get("enum")
    is_member = enum is not None and issubclass(cls, enum.Enum)
    return is_member or issubclass(cls, (tuple, str, int, float, frozenset, bytes))


ENCODERS = _Encoders(
    {
        type(None): _same,
        bool: _same,
        str: _text,
        int: _int,
        float: _float,
        list: _list,
        dict: _dict,
        tuple: _tuple,
        set: _once(_set),
        frozenset: _frozenset,
        deque: _once(_deque),
        OrderedDict: _once(_ordereddict),
        Counter: _once(_counter),
        defaultdict: _once(_defaultdict),
        Opaque: _opaque,
    }
)


def may_hold_one_twice(value: Any) -> bool:
    """Whether a container is reachable in two ways, or there is something that cannot be looked into."""
    seen: set[int] = set()
    pending = [value]
    while pending:
        place = pending.pop()
        members = place.values() if isinstance(place, dict) else place
        if _VALUES.issuperset(map(type, members)):
            continue  # most are: this is ten times faster than looking at each
        for item in members:
            kind = type(item)
            if kind in _LOOKED_INTO:
                if kind is not tuple and id(item) in seen:
                    return True
                seen.add(id(item))
                pending.append(item)
            elif kind not in _VALUES and kind not in ENCODERS.plain:
                return True
    return False


_VALUES = frozenset((str, int, float, bool, type(None), bytes, frozenset))
_LOOKED_INTO = frozenset((list, dict, tuple, set, deque, OrderedDict, Counter, defaultdict))
