"""The `wfepy` command line. A command is a file named like it; only the one that is asked for is imported.

output         what every command prints, and the exit codes
command_table  the commands with a line each; the overview
parser         how a command line is read; options that several commands have
arguments      KEY=VALUE and JSON on the command line
agreed         which code may run, told by a program that has asked a person
pass_options   the options of commands that run passes
advance_fleet  passes over many instances, for `advance` and `watch`
moments        generations and times on the command line; an instance of the past
last_pass      what `status` and `why` tell of the pass that ended last
several        many state files at once, and waiting for a lock
interventions  what `complete`, `skip` and `retry` share
event_stream   the channel on which a pass tells a program what happens
terminal       tables, colours and progress for a person
"""

from __future__ import annotations

import os
import sys

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.cli.output import (
    ExitCode,
    exit_code_of,
    give_up_output,
    is_output_error,
    prepare_streams,
    print_error,
    write_answer,
    write_error,
)
from wfepy_core.errors import WfepyError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: its arguments, without the program; None: those of this process.

    Returns:
        The exit code, see `output.ExitCode`.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    prepare_streams()
    try:
        if arguments[:1] == ["--agreed"]:
            from wfepy_core.cli.agreed import take_agreement

            arguments = take_agreement(arguments)
        code = _run(arguments)
        sys.stdout.flush()
    except WfepyError as error:
        print_error(error)
        return exit_code_of(error, *arguments[:1])
    except KeyboardInterrupt:
        write_error("wfepy: stopped")
        return ExitCode.INTERRUPTED
    except OSError as error:
        if is_output_error(error):
            give_up_output(error)
            return ExitCode.DONE if isinstance(error, BrokenPipeError) else ExitCode.USAGE
        if error.filename is None and _has_lost_its_folder():
            write_error("wfepy: the folder in which this was started was removed", "change to another one")
            return ExitCode.USAGE
        where = f"{error.filename}: " if error.filename else ""
        write_error(f"wfepy: {where}{error.strerror or error}")
        return ExitCode.FAILED
    except SystemExit as leaving:  # argparse, after --help or a mistake
        code = leaving.code if isinstance(leaving.code, int) else ExitCode.FAILED
        return write_answer(code, _write_nothing)
    return code


def _has_lost_its_folder() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _write_nothing() -> None:
    """What a parser printed is only flushed."""


def _run(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if name == "advance" and rest and not any(word.startswith("-") for word in rest):
        # What cron calls all day: no need for an argument parser, which costs as much as a small pass.
        import gc

        # What is imported for a pass is no garbage before this process ends: looking for some costs more than
        # the pass of a small workflow. A single pass has it until its first task, rounds over many have not.
        gc.disable()
        try:
            from wfepy_core.cli.advance import AdvanceArguments, run

            return run(AdvanceArguments(rest))
        finally:
            gc.enable()
    from wfepy_core.cli.command_table import run_command

    return run_command(name, rest)
