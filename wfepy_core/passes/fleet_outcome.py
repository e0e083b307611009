"""One pass of a fleet, in whatever process it runs: errors become part of its outcome."""

from __future__ import annotations

import enum
import os
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.errors import (
    CodecError,
    LockedError,
    ModuleDriftError,
    StateConflictError,
    StateFileError,
    UnreadableStateError,
    WfepyError,
    WorkflowError,
)
from wfepy_core.model.status import Durability
from wfepy_core.passes.process_guard import cancel_deadline, start_deadline

if TYPE_CHECKING:
    from wfepy_core.model.status import InstanceStatus


@enum.unique
class Result(enum.Enum):
    """How a pass over one instance ended; `value` is the word on screen."""

    DONE = "done"
    FAILED = "failed"
    UNREADABLE = "unreadable"
    NOT_SAVED = "not saved"
    DRIFTED = "drifted"
    NOT_LOADED = "not loaded"
    LOCKED = "locked"
    DIED = "died"


class PassOptions(NamedTuple):
    """What every pass of a fleet is run with.

    Attributes:
        keep_going: after a failure, run the other branches of the instance.
        durability: as for `run_pass`.
        timeout: seconds after which a pass is ended from outside; 0: never.
        keeps_output: whether what tasks print is kept beside the state file, see `run_pass`.
        shows_output: whether what is kept is also shown.
        log_level: from which level on log records are written to stderr; empty: as the tasks have it.
    """

    keep_going: bool = True
    durability: Durability = Durability.TASK
    timeout: float = 0.0
    keeps_output: bool = False
    shows_output: bool = True
    log_level: str = ""


class Outcome(NamedTuple):
    """What a pass over one instance came to.

    Attributes:
        path: the state file.
        result: how it ended.
        status: of the instance afterwards; None when it is not known.
        generation: of the state file afterwards; 0 when it is not known.
        ran: how many tasks were called.
        message: what went wrong; else empty.
        hint: what to do about it; may be empty.
        before: status of the instance when it was saved last; None when it is not known.
    """

    path: str
    result: Result
    status: InstanceStatus | None = None
    generation: int = 0
    ran: int = 0
    message: str = ""
    hint: str = ""
    before: InstanceStatus | None = None


def advance_one(path: str, options: PassOptions) -> Outcome:
    """One pass over one instance, in this process; errors become part of the outcome."""
    from wfepy_core.passes.single_pass import run_pass
    from wfepy_core.passes.task_output import TaskOutput

    folder = _working_directory()
    start_deadline(options.timeout)
    try:
        done = run_pass(
            path,
            keep_going=options.keep_going,
            durability=options.durability,
            output=partial(TaskOutput, is_shown=options.shows_output) if options.keeps_output else None,
        )
    except WfepyError as error:
        message = str(error).removesuffix(f" ({error.hint})") if error.hint else str(error)
        name = os.path.basename(path)  # the path stands before the message wherever it is shown
        message = message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
        return Outcome(path, result_of(error), message=message, hint=error.hint)
    finally:
        cancel_deadline()
        if folder and folder != _working_directory():
            os.chdir(folder)  # noqa: TID251  a task went elsewhere; the next pass here begins as this one did
    known = Outcome(path, Result.DONE, done.status, done.generation, done.ran, before=done.before)
    if done.error is None:
        return known
    from shlex import quote

    from wfepy_core.engine.error_text import failure_line

    hint = f"`wfepy why {quote(path)}` shows the traceback; the next pass tries it again"
    return known._replace(result=Result.FAILED, message=failure_line(done.error, done.failed), hint=hint)


def _working_directory() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""  # it was removed


def result_of(error: WfepyError) -> Result:
    """How a pass ended that was stopped by `error`."""
    if isinstance(error, (LockedError, StateConflictError)):
        return Result.LOCKED
    if isinstance(error, ModuleDriftError):
        return Result.DRIFTED
    if isinstance(error, WorkflowError):
        return Result.NOT_LOADED
    if isinstance(error, (UnreadableStateError, CodecError)):
        return Result.UNREADABLE
    return Result.NOT_SAVED if isinstance(error, StateFileError) else Result.FAILED
