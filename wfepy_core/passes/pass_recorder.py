"""Writes a pass into the journal while it runs: each step is in the journal before it counts.

The start of a task is written before its function is called, without waiting for the disk; its end, when the
function has returned. A task that waits already is *polled*: as long as it runs, only the text of the lock
file names it, and if it still waits for the same reason and nothing changed, it leaves no line, so that
polling for weeks does not grow the journal. If anything came of it, both lines are written then.
"""

from __future__ import annotations

import os
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING
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
from wfepy_core.model.records import TAKEN, brief
from wfepy_core.model.status import InstanceStatus, TaskState
from wfepy_core.passes.context_tracker import NO_CHANGES
from wfepy_core.storage.iso_time import within_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.task import Waiting
    from wfepy_core.model.events import Changes, Event
    from wfepy_core.model.records import TaskError
    from wfepy_core.passes.context_tracker import ContextTracker
    from wfepy_core.passes.task_output import TaskOutput
    from wfepy_core.storage.locked_state import LockedState

_COMPLETE = TaskState.COMPLETE
_WAITING = TaskState.WAITING
_FAILED = TaskState.FAILED

EXIT_IN_FORK = 70
"""Exit status of a process that a task forked and let return into the engine."""


class PassRecorder:
    """The `Observer` of the runner of one pass.

    Args:
        locked: the state file.
        runner: what runs; its context is read, and put back where it cannot be saved.
        tracker: knows what of the context is saved.
        generation: of the snapshot the pass began from.
        listen: called with each event once it is in the journal.
        output: keeps what tasks print; None: nobody does.

    Attributes:
        running: tasks being run now, by number.
        ran: how many task functions were called.
        failed: names of the tasks that failed, or behind which a condition did, in order.
        polled: how often polled tasks were called without a change, and when last, by name.
        has_written: whether the pass has left a line in the journal.
        has_news: whether that is more than failures which are as they were in the pass before.
        is_consistent: False while a step is being written: the journal may then say more than the runner
            knows.
    """

    def __init__(
        self,
        locked: LockedState,
        runner: Runner,
        tracker: ContextTracker,
        generation: int,
        listen: Callable[[Event], None] | None,
        output: TaskOutput | None = None,
    ) -> None:
        self.running: dict[int, None] = {}
        self.ran = 0
        self.failed: list[str] = []
        self.polled: dict[str, tuple[int, int]] = {}
        self.has_written = self.has_news = False
        self.is_consistent = True
        self._locked = locked
        self._runner = runner
        self._tracker = tracker
        self._generation = generation
        self._listen = listen
        self._output = output
        self._names = runner.stepper.topology.names
        self._pid = os.getpid()
        self._unsavable: int | None = None
        self._has_code_run = True  # of the workflow, since the last line: it may have closed the journal
        me = this_process()
        self._started = PassStarted(generation, me.at, me.user, me.host, me.pid)
        self._polls: dict[int, TaskStarted] = {}  # starts of polls that have not ended
        self._notify(self._started)

    # -- steps of the runner --------------------------------------------------------------------------------

    def task_started(self, task: int, at: int) -> None:
        """Write that the function is about to be called."""
        self.is_consistent = False
        event = TaskStarted(self._generation, at, self._names[task])
        records = self._runner.records
        is_poll = bool(records.polls[task]) and task not in records.errors
        self._locked.keep_room(is_poll=is_poll)
        if is_poll:
            self._locked.note_poll(event)
            self._polls[task] = event
        else:
            self._write(event, sync=False)
        self.running[task] = None
        self.ran += 1
        if self._output is not None:
            self._output.begin(self._names[task], is_poll=is_poll)
        if self._listen is not None:
            self._notify(event)
        self.is_consistent = True

    def task_ended(
        self,
        task: int,
        state: TaskState,
        at: int,
        waiting: Waiting | None,
        error: TaskError | None,
        taken: str,
    ) -> None:
        """Write how the function returned, with what it changed in the context."""
        self.exit_if_forked()
        self._has_code_run = True
        self.is_consistent = False
        if self._output is not None:
            self._output.end(self._names[task])
        if state is _FAILED:
            changes = self._changes_of_failed(task)
            self.failed.append(self._names[task])
        else:
            changes = self._changes(task)
        reason, until = "", 0
        if waiting is not None:
            reason = waiting.reason
            until = within_time(int(waiting.until.timestamp() * 1_000_000)) if waiting.until else 0
        to = self._destinations(task, taken) if taken else ()
        name = self._names[task]
        event = TaskEnded(self._generation, at, name, state, reason, until, error, changes, taken, to)
        start = self._polls.get(task)
        if start and state is _WAITING and not changes and self._waits_as_before(task, event):
            self.polled[start.task] = (self.polled.get(start.task, (0, 0))[0] + 1, start.at)
        else:
            if start:
                self._write(start, sync=False)
            self._write(event, sync=state is _COMPLETE or changes is not NO_CHANGES)
            self.has_news = self.has_news or bool(changes) or not self._fails_as_before(task, error)
        if start:
            self._locked.note_poll_end(start.task)
            del self._polls[task]
        self.running.pop(task, None)
        if self._listen is not None:
            self._notify(event)
        self.is_consistent = True

    def decided(self, task: int, taken: str, at: int) -> None:
        """Write which transitions a completed task takes."""
        self.exit_if_forked()
        self._has_code_run = True
        self.is_consistent = False
        name, to = self._names[task], self._destinations(task, taken)
        event = TransitionsDecided(self._generation, at, name, taken, self._changes(task), to)
        self._write(event, sync=False)
        self.has_news = True
        self._notify(event)

    def _destinations(self, task: int, taken: str) -> tuple[str, ...]:
        """The names of the tasks that transitions lead to which are taken."""
        names, dests = self._names, self._runner.stepper.topology.successors[task]
        if len(dests) == 1:  # most have one, and each task of a pass comes here
            return (names[dests[0]],) if taken == TAKEN else ()
        return tuple([names[dest] for dest, letter in zip(dests, taken, strict=True) if letter == TAKEN])

    def condition_failed(self, task: int, error: TaskError, at: int) -> None:
        """Write that a condition raised; what it changed in the context is undone: it is evaluated again."""
        self.exit_if_forked()
        self._has_code_run = True
        self.is_consistent = False
        self._runner.context = self._tracker.roll_back(self._runner.context)
        self._unsavable = None
        self.failed.append(self._names[task])
        event = ConditionFailed(self._generation, at, self._names[task], error)
        self._write(event, sync=False)
        self.has_news = self.has_news or not self._fails_as_before(task, error)
        self._notify(event)

    def _notify(self, event: Event) -> None:
        """Call the listener, and mark the step as complete. A listener that fails is not called again."""
        if self._listen is not None:
            try:
                self._listen(event)
            except Exception:  # noqa: BLE001  whoever listens must not stop a pass
                self._listen = None
                if "logging" in sys.modules:
                    from wfepy_core._log import logger_of

                    logger_of("passes").exception("The listener of a pass failed; it is not called again")
        self.is_consistent = True

    # -- the pass as a whole ------------------------------------------------------------------------------

    def exit_if_forked(self) -> None:
        """End this process if a task forked it: only the one that holds the lock goes on."""
        if os.getpid() != self._pid:
            os.write(2, b"wfepy: a task forked and its child returned; the child is ended here\n")
            os._exit(EXIT_IN_FORK)

    def end(self, generation: int, status: InstanceStatus, *, is_saved: bool) -> PassEnded:
        """Write that the pass is over, if it is to be saved. Give the event to `notify_end` after that."""
        event = PassEnded(generation, time.time_ns() // 1000, status)
        if is_saved:
            self._write(event, sync=False)
        return event

    def notify_end(self, event: PassEnded) -> None:
        """Call the listener: the pass is over and saved."""
        self._notify(event)

    def _write(self, event: Event, *, sync: bool) -> None:
        """Write an event, and before the first one that this pass began."""
        if not self.has_written:
            self._locked.append(self._started, sync=False)
            self.has_written = True
        self._locked.append(event, sync=sync, is_after_call=self._has_code_run)
        self._has_code_run = False

    def _fails_as_before(self, task: int, error: TaskError | None) -> bool:
        """Whether a task, or a condition behind it, raised what it raised the last time."""
        known = self._runner.records.errors.get(task)
        return (
            known is not None
            and error is not None
            and (known.type, known.message, known.condition) == (error.type, error.message, error.condition)
        )

    def _waits_as_before(self, task: int, event: TaskEnded) -> bool:
        records = self._runner.records
        return (
            records.reasons.get(task, "") == brief(event.reason)
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
