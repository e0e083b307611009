"""`wfepy advance`."""

from __future__ import annotations

import gc
import os
import sys
import time
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.cli.output import DEAD_END, ExitCode, one_line, write_answer, write_error, write_log_line
from wfepy_core.errors import WfepyError
from wfepy_core.model.status import Durability, InstanceStatus

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.loading.loader import LoadedWorkflow
    from wfepy_core.passes.single_pass import PassResult


class AdvanceArguments(NamedTuple):
    """The arguments of `wfepy advance` without a parser; the defaults are those of the command line."""

    paths: Sequence[str]
    jobs: int = 1
    stop_at_failure: bool = False
    durability: Durability = Durability.TASK
    timeout: float = 0.0
    events: bool = False
    cluster: str | None = None
    quiet: bool = False
    log_level: str = ""
    wait: float = 0.0


def add_arguments(parser: CommandParser) -> None:
    from wfepy_core.cli.parser import add_wait, positive
    from wfepy_core.cli.pass_options import add_pass_options

    parser.teach(
        "Take instances as far as they can go now, one pass each, then save. What is not done yet waits for\n"
        "the next pass: let cron call this command. Several instances run in worker processes. Sandboxes in\n"
        "a folder are left alone: name one to advance it. A task that ends the process by os._exit() ends\n"
        "the pass with it, and its exit code is that of this command.",
        "wfepy advance release.wfstate",
        "wfepy advance instances/ --jobs 4",
        "*/5 * * * *  $HOME/wfepy/bin/wfepy advance $HOME/instances --quiet --timeout 240  # a line for cron",
    )
    parser.add_argument("paths", nargs="+", metavar="STATE|FOLDER", help="state files; folders of them")
    parser.add_argument(
        "--quiet",
        action="store_true",
        help="tell only failures and changes of status; `wfepy output` has what tasks print",
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="passes at a time (1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help=_CLUSTER_HELP)
    add_pass_options(parser)
    add_wait(parser)
    parser.add_argument(
        "--events",
        action="store_true",
        help="for programs: what happens, as JSON Lines on stdout, whatever tasks print (one state file)",
    )


_CLUSTER_HELP = (
    "run the passes on the Dask cluster whose scheduler is at ADDRESS, tcp://HOST:8786; its workers must see "
    "the same files under the same paths (a shared folder), have wfepy installed, and be restarted when a "
    "workflow module changes"
)


def run(arguments: Namespace | AdvanceArguments) -> int:
    """Make one pass over each instance."""
    paths = arguments.paths
    single = len(paths) == 1 and not os.path.isdir(paths[0])
    if arguments.events and not single:
        write_error("wfepy: --events is for one state file", "advance them one by one")
        return ExitCode.USAGE
    if arguments.cluster == "":
        write_error("wfepy: --cluster names no scheduler", "name it as tcp://HOST:PORT, or leave it out")
        return ExitCode.USAGE
    if single and not arguments.cluster:
        return _advance_one(paths[0], arguments)
    gc.enable()
    from wfepy_core.cli.advance_fleet import advance_fleet
    from wfepy_core.passes.fleet_outcome import PassOptions

    options = PassOptions(
        keep_going=not arguments.stop_at_failure,
        durability=arguments.durability,
        timeout=arguments.timeout,
        shows_output=not arguments.quiet,
        log_level=arguments.log_level,
        wait=arguments.wait,
    )
    return advance_fleet(
        paths, options, jobs=arguments.jobs, cluster=arguments.cluster or "", quiet=arguments.quiet
    )


def _advance_one(path: str, arguments: Namespace | AdvanceArguments) -> int:
    if arguments.events:
        from wfepy_core.passes.process_guard import die_with_parent

        die_with_parent()
    tell_over = None
    if arguments.timeout:
        from wfepy_core.passes.supervisor import supervise

        tell_over = supervise(arguments.timeout)
        if tell_over is None:
            from wfepy_core.passes.time_limit import note_time_limit

            note_time_limit(path, arguments.timeout)
            _print_stopped(path, f"{path}: the pass took longer than {arguments.timeout:g} s and was ended")
            return ExitCode.FAILED
    listener = None
    if arguments.events:
        from wfepy_core.cli.event_stream import EventStream

        listener = EventStream()
    gc.disable()  # for the long way through a parser, too: see `wfepy_core.cli`
    from wfepy_core.passes.single_pass import run_pass
    from wfepy_core.passes.task_output import TaskOutput

    if arguments.log_level:
        from wfepy_core._log import show_log

        show_log(arguments.log_level)
    streams = sys.stdout, sys.stderr
    try:
        result = run_pass(
            path,
            keep_going=not arguments.stop_at_failure,
            durability=arguments.durability,
            listen=listener,
            timeout=arguments.wait or None,
            loaded=_resume_garbage_collection,
            output=partial(TaskOutput, is_shown=not arguments.quiet),
        )
    except KeyboardInterrupt:
        _print_stopped(path, "stopped")
        return ExitCode.INTERRUPTED
    finally:
        gc.enable()
        sys.stdout, sys.stderr = streams  # tasks may have put others there
    code = write_answer(
        ExitCode.FAILED if result.error else ExitCode.DONE,
        partial(_print_result, path, arguments.quiet, result),
    )
    if tell_over is not None:
        tell_over(code)
    if "threading" in sys.modules or "multiprocessing" in sys.modules:
        from wfepy_core.passes.process_guard import leave_soon

        leave_soon(code)
    return code


def _resume_garbage_collection(_loaded: LoadedWorkflow) -> None:
    """Let tasks have garbage collection as usual, without looking through what was there before them."""
    gc.freeze()
    gc.enable()


def _print_result(path: str, quiet: bool, result: PassResult) -> None:
    if result.error is not None:
        from wfepy_core.engine.error_text import failure_hint

        write_log_line(sys.stderr, f"{path}: {_result_line(result)}", failure_hint(path))
    elif not quiet or result.status is not result.before:
        write_log_line(sys.stdout, f"{path}: {_result_line(result)}")


def _print_stopped(path: str, what: str) -> None:
    from wfepy_core.storage.state_file import read

    try:
        running = ", ".join(read(path).running)
    except WfepyError:
        running = ""
    consequence = f"; {running} was running and is shown as interrupted, the next pass runs it again"
    write_error(f"wfepy: {what}" + (consequence if running else ""))


def _result_line(result: PassResult) -> str:
    """The status after a pass, in a line: with what was raised, or, for a person at a terminal, with the why.

    A line for a log has no why: it costs as much as the pass of a small workflow, and `wfepy why` tells it.
    """
    word: str = result.status.value
    if result.error is not None:
        from wfepy_core.engine.error_text import failure_line

        return f"{word}: {one_line(failure_line(result.error, result.failed))}"
    if result.status is InstanceStatus.DEAD_END:
        return f"{word}: {DEAD_END}"
    if result.status is InstanceStatus.FINISHED or not sys.stdout.isatty():
        return word
    from wfepy_core.explain.why import why
    from wfepy_core.storage.state_file import read

    sentence = why(read(result.path), now=time.time_ns() // 1000).sentence
    return f"{word}: {one_line(sentence)}"
