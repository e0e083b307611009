"""`wfepy completion`: scripts that complete commands, options and state files."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.cli.command_table import COMMANDS, parser_of
from wfepy_core.cli.output import ExitCode

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.parser import CommandParser

#: What the words of a command may be: patterns of file names, the first being what is looked for.
_FILES = {"check": "*.py", "import": "*", "graph": "*.wfstate"}


class _Option(NamedTuple):
    name: str
    told: str
    takes_value: bool
    choices: tuple[str, ...]


class _Command(NamedTuple):
    name: str
    summary: str
    options: tuple[_Option, ...]
    choices: tuple[str, ...]
    files: str


def add_arguments(parser: CommandParser) -> None:
    """Declare the arguments of `wfepy completion`."""
    parser.teach(
        "Print a script that completes commands, options and state files with the Tab key.",
        "wfepy completion bash > ~/.local/share/bash-completion/completions/wfepy",
        "wfepy completion zsh > ~/.zfunc/_wfepy     # with ~/.zfunc in fpath",
        "wfepy completion fish > ~/.config/fish/completions/wfepy.fish",
    )
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(arguments: Namespace) -> int:
    """Print the script of a shell."""
    commands = [_described(name, summary) for name, summary in COMMANDS.items()]
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell](commands))
    return ExitCode.DONE


def _described(name: str, summary: str) -> _Command:
    options: list[_Option] = []
    choices: tuple[str, ...] = ()
    for action in parser_of(name)._actions:  # noqa: SLF001  argparse has no public way to list them
        if action.option_strings:
            told = (action.help or "").partition(";")[0]
            values = tuple(action.choices or ())
            options.append(_Option(action.option_strings[-1], told, action.nargs != 0, values))
        elif action.choices:
            choices = tuple(action.choices)
    return _Command(name, summary, tuple(options), choices, _FILES.get(name, "*.wfstate"))


def _bash(commands: Sequence[_Command]) -> str:
    cases = []
    for one in commands:
        words = " ".join([*(option.name for option in one.options), *one.choices])
        cases.append(f'        {one.name}) words="{words}"; files="{one.files}" ;;')
    names = " ".join(one.name for one in commands)
    body = "\n".join(cases)
    chosen = {option.name: option.choices for one in commands for option in one.options if option.choices}
    values = "\n".join(
        f'        {name}) COMPREPLY=($(compgen -W "{" ".join(choices)}" -- "$current")); return ;;'
        for name, choices in chosen.items()
    )
    return f"""_wfepy() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words="" files=""
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{names}" -- "$current"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
{body}
    esac
    case ${{COMP_WORDS[COMP_CWORD - 1]}} in
{values}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    case $current in -*) return ;; esac
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -X "!$files" -- "$current") $(compgen -d -- "$current"))
}}
complete -o filenames -F _wfepy wfepy"""


def _zsh(commands: Sequence[_Command]) -> str:
    names = "\n".join(f"        '{one.name}:{_quoted(one.summary)}'" for one in commands)
    cases = []
    for one in commands:
        options = " ".join(map(_zsh_option, one.options))
        words = f"'1:what:({' '.join(one.choices)})' " if one.choices else ""
        cases.append(f"        {one.name}) _arguments {options} {words}'*:file:_files -g \"{one.files}\"' ;;")
    body = "\n".join(cases)
    return f"""#compdef wfepy
_wfepy() {{
    local -a commands=(
{names}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{body}
    esac
}}
_wfepy "$@\""""


def _zsh_option(option: _Option) -> str:
    values = f"({' '.join(option.choices)})" if option.choices else "_files"
    value = f":value:{values}" if option.takes_value else ""
    return f"'{option.name}[{_bracketed(option.told)}]{value}'"


def _fish(commands: Sequence[_Command]) -> str:
    lines = ["complete -c wfepy -f"]
    for one in commands:
        lines.append(f"complete -c wfepy -n __fish_use_subcommand -a {one.name} -d '{_quoted(one.summary)}'")
        seen = f"'__fish_seen_subcommand_from {one.name}'"
        lines += [
            f"complete -c wfepy -n {seen} -l {option.name.removeprefix('--')}{_fish_value(option)}"
            f" -d '{_quoted(option.told)}'"
            for option in one.options
        ]
        lines += [f"complete -c wfepy -n {seen} -a {choice}" for choice in one.choices]
        suffix = one.files.removeprefix("*")
        lines.append(f"complete -c wfepy -n {seen} -k -a '(__fish_complete_suffix \"{suffix}\")'")
    return "\n".join(lines)


def _fish_value(option: _Option) -> str:
    if option.choices:
        return f" -x -a '{' '.join(option.choices)}'"
    return " -r -F" if option.takes_value else ""


def _quoted(text: str) -> str:
    return " ".join(text.split()).replace("'", "")


def _bracketed(text: str) -> str:
    return _quoted(text).replace("[", "(").replace("]", ")").replace(":", " -")
