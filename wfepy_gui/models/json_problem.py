"""What is wrong with a context written as JSON, and where; tags of the state format included. Pure."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from wfepy_core.errors import WfepyError
from wfepy_core.storage.codec import decode
from wfepy_gui.wording import said


class JsonProblem(NamedTuple):
    """A mistake.

    Attributes:
        message: what is wrong, and where, for people.
        position: characters from the start of the text; -1: not one place.
    """

    message: str
    position: int = -1


def problem_of(text: str) -> JsonProblem | None:
    """The first mistake in a context; None: it can be saved. Empty text stands for an empty object."""
    if not text.strip():
        return None
    try:
        encoded = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_members)
        decode(encoded)
    except json.JSONDecodeError as error:
        place = said("line {}, column {}").format(error.lineno, error.colno)
        return JsonProblem(f"{error.msg[:1].lower()}{error.msg[1:]} ({place})", min(error.pos, len(text)))
    except RecursionError:
        return JsonProblem(said("nested too deeply"))
    except (ValueError, WfepyError) as error:
        return JsonProblem(str(error))
    if not isinstance(encoded, dict):
        return JsonProblem(said('a context is an object: { "key": value, … }'), 0)
    return None


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(said('"{}" stands twice in one object').format(twice))
    return found


def _no_constant(name: str) -> Any:
    short = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}[name]
    raise ValueError(said('write {{"$float": "{}"}} for {}').format(short, name))
