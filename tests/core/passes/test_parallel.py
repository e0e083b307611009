"""Tasks of one wave side by side: threads and processes, merged contexts, clashes, broken workers."""

from __future__ import annotations

import copy
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from types import ModuleType

import pytest

from tests.system_needs import require_semaphores
from wfepy_core import ContextClashError, Runner, Workflow, end_point, start_point, task
from wfepy_core.loading import loader

# Newer Pythons warn of forking where threads run; here nothing but the pool's own does.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")

MODULE = '''
"""Branches side by side."""
import os
import signal

from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task


class Picky(Exception):
    """Cannot be made again from its arguments."""

    def __init__(self, *, path):
        super().__init__("cannot read " + path)


class Box:
    def __init__(self):
        self.full = False


@task()
@start_point()
@followed_by("left")
@followed_by("right")
def first(context):
    context["seen"] = ["first"]
    context["old"] = 1
    return True


@task()
@followed_by("last")
def left(context):
    context["left"] = os.getpid()
    context["seen_by_left"] = sorted(context)
    wanted = context.get("do", {}).get("left")
    if wanted == "clash":
        context["total"] = 1
    if wanted == "forget":
        del context["old"]
    if wanted == "wait":
        return Waiting("not yet")
    return True


@task()
@followed_by("last", lambda context: context["left"] > 0)
def right(context):
    context["right"] = os.getpid()
    context["seen_by_right"] = sorted(context)
    wanted = context.get("do", {}).get("right")
    if wanted == "clash":
        context["total"] = 2
    if wanted == "same":
        context["total"] = 1
    if wanted == "fail":
        raise ValueError("right is broken")
    if wanted == "picky":
        raise Picky(path="/x")
    if wanted == "unpicklable":
        context["right"] = open(os.devnull)
    if wanted == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return True


@task()
@join_point()
@end_point()
def last(context):
    return True
'''


class Inline(Executor):
    """Runs what it is given at once, in this very process."""

    def submit(self, function, /, *args):
        future = Future()
        future.set_result(function(*args))
        return future


@pytest.fixture
def branches(tmp_path, monkeypatch):
    """The module above as a file, forgotten afterwards."""
    (tmp_path / "branches_side_by_side.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield loader.load(["branches_side_by_side.py"], str(tmp_path)).workflow
    sys.modules.pop("branches_side_by_side", None)


def processes(method, workers=2):
    require_semaphores()
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method))


EXECUTORS = {
    "threads": lambda: ThreadPoolExecutor(2),
    "spawned processes": lambda: processes("spawn"),
    "forked processes": lambda: processes("fork"),
    "the same process": Inline,
}


@pytest.fixture(params=EXECUTORS)
def executor(request):
    with EXECUTORS[request.param]() as made:
        yield made


def advance(workflow, executor, *, keep_going=False, **do):
    runner = Runner(workflow, {"do": do})
    try:
        runner.run(executor=executor, keep_going=keep_going)
        error = None
    except Exception as raised:  # noqa: BLE001  whatever it is, the test looks at it
        error = raised
    return runner, error


def test_branches_run_side_by_side_and_their_changes_are_merged(branches, executor):
    runner, error = advance(branches, executor, left="forget")

    assert error is None
    assert runner.finished
    # Neither saw what the other did.
    assert runner.context["seen_by_left"] == ["do", "left", "old", "seen"]
    assert runner.context["seen_by_right"] == ["do", "old", "right", "seen"]
    assert "old" not in runner.context
    if isinstance(executor, ProcessPoolExecutor):
        assert os.getpid() not in (runner.context["left"], runner.context["right"])


def test_a_clash_names_both_tasks_and_keeps_the_change_of_the_earlier_one(branches, executor):
    runner, error = advance(branches, executor, left="clash", right="clash")

    assert isinstance(error, ContextClashError)
    assert (error.key, error.tasks) == ("total", ("left", "right"))
    assert "left and right ran side by side and both changed context['total']" in str(error)
    assert runner.context["total"] == 1
    assert "right" not in runner.context
    assert {name: state.name for name, state in runner.state} == {"right": "FAILED", "last": "BLOCKED"}


def test_two_tasks_may_change_a_key_alike(branches, executor):
    runner, error = advance(branches, executor, left="clash", right="same")

    assert error is None
    assert runner.context["total"] == 1


def test_a_failing_branch_keeps_what_it_did_and_does_not_repeat_the_other(branches, executor):
    runner, error = advance(branches, executor, right="fail")

    assert isinstance(error, ValueError)
    assert "right" in runner.context
    assert [runner.records[task].iterations for task in range(4)] == [1, 1, 0, 0]
    told = runner.records[2].error
    assert told.message == "right is broken"
    assert "in right" in told.traceback
    runner.context["do"] = {}
    runner.run(executor=executor)
    assert runner.finished
    assert runner.records[1].attempts == 1


def test_why_a_branch_waits_is_told(branches, executor):
    runner, error = advance(branches, executor, left="wait")

    assert error is None
    assert runner.records[1].reason == "not yet"
    assert {name: state.name for name, state in runner.state} == {"left": "WAITING", "last": "BLOCKED"}


@pytest.mark.parametrize("executor", ["spawned processes", "forked processes"], indirect=True)
def test_an_error_that_cannot_be_sent_does_not_break_the_pool(branches, executor):
    runner, error = advance(branches, executor, right="picky")

    assert "Picky: cannot read /x" in str(error)
    assert runner.records[2].error.type.endswith("Picky")
    assert runner.records[1].iterations == 1


def test_our_own_errors_can_be_sent():
    clash = ContextClashError("both", key="total", tasks=("left", "right"), hint="let them not")
    twin = copy.copy(clash)

    assert (type(twin), twin.args, vars(twin)) == (ContextClashError, clash.args, vars(clash))


@pytest.mark.parametrize("executor", ["spawned processes"], indirect=True)
def test_a_value_that_cannot_be_sent_fails_its_task_alone(branches, executor):
    runner, error = advance(branches, executor, right="unpicklable")

    assert isinstance(error, TypeError)
    assert [runner.records[task].iterations for task in range(4)] == [1, 1, 0, 0]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_worker_that_dies_is_a_failure_and_the_instance_goes_on_with_another_pool(branches):
    # One worker: a pool that breaks while it starts another one may leave that one behind.
    with processes("spawn", workers=1) as pool:
        runner, error = advance(branches, pool, right="die", keep_going=True)
        assert isinstance(error, ExceptionGroup)
        assert runner.records[2].iterations == 0
        # What broke takes no more tasks: each fails, none is lost.
        with pytest.raises(ExceptionGroup):
            runner.run(executor=pool, keep_going=True)
    runner.context["do"] = {}
    with processes("spawn") as pool:
        runner.run(executor=pool)

    assert runner.finished
    assert runner.records[0].iterations == 1


class Array:
    """An array's manners: comparing two of them gives no plain answer."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def __eq__(self, other):
        return Array(*(a == b for a, b in zip(self.numbers, other.numbers, strict=True)))

    def __bool__(self):
        raise ValueError("the truth value is ambiguous")

    __hash__ = None


class Plain:
    """Equal to itself only."""

    def __init__(self):
        self.full = False


def test_what_nobody_touched_is_no_clash_even_if_it_is_unequal_to_its_copy(branches):
    kept = {"nan": float("nan"), "plain": Plain(), "deep": [{"n": float("nan")}], "array": Array(1, 2)}
    runner = Runner(branches, {**kept, "do": {}})
    with ThreadPoolExecutor(2) as pool:
        runner.run(executor=pool)

    assert runner.finished


def _workflow_of(*functions):
    module = ModuleType("made")
    for function in functions:
        setattr(module, function.__name__, task()(end_point()(start_point()(function))))
    workflow = Workflow()
    workflow.load_tasks(module)
    return workflow


def test_a_change_of_kind_alone_is_a_change():
    def to_float(context):
        context["numbers"][0] = 1.0
        return True

    runner = Runner(_workflow_of(to_float), {"numbers": [1]})
    with ThreadPoolExecutor(1) as pool:
        runner.run(executor=pool)

    assert type(runner.context["numbers"][0]) is float


def test_a_change_inside_an_object_is_a_change():
    def fill(context):
        context["plain"].full = True
        context["array"].numbers.append(3)
        return True

    runner = Runner(_workflow_of(fill), {"plain": Plain(), "array": Array(1, 2)})
    with ThreadPoolExecutor(1) as pool:
        runner.run(executor=pool)

    assert runner.context["plain"].full
    assert runner.context["array"].numbers == [1, 2, 3]


def test_a_context_that_is_no_dict_is_taken_whole_and_two_changes_clash():
    class Count:
        value = 0

    def one(context):
        context.value = 1
        return True

    def look(context):
        return context.value == 0

    def two(context):
        context.value = 2
        return True

    with ThreadPoolExecutor(3) as pool:
        runner = Runner(_workflow_of(one, look), Count())
        runner.run(executor=pool)
        assert runner.finished
        assert runner.context.value == 1

        runner = Runner(_workflow_of(one, look, two), Count())
        with pytest.raises(
            ContextClashError, match="one and two ran side by side and both changed the context"
        ):
            runner.run(executor=pool)
        assert runner.context.value == 1


def test_a_context_that_cannot_be_copied_fails_the_task():
    def work(_context):
        return True

    runner = Runner(_workflow_of(work), {"lock": threading.Lock()})
    with ThreadPoolExecutor(1) as pool, pytest.raises(TypeError, match="lock"):
        runner.run(executor=pool)

    assert [state.name for _, state in runner.state] == ["FAILED"]


def test_threads_call_through_an_overridden_task_execute():
    class Own(Runner):
        def task_execute(self, task):
            self.context["called"] = task.name
            return super().task_execute(task)

    def work(_context):
        return True

    runner = Own(_workflow_of(work), {})
    with ThreadPoolExecutor(1) as pool:
        runner.run(executor=pool)

    assert runner.context == {"called": "work"}


def test_a_task_in_a_package_is_found_by_a_worker_with_its_relative_imports(tmp_path, monkeypatch):
    package = tmp_path / "packed_workflow"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "answers.py").write_text("ANSWER = 42\n", encoding="utf-8")
    (package / "flow.py").write_text(
        "from wfepy_core import end_point, start_point, task\nfrom .answers import ANSWER\n\n\n"
        "@task()\n@start_point()\n@end_point()\ndef only(context):\n"
        "    context['answer'] = ANSWER\n    return True\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    workflow = loader.load(["packed_workflow.flow"], str(tmp_path)).workflow
    runner = Runner(workflow, {})
    with processes("spawn") as pool:
        runner.run(executor=pool)

    assert runner.context == {"answer": 42}
    for name in ("packed_workflow", "packed_workflow.flow", "packed_workflow.answers"):
        sys.modules.pop(name, None)
