"""Lines for `logging`: those of `wfepy` 0.1.1, where the program logs; nothing, where it does not."""

import contextlib
import logging
import subprocess
import sys
import types

import pytest
import wfepy

import wfepy_core
from tests.cron_environment import cron_environment
from wfepy_core.engine.observer import Observer
from wfepy_core.errors import WorkflowError

# Ours has no line for a token that goes round once more, and names a task's transitions in written order.
SHARED = (
    "Executing",
    "is complete",
    "is waiting",
    "Reached",
    "is ready now",
    "Loaded",
    "Expanding",
    "failed",
)


def module(package, *, approved=True, fails=False):
    """The same workflow in either package: prepare, then sign, which waits until it is approved."""
    made = types.ModuleType("release")
    made.__file__ = "release.py"

    @package.task()
    @package.start_point()
    @package.followed_by("sign")
    def prepare(_context):
        return True

    @package.task()
    @package.end_point()
    def sign(_context):
        if fails:
            raise KeyError("version")
        return approved

    made.prepare, made.sign = prepare, sign
    return made


def lines(caplog, package, **wishes):
    caplog.clear()
    workflow = package.Workflow()
    workflow.load_tasks(module(package, **wishes))
    runner = workflow.create_runner(context={})
    with contextlib.suppress(KeyError):
        runner.run()
    return [
        (record.name, record.levelno, record.getMessage())
        for record in caplog.records
        if any(word in record.getMessage() for word in SHARED)
    ]


@pytest.mark.parametrize("wishes", [{}, {"approved": False}, {"fails": True}], ids=["done", "waits", "fails"])
def test_a_pass_is_logged_in_the_words_levels_and_order_of_wfepy(caplog, wishes):
    caplog.set_level(logging.DEBUG, logger="wfepy")
    theirs = lines(caplog, wfepy, **wishes)

    assert lines(caplog, wfepy_core, **wishes) == theirs
    assert ("wfepy.workflow", logging.INFO, "Executing task sign") in theirs


def test_a_failure_is_logged_with_its_traceback_at_any_level_that_shows_errors(caplog):
    caplog.set_level(logging.ERROR, logger="wfepy")
    lines(caplog, wfepy_core, fails=True)

    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert caplog.records[0].exc_info[0] is KeyError


class Steps(Observer):
    """Keeps what it is told of each task."""

    def __init__(self):
        self.told = []

    def task_started(self, task, _at):
        self.told.append(("started", task))

    def task_ended(self, task, state, _at, _waiting, _error, taken):
        self.told.append((task, state, taken))


def test_the_observer_of_a_runner_is_told_the_same_with_and_without_a_log(caplog):
    def steps():
        workflow = wfepy_core.Workflow()
        workflow.load_tasks(module(wfepy_core))
        runner = workflow.create_runner({})
        runner.observer = observer = Steps()
        runner.run()
        assert runner.observer is observer
        return observer.told

    caplog.set_level(logging.WARNING, logger="wfepy")
    quiet = steps()
    caplog.set_level(logging.DEBUG, logger="wfepy")

    assert steps() == quiet
    assert len(quiet) == 4


def test_mistakes_in_a_graph_are_logged_as_errors(caplog):
    workflow = wfepy_core.Workflow()
    with pytest.raises(WorkflowError):
        workflow.check_graph()

    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "there is no task")
    ]


PROGRAM = """
import sys
import wfepy_core
{first}

@wfepy_core.task()
@wfepy_core.start_point()
@wfepy_core.end_point()
def build(context):
    raise KeyError("version")

workflow = wfepy_core.Workflow()
workflow.load_tasks(sys.modules["__main__"])
try:
    workflow.create_runner({{}}).run()
except KeyError:
    print([name for name in sys.modules if name == "logging" or name.startswith("wfepy_core._log")])
"""


@pytest.mark.parametrize(
    ("first", "loaded"), [("", "[]"), ("import logging", "['logging', 'wfepy_core._log']")], ids=["no", "yes"]
)
def test_a_program_that_does_not_log_loads_nothing_and_one_that_set_nothing_up_prints_nothing(first, loaded):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(first=first)],
        env=cron_environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout.strip(), done.stderr) == (loaded, "")
