"""`wfepy migrate`."""

from __future__ import annotations

import sys
from functools import partial
from shlex import quote

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import ExitCode, print_line, write_error
from wfepy_core.cli.parser import add_reason, add_wait, modules_seen_from
from wfepy_core.cli.several import run_each, state_files, when_free
from wfepy_core.explain.list_text import first_names
from wfepy_core.model.derived_status import instance_status
from wfepy_core.operations.migration import drift_of, forgotten, left_behind, move_to_module
from wfepy_core.storage.state_file import read

if TYPE_CHECKING:
    from argparse import Namespace

    from wfepy_core.cli.parser import CommandParser

_MOST_NAMED = 5


def add_arguments(parser: CommandParser) -> None:
    parser.teach(
        "Move an instance to its changed module: tasks with the same name keep their tokens and records,\n"
        "renamed ones are mapped, dropped ones are named with nothing behind the equals sign.",
        "wfepy migrate release.wfstate --map sign=approve --map legal= --reason 'release 2 of the process'",
        "wfepy migrate instances/ --map sign=approve",
    )
    parser.add_argument("states", nargs="+", metavar="STATE|FOLDER", help="state files; folders of them")
    parser.add_argument(
        "--map", action="append", default=[], metavar="OLD=NEW", help="a renamed task; OLD= drops it"
    )
    parser.add_argument(
        "--module", action="append", metavar="M", help="workflow modules from now on (default: those it has)"
    )
    parser.add_argument(
        "--preview",
        action="store_true",
        help="for programs: tell the drift as a JSON object of lists (added, removed, changed); save nothing",
    )
    add_reason(parser)
    add_wait(parser)


def run(arguments: Namespace) -> int:
    """Move an instance to its changed module."""
    wrong = [item for item in arguments.map if not item.partition("=")[0] or "=" not in item]
    if wrong:
        write_error(f"wfepy: --map {wrong[0]!r} is no OLD=NEW", "`wfepy migrate --help` shows how")
        return ExitCode.USAGE
    pairs = [item.partition("=") for item in arguments.map]
    mapping = {old: new or None for old, _, new in pairs}
    if len(mapping) < len(pairs):
        write_error("wfepy: --map names a task twice", "`wfepy migrate --help` shows how")
        return ExitCode.USAGE
    states = state_files(arguments.states)
    if arguments.preview and len(states) != 1:
        write_error("wfepy: --preview is for one state file", "look at them one by one")
        return ExitCode.USAGE
    return run_each(states, "migrate", partial(_migrate, arguments, mapping))


def _migrate(arguments: Namespace, mapping: dict[str, str | None], state: str) -> int:
    modules = modules_seen_from(state, arguments.module) if arguments.module else None
    if arguments.preview:
        return _print_drift(state, modules)
    before = read(state)
    if mapping and not before.topology.index.keys() & mapping.keys() and not drift_of(state, modules=modules):
        print_line(f"{state}: is at its module already")  # a second run over a folder
        return ExitCode.DONE
    move = partial(move_to_module, state, mapping, modules=modules, reason=arguments.reason)
    snapshot = when_free(arguments.wait, move)
    print_line(f"{state}: migrated, {instance_status(snapshot).value}")
    sys.stdout.flush()
    _tell_forgotten(state, forgotten(before, snapshot, mapping), arguments)
    for task in left_behind(before, snapshot):
        note = (
            f"note: {task} is new and can no longer run: no token comes to it from where the instance stands"
        )
        command = f"wfepy tokens {quote(state)} {quote(task)}=READY"
        write_error(note, f"`{command}` lets the next pass run it")
    return ExitCode.DONE


def _tell_forgotten(state: str, tasks: dict[str, str], arguments: Namespace) -> None:
    """Name the tasks whose records are gone, and how to keep them if they were only renamed."""
    if not tasks:
        return
    listed = first_names(tuple(tasks), _MOST_NAMED)
    renamed = [f"{task}={new or 'NEW'}" for task, new in tasks.items()][:_MOST_NAMED]
    maps = [f"--map {quote(item)}" for item in [*arguments.map, *renamed]]
    modules = [f"--module {quote(module)}" for module in arguments.module or ()]
    again = " ".join(["wfepy migrate", quote(state), *maps, *modules])
    write_error(
        f"note: what was remembered of {listed} is gone: the module has no such task, and no --map names it",
        f"if it was renamed, go back by `wfepy restore {quote(state)}`, then say `{again}`",
    )


def _print_drift(state: str, modules: list[str] | None) -> int:
    """Print the drift on the real stdout; what the modules print themselves goes to stderr."""
    import json
    import os

    sys.stdout.flush()
    answer = os.dup(1)
    os.dup2(2, 1)
    drift = drift_of(state, modules=modules)
    names = {name: getattr(drift, name, ()) for name in ("added", "removed", "changed")}
    with os.fdopen(answer, "w", encoding="utf-8") as out:
        out.write(f"{json.dumps(names)}\n")
    return ExitCode.DONE
