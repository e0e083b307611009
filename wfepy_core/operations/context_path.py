"""Places in a context by path, in its JSON form: `due`, `builds[3].name`. Pure.

A text that is a top-level key as a whole is that key, dots and brackets included. Otherwise it is read as
keys joined by dots and list positions in brackets. A path leads through plain JSON objects and lists only;
what stands in a tagged value (a set, a tuple, a date) is changed by giving that value as a whole.
"""

from __future__ import annotations

import re

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import InterventionError
from wfepy_core.storage.codec_tags import tag_of

if TYPE_CHECKING:
    from typing import Any


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
    place = context
    for step in parse(context, path):
        place = _step_into(place, step, path)
    return place


def with_value(context: Any, path: str, value: Any) -> Any:
    """A copy of the context with `value` at `path`; a new key is made in an object that exists.

    Raises:
        InterventionError: there is no such place, or no object to put it into.
    """
    return _rebuild(context, parse(context, path), path, [value])


def without_value(context: Any, path: str) -> Any:
    """A copy of the context without what stands at `path`.

    Raises:
        InterventionError: there is no such place.
    """
    value_at(context, path)
    return _rebuild(context, parse(context, path), path, [])


def _rebuild(place: Any, steps: list[str | int], path: str, value: list[Any]) -> Any:
    """A copy of `place` with `value` (none or one) at the end of `steps`; copies what lies on the way."""
    step, rest = steps[0], steps[1:]
    if rest:
        value = [_rebuild(_step_into(place, step, path), rest, path, value)]
    _check(place, step, path)
    if isinstance(place, list):
        position = range(len(place))[int(step)] if _fits(place, step) else len(place)
        if position == len(place) and step != position:
            raise _no_such_place(path, f"the list has {len(place)} elements")
        return place[:position] + value + place[position + 1 :]
    twin = dict(place)
    twin.pop(step, None) if not value else twin.update({step: value[0]})
    return twin


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
