"""Argument parsers, built for the asked command only."""

from __future__ import annotations

import argparse
import json
import os
import sys
from difflib import get_close_matches
from importlib import import_module

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli import COMMANDS, exits
from wfepy_core.model.json_values import DoubledKeyError, NotANumberError, parse_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any, NoReturn


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As the base class, which imports half a dozen compression libraries to learn the terminal's width."""

    def __init__(self, prog: str) -> None:
        try:
            width = min(os.get_terminal_size().columns - 2, 100)
        except OSError:  # no terminal
            width = 98
        super().__init__(prog, width=width)


class CommandParser(argparse.ArgumentParser):
    """The parser of one command; mistakes are told in two lines and exit with 2."""

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Tell an option that is not known; argparse would tell first what else it misses."""
        known = self._option_string_actions
        for word in words:
            name = word.partition("=")[0]
            if name == "--":
                return
            if name.startswith("--") and name not in known:
                close = get_close_matches(name, known, n=1)
                self.error(f"there is no option {name}" + (f"; did you mean {close[0]}?" if close else ""))

    def teach(self, description: str, *examples: str, outline: str = "") -> None:
        """What the help says before the options, and the examples and an outline of a file after them."""
        self.description = description
        lines = "".join(f"  {example}\n" for example in examples)
        self.epilog = f"example{'s' if len(examples) > 1 else ''}:\n{lines}" + (
            f"\n{outline}" if outline else ""
        )

    def error(self, message: str) -> NoReturn:
        """Tell a mistake in the command line."""
        self.exit(exits.USAGE, f"wfepy: {message}\n  `{self.prog} --help` shows how\n")


def module_of(command: str) -> ModuleType:
    """The module that has a command."""
    return import_module(f"wfepy_core.cli.{COMMANDS[command][0]}")


def parser_of(command: str) -> CommandParser:
    """The parser of a command."""
    parser = CommandParser(f"wfepy {command}", formatter_class=_Formatter, allow_abbrev=False)
    getattr(module_of(command), f"add_{command}")(parser)
    return parser


def add_reason(parser: CommandParser) -> None:
    """The option every intervention has."""
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; kept in the history")


def add_module(parser: CommandParser) -> None:
    """The option that names workflow modules."""
    parser.add_argument(
        "--module",
        action="append",
        required=True,
        metavar="M",
        help="workflow module: a .py file or a dotted name; give it again for more modules",
    )


def modules_seen_from(state: str, modules: Sequence[str]) -> list[str]:
    """Modules named from the working directory, as a state file names them.

    A file near the state file is named relative to its folder, so that both can be moved together.
    """
    folder = os.path.dirname(os.path.realpath(state))
    return [_seen_from(folder, name) for name in modules]


def _seen_from(folder: str, module: str) -> str:
    if not os.path.isfile(module):
        from wfepy_core.loading.loader import is_file_name, missing_module

        if is_file_name(module) and not os.path.isfile(os.path.join(folder, module)):
            raise missing_module(module, os.path.dirname(module) or os.curdir)
        return module
    real = os.path.realpath(module)
    relative = os.path.relpath(real, folder)
    return real if relative.startswith(os.path.join(os.pardir, os.pardir)) else relative


def positive(text: str) -> int:
    """A number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def seconds(text: str) -> float:
    """A length of time above 0."""
    length = float(text)
    if not 0 < length < 1e9:
        raise ValueError(text)
    return length


def assignment(text: str, *, kind: str = "") -> tuple[str, Any]:
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
    return key, value if kind == "text" else json_value(value, strict=kind == "json")


def json_value(text: str, *, strict: bool) -> Any:
    """JSON, or with `strict` off the text itself where it is none; `@FILE` is read first.

    Raises:
        ValueError: the file cannot be read, with `strict` the text is no JSON, or an object or a list
            has a key twice or a number that JSON has no word for.
    """
    if text.startswith("@"):
        text = _content(text[1:])
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


def looks_like_a_number(value: object) -> bool:
    """Whether a value is text that somebody may have meant as a number."""
    if not isinstance(value, str) or len(value) > 40:
        return False
    try:
        float(value)
    except ValueError:
        return False
    return True


def _content(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.read()
        # Windows editors write a byte order mark.
        with open(name, encoding="utf-8-sig") as file:
            return file.read()
    except UnicodeDecodeError:
        raise ValueError(f"{name} is no text in UTF-8") from None
    except OSError as error:
        told = f"cannot read {name}: {error.strerror}; write '\"@{name}\"' for the text @{name}"
        raise ValueError(told) from None


def _advice(error: DoubledKeyError | NotANumberError) -> str:
    return f'; write {{"$float": "{error.float_tag}"}}' if isinstance(error, NotANumberError) else ""
