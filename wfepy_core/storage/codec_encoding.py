"""Python values to JSON: one function for each class, found by exact class.

Each takes `(value, depth)`, depth being the number of containers around the value, and raises `Refusal`.
This runs after every task, so the common values take one look-up and one call each.
"""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict, deque
from json import dumps

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.storage.codec_refusal import MAX_DEPTH, Refusal, step_to, too_deep
from wfepy_core.storage.codec_tags import TAGS, is_tag
from wfepy_core.storage.codec_values import FACTORIES, SINGLE_VALUES, Opaque, encode_text, is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_ENOUGH_DIGITS = 10**640  # Python prints this much under any setting.
_MAX_DIGITS = 4300  # Python's default; a file must not depend on a process that raised it.
_INFINITY = float("inf")
_SINGLE_VALUES_BY_CLASS = {(kind.module, name): kind for kind in SINGLE_VALUES for name in kind.names}


class _Encoders(dict[type, "Callable[[Any, int], Any]"]):
    """Encoders by exact class; those of classes not met before are looked up by name."""

    def __missing__(self, cls: type) -> Callable[[Any, int], Any]:
        # pathlib is a package in some versions of Python, hence the part before the dot.
        kind = _SINGLE_VALUES_BY_CLASS.get((str(cls.__module__).partition(".")[0], cls.__qualname__))
        if kind is None or getattr(sys.modules.get(kind.module), cls.__qualname__, None) is not cls:
            raise Refusal(f"cannot save <{cls.__qualname__}>", _advice(cls))
        write, tag = kind.write, kind.tag

        def encoder(value: Any, _depth: int) -> Any:
            return {tag: write(value)}

        self[cls] = encoder
        return encoder


def _advice(cls: type) -> str:
    if issubclass(cls, dict | list | tuple | set | frozenset | str | int | float | bytes):
        base = next(b for b in cls.__mro__ if b.__module__ == "builtins")
        return f"turn it into a plain {base.__name__}, or register its class with codec.register"
    return "keep plain values in the context (an id, a path), or register its class with codec.register"


def _same(value: Any, _depth: int) -> Any:
    return value


def _text(value: str, _depth: int) -> Any:
    return value if value.isascii() else encode_text(value)


def _int(value: int, _depth: int) -> int:
    if not -_ENOUGH_DIGITS < value < _ENOUGH_DIGITS:
        limit = min(_MAX_DIGITS, sys.get_int_max_str_digits() or _MAX_DIGITS)
        if abs(value) >= 10**limit:
            raise Refusal(
                f"cannot save a number of more than {limit} digits", "keep it as bytes or as hex text"
            )
    return value


def _float(value: float, _depth: int) -> Any:
    return value if -_INFINITY < value < _INFINITY else {"$float": repr(value)}


def _items(value: Iterable[Any], depth: int, part: str = "") -> list[Any]:
    if depth >= MAX_DEPTH:
        raise too_deep()
    depth += 1
    encoders = ENCODERS
    out: list[Any] = []
    try:
        for item in value:
            kind = type(item)
            out.append(item if kind is str and item.isascii() else encoders[kind](item, depth))
    except Refusal as refusal:
        refusal.add_step(value, part or f"[{len(out)}]")
        raise
    return out


def _tuple(value: tuple[Any, ...], depth: int) -> Any:
    return {"$tuple": _items(value, depth)}


def _set(value: set[Any], depth: int) -> Any:
    return {"$set": sorted(_items(value, depth, "{…}"), key=dumps)}


def _frozenset(value: frozenset[Any], depth: int) -> Any:
    return {"$frozenset": sorted(_items(value, depth, "{…}"), key=dumps)}


def _deque(value: deque[Any], depth: int) -> Any:
    return {"$deque": [_items(value, depth), value.maxlen]}


def _dict(value: dict[Any, Any], depth: int) -> Any:
    if depth >= MAX_DEPTH:
        raise too_deep()
    for key in value:
        if type(key) is not str or not (key.isascii() or is_utf8(key)):
            return {"$dict": _pairs(value, depth)}
    if len(value) == 1 and is_tag(next(iter(value))):
        return {"$dict": _pairs(value, depth)}
    depth += 1
    encoders = ENCODERS
    out = {}
    key = ""
    try:
        for key, item in value.items():
            kind = type(item)
            out[key] = item if kind is str and item.isascii() else encoders[kind](item, depth)
    except Refusal as refusal:
        refusal.add_step(value, step_to(key))
        raise
    return out


def _pairs(value: dict[Any, Any], depth: int) -> list[list[Any]]:
    if depth >= MAX_DEPTH:
        raise too_deep()
    depth += 1
    out = []
    part = ""
    try:
        for key, item in value.items():
            part = "{key}"
            encoded_key = ENCODERS[type(key)](key, depth)
            part = step_to(encoded_key)
            out.append([encoded_key, ENCODERS[type(item)](item, depth)])
    except Refusal as refusal:
        refusal.add_step(value, part)
        raise
    return out


def _ordereddict(value: OrderedDict[Any, Any], depth: int) -> Any:
    _refuse_attributes(value)
    return {"$ordereddict": _pairs(value, depth)}


def _counter(value: Counter[Any], depth: int) -> Any:
    _refuse_attributes(value)
    return {"$counter": _pairs(value, depth)}


def _refuse_attributes(value: object) -> None:
    if vars(value):
        raise Refusal(f"cannot save a <{type(value).__name__}> with attributes", "keep them as its members")


def _defaultdict(value: defaultdict[Any, Any], depth: int) -> Any:
    factory = value.default_factory
    name = next((name for name, known in FACTORIES.items() if known is factory), None)
    if name is None and factory is not None:
        raise Refusal(
            "cannot save a <defaultdict> with a factory of its own",
            f"use one of {', '.join(FACTORIES)}, or a plain dict with setdefault()",
        )
    return {"$defaultdict": [name, _pairs(value, depth)]}


def _opaque(value: Opaque, _depth: int) -> Any:
    tag, payload = value.tag, value.payload
    if not is_tag(tag) or (tag in TAGS and tag != "$object"):
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


def object_encoder(cls: type, name: str, to_json: Callable[[Any], Any]) -> Callable[[Any, int], Any]:
    """The encoder of a registered class."""

    def encoder(value: Any, depth: int) -> Any:
        if depth >= MAX_DEPTH:
            raise too_deep()
        try:
            plain = to_json(value)
        except Exception as error:
            what = f"cannot save <{cls.__qualname__}>: its to_json raised {type(error).__name__}: {error}"
            raise Refusal(what, "correct the function given to codec.register") from error
        try:
            return {"$object": [name, ENCODERS[type(plain)](plain, depth + 1)]}
        except Refusal as refusal:
            refusal.add_step(value, f"<{name}>")
            raise

    return encoder


ENCODERS = _Encoders(
    {
        type(None): _same,
        bool: _same,
        str: _text,
        int: _int,
        float: _float,
        list: _items,
        dict: _dict,
        tuple: _tuple,
        set: _set,
        frozenset: _frozenset,
        deque: _deque,
        OrderedDict: _ordereddict,
        Counter: _counter,
        defaultdict: _defaultdict,
        Opaque: _opaque,
    }
)
