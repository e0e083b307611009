"""Arguments as values: KEY=VALUE, JSON, @FILE; the path of a new state file."""

from __future__ import annotations

import json
import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.errors import InterventionError
from wfepy_core.model.json_values import DoubledKeyError, NotANumberError, parse_json
from wfepy_core.storage.codec_preview import preview
from wfepy_core.storage.file_names import STATE_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def parse_assignment(text: str, *, kind: str = "") -> tuple[str, Any]:
    """KEY=VALUE as a context path and a value in the state file's JSON form.

    VALUE is JSON when it reads as JSON, else text; `@FILE` is the content of a file, `@-` of stdin. A number
    that JSON would write in another way (1.10, 1e5) is text: it may be the name of a version.

    Args:
        text: the argument.
        kind: "json": VALUE must be JSON; "text": VALUE is text whatever it looks like, `@` included.

    Raises:
        ValueError: it is no assignment; the message says why.
    """
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise ValueError(f"{text!r} is no KEY=VALUE")
    return key, value if kind == "text" else parse_value(value, strict=kind == "json")


def parse_assignments(items: Iterable[str], *, kind: str = "") -> dict[str, Any]:
    """Several KEY=VALUE, by path.

    Raises:
        ValueError: one is no assignment, or a place is given two values.
    """
    values: dict[str, Any] = {}
    for item in items:
        key, value = parse_assignment(item, kind=kind)
        if key in values:
            raise ValueError(f"{key} is given twice; leave one out")
        values[key] = value
    return values


def parse_value(text: str, *, strict: bool) -> Any:
    """JSON, or with `strict` off the text itself where it is none; `@FILE` is read first.

    Raises:
        ValueError: the file cannot be read, with `strict` the text is no JSON, or an object or a list
            has a key twice or a number that JSON has no word for.
    """
    if text.startswith("@"):
        text = _read_content(text[1:])
    try:
        value = parse_json(text)
    except (DoubledKeyError, NotANumberError) as error:
        if strict or text.lstrip()[:1] in ("{", "["):
            raise ValueError(f"{text[:60]!r} is no JSON: {error}{_advice(error)}") from None
        return text
    except ValueError as error:
        if strict:
            raise ValueError(f"{text[:60]!r} is no JSON: {error}") from None
        return text
    is_number = type(value) in (int, float)
    return text if is_number and not strict and json.dumps(value) != text.strip() else value


def looks_like_number(value: object) -> bool:
    """Whether a value is text that somebody may have meant as a number."""
    if not isinstance(value, str) or len(value) > 40:
        return False
    try:
        float(value)
    except ValueError:
        return False
    return True


def assignment_text(path: str, value: object) -> str:
    """A place in the context and the value that was taken for it: `version = "1.10"`."""
    return f"{path} = {preview(value)}"


def check_new_path(state: str) -> None:
    """Check that a state file can be made at a path, before anything else is done.

    Raises:
        InterventionError: it has no name that folder commands find, exists, or its folder does not.
    """
    folder = os.path.dirname(state) or os.curdir
    if not os.path.basename(state).removesuffix(STATE_SUFFIX) or not state.endswith(STATE_SUFFIX):
        name = f"{os.path.splitext(state)[0].rstrip('/')}{STATE_SUFFIX}"
        raise InterventionError(
            f"{state} is no name for a state file",
            hint=f"name it {name}: folders are searched for *{STATE_SUFFIX}",
        )
    if os.path.lexists(state):
        raise InterventionError(
            f"{state} exists already", hint="choose another name, or move that file away first"
        )
    if not os.path.isdir(folder):
        raise InterventionError(f"the folder {folder} does not exist", hint="create it, or correct the path")


def _read_content(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read()
        # Windows editors write a byte order mark.
        with open(name, encoding="utf-8-sig") as file:
            return file.read()
    except UnicodeDecodeError:
        raise ValueError(f"{name} is no text in UTF-8") from None
    except OSError as error:
        message = f"cannot read {name}: {error.strerror}; write '\"@{name}\"' for the text @{name}"
        raise ValueError(message) from None


def _advice(error: DoubledKeyError | NotANumberError) -> str:
    return f'; write {{"$float": "{error.float_tag}"}}' if isinstance(error, NotANumberError) else ""
