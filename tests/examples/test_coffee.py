"""The coffee workflows, run to their end in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cron_environment import PACKAGES, cron_environment
from wfepy_core import TaskState


def test_a_simple_cup_is_brewed_and_drunk_in_one_pass(start):
    runner = start("coffee/simple.py", {"beans_grams": 20})
    runner.run()
    assert runner.finished
    assert runner.context == {
        "beans_grams": 20,
        "ground_grams": 20,
        "water_celsius": 94,
        "coffee_millilitres": 0,
    }


def test_three_branches_meet_before_the_cups_are_served(start):
    runner = start("coffee/branches.py", {"cups": 3})
    runner.run()
    assert runner.finished
    assert runner.context["served"] == (("cup 1", "coffee"), ("cup 2", "coffee"), ("cup 3", "coffee"))
    assert runner.context["on_the_table"]


def test_the_branches_can_run_side_by_side_in_threads(start):
    runner = start("coffee/branches.py", {"cups": 3})
    with ThreadPoolExecutor(3) as threads:
        runner.run(executor=threads)
    assert runner.finished
    assert [cup for cup, _ in runner.context["served"]] == ["cup 1", "cup 2", "cup 3"]


@pytest.mark.parametrize(
    ("milk", "served"),
    [("none", "18 g, without foam"), ("cold", "22 g, without foam"), ("foamed", "22 g, with foam")],
)
def test_milk_and_foam_are_made_only_for_who_ordered_them(start, milk, served):
    runner = start("coffee/conditional_foam.py", {"milk": milk})
    runner.run()
    assert runner.finished
    assert runner.context["served"] == served


def test_an_order_that_no_condition_knows_is_never_served(start):
    runner = start("coffee/conditional_foam.py", {"milk": "oat"})
    runner.run()
    assert runner.state == []
    assert "served" not in runner.context


def test_the_pour_is_blocked_until_the_kettle_boils(start):
    runner = start("coffee/several_starts.py")
    runner.run()
    assert sorted(runner.state) == [("boil_water", TaskState.WAITING), ("pour", TaskState.BLOCKED)]
    assert not runner.finished
    runner.context["boils_at"] = datetime.now(UTC) - timedelta(seconds=1)
    runner.run()
    assert runner.finished
    assert runner.context["coffee_millilitres"] == 0


@pytest.mark.parametrize(
    ("grind", "tastes"),
    [(9, ["sour", "sour", "sour", "good"]), (6, ["good"]), (4, ["bitter", "bitter", "good"])],
)
def test_the_loop_ends_with_the_first_good_cup(start, grind, tastes):
    runner = start("coffee/good_cup.py", {"grind": grind})
    runner.run()
    assert runner.finished
    assert runner.context["tastes"] == tastes
    assert runner.context["cups_tasted"] == len(tastes)
    assert runner.context["beans_grams"] == 250 - 18 * len(tastes)


def test_the_loop_waits_for_beans_in_a_later_iteration_and_goes_on_with_them(start):
    runner = start("coffee/good_cup.py", {"beans_grams": 40})
    runner.run()
    assert runner.state == [("brew", TaskState.WAITING)]
    assert runner.context["tastes"] == ["sour", "sour"]
    runner.context["beans_grams"] = 100
    runner.run()
    assert runner.finished
    assert runner.context["tastes"] == ["sour", "sour", "sour", "good"]


def test_a_roast_ends_in_tins(start, tmp_path):
    runner = start("coffee/roast.py", {"roast_seconds": 0, "log": str(tmp_path / "roast.log")})
    runner.run()
    assert runner.finished
    assert (runner.context["tins"], runner.context["rest_grams"]) == (3, 100)
    assert (tmp_path / "roast.log").read_text() == "the roast starts\n"


@pytest.mark.parametrize(
    ("example", "context"),
    [
        ("coffee/simple.py", {}),
        ("coffee/branches.py", {}),
        ("coffee/conditional_foam.py", {"milk": "foamed"}),
        ("coffee/several_starts.py", {"boils_at": datetime(2026, 1, 1, tzinfo=UTC)}),
        ("coffee/good_cup.py", {}),
        ("coffee/roast.py", {"roast_seconds": 0}),
    ],
)
def test_a_crash_in_every_single_task_changes_nothing(start, example, context, crashing):
    smooth, crashed = start(example, dict(context)), start(example, dict(context), crashing)
    smooth.run()
    crashed.run()
    assert crashed.finished
    assert crashed.context == smooth.context


def only_attrs(folder: Path) -> Path:
    """A folder with the `attrs` packages and no other, as where `wfepy` is not installed."""
    folder.mkdir()
    for name in ("attr", "attrs"):
        (folder / name).symlink_to(Path(find_spec(name).origin).parent, target_is_directory=True)
    return folder


@pytest.mark.parametrize("installed", [True, False], ids=["beside wfepy", "without wfepy"])
def test_a_legacy_cron_script_with_its_own_runner_works_unchanged(tmp_path, installed, examples):
    script, state = examples / "coffee" / "legacy_runner.py", tmp_path / "state.json"
    program = (
        "import runpy, sys; from wfepy_core.compat import install_as_wfepy; install_as_wfepy();"
        "sys.argv = sys.argv[1:]; sys.path.insert(0, sys.argv.pop(0));"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    path = [PACKAGES]
    switches = []
    if not installed:
        path.append(only_attrs(tmp_path / "packages"))
        switches.append("-S")
    environment = cron_environment(PYTHONPATH=os.pathsep.join(map(str, path)))

    def cron(*settings: str) -> list[str]:
        """The log after one more pass, in a process of its own."""
        command = [sys.executable, *switches, "-c", program, script.parent, script, state, *settings]
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()

    first = ["start: done", "make_coffee: waiting"]
    assert cron() == first
    assert cron("cup=yes") == [*first, "make_coffee: done", "drink_coffee: done"]
