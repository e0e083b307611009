"""`wfepy completion`: the script that completes a command line in a shell, written by `shtab`."""

from __future__ import annotations

import argparse

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.command_table import COMMANDS, parser_of
from wfepy_core.cli.output import ExitCode

if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

    from wfepy_core.cli.parser import CommandParser


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Print a script that completes commands, options and state files with the Tab key.",
        "wfepy completion bash > ~/.local/share/bash-completion/completions/wfepy",
        "wfepy completion zsh > ~/.zfunc/_wfepy     # with ~/.zfunc in fpath",
        "wfepy completion fish > ~/.config/fish/completions/wfepy.fish",
        "wfepy completion powershell > wfepy.ps1     # and `. wfepy.ps1` in $PROFILE",
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish", "tcsh", "powershell"))


def run(arguments: Namespace) -> int:
    """Print the script of a shell."""
    import shtab

    print(shtab.complete(_parser_of_all_commands(), arguments.shell, root_prefix="wfepy"))
    return ExitCode.DONE


def _parser_of_all_commands() -> argparse.ArgumentParser:
    """One parser with every command, and with what each argument completes to."""
    files = _file_patterns()
    parser = argparse.ArgumentParser("wfepy")
    parser_class: Any = _command_parser  # a function will do
    commands = parser.add_subparsers(parser_class=parser_class)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, prog=name, help=summary)
        command.description = summary  # which shells show beside the command
        for action in command._actions:  # noqa: SLF001  argparse has no public way to list them
            if action.metavar in files:
                action.complete = files[action.metavar]
    return parser


def _command_parser(prog: str, **_options: object) -> CommandParser:
    """The parser of a command, for argparse, which would make an empty one."""
    return parser_of(prog)


def _file_patterns() -> dict[str, Any]:
    """What `shtab` completes an argument to, by the name it has in the help."""
    import shtab

    states, modules = shtab.glob("*.wfstate"), shtab.glob("*.py")
    return {
        "STATE": states,
        "STATE|FOLDER": states,
        "STATE|MODULE": shtab.glob("*.wfstate", "*.py"),
        "SANDBOX": states,
        "MODULE": modules,
        "M": modules,
        "FOLDER": shtab.DIRECTORY,
        "LEGACY": shtab.FILE,
        "FILE": shtab.FILE,
        "FILE|-": shtab.FILE,
    }
