"""Tasks of one wave side by side, on any `concurrent.futures.Executor`.

A wave is everything that is ready at one moment. Each of its tasks works on its own copy of the context;
afterwards the changed top-level keys are merged in source order. Two tasks that change one key differently
are a clash: the earlier one in source order counts, the later one fails with an error that names both.
Conditions are evaluated here, on the merged context. In another process the task function itself is called:
an overridden `Runner.task_execute` works with threads only.
"""

from __future__ import annotations

import copy
import sys
import time

from wfepy_core._namedtuple import TYPE_CHECKING, NamedTuple
from wfepy_core.engine.error_text import describe_error
from wfepy_core.engine.task import code_of
from wfepy_core.engine.task_result import as_result
from wfepy_core.errors import ContextClashError, WorkflowError
from wfepy_core.model.status import TaskState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor, Future
    from typing import Any

    from wfepy_core.engine.runner import Runner
    from wfepy_core.engine.task import Task, Waiting
    from wfepy_core.model.records import TaskError

_MISSING = object()
_WHOLE = object()  # stands for the context itself, where it is not a dict


class _Outcome(NamedTuple):
    """What a task did to its own copy of the context.

    Attributes:
        result: what it returned.
        error: what it raised; None: it came back with `result`.
        described: `error` as text, written where it was raised: another process gets no traceback.
        changed: new values of top-level keys of the context.
        gone: keys it removed.
        whole: one value, the new context, where that is no dict and was changed; else empty.
    """

    result: bool | Waiting
    error: Exception | None = None
    described: TaskError | None = None
    changed: Mapping[Any, Any] = {}
    gone: tuple[Any, ...] = ()
    whole: tuple[Any, ...] = ()


class _Address(NamedTuple):
    """Where another process finds a task: functions that became tasks cannot be pickled by name."""

    module: str
    file: str
    task: str


def run_waves(runner: Runner, executor: Executor, *, keep_going: bool) -> list[Exception]:
    """Take the runner as far as it can go, wave by wave; returns what was raised.

    Without `keep_going` the wave in which something failed is the last one.
    """
    stepper = runner.stepper
    errors: list[Exception] = []
    runner.begin()
    while (stepper.ready or stepper.take_late()) and (keep_going or not errors):
        wave = sorted(stepper.ready)
        stepper.ready.clear()
        calls = [task for task in wave if stepper.tokens[task] is not TaskState.COMPLETE]
        outcomes = _call_tasks(runner, executor, calls)
        errors.extend(_place_results(runner, wave, outcomes))
    return errors


def _call_tasks(runner: Runner, executor: Executor, calls: list[int]) -> dict[int, _Outcome]:
    tasks = list(runner.workflow.tasks.values())
    futures: dict[int, Future[_Outcome]] = {}
    outcomes = {}
    for task in calls:
        at = time.time_ns() // 1000
        runner.records.note_start(task, at)
        if runner.observer is not None:
            runner.observer.task_started(task, at)
        try:
            futures[task] = _submit(runner, executor, tasks[task])
        except Exception as error:  # noqa: BLE001  a pool that broke takes no more tasks
            outcomes[task] = _Outcome(result=False, error=error)
    for task, future in futures.items():
        try:
            outcomes[task] = future.result()
        except BaseException as error:  # noqa: BLE001  a broken pool, an unpicklable result, or `sys.exit()`
            outcomes[task] = _Outcome(result=False, error=runner.failure_of(error))
    return outcomes


def _submit(runner: Runner, executor: Executor, task: Task) -> Future[_Outcome]:
    if _shares_memory(executor):
        return executor.submit(_run_here, runner, task)
    code = code_of(task.func)
    address = _Address(task.func.__module__, code.co_filename if code else "", task.name)
    return executor.submit(_run_by_address, address, runner.context)


def _shares_memory(executor: Executor) -> bool:
    threads = sys.modules.get("concurrent.futures.thread")
    return threads is not None and isinstance(executor, threads.ThreadPoolExecutor)


def _run_here(runner: Runner, task: Task) -> _Outcome:
    own = copy.copy(runner)
    own.context = copy.deepcopy(runner.context)
    outcome = _run(task, lambda: own.task_execute(task))
    return _with_changes(outcome, runner.context, own.context)


def _run_by_address(address: _Address, context: Any) -> _Outcome:
    from wfepy_core.loading.loader import task_of_address

    task = task_of_address(*address)
    # A copy even here: an executor may run its tasks in the process that gave them to it.
    own = copy.deepcopy(context)
    outcome = _with_changes(_run(task, lambda: task(own)), context, own)
    return outcome if outcome.error is None else outcome._replace(error=_portable(outcome.error))


def _run(task: Task, call: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(as_result(call(), task))
    except Exception as error:  # noqa: BLE001  whatever user code raises is the task's failure
        return _Outcome(result=False, error=error, described=describe_error(error))


def _portable(error: Exception) -> Exception:
    """The error, or what can stand for it where it cannot be made anew: that would break a pool."""
    try:
        copy.copy(error)
    except Exception:  # noqa: BLE001  its constructor wants something else than its arguments
        from wfepy_core.exception_text import text_of

        return WorkflowError(f"{type(error).__name__}: {text_of(error)}")
    return error


def _with_changes(outcome: _Outcome, before: Any, after: Any) -> _Outcome:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return outcome if _same(before, after) else outcome._replace(whole=(after,))
    changed = {
        key: value for key, value in after.items() if key not in before or not _same(before[key], value)
    }
    return outcome._replace(changed=changed, gone=tuple(key for key in before if key not in after))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are alike in every part; 1, 1.0 and True are not."""
    kind = type(one)
    if one is other or kind is not type(other):
        return one is other
    try:
        if kind in (list, tuple):
            return len(one) == len(other) and all(map(_same, one, other))
        if kind is dict:
            return list(one) == list(other) and all(map(_same, one.values(), other.values()))
        compare: Any = kind.__eq__
        if compare is object.__eq__:
            return _same(one.__reduce_ex__(4), other.__reduce_ex__(4))
        return _equal(one, other)
    except Exception:  # noqa: BLE001  endless structures, locks, files: taken as changed
        return False


def _equal(one: Any, other: Any) -> bool:
    try:
        return bool(one == other)
    except Exception:  # noqa: BLE001  arrays compare to arrays: what they are made of tells
        return _same(one.__reduce_ex__(4), other.__reduce_ex__(4))


def _place_results(runner: Runner, wave: list[int], outcomes: dict[int, _Outcome]) -> list[Exception]:
    """Merge the contexts in source order and put every result in place."""
    errors: list[Exception | None] = []
    merge = _Merge(runner)
    undecided: list[int] = []
    for task in wave:
        outcome = outcomes.get(task)
        if outcome is None:
            undecided.append(task)
            continue
        clash = merge.apply(task, outcome)
        if clash is not None:
            errors.append(runner.fail(task, clash))
        elif outcome.error is not None:
            errors.append(runner.fail(task, outcome.error, outcome.described))
        else:
            errors.append(runner.accept(task, outcome.result, hold=True))
            if runner.stepper.tokens.get(task) is TaskState.COMPLETE:
                undecided.append(task)
    # Only now do tokens move: every task of the wave has run, so an arrival at one of them is a new turn.
    errors.extend([runner.decide(task) for task in undecided])
    return [error for error in errors if error is not None]


class _Merge:
    """Puts the changes of the tasks of one wave into the runner's context, and knows whose each is."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.writers: dict[Any, int] = {}

    def apply(self, task: int, outcome: _Outcome) -> ContextClashError | None:
        """Put the changes of one task in place; none of them, if another task's change is in the way."""
        if outcome.whole:
            return self._apply_whole(task, outcome.whole[0])
        context = self.runner.context
        changes = {**outcome.changed, **dict.fromkeys(outcome.gone, _MISSING)}
        for key, value in changes.items():
            if key in self.writers and not _same(context.get(key, _MISSING), value):
                return self._clash(task, self.writers[key], f"context[{key!r}]", key)
        for key, value in changes.items():
            self.writers[key] = task
            if value is _MISSING:
                context.pop(key, None)
            else:
                context[key] = value
        return None

    def _apply_whole(self, task: int, context: Any) -> ContextClashError | None:
        if self.writers and not _same(self.runner.context, context):
            return self._clash(task, next(iter(self.writers.values())), "the context", None)
        self.writers[_WHOLE] = task
        self.runner.context = context
        return None

    def _clash(self, task: int, earlier: int, what: str, key: Any) -> ContextClashError:
        names = self.runner.stepper.topology.names
        pair = (names[earlier], names[task])
        return ContextClashError(
            f"{pair[0]} and {pair[1]} ran side by side and both changed {what}",
            key=key,
            tasks=pair,
            hint=f"the change of {pair[0]} was kept; let each task write a key of its own",
        )
