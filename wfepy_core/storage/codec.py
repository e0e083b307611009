"""Context values as JSON, exactly: what is read back equals what was saved, types included, or is refused.

Plain JSON stays plain. Everything else is a dict with one key, a tag:

    {"$tuple": [...]}  {"$set": [...]}  {"$frozenset": [...]}    elements; those of sets sorted by their JSON
    {"$dict": [[key, value], ...]}      a dict with keys other than text, or one that looks like a tag
    {"$ordereddict": [[key, value], ...]}  {"$counter": [[key, value], ...]}
    {"$defaultdict": ["list", [[key, value], ...]]}              factory: a builtin class, or null
    {"$deque": [[...], maxlen]}         maxlen: a number or null
    {"$bytes": base64}  {"$bytearray": base64}
    {"$datetime": ISO 8601}  {"$time": ISO 8601}                 naive, or with a fixed offset
    {"$datetime": {"iso": ISO 8601, "zone": "Europe/Berlin", "fold": 1}}    "zone" is a key of the tz
                                        database; or "name", of a fixed offset; "fold" only where it is 1
    {"$date": ISO 8601}  {"$timedelta": [days, seconds, microseconds]}
    {"$decimal": text}  {"$uuid": text, or [text, safety]}
    {"$path": text, or [class name, text] when it is no PosixPath}
    {"$float": "nan" | "inf" | "-inf"}
    {"$text": text in Python's escapes} a text with lone surrogates (an undecodable file name), so that
                                        what is encoded fits in UTF-8 whether or not JSON escapes it
    {"$object": [name, encoded value]}  an object of a class made known with `register`
    {"$same": "/jobs/0/lines"}          the object that stands there in the context, too: see `codec_aliases`

An unknown tag, or a `$object` of an unknown name, is read as `Opaque` and written back untouched.

Refused, by path: classes not listed here, subclasses of those listed (an enum, a namedtuple: register
them), integers of more than 4300 digits (Python would not read them back), values nested deeper than
`MAX_DEPTH`, and values that hold themselves. A list, dict, set or deque, or an object of a registered class,
that is reachable in two ways stays one object. (A bytearray does not.)

`codec_tags` is the grammar of the tags, as data; `codec_preview` describes encoded values without decoding
them, so without running anybody's code.
"""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import CodecError, WorkflowError
from wfepy_core.storage.codec_aliases import name_places, with_shared
from wfepy_core.storage.codec_decoding import OBJECTS, ReferenceMet, Registration, decode_value, is_opaque
from wfepy_core.storage.codec_encoding import ENCODERS, Met, object_encoder
from wfepy_core.storage.codec_refusal import MAX_DEPTH, Refusal, too_deep
from wfepy_core.storage.codec_values import Opaque, is_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar

    _Class = TypeVar("_Class", bound=type)

__all__ = ["MAX_DEPTH", "Opaque", "decode", "encode", "register"]


def encode(value: Any, path: str = "context") -> Any:
    """The value as JSON that `json.dumps(allow_nan=False)` takes and `decode` turns back.

    Args:
        value: any value of the kinds listed at the top of this module.
        path: what to call the value in messages.

    Raises:
        CodecError: something within the value cannot be saved; says what and where.
    """
    met = Met()
    try:
        encoded = ENCODERS[type(value)](value, 0, met)
    except Exception as error:  # noqa: BLE001  it is raised as ours
        raise _as_error(error, path) from (error.__cause__ if isinstance(error, Refusal) else error)
    if met.repeated:
        name_places(encoded, met.repeated)
    return encoded


def encode_members(context: dict[str, Any], keys: Iterable[str]) -> tuple[dict[str, Any], bool]:
    """Some values of a context, each written in full, and whether any of it may stand elsewhere, too.

    Where that is so, only `encode` of the whole context says what refers to what.

    Raises:
        CodecError: something within a value cannot be saved; says what and where.
    """
    met = Met()
    encoded = {key: _encode_member(context, key, met) for key in keys}
    return encoded, bool(met.repeated) or met.may_be_held_elsewhere()


def _encode_member(context: dict[str, Any], key: str, met: Met) -> Any:
    value = context[key]
    try:
        return ENCODERS[type(value)](value, 1, met)
    except Exception as error:  # noqa: BLE001  it is raised as ours
        raise _as_error(error, f"context.{key}") from (
            error.__cause__ if isinstance(error, Refusal) else error
        )


def _as_error(error: Exception, path: str) -> CodecError:
    if isinstance(error, Refusal):
        return error.as_error(path)
    if isinstance(error, RecursionError):
        return too_deep().as_error(path)
    # A class that cannot be hashed or compared, a dict that a thread changes meanwhile, ...
    from wfepy_core.exception_text import text_of

    return Refusal(f"cannot be saved: {type(error).__name__}: {text_of(error)}").as_error(path)


def decode(json_value: Any, path: str = "context", *, part: bool = False) -> Any:
    """The value that was encoded.

    Calls `from_json` of registered classes: those who only show a value want `preview`.

    Args:
        json_value: what `json.loads` gave.
        path: what to call the value in messages.
        part: it is a value out of a context: what it refers to may be elsewhere, and is `Opaque` here.

    Raises:
        CodecError: the payload of a known tag means nothing, or `from_json` raised; says where.
    """
    try:
        try:
            return decode_value(json_value, 0)
        except ReferenceMet:
            return decode_value(with_shared(json_value, part=part, is_opaque=is_opaque), 0)
    except Refusal as refusal:
        raise refusal.as_error(path) from refusal.__cause__
    except RecursionError:
        raise too_deep().as_error(path) from None


def register(
    cls: _Class,
    name: str | None = None,
    to_json: Callable[[Any], Any] | None = None,
    from_json: Callable[[Any], Any] | None = None,
) -> _Class:
    """Let objects of exactly this class be saved, as `{"$object": [name, encoded value]}`.

    `register(Order)`, or `@register` above it, is all that an enumeration, a dataclass, a named tuple or a
    pydantic model needs; it is saved by its fields.

    The register belongs to the process, as classes do: a workflow module registers its own at import.
    Registering a class again replaces its functions, and so does registering the class which a reloaded
    module defined anew.

    Args:
        cls: the class; subclasses are registered on their own.
        name: stands in state files for years; a good one names the workflow, `release.build`. By default
            that of the class.
        to_json: from an object to any value that can be saved, tuples and dates included.
        from_json: from such a value to an equal object.

    Returns:
        The class.

    Raises:
        WorkflowError: the name belongs to another class, the class has another name or needs none, or how
            to save it is not known.
    """
    if not isinstance(cls, type):
        raise WorkflowError(f"register() takes a class, not {cls!r}", hint="write register(Order)")
    name = cls.__name__ if name is None else name
    if type(name) is not str or not name or not is_utf8(name):
        raise WorkflowError(f"{name!r} cannot be the name of <{cls.__qualname__}>", hint="use a short text")
    for known_name, known in OBJECTS.items():
        same_class = _full_name(known.cls) == _full_name(cls)
        if same_class and known_name != name:
            raise WorkflowError(
                f"<{cls.__qualname__}> is already registered as {known_name!r}",
                hint="keep that name: it stands in state files",
            )
        if known_name == name and not same_class:
            raise WorkflowError(
                f"{name!r} cannot be the name of <{cls.__qualname__}>: it is that of {_full_name(known.cls)}",
                hint="put the name of the workflow in front of one of them",
            )
    if name not in OBJECTS and _is_built_in(cls):
        raise WorkflowError(f"<{cls.__qualname__}> is saved without being registered", hint="leave it out")
    if to_json is None or from_json is None:
        from wfepy_core.storage.codec_classes import functions_of

        to_known, from_known = functions_of(cls)
        to_json, from_json = to_json or to_known, from_json or from_known
    OBJECTS[name] = Registration(cls, from_json)
    ENCODERS[cls] = object_encoder(cls, name, to_json)
    return cls


def _full_name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _is_built_in(cls: type) -> bool:
    try:
        return ENCODERS[cls] is not None
    except Refusal:
        return False
