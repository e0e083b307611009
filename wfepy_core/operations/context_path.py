"""Places in a context by path, in its JSON form: `due`, `builds[3].name`. Pure.

A text that is a top-level key as a whole is that key, dots and brackets included. Otherwise it is read as
keys joined by dots and list positions in brackets. A path leads through plain JSON objects and lists, into
the objects of registered classes (`order.amount`), and through a reference to what it refers to; what stands
in another tagged value (a set, a tuple, a date) is changed by giving that value as a whole.
"""

from __future__ import annotations

import re

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import InterventionError
from wfepy_core.storage.codec_aliases import json_steps, resolve
from wfepy_core.storage.codec_refusal import Refusal
from wfepy_core.storage.codec_tags import SAME, is_object, tag_of

if TYPE_CHECKING:
    from typing import Any


_OBJECT = "$object"
_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[(-?\d+)\]")


def parse(context: Any, path: str) -> list[str | int]:
    """The steps of a path: text for a key, an integer for a list position.

    Raises:
        InterventionError: it is not a path.
    """
    if isinstance(context, dict) and path in context:
        return [path]
    steps: list[str | int] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            break
        steps.append(match[1] if match[1] is not None else int(match[2]))
        position = match.end()
    if not steps or position < len(path) or not isinstance(steps[0], str):
        raise InterventionError(
            f"{path!r} is not a place in a context", hint="write key, key.inner or key[3]"
        )
    return steps


def value_at(context: Any, path: str) -> Any:
    """The value at `path`, in JSON form.

    Raises:
        InterventionError: there is no such place.
    """
    return _look_through(context, *_place_at(context, parse(context, path), path))[1]


def with_value(context: Any, path: str, value: Any) -> Any:
    """A copy of the context with `value` at `path`; a new key is made in an object that exists.

    Raises:
        InterventionError: there is no such place, or no object to put it into.
    """
    return _changed(context, path, [value])


def without_value(context: Any, path: str) -> Any:
    """A copy of the context without what stands at `path`.

    Raises:
        InterventionError: there is no such place.
    """
    _place_at(context, parse(context, path), path)
    return _changed(context, path, [])


def _changed(context: Any, path: str, value: list[Any]) -> Any:
    """A copy of the context with `value` (none or one) at `path`; copies what lies on the way."""
    *way, last = parse(context, path)
    steps, place = _container_at(context, way, path)
    _check(place, last, path)
    if isinstance(place, list):
        position = range(len(place))[int(last)] if _fits(place, last) else len(place)
        if position == len(place) and last != position:
            raise _no_such_place(path, f"the list has {len(place)} elements")
        new: Any = place[:position] + value + place[position + 1 :]
    else:
        if steps[-2:] == [_OBJECT, 1]:
            _step_into(place, last, path)  # which keys there are is its class's business
        new = dict(place)
        new.pop(last, None) if not value else new.update({last: value[0]})
    return _rebuild(context, steps, new)


def _rebuild(place: Any, steps: list[str | int], value: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    copied = place.copy()
    copied[step] = _rebuild(place[step], rest, value)
    return copied


def _place_at(context: Any, way: list[str | int], path: str) -> tuple[list[str | int], Any]:
    """The steps to a place as it stands in the file, tags included, and what stands there."""
    *before, last = way
    steps, place = _container_at(context, before, path)
    return [*steps, _step_to(place, last, path)], _step_into(place, last, path)


def _container_at(context: Any, way: list[str | int], path: str) -> tuple[list[str | int], Any]:
    """The same for a place that the path goes on from: that of the members themselves."""
    if not way:
        return [], context
    steps, place = _look_through(context, *_place_at(context, way, path))
    if tag_of(place) == _OBJECT and is_object(place[_OBJECT]):
        return _look_through(context, [*steps, _OBJECT, 1], place[_OBJECT][1])
    return steps, place


def _look_through(context: Any, steps: list[str | int], place: Any) -> tuple[list[str | int], Any]:
    """Follow a reference."""
    if tag_of(place) != SAME:
        return steps, place
    try:
        value = resolve(context, place[SAME])
    except Refusal as refusal:
        raise InterventionError(refusal.what, hint=refusal.hint) from None
    return json_steps(context, place[SAME]), value


def _step_to(place: Any, step: str | int, path: str) -> str | int:
    _step_into(place, step, path)
    return range(len(place))[int(step)] if isinstance(place, list) else step


def _step_into(place: Any, step: str | int, path: str) -> Any:
    _check(place, step, path)
    if isinstance(place, list):
        if not _fits(place, step):
            raise _no_such_place(path, f"the list has {len(place)} elements")
        return place[int(step)]
    if step not in place:
        raise _no_such_place(
            path, f"{step!r} is not a key there; there are {', '.join(list(place)[:8]) or 'none'}"
        )
    return place[step]


def _fits(place: list[Any], step: str | int) -> bool:
    return isinstance(step, int) and -len(place) <= step < len(place)


def _check(place: Any, step: str | int, path: str) -> None:
    if tag := tag_of(place):
        raise _no_such_place(path, f"a path does not lead into a {tag[1:]}; give that value as a whole")
    if isinstance(place, list) and isinstance(step, str):
        raise _no_such_place(path, f"{step!r} is asked of a list; write a position in brackets")
    if not isinstance(place, (dict, list)):
        raise _no_such_place(path, f"{step!r} is asked of a plain value")
    if isinstance(place, dict) and isinstance(step, int):
        raise _no_such_place(path, f"[{step}] is asked of an object; write .key")


def _no_such_place(path: str, reason: str) -> InterventionError:
    return InterventionError(f"there is no context value {path}: {reason}")
