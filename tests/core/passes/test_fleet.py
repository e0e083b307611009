"""Many instances: finding them, summing them up, and advancing them in worker processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.errors import LockedError, StateFileError
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.passes import fleet, own_workers
from wfepy_core.passes.fleet_outcome import PassOptions, Result, advance_one, result_of
from wfepy_core.passes.foreign_workers import advance_on
from wfepy_core.passes.own_workers import OwnWorkers
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock

MODULE = """
import os, signal, threading
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("end")
def begin(context):
    what = context["what"]
    print("a task says hello")
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "fail":
        raise ValueError("bad input")
    if what == "leave":
        threading.Thread(target=threading.Event().wait, args=[1000]).start()
    if what == "hang":
        signal.pause()
    return what != "wait"

@task()
@end_point()
def end(context):
    return True
"""


@pytest.fixture
def instances(tmp_path):
    """Makes instances that do what their names say; the paths of their files."""
    (tmp_path / "play.py").write_text(MODULE)

    def make(*names):
        paths = [str(tmp_path / f"{name}.wfstate") for name in names]
        for name, path in zip(names, paths, strict=True):
            new_instance(path, ["play.py"], {"what": name.partition("-")[0]})
        return paths

    return make


def test_a_folder_stands_for_its_state_files_sorted_and_nothing_is_listed_twice(tmp_path):
    for name in ("b.wfstate", "a.wfstate", "a.wfstate.bak", "a.wfstate.lock", "notes.txt"):
        (tmp_path / name).touch()
    folder = str(tmp_path)
    expected = [os.path.join(folder, "a.wfstate"), os.path.join(folder, "b.wfstate")]
    assert fleet.find_state_files([folder, os.path.join(folder, "b.wfstate")]) == expected
    assert fleet.find_state_files(["missing.wfstate"]) == ["missing.wfstate"]


def test_a_file_that_cannot_be_read_is_a_row_with_its_reason(instances, tmp_path):
    (good,) = instances("ok")
    bad = tmp_path / "bad.wfstate"
    bad.write_text("no state")
    rows = list(fleet.read_summaries([str(bad), good]))
    assert [row.path for row in rows] == [str(bad), good]
    assert isinstance(rows[0].error, StateFileError)
    assert rows[0].head is None
    assert rows[1].head.status is InstanceStatus.NEW


def test_each_instance_gets_its_own_outcome_whatever_the_others_do(instances, tmp_path):
    paths = instances("die-1", "fail", "ok-1", "wait", "die-2", "ok-2")
    bad = tmp_path / "bad.wfstate"
    bad.write_text("no state")
    with StateLock(paths[5]):
        outcomes = fleet.advance_all([*paths, str(bad)], jobs=2)
    assert [outcome.path for outcome in outcomes] == [*paths, str(bad)]
    assert [outcome.result for outcome in outcomes] == [
        Result.DIED,
        Result.FAILED,
        Result.DONE,
        Result.DONE,
        Result.DIED,
        Result.LOCKED,
        Result.UNREADABLE,
    ]
    assert [outcomes[2].status, outcomes[3].status] == [InstanceStatus.FINISHED, InstanceStatus.WAITING]
    assert outcomes[1].message == "begin: ValueError: bad input (play.py:14)"
    assert state_file.read(paths[0]).interrupted
    assert not state_file.read(paths[3]).interrupted


def test_a_pass_that_takes_too_long_is_ended_and_told(instances):
    (path,) = instances("hang")
    (outcome,) = fleet.advance_all([path], options=PassOptions(timeout=2.0))
    assert outcome.result is Result.DIED
    assert outcome.message == "the pass took longer than 2 s and was ended while begin ran"
    assert state_file.read(path).interrupted


def test_what_tasks_print_in_workers_does_not_reach_stdout(instances, capfd):
    fleet.advance_all(instances("ok"))
    told = capfd.readouterr()
    assert told.out == ""
    assert "a task says hello" in told.err


def test_outcomes_are_told_as_they_come(instances):
    heard = []
    fleet.advance_all(instances("ok-1", "wait", "ok-2"), listen=heard.append)
    assert sorted(os.path.basename(outcome.path) for outcome in heard) == [
        "ok-1.wfstate",
        "ok-2.wfstate",
        "wait.wfstate",
    ]


def test_when_asked_to_stop_no_more_passes_are_begun(instances):
    paths = instances("ok-1", "ok-2", "ok-3")
    stop = threading.Event()
    with OwnWorkers(1, PassOptions()) as workers:
        for outcome in workers.advance(paths, stop.is_set):
            stop.set()
            assert outcome.result is Result.DONE
    assert [state_file.read_head(path).status for path in paths] == [
        InstanceStatus.FINISHED,
        InstanceStatus.NEW,
        InstanceStatus.NEW,
    ]


def test_a_worker_that_dies_between_passes_is_replaced(instances):
    first, second = instances("ok-1", "ok-2")
    with OwnWorkers(1, PassOptions()) as workers:
        (done,) = workers.advance([first])
        worker = state_file.read(first).saved.pid
        os.kill(worker, signal.SIGKILL)
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
        (after,) = workers.advance([second])
    assert (done.result, after.result) == (Result.DONE, Result.DONE)


@pytest.mark.parametrize("end", ["die", "leave"])
def test_processes_that_serve_no_more_are_cleared_away_while_others_run(instances, end):
    paths = instances(*(f"{end}-{number}" for number in range(4)))
    with OwnWorkers(1, PassOptions()) as workers:
        held = [len(os.listdir("/proc/self/fd")) for _outcome in workers.advance(paths)]
    assert max(held) < held[0] + 3, held  # three are those of one process


def test_a_stop_between_two_passes_is_no_error(instances):
    answers = iter([False, True])
    with OwnWorkers(1, PassOptions()) as workers:
        assert list(workers.advance(instances("ok"), lambda: next(answers, True))) == []


def test_a_process_that_never_becomes_ready_is_ended_and_told(instances, tmp_path, monkeypatch):
    (path,) = instances("ok")
    (tmp_path / "sitecustomize.py").write_text("import signal\nsignal.pause()\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(own_workers, "SECONDS_TO_START", 0.5)
    (outcome,) = fleet.advance_all([path])
    assert outcome.result is Result.DIED
    assert (outcome.message, outcome.hint) == ("no process was ready for it after 0.5 s", "")


WORKER = """
import os, signal, sys
from wfepy_core.passes.fleet_outcome import PassOptions
from wfepy_core.passes.worker import main
{before}
sys.exit(main({parent}, PassOptions().to_json(), "0"))
"""


def run_worker(parent, before=""):
    program = WORKER.format(parent=parent, before=before)
    return subprocess.run(
        [sys.executable, "-c", program],
        env=cron_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_worker_whose_parent_had_gone_before_it_could_ask_ends():
    ended = run_worker(f"'{os.getppid()}'")  # a process, but not its parent
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGKILL, "", "")


def test_a_worker_serves_where_there_is_no_sigkill():
    ended = run_worker("str(os.getppid())", before="sys.platform = 'win32'; del signal.SIGKILL")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "\n", "")


def test_an_executor_of_somebody_else_runs_the_passes(instances):
    paths = instances("ok", "fail")
    with ThreadPoolExecutor(2) as executor:
        outcomes = {outcome.path: outcome.result for outcome in advance_on(executor, paths, PassOptions())}
    assert outcomes == {paths[0]: Result.DONE, paths[1]: Result.FAILED}


def test_a_locked_instance_is_an_outcome_not_an_error(instances):
    (path,) = instances("ok")
    with StateLock(path):
        outcome = advance_one(path, PassOptions())
    assert outcome.result is Result.LOCKED
    assert "locked" in outcome.message
    assert result_of(LockedError("x", path=path)) is Result.LOCKED


def test_a_link_to_an_instance_or_a_sandbox_of_the_same_folder_is_no_second_one(tmp_path):
    for name in ("a.wfstate", "b.sandbox.wfstate"):
        (tmp_path / name).write_text("{}")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "c.sandbox.wfstate").write_text("{}")
    (elsewhere / "d.wfstate").write_text("{}")
    for name, target in {
        "0.wfstate": "a.wfstate",
        "1.wfstate": "b.sandbox.wfstate",
        "2.wfstate": "elsewhere/c.sandbox.wfstate",
        "3.wfstate": "elsewhere/d.wfstate",
        "4.wfstate": "nowhere.wfstate",
        "5.wfstate": "0.wfstate",
        "6.wfstate": "6.wfstate",
        "7.wfstate": "8.wfstate",
        "8.wfstate": "7.wfstate",
    }.items():
        (tmp_path / name).symlink_to(target)

    def found(**how):
        return [path.removeprefix(f"{tmp_path}/") for path in fleet.find_state_files([str(tmp_path)], **how)]

    broken = ["4.wfstate", "6.wfstate", "7.wfstate", "8.wfstate"]
    assert found(sandboxes=False) == ["3.wfstate", *broken, "a.wfstate"]
    assert found() == ["2.wfstate", "3.wfstate", *broken, "a.wfstate", "b.sandbox.wfstate"]
