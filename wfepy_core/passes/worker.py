"""A worker process: serves passes, one after the other, for the command that has started it.

    stdin   a line of JSON for each pass: the path of a state file from the root, and as it was named
    stdout  a line when it is ready; then one of JSON for each pass: how it ended, and whether this process
            can serve another one

What tasks print goes to stderr: stdout belongs to the parent.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.passes.fleet_outcome import (
    DESCRIPTORS_CLOSED,
    Outcome,
    PassOptions,
    Result,
    advance_one,
)
from wfepy_core.passes.process_guard import die_with_parent, has_threads, leave_soon
from wfepy_core.passes.process_settings import ProcessSettings
from wfepy_core.passes.process_tree import adopt_orphans, has_children
from wfepy_core.passes.task_output import copy_out_of_the_way
from wfepy_core.storage.file_access import is_still

if TYPE_CHECKING:
    from types import FrameType
    from typing import BinaryIO


def main(parent: str, given: str, finish_on_interrupt: str) -> int:
    """Serve until stdin ends, or until a task leaves something that would reach the next instance.

    Args:
        parent: the process that has started this one.
        given: the options of every pass, as `PassOptions.to_json` gave them.
        finish_on_interrupt: "1": Ctrl+C in the terminal lets a running pass end; else it ends it too.

    Returns:
        The exit code.
    """
    options = PassOptions.from_json(given)
    die_with_parent(int(parent), at_once=True)
    adopt_orphans()
    # Nothing stands in its buffer while a task runs, which may fork: the parent waits for each answer.
    commands = os.fdopen(copy_out_of_the_way(0), "rb")
    answers = copy_out_of_the_way(1)
    found = os.fstat(answers)
    _let_tasks_have_neither()
    if options.log_level:
        from wfepy_core._log import show_log

        show_log(options.log_level)
    _set_signals(finish_on_interrupt=finish_on_interrupt == "1")
    # Who has started it may be gone, in a moment in which this process could not be ended with it.
    with suppress(BrokenPipeError):
        _serve(commands, answers, found, options)
    leave_soon(0)
    return 0


def _let_tasks_have_neither() -> None:
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    os.dup2(2, 1)
    sys.argv[:] = ["wfepy", "advance"]


def _set_signals(*, finish_on_interrupt: bool) -> None:
    if finish_on_interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    elif signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as it is in the background of a script
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A service manager sends it to every process, the parent too: that one decides. Not ignored, as programs
    # that tasks start would ignore it too.
    signal.signal(signal.SIGTERM, _let_parent_decide)
    if sys.platform != "win32":
        signal.siginterrupt(signal.SIGTERM, False)
        os.register_at_fork(after_in_child=_end_on_sigterm)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # blocked by the parent until now


def _let_parent_decide(_number: int, _frame: FrameType | None) -> None:
    """The pass goes on."""


def _end_on_sigterm() -> None:
    """In a process that a task has forked: `Process.terminate` has to end it."""
    if signal.getsignal(signal.SIGTERM) is _let_parent_decide:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _serve(commands: BinaryIO, answers: int, found: os.stat_result, options: PassOptions) -> None:
    settings = ProcessSettings()
    _write_line(answers, "")
    while line := commands.readline():
        path, name = json.loads(line)
        is_broken = False
        try:
            outcome = advance_one(path, options, name=name, loaded=settings.enter)
        except BaseException as error:  # noqa: BLE001  a mistake of ours, or KeyboardInterrupt raised by a task
            # Or a task has broken what all need, say `os.replace`: the next instance would meet it, too.
            is_broken = True
            outcome = Outcome(path, Result.DIED, message=f"{type(error).__name__}: {error}")
        if not is_still(answers, found):
            # A task has closed all descriptors. Python would close its own at its end, and files of the task.
            os._exit(DESCRIPTORS_CLOSED)
        is_clean = not is_broken and settings.put_back() and not has_threads() and not has_children()
        _write_line(answers, json.dumps([outcome.to_json(), is_clean]))
        if not is_clean:
            return


def _write_line(descriptor: int, text: str) -> None:
    data = text.encode("ascii") + b"\n"
    while data:
        data = data[os.write(descriptor, data) :]
