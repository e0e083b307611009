"""The commands, each with what it does in a line; the overview of them; the parser of each."""

from __future__ import annotations

from importlib import import_module

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, write_error

if TYPE_CHECKING:
    from types import ModuleType

    from wfepy_core.cli.parser import CommandParser

COMMANDS = {
    "new": "start an instance of a workflow",
    "advance": "take instances as far as they can go now, one pass each",
    "status": "where instances stand",
    "why": "why an instance, or one of its tasks, does not move",
    "preflight": "what an advance would call now, without calling it",
    "context": "show, set or remove context values",
    "complete": "let a task count as done",
    "skip": "cancel a task; its branch ends there",
    "retry": "let the next pass run a task again",
    "tokens": "show where an instance stands, or place its tokens by hand",
    "fork": "copy an instance into a sandbox, to try things on",
    "note": "write a note into the history",
    "diff": "what differs between two instances, or two moments of one",
    "history": "who did what, when and why",
    "output": "what tasks printed and logged, whoever ran the pass",
    "graph": "draw the graph into a file",
    "check": "tell the mistakes of a workflow module",
    "import": "make a state file of a wfepy 0.1.1 dump",
    "watch": "advance the instances of a folder on a timer",
    "migrate": "move an instance to its changed module",
    "restore": "go back to the previous version of a state file",
    "completion": "print the completion script of a shell",
}
"""Each is a module of this package with two functions:

- `add_arguments(parser)` declares the command's arguments and says what its help says.
- `run(arguments)` does what was asked and returns the exit code.

`_ELSEWHERE` has those whose name is taken: `import` by Python, `output` by what every command prints with."""

_ELSEWHERE = {"import": "import_legacy", "output": "output_command"}


def module_of(command: str) -> ModuleType:
    """The module of a command; no other command is imported."""
    return import_module(f"wfepy_core.cli.{_ELSEWHERE.get(command, command)}")


def parser_of(command: str) -> CommandParser:
    """The parser of a command."""
    from wfepy_core.cli.parser import CommandParser

    parser = CommandParser(f"wfepy {command}")
    module_of(command).add_arguments(parser)
    return parser


def run_command(name: str, arguments: list[str]) -> int:
    """Run a command of the table, or print the overview, the version or a guess what was meant."""
    if name in COMMANDS:
        parser = parser_of(name)
        parser.refuse_unknown(arguments)
        code: int = module_of(name).run(parser.parse_intermixed_args(arguments))
        return code
    if name in ("--help", "-h", "help"):
        print(_overview(), end="")
        return ExitCode.DONE
    if name == "--version":
        from wfepy_core import __version__

        print(f"wfepy {__version__}")
        return ExitCode.DONE
    return _refuse(name)


def _overview() -> str:
    lines = [f"  {name:<12}{summary}\n" for name, summary in COMMANDS.items()]
    return (
        "usage: wfepy COMMAND ...\n\n"
        "Workflows that live for weeks: plain Python functions, one state file an instance, no server.\n\n"
        f"commands:\n{''.join(lines)}\n"
        "`wfepy COMMAND --help` tells more, with an example.\n\n"
        "exit codes:\n"
        "  0   done: finished, or waiting for the next pass\n"
        "  1   a task failed\n"
        "  2   the command line, or what it asks for, makes no sense\n"
        "  65  a state file is missing, unreadable or cannot be written, or its module has changed\n"
        "  75  another process holds the instance; try again later\n"
        "  77  code is not what was agreed to (--agreed)\n"
        "  130 stopped by Ctrl+C\n"
    )


def _refuse(name: str) -> ExitCode:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    guess = f"did you mean `wfepy {close[0]}`?" if close else "`wfepy --help` lists the commands"
    write_error(f"wfepy: there is no command {name!r}", guess)
    return ExitCode.USAGE
