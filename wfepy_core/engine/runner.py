"""One pass over one instance in memory: calls tasks and conditions, and keeps where the instance stands."""

from __future__ import annotations

import sys
import time
from functools import partial

from wfepy_core._namedtuple import TYPE_CHECKING
from wfepy_core.engine.task import Task, Transition, Waiting, checked_waiting
from wfepy_core.errors import CodecError, WorkflowError
from wfepy_core.model.records import NOT_TAKEN, TAKEN, Records, TaskError
from wfepy_core.model.status import TaskState
from wfepy_core.model.stepping import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from wfepy_core.engine.observer import Observer
    from wfepy_core.engine.workflow import Exit, UnconditionalExits, Workflow
    from wfepy_core.operations.runner_files import KnownFile

_COMPLETE = TaskState.COMPLETE
_WAITING = TaskState.WAITING
_FAILED = TaskState.FAILED


class Runner:
    """Runs an instance of a workflow, a pass at a time.

    Attributes:
        workflow: the workflow.
        context: the user's data, handed to every task and condition.
        stepper: where the tokens stand.
        records: what is remembered of every task, by task number.
        observer: called at every step; None: nobody is.
    """

    observer: Observer | None = None
    _known_file: KnownFile | None = None  # what was loaded or dumped last, and where

    def __init__(self, workflow: Workflow, context: Any = None) -> None:
        """A new instance: a NEW token on every start point.

        Raises:
            WorkflowError: a transition of the workflow leads to a task that does not exist.
        """
        self.workflow = workflow
        self.context = context
        self.restore(None)

    def restore(self, tokens: Iterable[tuple[str, TaskState]] | None, records: Records | None = None) -> None:
        """Put the instance where `tokens` say (None: at the start), with what is remembered of it.

        Raises:
            WorkflowError: a token names a task that the workflow does not have.
        """
        topology = self.workflow.topology
        try:
            self.stepper = Stepper(topology, tokens)
        except KeyError as error:
            raise WorkflowError(
                f"the state names the task {error.args[0]!r}, which the workflow does not have",
                hint="the workflow has changed since; migrate the state",
            ) from None
        self.records = Records(len(topology.names)) if records is None else records

    @property
    def state(self) -> list[tuple[str, TaskState]]:
        """Where the instance stands: `(task name, TaskState)` in order of arrival; `[]` when finished."""
        return self.stepper.state()

    @state.setter
    def state(self, tokens: Iterable[tuple[str, TaskState]]) -> None:
        self.restore(tokens)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return not self.stepper.tokens

    def load(self, file_path: str) -> None:
        """Take state and context from a state file, or from a dump of wfepy 0.1.1 (read as data).

        Raises:
            StateFileError: the file cannot be read; the runner is unchanged.
            WorkflowError: it belongs to another workflow; the runner is unchanged.
        """
        from wfepy_core.operations.runner_files import load_runner

        self._known_file = load_runner(self, file_path)

    def dump(self, file_path: str) -> None:
        """Save state and context as a state file, atomically.

        Raises:
            StateConflictError: since this runner loaded or dumped the file, somebody else changed it; theirs
                is kept, ours is in a file beside it, named in the message.
            StateFileError: the file cannot be written; the previous one is intact.
            CodecError: a context value cannot be saved.
        """
        from wfepy_core.operations.runner_files import dump_runner

        self._known_file = dump_runner(self, file_path, self._known_file)

    def task_execute(self, task: Task) -> Any:
        """Call a task. Subclasses may override it."""
        return task(self.context)

    def transition_eval(self, transition: Transition) -> Any:
        """Evaluate the condition of a transition. Subclasses may override it."""
        return not transition.cond or transition.cond(self.context)

    def failure_of(self, error: BaseException) -> Exception:
        """What a task or condition that raised `error` failed with; raises what is no failure, but an end."""
        if isinstance(error, Exception):
            return error
        raise error

    # -- a pass -------------------------------------------------------------------------------------------

    def run(self, *, keep_going: bool = False, executor: Executor | None = None) -> None:
        """Take the instance as far as it can go now.

        Args:
            keep_going: after an error, run the other branches first.
            executor: run the tasks of one wave side by side on it, each on its own copy of the context.

        Raises:
            Exception: what the first failing task or condition raised, after everything is in place.
            ExceptionGroup: with `keep_going`, everything that was raised.
        """
        if "logging" in sys.modules:
            errors = self._run_logged(executor, keep_going=keep_going)
        else:
            errors = self._run_on(executor, keep_going=keep_going)
        if keep_going and errors:
            raise ExceptionGroup(f"{len(errors)} of the tasks failed", errors)
        if errors:
            raise errors[0]

    def _run_logged(self, executor: Executor | None, *, keep_going: bool) -> list[Exception]:
        from wfepy_core.engine.step_log import with_step_log

        observer = self.observer
        self.observer = with_step_log(observer, self.records, self.stepper.topology)
        try:
            return self._run_on(executor, keep_going=keep_going)
        finally:
            self.observer = observer

    def _run_on(self, executor: Executor | None, *, keep_going: bool) -> list[Exception]:
        if executor is None:
            return self._run(keep_going=keep_going)
        from wfepy_core.passes.parallel import run_waves

        return run_waves(self, executor, keep_going=keep_going)

    def begin(self) -> None:
        """Begin a pass: give every token that may move its turn, and see what a subclass overrides."""
        workflow = self.workflow
        self._unconditional: Mapping[int, UnconditionalExits | None] = workflow.unconditional_exits
        self._exits: Mapping[int, Sequence[Exit]] = workflow.exits
        if _function_of(self.transition_eval) is not Runner.transition_eval:
            ways = workflow.topology.successors
            self._unconditional = {task: None if dests else (dests, "") for task, dests in enumerate(ways)}
            self._exits = {
                number: [
                    (partial(_call_with, self.transition_eval, edge), dest)
                    for edge, dest in zip(task.followed_by, dests, strict=True)
                ]
                for number, (task, dests) in enumerate(zip(workflow.tasks.values(), ways, strict=True))
            }
        self.stepper.begin_pass()

    def _calls(self) -> Sequence[Callable[[Any], Any]]:
        """What to call for each task."""
        if _function_of(self.task_execute) is Runner.task_execute:
            return self.workflow.calls
        return [partial(_call_with, self.task_execute, task) for task in self.workflow.tasks.values()]

    def _run(self, *, keep_going: bool) -> list[Exception]:  # noqa: C901, PLR0912, PLR0915  each call would cost
        self.begin()
        stepper, records, observer = self.stepper, self.records, self.observer
        ready, tokens, undecided, move = stepper.ready, stepper.tokens, stepper.undecided, stepper.complete
        # What Records does for each step is written out here: calling its methods would double the time.
        attempts, first_start, last_start = records.attempts, records.first_start, records.last_start
        iterations, end, polls, decisions = records.iterations, records.end, records.polls, records.decisions
        unconditional, calls, clock = self._unconditional, self._calls(), time.time_ns
        errors: list[Exception] = []
        # The end of one call is the start of the next, unless more than a microsecond of work lies between.
        has_details, now = records.has_details(), clock() // 1000
        while ready or stepper.take_late():
            task = ready.popleft()
            failure: Exception | None = None
            if undecided and task in undecided:
                failure = self.decide(task)
                has_details, now = records.has_details(), clock() // 1000
            else:
                if attempts[task]:
                    attempts[task] += 1
                else:
                    attempts[task] = 1
                    first_start[task] = now
                last_start[task] = now
                if observer is not None:
                    observer.task_started(task, now)
                try:
                    result = calls[task](self.context)
                    if result is not True and result is not False:
                        result = self._as_result(result, task)
                except BaseException as error:  # noqa: BLE001  `failure_of` says what goes on
                    failure = self.fail(task, self.failure_of(error))
                    has_details, now = True, clock() // 1000
                else:
                    if result is True and observer is None:
                        iterations[task] += 1
                        end[task] = now = clock() // 1000
                        if has_details or polls[task]:
                            records.clear(task)
                        exits = unconditional[task]
                        if exits is not None:
                            decisions[task] = exits[1]
                            move(task, exits[0])
                        else:
                            tokens[task] = _COMPLETE
                            failure = self.decide(task)
                            has_details, now = has_details or failure is not None, clock() // 1000
                    elif result is False and observer is None and not has_details and polls[task]:
                        now = clock() // 1000
                        polls[task] += 1
                        tokens[task] = _WAITING
                    else:
                        failure = self.accept(task, result)
                        has_details, now = records.has_details(), clock() // 1000
            if failure is not None:
                errors.append(failure)
                if not keep_going:
                    break
        return errors

    def _as_result(self, result: Any, task: int) -> bool | Waiting:
        if isinstance(result, Waiting):
            return checked_waiting(result)
        from wfepy_core.engine.task_result import as_result

        return as_result(result, self.workflow.tasks[self.stepper.topology.names[task]])

    def _as_decision(self, result: Any) -> bool:
        from wfepy_core.engine.task_result import as_decision

        return as_decision(result)

    def accept(self, task: int, result: bool | Waiting, *, hold: bool = False) -> Exception | None:
        """Put the result of a task in place; the exception, if that failed.

        With `hold` a completed task that has transitions keeps its token until `decide` is called.
        """
        at = time.time_ns() // 1000
        if result is not True:
            return self._wait(task, result, at)
        exits = self._unconditional[task]
        if hold and self._exits[task]:
            exits = None
        if self.observer is not None:
            try:
                self.observer.task_ended(task, _COMPLETE, at, None, None, exits[1] if exits else "")
            except CodecError as error:
                return self.fail(task, error)
        self.records.note_completion(task, at)
        if exits is not None:
            self.records.decisions[task] = exits[1]
            self.stepper.complete(task, exits[0])
            return None
        self.stepper.hold_complete(task)
        return None if hold else self.decide(task)

    def _wait(self, task: int, result: bool | Waiting, at: int) -> Exception | None:
        waiting = result if isinstance(result, Waiting) else None
        if self.observer is not None:
            try:
                self.observer.task_ended(task, _WAITING, at, waiting, None, "")
            except CodecError as error:
                return self.fail(task, error)
        if waiting is None:
            self.records.note_waiting(task, at)
        else:
            until = int(waiting.until.timestamp() * 1_000_000) if waiting.until else 0
            self.records.note_waiting(task, at, waiting.reason, until)
        self.stepper.wait(task)
        return None

    def decide(self, task: int) -> Exception | None:
        """Evaluate the transitions of a completed task and move its token on; the exception, if that failed.

        A condition that raises leaves the task complete and its token on it: the task is not run again,
        its transitions are tried again by the next pass.
        """
        topology, records = self.stepper.topology, self.records
        decision = ""
        dests: list[int] = []
        dest = -1
        try:
            for condition, dest in self._exits[task]:
                result = condition is None or condition(self.context)
                if result is not True and result is not False:
                    result = self._as_decision(result)
                if result:
                    decision += TAKEN
                    dests.append(dest)
                else:
                    decision += NOT_TAKEN
        except BaseException as error:  # noqa: BLE001  `failure_of` says what goes on
            self.stepper.hold_complete(task)
            return self._condition_failed(task, self.failure_of(error), topology.names[dest])
        if self.observer is not None:
            try:
                self.observer.decided(task, decision, time.time_ns() // 1000)
            except BaseException as error:
                # What cannot be saved is the conditions' doing; anything else is nobody's here.
                self.stepper.hold_complete(task)
                if not isinstance(error, CodecError):
                    raise
                return self._condition_failed(task, error, topology.names[dest])
        if records.errors:
            records.errors.pop(task, None)
        records.decisions[task] = decision
        every = topology.successors[task]
        self.stepper.complete(task, every if len(dests) == len(every) else dests)
        return None

    def _condition_failed(self, task: int, error: Exception, dest: str) -> Exception:
        from wfepy_core.engine.error_text import describe_error

        at = time.time_ns() // 1000
        described = describe_error(error, condition=dest)
        if self.observer is not None:
            self.observer.condition_failed(task, described, at)
        self.records.note_failure(task, at, described)
        if "logging" in sys.modules:
            from wfepy_core.engine.step_log import log_condition_failure

            log_condition_failure(self.stepper.topology.names[task], dest, error)
        return error

    def fail(self, task: int, error: Exception, described: TaskError | None = None) -> Exception:
        """Note that a task failed.

        Args:
            task: its number.
            error: what it raised.
            described: `error` as text, written where it was raised; None: this writes it.

        Returns:
            `error`, to be raised.
        """
        at = time.time_ns() // 1000
        if described is None:
            from wfepy_core.engine.error_text import describe_error

            described = describe_error(error)
        if self.observer is not None:
            self.observer.task_ended(task, _FAILED, at, None, described, "")
        self.records.note_failure(task, at, described)
        self.stepper.fail(task)
        if "logging" in sys.modules:
            from wfepy_core.engine.step_log import log_failure

            log_failure(self.stepper.topology.names[task], error)
        return error


def _function_of(bound: Any) -> Any:
    """The function behind a method; itself, where somebody put another callable in its place."""
    return getattr(bound, "__func__", bound)


def _call_with(method: Callable[[Any], Any], what: Task | Transition, _context: Any) -> Any:
    """Call a method that a subclass overrides; it takes the context from the runner."""
    return method(what)
