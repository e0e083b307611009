"""Values in JSON form: when two are the same, what they share, and the strict parser of JSON text. Pure.

The state file, the journal, the command line and the desktop mean the same by "equal" and by "JSON".
"""

from __future__ import annotations

import json
import operator

from wfepy_core._namedtuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    JsonValue = Any
    """A value in JSON form: dict, list, text, number, bool or None. To the type checker it is any value."""

# -- comparing ----------------------------------------------------------------------------------------------


def equal(one: Any, other: Any) -> bool:
    """Whether two values are written alike in JSON, the order of members included.

    So 1, 1.0 and True are three values, and 0.0 and -0.0 are two: an edit from one to the other is a change.
    Cheap where the two share objects.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is dict:
        return list(one) == list(other) and all(map(equal, one.values(), other.values()))
    if kind is list:
        return len(one) == len(other) and all(map(equal, one, other))
    # 0.0 == -0.0, but they are written in two ways.
    return bool(one == other) and (kind is not float or one != 0 or repr(one) == repr(other))


def share_unchanged(known: Any, new: Any) -> Any:
    """The value `new` with the objects of `known` in the places where the two are `equal`.

    Two such values are cheap to compare, whatever their size, because what they share is one object. Of a
    list that became longer or shorter, the items in front and behind are shared.
    """
    if known is new or type(known) is not type(new):
        return new
    if isinstance(new, dict):
        merged: Any = {
            key: share_unchanged(known[key], value) if key in known else value for key, value in new.items()
        }
        is_same = list(merged) == list(known) and all(merged[key] is known[key] for key in merged)
        return known if is_same else merged
    if isinstance(new, list):
        merged = _share_items(known, new)
        return known if len(merged) == len(known) and all(map(operator.is_, merged, known)) else merged
    return known if equal(known, new) else new


def _share_items(known: list[Any], new: list[Any]) -> list[Any]:
    merged = [*map(share_unchanged, known, new), *new[len(known) :]]
    if len(known) != len(new):
        for back in range(1, min(len(known), len(new)) + 1):
            if share_unchanged(known[-back], new[-back]) is not known[-back]:
                break
            merged[-back] = known[-back]
    return merged


# -- reading ------------------------------------------------------------------------------------------------


class StrictJsonError(ValueError):
    """A text that Python's parser takes for JSON, and that is none or cannot be kept as it is."""


class DoubledKeyError(StrictJsonError):
    """A key stands twice in one object.

    Attributes:
        key: the first such key.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {json.dumps(key)} stands there twice")
        self.key = key


class NotANumberError(StrictJsonError):
    """A number for which JSON has no word.

    Attributes:
        text: as it was written: `NaN`, `-Infinity`, `1e999`.
        float_tag: what `{"$float": …}` says for it: "nan", "inf" or "-inf".
    """

    def __init__(self, text: str, message: str, float_tag: str) -> None:
        super().__init__(message)
        self.text = text
        self.float_tag = float_tag


class TooDeepError(StrictJsonError):
    """Lists and objects are nested more deeply than can be read."""

    def __init__(self) -> None:
        super().__init__("nested too deeply")


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        json.JSONDecodeError: it is no JSON; says where.
        StrictJsonError: there is a key twice in an object, a number beyond those of JSON, or too many levels.
        ValueError: there is an integer of thousands of digits.
    """
    try:
        return _decode(text)
    except RecursionError:
        raise TooDeepError from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DoubledKeyError(key)
            seen.add(key)
    return members


def _float(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise NotANumberError(text, f"the number {text[:40]} is too large", "inf" if value > 0 else "-inf")
    return value


def _constant(text: str) -> Any:
    tags = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}
    raise NotANumberError(text, f"{text} is not JSON", tags[text])


# Python's scanner in C does the work; only objects, numbers with a fraction and constants are looked at here.
_decode = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_constant=_constant).decode
