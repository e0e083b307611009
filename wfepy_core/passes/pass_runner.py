"""The runner of a pass over a state file: no task ends the pass, and none keeps the others back."""

from __future__ import annotations

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.runner import Runner
from wfepy_core.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Iterable


class PassRunner(Runner):
    """A `Runner` that lets what is in trouble have its turn last, and goes on after `sys.exit()` in a task.

    Attributes:
        interrupted: numbers of the tasks that were running when the process of the last pass ended.
    """

    interrupted: frozenset[int] = frozenset()

    def note_interrupted(self, tasks: Iterable[str]) -> None:
        """Remember what was running when the process of the last pass ended, by name."""
        self.interrupted = frozenset(self.stepper.topology.index[task] for task in tasks)

    def begin(self) -> None:
        """Begin a pass; what failed or was interrupted before has its turn after everything else."""
        super().begin()
        self.stepper.put_troubled_last(self.records, self.interrupted)

    def failure_of(self, error: BaseException) -> Exception:
        """What a task failed with, whatever it raised; Ctrl-C ends the pass."""
        if isinstance(error, Exception):
            return error
        if isinstance(error, KeyboardInterrupt):
            raise error
        from wfepy_core.exception_text import text_by, text_of

        if isinstance(error, SystemExit):
            did = f"sys.exit({text_by(lambda: repr(error.code))}) was called"
        else:
            did = f"{type(error).__name__} was raised: {text_of(error)}"
        return WorkflowError(did, hint="return False to wait, raise an exception to fail").with_traceback(
            error.__traceback__
        )
