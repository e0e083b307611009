"""How a command line is read: the parser of a command, and options that several commands have."""

from __future__ import annotations

import argparse
import os
from difflib import get_close_matches

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, write_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Knows the terminal's width itself: the base class imports half a dozen compression libraries for it."""

    def __init__(self, prog: str) -> None:
        try:
            width = min(os.get_terminal_size().columns - 2, 100)
        except OSError:  # no terminal
            width = 98
        super().__init__(prog, width=width)


class CommandParser(argparse.ArgumentParser):
    """The parser of one command; a mistake is answered with two lines and exit code 2.

    Args:
        name: the command as it is typed, for example `wfepy advance`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, formatter_class=_Formatter, allow_abbrev=False)

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Exit if there is an unknown option: argparse itself would complain first of what is missing."""
        known = self._option_string_actions
        for word in words:
            name = word.partition("=")[0]
            if name == "--":
                return
            if name.startswith("--") and name not in known:
                close = get_close_matches(name, known, n=1)
                self.error(f"there is no option {name}" + (f"; did you mean {close[0]}?" if close else ""))

    def teach(self, description: str, *examples: str, outline: str = "") -> None:
        """Set what the help says: the description before the options, examples and an outline after them."""
        self.description = description
        lines = "".join(f"  {example}\n" for example in examples)
        self.epilog = f"example{'s' if len(examples) > 1 else ''}:\n{lines}" + (
            f"\n{outline}" if outline else ""
        )

    def error(self, message: str) -> NoReturn:
        """Print a mistake in the command line and exit."""
        write_error(f"wfepy: {message}", f"`{self.prog} --help` shows how")
        self.exit(ExitCode.USAGE)


def add_reason(parser: CommandParser) -> None:
    """Declare the option every intervention has."""
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; kept in the history")


def add_wait(parser: CommandParser) -> None:
    """Declare the option of every command that needs an instance for itself."""
    parser.add_argument(
        "--wait",
        type=seconds,
        default=0.0,
        metavar="SECONDS",
        help="wait so long for an instance that another process holds (else exit 75 at once)",
    )


def add_dry_run(parser: CommandParser) -> None:
    """Declare the option of every intervention that can be tried."""
    parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")


def add_module(parser: CommandParser) -> None:
    """Declare the option that names workflow modules."""
    parser.add_argument(
        "--module",
        action="append",
        required=True,
        metavar="M",
        help="workflow module: a .py file or a dotted name; give it again for more modules",
    )


def modules_seen_from(state: str, modules: Sequence[str]) -> list[str]:
    """The names under which a state file keeps modules that were named from the working directory.

    A file near the state file is named relative to its folder, so that both can be moved together. A link in
    the name stays in it: `current/flow.py` is another release after the next deployment.
    """
    from wfepy_core.loading.code_files import portable_path

    folder = os.path.dirname(os.path.realpath(state))
    return [portable_path(_name_seen_from(folder, name)) for name in modules]


def _name_seen_from(folder: str, module: str) -> str:
    if not os.path.isfile(module):
        from wfepy_core.loading.code_files import is_file_name
        from wfepy_core.loading.loader import missing_module

        if is_file_name(module) and not os.path.isfile(os.path.join(folder, module)):
            raise missing_module(module, os.path.dirname(module) or os.curdir)
        return module
    absolute = os.path.abspath(module)
    relative = _relative(absolute, folder)
    seen = os.path.join(folder, relative)
    if not os.path.exists(seen) or not os.path.samefile(seen, module):
        # With `..` behind a link, words and ways differ.
        absolute = os.path.realpath(module)
        relative = _relative(absolute, folder)
    return absolute if relative.startswith(os.path.join(os.pardir, os.pardir)) else relative


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on Windows no way leads from one drive to another
        return path


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
