"""One pass of a fleet, in whatever process it runs: errors become part of its outcome."""

from __future__ import annotations

import enum
import json
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
from wfepy_core.model.status import Durability, InstanceStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wfepy_core.loading.loader import LoadedWorkflow


_INTERRUPTED_HINT = "the task it was on is shown as interrupted; the next pass runs it again"

_STATUSES = {status.value: status for status in InstanceStatus}


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
        timeout: seconds after which a worker process of ours is ended; 0: never.
        keeps_output: whether what tasks print is kept beside the state file, see `run_pass`.
        shows_output: whether what is kept is also shown.
        wait: seconds to wait for an instance that another process holds.
        log_level: from which level on log records are written to stderr; empty: as the tasks have it.
    """

    keep_going: bool = True
    durability: Durability = Durability.TASK
    timeout: float = 0.0
    keeps_output: bool = False
    shows_output: bool = True
    log_level: str = ""
    wait: float = 0.0

    def to_json(self) -> str:
        """As text for another process."""
        return json.dumps(self._asdict() | {"durability": self.durability.value})

    @classmethod
    def from_json(cls, text: str) -> PassOptions:
        """The options that `to_json` wrote."""
        fields = json.loads(text)
        return cls(**fields | {"durability": Durability(fields["durability"])})


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

    def to_json(self) -> list[Any]:
        """As JSON for another process."""
        status, before = self.status and self.status.value, self.before and self.before.value
        return list(self._replace(result=self.result.value, status=status, before=before))  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, fields: list[Any]) -> Outcome:
        """The outcome of which `to_json` made `fields`."""
        outcome = cls(*fields)
        return outcome._replace(
            result=Result(outcome.result),
            status=_STATUSES.get(fields[2]),
            before=_STATUSES.get(fields[7]),
        )


DESCRIPTORS_CLOSED = 74
"""Exit code of a worker process whose way to its parent, which waits for an answer, a task has closed."""


def death_outcome(
    path: str, message: str = "its process died in the middle of the pass", *, hint: str = _INTERRUPTED_HINT
) -> Outcome:
    """The outcome of a pass whose process ended without an answer."""
    return Outcome(path, Result.DIED, message=message, hint=hint)


def never() -> bool:
    """Nobody asks for an end: passes are begun as long as there are some."""
    return False


def advance_one(
    path: str,
    options: PassOptions,
    *,
    name: str = "",
    loaded: Callable[[LoadedWorkflow], None] | None = None,
) -> Outcome:
    """One pass over one instance, in this process; errors become part of the outcome.

    Args:
        path: the state file.
        name: what lines of its tasks in a log begin with; empty: nothing.
        options: of the pass, whose time limit is a matter of who started this process.
        loaded: called once its workflow is loaded, before the first task.
    """
    from wfepy_core.passes.process_settings import put_folder_back, read_folder
    from wfepy_core.passes.single_pass import run_pass
    from wfepy_core.passes.task_output import TaskOutput

    folder, output = read_folder(), partial(TaskOutput, is_shown=options.shows_output, name=name)
    try:
        done = run_pass(
            path,
            keep_going=options.keep_going,
            durability=options.durability,
            timeout=options.wait or None,
            loaded=loaded,
            output=output if options.keeps_output else None,
        )
    except WfepyError as error:
        message = str(error).removesuffix(f" ({error.hint})") if error.hint else str(error)
        name = os.path.basename(path)  # the path stands before the message wherever it is shown
        message = message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
        return Outcome(path, result_of(error), message=message, hint=error.hint)
    finally:
        if folder != read_folder():
            put_folder_back(folder)
    known = Outcome(path, Result.DONE, done.status, done.generation, done.ran, before=done.before)
    if done.error is None:
        return known
    from wfepy_core.engine.error_text import failure_hint, failure_line

    message = failure_line(done.error, done.failed)
    return known._replace(result=Result.FAILED, message=message, hint=failure_hint(path))


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
