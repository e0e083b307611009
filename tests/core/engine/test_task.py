"""The decorators, in any order, and what they make."""

from __future__ import annotations

import itertools
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.cron_environment import cron_environment
from wfepy_core import Task, Transition, Waiting, end_point, followed_by, join_point, start_point, task
from wfepy_core.engine.task import PendingTask

ALL = {
    "task": task(labels=["x"]),
    "start": start_point(),
    "join": join_point(),
    "end": end_point(),
    "followed": followed_by("next"),
}

TYPED = """
from typing import Any
from wfepy_core import Task, Waiting, end_point, followed_by, join_point, start_point, task

@start_point
@task()
@followed_by("b", bool)
def a(context: dict[str, Any]) -> bool:
    return True

@followed_by("c")
@task("b", labels=["x"], safe_to_repeat=True)
@join_point()
def b(context: dict[str, Any]) -> Waiting | bool:
    return Waiting("no")

@task
@end_point()
@followed_by(b, cond=bool)
async def c(context: dict[str, Any]) -> bool:
    return True

tasks: list[Task] = [a, b, c]
"""


def always(_context):
    return True


@pytest.mark.parametrize("order", list(itertools.permutations(ALL)), ids="-".join)
def test_decorators_work_in_any_order(order):
    made = always
    for name in order:
        made = ALL[name](made)

    assert isinstance(made, Task)
    assert (made.is_start_point, made.is_join_point, made.is_end_point) == (True, True, True)
    assert [edge.dest for edge in made.followed_by] == ["next"]
    assert made.labels == {"x"}
    assert made.func is always


def test_decorators_work_bare_and_called():
    for made in (task(start_point(always)), start_point()(task()(always)), start_point(task(always))):
        assert isinstance(made, Task)
        assert made.is_start_point
        assert made.name == "always"


def test_transitions_stand_in_the_order_in_which_they_are_written():
    @followed_by("a")
    @followed_by("b")
    @task()
    @followed_by("c")
    @followed_by("a")
    @followed_by("d")
    def work(_context):
        return True

    assert [edge.dest for edge in work.followed_by] == ["a", "b", "c", "d"]


def test_transitions_are_a_set_that_a_user_may_change():
    made = task(followed_by("a")(always))
    made.followed_by.add(Transition("b"))
    made.followed_by.add(Transition("a"))
    made.followed_by |= {Transition("c")}
    made.followed_by.discard(Transition("b"))

    assert [edge.dest for edge in made.followed_by] == ["a", "c"]
    assert Transition("c") in made.followed_by
    assert len(made.followed_by) == 2


def test_a_fan_of_many_transitions_is_made_in_linear_time():
    made = task(always)
    for number in range(50_000):
        made = followed_by(f"t{number}")(made)

    assert len(made.followed_by) == 50_000
    assert next(iter(made.followed_by)).dest == "t49999"


def test_a_transition_may_name_the_task_itself():
    first = task("first")(always)

    assert Transition(first).dest == "first"
    assert Transition(first, bool) == Transition("first", bool)
    assert Transition("first", bool) != Transition("first")


@pytest.mark.parametrize(
    ("dest", "said"),
    [(7, "task or its name"), (start_point(always), "always is not a task"), (None, "task or its name")],
)
def test_a_transition_to_nothing_is_refused_where_it_is_written(dest, said):
    with pytest.raises(TypeError, match=said):
        followed_by(dest)


def test_a_condition_that_cannot_be_called_is_refused_where_it_is_written():
    with pytest.raises(TypeError, match="transition to next cannot be called: 'yes'"):
        followed_by("next", "yes")


def test_task_twice_is_refused():
    with pytest.raises(TypeError, match=r"always has @task\(\) twice"):
        task(task(always))


def test_a_task_is_called_and_looks_like_its_function():
    @task("other name", labels={"a", "b"})
    def work(value, *, plus=0):
        """What it does."""
        return value + plus

    assert work(1, plus=2) == 3
    assert (work.name, work.__name__, work.__doc__) == ("other name", "work", "What it does.")
    assert work.__wrapped__ is work.func
    assert work.has_labels(["a", "z"])
    assert not work.has_labels(["a", "z"], reducer=all)
    assert work.has_labels(["a", "b"], reducer=all)


def test_a_function_without_task_stays_pending():
    assert isinstance(followed_by("x")(start_point(always)), PendingTask)


def test_waiting_is_false_and_says_why():
    until = datetime(2026, 12, 1, tzinfo=UTC)
    waiting = Waiting("no signature yet", until)

    assert not waiting
    assert (waiting.reason, waiting.until) == ("no signature yet", until)
    assert repr(Waiting("why")) == "Waiting('why')"


def test_waiting_refuses_a_moment_without_a_zone_and_a_reason_that_is_no_text():
    with pytest.raises(ValueError, match="no time zone"):
        Waiting("later", datetime(2026, 12, 1))
    with pytest.raises(TypeError, match="in words"):
        Waiting(None)


def test_a_decorated_module_passes_a_strict_type_check(tmp_path):
    module = tmp_path / "typed.py"
    module.write_text(TYPED, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(module)], env=cron_environment(), capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("Success"), done.stdout + done.stderr
