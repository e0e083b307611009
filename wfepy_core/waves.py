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
from typing import TYPE_CHECKING, Any, NamedTuple

from wfepy_core.errors import ContextClashError
from wfepy_core.runner import Runner, as_result
from wfepy_core.status import TaskState

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from wfepy_core.task import Task, Waiting

_MISSING = object()


class _Outcome(NamedTuple):
    """What a task did to its own copy of the context; `error` None: it came back with `result`."""

    result: bool | Waiting
    error: Exception | None
    changed: dict[Any, Any]
    gone: tuple[Any, ...]
    whole: tuple[Any, ...]


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
    stepper.begin_pass()
    while stepper.ready and (keep_going or not errors):
        wave = sorted(stepper.ready)
        stepper.ready.clear()
        calls = [task for task in wave if stepper.tokens[task] is not TaskState.COMPLETE]
        outcomes = _call(runner, executor, calls)
        errors.extend(_settle(runner, wave, outcomes))
    return errors


def _call(runner: Runner, executor: Executor, calls: list[int]) -> dict[int, _Outcome]:
    tasks = list(runner.workflow.tasks.values())
    futures: dict[int, Future[_Outcome]] = {}
    for task in calls:
        at = time.time_ns() // 1000
        runner.records.started(task, at)
        if runner.observer is not None:
            runner.observer.task_started(task, at)
        futures[task] = _submit(runner, executor, tasks[task])
    outcomes = {}
    for task, future in futures.items():
        try:
            outcomes[task] = future.result()
        except Exception as error:  # noqa: BLE001  a broken pool or an unpicklable result is this task's failure
            outcomes[task] = _Outcome(result=False, error=error, changed={}, gone=(), whole=())
    return outcomes


def _submit(runner: Runner, executor: Executor, task: Task) -> Future[_Outcome]:
    code = getattr(task.func, "__code__", None)
    address = _Address(task.func.__module__, code.co_filename if code else "", task.name)
    if _shares_memory(executor):
        # A copy now, not when a thread gets to it: by then the merge of this wave may have begun.
        return executor.submit(_run_on_copy, runner, task, copy.deepcopy(runner.context))
    return executor.submit(_run_by_address, address, runner.context)


def _shares_memory(executor: Executor) -> bool:
    threads = sys.modules.get("concurrent.futures.thread")
    return threads is not None and isinstance(executor, threads.ThreadPoolExecutor)


def _run_on_copy(runner: Runner, task: Task, context: Any) -> _Outcome:
    own = copy.copy(runner)
    own.context = context
    return _run(own, task)


def _run_by_address(address: _Address, context: Any) -> _Outcome:
    from wfepy_core.modules import task_at

    return _run(None, task_at(*address), context)


def _run(runner: Runner | None, task: Task, context: Any = None) -> _Outcome:
    own = runner.context if runner is not None else context
    before = copy.deepcopy(own)
    try:
        raw = task(own) if runner is None else runner.task_execute(task)
        result = as_result(raw, task.name)
        error = None
    except Exception as raised:  # noqa: BLE001  whatever user code raises is the task's failure
        result, error = False, raised
    changed, gone, whole = _difference(before, own)
    return _Outcome(result, error, changed, gone, whole)


def _difference(before: Any, after: Any) -> tuple[dict[Any, Any], tuple[Any, ...], tuple[Any, ...]]:
    """Changed keys, removed keys, and, where the context is no dict, the new context as a whole."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return {}, (), () if before is after is None else (after,)
    changed = {
        key: value
        for key, value in after.items()
        if key not in before or type(before[key]) is not type(value) or before[key] != value
    }
    return changed, tuple(key for key in before if key not in after), ()


def _settle(runner: Runner, wave: list[int], outcomes: dict[int, _Outcome]) -> list[Exception]:
    """Merge the contexts in source order and put every result in place."""
    errors: list[Exception] = []
    writers: dict[Any, int] = {}
    names = runner.stepper.topology.names
    done: list[int] = []
    for task in wave:
        outcome = outcomes.get(task)
        if outcome is None:
            done.append(task)
            continue
        clash = _merge(runner, task, outcome, writers, names)
        failure = clash or outcome.error
        if failure is not None:
            errors.append(runner.fail(task, failure))
        else:
            problem = runner.accept(task, outcome.result, hold=True)
            if problem is not None:
                errors.append(problem)
            elif outcome.result is True:
                done.append(task)
    # Only now do tokens move: every task of the wave has run, so an arrival at one of them is a new turn.
    for task in done:
        problem = runner.decide(task)
        if problem is not None:
            errors.append(problem)
    return errors


def _merge(
    runner: Runner, task: int, outcome: _Outcome, writers: dict[Any, int], names: tuple[str, ...]
) -> ContextClashError | None:
    context = runner.context
    if outcome.whole:
        runner.context = outcome.whole[0]
        return None
    news = {**outcome.changed, **dict.fromkeys(outcome.gone, _MISSING)}
    for key, value in news.items():
        if key in writers and context.get(key, _MISSING) != value:
            pair = (names[writers[key]], names[task])
            return ContextClashError(
                f"{pair[0]} and {pair[1]} ran side by side and both changed context[{key!r}]",
                key=key,
                tasks=pair,
                hint=f"the change of {pair[0]} was kept; let each task write a key of its own",
            )
    for key, value in news.items():
        writers[key] = task
        if value is _MISSING:
            context.pop(key, None)
        else:
            context[key] = value
    return None
