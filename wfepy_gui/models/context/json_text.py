"""A context as JSON text and back: numbered dots stand for secrets, mistakes have a line and a column."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.errors import CodecError
from wfepy_core.model.json_values import (
    DoubledKeyError,
    NotANumberError,
    TooDeepError,
    parse_json,
    share_unchanged,
)
from wfepy_core.storage.codec import decode
from wfepy_gui.instance.context_difference import check_decodable
from wfepy_gui.models.context.json_positions import place_of_number, place_of_path, place_of_second
from wfepy_gui.text.secrets import DOTS
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.text.secrets import Masking

LONGEST = 20_000
"""Characters of one text; what is longer is cut, for a line of the text pane cannot be that long."""
_BEGINNING = 60
_CONFUSING = {
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
    "\xa0": "\\u00a0",
    "\x85": "\\u0085",
    "\x7f": "\\u007f",
}
_CONFUSED = re.compile("[" + "".join(_CONFUSING) + "]")
_TOKENS = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<word>\b(?:true|false|null)\b)"
)


class Written(NamedTuple):
    """A context as text.

    Attributes:
        context: what was written.
        secrets: what stands for what in the text.
        cut: likewise, for texts too long to be laid out in a line.
    """

    context: JsonValue
    text: str
    secrets: Mapping[str, Any]
    cut: Mapping[str, Any] = {}


class JsonError(ValueError):
    """A text is no context.

    Attributes:
        line, column: where, counted from 1; 0: not known.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = tr("line {}, column {}: ").format(self.line, self.column) if self.line else ""
        return f"{where}{self.args[0]}"


def write(context: JsonValue, masking: Masking) -> Written:
    """A context as indented JSON."""
    secrets: dict[str, Any] = {}

    def stand_in(secret: JsonValue) -> str:
        mark = f"{DOTS} {len(secrets) + 1}"
        secrets[mark] = secret
        return mark

    cut: dict[str, Any] = {}
    shown = _cut(masking.mask((), context, stand_in), cut)
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    return Written(context, _CONFUSED.sub(lambda found: _CONFUSING[found[0]], text), secrets, cut)


def read(text: str, written: Written) -> JsonValue:
    """The context that a text means; dots are what they stood for when it was written.

    What is the same as when it was written is the same object.

    Raises:
        JsonError: it means none; says where and why.
    """
    typed = parse(text)
    stand_ins = {**written.secrets, **written.cut}
    context = _unmasked(typed, stand_ins) if stand_ins else typed
    context = share_unchanged(written.context, context)
    try:
        check_decodable(written.context, context)
    except CodecError as error:
        raise _at(text, place_of_path(text, error.path), error.message) from error
    return context


def read_first(text: str) -> JsonValue:
    """The first context of an instance that a text means; no text means an empty one.

    Raises:
        JsonError: it means none; says where and why.
    """
    if not text.strip():
        return {}
    context = parse(text)
    try:
        decode(context)
    except CodecError as error:
        raise _at(text, place_of_path(text, error.path), error.message) from error
    if not isinstance(context, dict):
        raise _at(text, len(text) - len(text.lstrip()), tr('a context is an object: { "key": value, … }'))
    return context


def parse(text: str) -> JsonValue:
    """The value of a JSON text.

    Raises:
        JsonError: it is no strict JSON; says where and why.
    """
    try:
        typed = parse_json(text)
        json.dumps(typed, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise JsonError(error.msg.removesuffix(" at"), error.lineno, error.colno) from error
    except DoubledKeyError as error:
        message = tr("the key {!r} stands here twice").format(error.key)
        raise _at(text, place_of_second(text, error.key), message) from error
    except NotANumberError as error:
        message = tr('{} is not JSON; write {{"$float": "nan"}}, "inf" or "-inf"').format(error.text[:40])
        raise _at(text, place_of_number(text, error.text), message) from error
    except TooDeepError as error:
        raise JsonError(tr("it is nested too deeply")) from error
    except UnicodeEncodeError as error:
        raise JsonError(tr("a text holds half of a character (a lone surrogate)")) from error
    except ValueError as error:
        raise JsonError(str(error)) from error
    return typed


def tokens(line: str) -> list[tuple[str, int, int]]:
    """What a line of JSON consists of: kind ("key", "text", "number", "word"), start, length."""
    return [
        (found.lastgroup or "", found.start(), found.end() - found.start())
        for found in _TOKENS.finditer(line)
    ]


def _at(text: str, place: int, message: str) -> JsonError:
    if place < 0:
        return JsonError(message)
    return JsonError(message, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))


def _cut(value: JsonValue, cut: dict[str, Any]) -> JsonValue:
    if isinstance(value, str) and len(value) > LONGEST:
        mark = f"{value[:_BEGINNING]}… (cut: {len(value)} characters, {len(cut) + 1})"
        cut[mark] = value
        return mark
    if isinstance(value, list):
        return [_cut(item, cut) for item in value]
    if isinstance(value, dict):
        return {key: _cut(item, cut) for key, item in value.items()}
    return value


def _unmasked(value: JsonValue, secrets: Mapping[str, Any]) -> JsonValue:
    if isinstance(value, str):
        return secrets.get(value, value)
    if isinstance(value, list):
        return [_unmasked(item, secrets) for item in value]
    if isinstance(value, dict):
        return {key: _unmasked(item, secrets) for key, item in value.items()}
    return value
