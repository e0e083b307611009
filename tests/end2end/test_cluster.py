"""Instances advanced on a Dask cluster of worker processes, one of which is killed in mid-run."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from tests.system_needs import require_semaphores
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs the extra `cluster`"),
]

SECONDS = 120
INSTANCES = 6

# In a process of its own: the cluster's threads and warnings are none of the tests'.
CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""

# Every call of a task is a line in the log, so a task that runs twice shows. The victim stops in its third
# task until it is killed; the one that comes after it goes on.
MODULE = """
import os, time
from wfepy_core import end_point, followed_by, start_point, task

def log(context, name):
    with open(context["log"], "a") as file:
        file.write(f"{context['name']} {name}\\n")

@task()
@start_point()
@followed_by("second")
def first(context):
    log(context, "first")
    context["first"] = os.getpid()
    return True

@task()
@followed_by("third")
def second(context):
    log(context, "second")
    return True

@task()
@followed_by("fourth")
def third(context):
    log(context, "third")
    victim = context["log"] + ".victim"
    if context["name"] == "victim" and not os.path.exists(victim):
        with open(victim + ".new", "w") as file:
            file.write(str(os.getpid()))
        os.rename(victim + ".new", victim)
        time.sleep(600)
    return True

@task()
@end_point()
def fourth(context):
    log(context, "fourth")
    return True
"""


@pytest.fixture
def environment(tmp_path):
    return cron_environment(
        DASK_TEMPORARY_DIRECTORY=str(tmp_path / "dask"),
        DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="3s",  # how long a dead worker is asked for results
    )


@pytest.fixture
def scheduler(tmp_path, environment):
    """The address of a running cluster."""
    require_semaphores()
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        address = process.stdout.readline().strip()
        assert address.startswith("tcp://127.0.0.1:")
        yield address
        process.stdin.close()
        process.wait(SECONDS)


@pytest.fixture
def advance(environment, tmp_path):
    """Runs `wfepy` with these words."""

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "wfepy_core", *map(str, words)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    return run


def kill_when_named(path: Path, killed: list[int]) -> None:
    """Kills the process whose id appears in a file."""
    deadline = time.monotonic() + SECONDS
    while not path.exists() and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    pid = int(path.read_text())
    os.kill(pid, signal.SIGKILL)
    killed.append(pid)


def test_no_acknowledged_task_is_repeated_when_a_worker_is_killed(tmp_path, scheduler, advance):
    (tmp_path / "work.py").write_text(MODULE)
    (tmp_path / "states").mkdir()
    log = tmp_path / "log"
    names = ["victim", *(f"other{number}" for number in range(INSTANCES - 1))]
    for name in names:
        context = json.dumps({"name": name, "log": str(log)})
        made = advance("new", f"states/{name}.wfstate", "--module", "work.py", "--context", context)
        assert made.returncode == 0, made.stderr

    killed: list[int] = []
    killer = threading.Thread(target=kill_when_named, args=(tmp_path / "log.victim", killed))
    killer.start()
    ended = advance("advance", "states", "--cluster", scheduler)
    killer.join(SECONDS)

    assert len(killed) == 1
    assert ended.returncode == 0, ended.stderr
    rows = [line.split("\t") for line in ended.stdout.splitlines()]
    assert [(status, Path(path).stem) for status, path in rows] == [
        ("finished", name) for name in sorted(names)
    ]
    calls = Counter(log.read_text().splitlines())
    expected = Counter(
        {f"{name} {step}": 1 for name in names for step in ("first", "second", "third", "fourth")}
    )
    expected["victim third"] = 2  # the one that was running when its process was killed
    assert calls == expected
    snapshot = state_file.read(str(tmp_path / "states" / "victim.wfstate"))
    assert snapshot.record("third").attempts == 2
    assert snapshot.record("first").attempts == snapshot.record("second").attempts == 1
    assert snapshot.context["first"] == killed[0]
    assert state_file.read_head(str(tmp_path / "states" / "victim.wfstate")).status is InstanceStatus.FINISHED


def test_a_scheduler_that_is_not_there_is_told_in_two_lines(tmp_path, advance):
    ended = advance("advance", tmp_path, "--cluster", "tcp://127.0.0.1:9")
    assert ended.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in ended.stderr
    assert "Traceback" not in ended.stderr
