"""`wfepy advance`."""

from __future__ import annotations

import gc
import os
import sys
import time
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.cli import answer, exits, one_line, write_error
from wfepy_core.errors import WfepyError
from wfepy_core.model.status import InstanceStatus

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from wfepy_core.cli.parser import CommandParser
    from wfepy_core.passes.single_pass import PassResult


class Arguments(NamedTuple):
    """What `wfepy advance` was asked for; the defaults are those of the command line."""

    paths: Sequence[str]
    jobs: int = 1
    keep_going: bool = False
    durability: str = "task"
    timeout: float = 0.0
    events: bool = False
    cluster: str = ""
    quiet: bool = False


def add_advance(parser: CommandParser) -> None:
    """Its arguments."""
    from wfepy_core.cli.parser import positive

    parser.teach(
        "Take instances as far as they can go now, one pass each, then save. What is not done yet waits for\n"
        "the next pass: let cron call this command. Several instances run in worker processes. Sandboxes in\n"
        "a folder are left alone: name one to advance it. A task that ends the process by os._exit() ends\n"
        "the pass with it, and its exit code is that of this command.",
        "wfepy advance release.wfstate",
        "wfepy advance instances/ --jobs 4",
        "*/5 * * * *  wfepy advance /srv/instances --quiet --timeout 240     # a line for cron",
    )
    parser.add_argument("paths", nargs="+", metavar="STATE|FOLDER", help="state files; folders of them")
    parser.add_argument(
        "--quiet", action="store_true", help="tell only failures, and instances whose status has changed"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="passes at a time (1)")
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help=_CLUSTER_HELP)
    add_pass_options(parser)
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


def add_pass_options(parser: CommandParser) -> None:
    """The options every command has that runs passes."""
    from wfepy_core.cli.parser import seconds

    parser.add_argument(
        "--keep-going", action="store_true", help="after a failure, run the other branches first"
    )
    parser.add_argument(
        "--durability",
        choices=("task", "pass"),
        default="task",
        help="what survives a power cut: every completed task (default), or only the whole pass (faster)",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=0.0,
        metavar="SECONDS",
        help="end a pass that takes longer, telling where it was (exit 1); its task is shown as interrupted",
    )


def run_advance(arguments: Namespace | Arguments) -> int:
    """One pass over each instance."""
    paths = arguments.paths
    single = len(paths) == 1 and not os.path.isdir(paths[0])
    if arguments.events and not single:
        print("wfepy: --events is for one state file\n  advance them one by one", file=sys.stderr)
        return exits.USAGE
    if single and not arguments.cluster:
        return _advance_one(paths[0], arguments)
    from wfepy_core.cli.advance_fleet import advance_many

    return advance_many(arguments)


def _advance_one(path: str, arguments: Namespace | Arguments) -> int:
    listen = None
    if arguments.events:
        from wfepy_core.cli.event_stream import EventStream
        from wfepy_core.passes.process_guard import die_with_parent

        die_with_parent()
        listen = EventStream()
    # Nothing that is loaded for a pass is garbage before this process ends: looking for some would cost more
    # than the pass of a small workflow.
    gc.disable()
    from wfepy_core.passes.single_pass import run_pass

    if arguments.timeout:
        from wfepy_core.passes.process_guard import start_deadline

        start_deadline(arguments.timeout)
    streams = sys.stdout, sys.stderr
    try:
        result = run_pass(
            path,
            keep_going=arguments.keep_going,
            durability=arguments.durability,
            listen=listen,
            loaded=_collect_from_now_on,
        )
    except KeyboardInterrupt:
        _tell_stopped(path)
        return exits.INTERRUPTED
    finally:
        gc.enable()
        sys.stdout, sys.stderr = streams  # tasks may have put others there
    code = exits.FAILED if result.error else exits.DONE
    return answer(code, partial(_tell, path, arguments.quiet, result))


def _collect_from_now_on() -> None:
    """Let tasks have garbage collection as usual, and leave out what was there before them."""
    gc.freeze()
    gc.enable()


def _tell(path: str, quiet: bool, result: PassResult) -> None:
    if result.error is not None:
        print(f"{path}: {told(result)}\n  {failure_hint(path)}", file=sys.stderr)
    elif not quiet or result.status is not result.before:
        print(f"{path}: {told(result)}")


def _tell_stopped(path: str) -> None:
    from wfepy_core.storage.state_file import read

    try:
        running = ", ".join(read(path).running)
    except WfepyError:
        running = ""
    is_shown = f"; {running} was running and is shown as interrupted, the next pass runs it again"
    write_error("wfepy: stopped" + (is_shown if running else ""))


DEAD_END = "no task is left to run and no end point was reached; `wfepy retry` runs one of them again"


def failure_hint(path: str) -> str:
    """What to do about a failed instance."""
    from shlex import quote

    return f"`wfepy why {quote(path)}` shows the traceback; the next pass tries it again"


def told(result: PassResult) -> str:
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
