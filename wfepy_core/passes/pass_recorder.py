"""Writes down a pass while it runs: each step is in the journal before it counts.

A task's start is noted before its function is called, without waiting for the disk; its end, when it is
done. What a poll leaves that changed nothing (it waits as before, for the same reason) is taken back, so that
an instance that waits for weeks does not fill its journal.
"""

from __future__ import annotations

import os
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.runner import Observer
from wfepy_core.errors import CodecError
from wfepy_core.model.actor import this_process
from wfepy_core.model.events import (
    ConditionFailed,
    PassEnded,
    PassStarted,
    TaskEnded,
    TaskStarted,
    TransitionsDecided,
)
from wfepy_core.model.status import TaskState
from wfepy_core.passes.context_tracker import NO_CHANGES
from wfepy_core.storage.iso_time import within_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.task import Waiting
    from wfepy_core.model.events import Changes, Event
    from wfepy_core.model.records import TaskError
    from wfepy_core.passes.context_tracker import ContextTracker
    from wfepy_core.storage.locked_state import LockedState

_COMPLETE = TaskState.COMPLETE
_WAITING = TaskState.WAITING
_FAILED = TaskState.FAILED

EXIT_IN_FORK = 70
"""Exit status of a process that a task forked and let return into the engine."""


class PassRecorder(Observer):
    """The observer of one pass.

    Args:
        held: the state file, locked.
        runner: what runs; its context is read, and put back where it cannot be saved.
        tracker: knows what of the context is saved.
        generation: of the snapshot the pass began from.
        listen: told of each event once it is in the journal.

    Attributes:
        running: tasks being run now, by number.
        deciding: the task that is done and whose conditions are being asked; None: none.
        ran: how many task functions were called.
        failed: names of the tasks that failed, or behind which a condition did, in order.
        kept: whether the pass has left a line in the journal for good.
        settled: false while a step is being noted: the journal may then say more than the runner knows.
    """

    def __init__(
        self,
        held: LockedState,
        runner: Runner,
        tracker: ContextTracker,
        generation: int,
        listen: Callable[[Event], None] | None,
    ) -> None:
        self.running: dict[int, None] = {}
        self.deciding: int | None = None
        self.ran = 0
        self.failed: list[str] = []
        self.kept = False
        self.settled = True
        self._held = held
        self._runner = runner
        self._tracker = tracker
        self._generation = generation
        self._listen = listen
        self._names = runner.stepper.topology.names
        self._pid = os.getpid()
        self._unsavable: int | None = None
        me = this_process()
        self._started = PassStarted(generation, me.at, me.user, me.host, me.pid)
        self._has_start = False  # whether the journal has the line that this pass began
        self._kept_end = 0  # where the lines end that are there for good
        self._open: dict[int, None] = {}  # started behind that, not ended
        self._quiet: list[TaskEnded] = []  # ends that are only written if the starts stay
        self._tell(self._started)

    # -- what the runner tells ----------------------------------------------------------------------------

    def task_started(self, task: int, at: int) -> None:
        """Note that the function is about to be called."""
        self.settled = False
        self.deciding = None
        if not self._has_start:
            self._begin()
        event = TaskStarted(self._generation, at, self._names[task])
        self._held.append(event, sync=False)
        self._open[task] = None
        self.running[task] = None
        self.ran += 1
        if self._listen is not None:
            self._tell(event)
        self.settled = True

    def task_ended(
        self,
        task: int,
        state: TaskState,
        at: int,
        waiting: Waiting | None,
        error: TaskError | None,
        taken: str,
    ) -> None:
        """Note how the function came back, with what it changed in the context."""
        self.leave_fork()
        self.settled = False
        if state is _FAILED:
            changes = self._changes_of_failed(task)
            self.failed.append(self._names[task])
        else:
            changes = self._changes(task)
        reason, until = "", 0
        if waiting is not None:
            reason = waiting.reason
            until = within_time(int(waiting.until.timestamp() * 1_000_000)) if waiting.until else 0
        event = TaskEnded(
            self._generation, at, self._names[task], state, reason, until, error, changes, taken
        )
        if state is _WAITING and not changes and task in self._open and self._waits_as_before(task, event):
            self._take_back(task, event)
        else:
            self._keep(event, sync=state is _COMPLETE or changes is not NO_CHANGES)
        self.running.pop(task, None)
        if not taken:
            self.deciding = task if state is _COMPLETE else None
        if self._listen is not None:
            self._tell(event)
        self.settled = True

    def decided(self, task: int, taken: str, at: int) -> None:
        """Note which transitions a completed task takes."""
        self.settled = False
        event = TransitionsDecided(self._generation, at, self._names[task], taken, self._changes(task))
        self._keep(event, sync=False)
        self.deciding = None
        self._tell(event)

    def condition_failed(self, task: int, error: TaskError, at: int) -> None:
        """Note that a condition raised. What it had changed in the context is put back: it is asked again."""
        self.leave_fork()
        self.settled = False
        self._runner.context = self._tracker.roll_back(self._runner.context)
        self._unsavable = self.deciding = None
        self.failed.append(self._names[task])
        event = ConditionFailed(self._generation, at, self._names[task], error)
        self._keep(event, sync=False)
        self._tell(event)

    def _tell(self, event: Event) -> None:
        """Tell the listener, and mark the step as noted. A listener that fails is told no more."""
        if self._listen is not None:
            try:
                self._listen(event)
            except Exception:  # noqa: BLE001  whoever listens must not stop a pass
                self._listen = None
                if "logging" in sys.modules:
                    from wfepy_core._log import logger_of

                    logger_of("passes").exception("The listener of a pass failed; it is told no more")
        self.settled = True

    # -- what the pass tells ------------------------------------------------------------------------------

    def leave_fork(self) -> None:
        """End this process if a task forked it: only the one that holds the lock goes on."""
        if os.getpid() != self._pid:
            os.write(2, b"wfepy: a task forked and its child returned; the child is ended here\n")
            os._exit(EXIT_IN_FORK)

    def end(self, generation: int, status: str) -> PassEnded:
        """Note that the pass is over, if it left any line; to be told when it is saved."""
        event = PassEnded(generation, time.time_ns() // 1000, status)
        if self.kept:
            self._held.append(event, sync=False)
        return event

    def tell_end(self, event: PassEnded) -> None:
        """Tell the listener that the pass is over and saved."""
        self._tell(event)

    # -- lines that stay and lines that do not ------------------------------------------------------------

    def _begin(self) -> None:
        self._held.open_journal()
        self._kept_end = self._held.journal_end
        self._held.append(self._started, sync=False)
        self._has_start = True

    def _keep(self, event: Event, *, sync: bool) -> None:
        """Write an event that stays, and with it all lines before."""
        if not self._has_start:
            self._begin()
        if self._quiet:
            for quiet in self._quiet:
                self._held.append(quiet, sync=False)
            self._quiet.clear()
        self._kept_end = self._held.append(event, sync=sync)
        self.kept = True
        self._open.clear()

    def _take_back(self, task: int, event: TaskEnded) -> None:
        """Forget a poll that changed nothing, as soon as no line that stays may follow among its own."""
        del self._open[task]
        if self._open:
            self._quiet.append(event)
            return
        self._quiet.clear()
        self._held.rewind(self._kept_end)
        self._has_start = self.kept

    def _waits_as_before(self, task: int, event: TaskEnded) -> bool:
        records = self._runner.records
        return bool(
            records.polls[task]
            and task not in records.errors
            and records.reasons.get(task, "") == event.reason
            and within_time(records.untils.get(task, 0)) == event.until
        )

    # -- the context --------------------------------------------------------------------------------------

    def _changes(self, task: int) -> Changes:
        try:
            return self._tracker.changes(self._runner.context)
        except CodecError:
            self._unsavable = task
            raise

    def _changes_of_failed(self, task: int) -> Changes:
        """What a failing task left, as far as it can be saved; nothing, if that is why it failed."""
        runner, tracker = self._runner, self._tracker
        if self._unsavable == task:
            self._unsavable = None
            runner.context = tracker.roll_back(runner.context)
            return NO_CHANGES
        runner.context, changes = tracker.salvage(runner.context)
        return changes
