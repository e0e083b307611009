"""JSON to Python values: one function for each tag.

Each takes `(payload, depth)`, depth being the number of containers around the value, and raises `Refusal`,
or some ordinary error for a payload that means nothing.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.storage.codec_aliases import Shared
from wfepy_core.storage.codec_refusal import MAX_DEPTH, Refusal, step_to, too_deep
from wfepy_core.storage.codec_tags import SAME, is_object, is_tag
from wfepy_core.storage.codec_values import FACTORIES, SINGLE_VALUES, Opaque, expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    _D = TypeVar("_D", bound=dict[Any, Any])


_SCALARS = frozenset((str, int, float, bool, type(None)))

# What reading a payload that means nothing raises: zoneinfo raises OSError and KeyError (a LookupError),
# decimal an ArithmeticError.
_MEANINGLESS = (ValueError, TypeError, LookupError, ArithmeticError, OSError)


class ReferenceMet(Exception):  # noqa: N818  nothing is wrong: it asks for `codec_aliases.with_shared`
    """There is a reference to another place."""


class Registration(NamedTuple):
    """A class made known with `register`."""

    cls: type
    from_json: Callable[[Any], Any]


OBJECTS: dict[str, Registration] = {}
"""By the name that stands in files."""


def decode_value(item: Any, depth: int) -> Any:
    """The value behind any JSON."""
    kind = type(item)
    if kind in _SCALARS:
        return item
    if kind is dict:
        return _decode_dict(item, depth)
    if kind is list:
        return _items(item, depth)
    if kind is Shared:
        return _shared(item, depth)
    raise Refusal(f"<{kind.__qualname__}> is not JSON", "pass what json.loads gave")


def _decode_dict(item: dict[str, Any], depth: int) -> Any:
    if len(item) == 1:
        [(tag, payload)] = item.items()
        if is_tag(tag):
            return _decode_tagged(tag, payload, depth)
    if depth >= MAX_DEPTH:
        raise too_deep()
    out = {}
    key = ""
    try:
        for key, value in item.items():
            out[key] = value if type(value) in _SCALARS else decode_value(value, depth + 1)
    except Refusal as refusal:
        refusal.add_step(item, step_to(key))
        raise
    return out


def _decode_tagged(tag: str, payload: Any, depth: int) -> Any:
    decoder = DECODERS.get(tag)
    if decoder is None:
        return Opaque(tag, payload)
    try:
        return decoder(payload, depth)
    except _MEANINGLESS as error:
        raise Refusal(
            f"cannot read this {tag}: {error}",
            "correct it in the state file, or restore a former version of it",
        ) from error


def is_opaque(tag: str, payload: Any) -> bool:
    """Whether a tagged value is kept as it stands: an unknown tag, or an object of an unknown name."""
    if tag == "$object":
        return is_object(payload) and payload[0] not in OBJECTS
    return tag not in DECODERS


def _items(payload: Any, depth: int) -> list[Any]:
    expect(list, payload)
    if depth >= MAX_DEPTH:
        raise too_deep()
    out: list[Any] = []
    try:
        for item in payload:
            out.append(item if type(item) in _SCALARS else decode_value(item, depth + 1))  # noqa: PERF401  its length tells where it failed
    except Refusal as refusal:
        refusal.add_step(payload, f"[{len(out)}]")
        raise
    return out


def _tuple(payload: Any, depth: int) -> tuple[Any, ...]:
    return tuple(_items(payload, depth))


def _set(payload: Any, depth: int) -> set[Any]:
    return set(_items(payload, depth))


def _frozenset(payload: Any, depth: int) -> frozenset[Any]:
    return frozenset(_items(payload, depth))


def _deque(payload: Any, depth: int) -> deque[Any]:
    items, maxlen = expect(list, payload)
    if maxlen is not None and len(expect(list, items)) > expect(int, maxlen):
        raise ValueError(f"it holds more than {maxlen} items")
    return deque(_items(items, depth), maxlen)


def _dict(payload: Any, depth: int) -> dict[Any, Any]:
    return _fill({}, payload, depth)


def _ordereddict(payload: Any, depth: int) -> OrderedDict[Any, Any]:
    return _fill(OrderedDict(), payload, depth)


def _counter(payload: Any, depth: int) -> Counter[Any]:
    return _fill(Counter(), payload, depth)


def _defaultdict(payload: Any, depth: int) -> defaultdict[Any, Any]:
    name, pairs = expect(list, payload)
    return _fill(defaultdict(None if name is None else FACTORIES[name]), pairs, depth)


def _fill(out: _D, pairs: Any, depth: int) -> _D:
    if depth >= MAX_DEPTH:
        raise too_deep()
    part = ""
    try:
        for pair in expect(list, pairs):
            part = "{key}"
            encoded_key, encoded = expect(list, pair)
            key = decode_value(encoded_key, depth + 1)
            part = step_to(encoded_key)
            if key in out:
                raise ValueError(f"it has the key {part} twice")
            out[key] = decode_value(encoded, depth + 1)
    except Refusal as refusal:
        refusal.add_step(pairs, part)
        raise
    return out


def _object(payload: Any, depth: int) -> Any:
    name, encoded = expect(list, payload)
    known = OBJECTS.get(expect(str, name))
    if known is None:
        return Opaque("$object", payload)
    if depth >= MAX_DEPTH:
        raise too_deep()
    try:
        plain = decode_value(encoded, depth + 1)
    except Refusal as refusal:
        refusal.add_step(payload, f"<{name}>")
        raise
    try:
        return known.from_json(plain)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        from wfepy_core.exception_text import text_of

        what = f"cannot read this <{name}>: its from_json raised {type(error).__name__}: {text_of(error)}"
        raise Refusal(what, "correct the function given to wfepy_core.register") from error


def _reference(_payload: Any, _depth: int) -> Any:
    raise ReferenceMet


def _shared(shared: Shared, depth: int) -> Any:
    """What stands in several places: decoded in the first place that is come to."""
    if not shared.is_decoded:
        if shared.is_open:
            raise Refusal("holds itself", "write a name or a position there instead of the reference")
        shared.is_open = True
        shared.value = decode_value(shared.encoded, depth)
        shared.is_decoded = True
    return shared.value


def _single(read: Callable[[Any], Any]) -> Callable[[Any, int], Any]:
    def decoder(payload: Any, _depth: int) -> Any:
        return read(payload)

    return decoder


DECODERS: dict[str, Callable[[Any, int], Any]] = {
    "$tuple": _tuple,
    "$set": _set,
    "$frozenset": _frozenset,
    "$deque": _deque,
    "$dict": _dict,
    "$ordereddict": _ordereddict,
    "$counter": _counter,
    "$defaultdict": _defaultdict,
    "$object": _object,
    SAME: _reference,
    **{kind.tag: _single(kind.read) for kind in SINGLE_VALUES},
}
"""By tag; any other tag is opaque."""
