"""The processes of passes: how they end, and what ends with them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys

import pytest

from tests.cron_environment import cron_environment
from tests.end2end.delivery_desk import SECONDS, Desk, read_until
from wfepy_core.model.status import InstanceStatus
from wfepy_core.passes.fleet_outcome import PassOptions
from wfepy_core.storage import state_file


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


ROUNDS = [["advance", "."], ["watch", "."]]


@pytest.mark.parametrize("command", ROUNDS, ids=["advance", "watch"])
@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["parent", "group"])
def test_sigterm_lets_running_passes_finish_and_begins_no_more(desk, command, kill):
    state = desk.new("a", "sleep")
    later = desk.new("b")
    parent = desk.start(*command, own_group=True)
    read_until(parent.stderr, "sleeping")
    kill(parent.pid, signal.SIGTERM)
    read_until(parent.stderr, "stopping")
    (desk.folder / "inbox.wake").touch()
    out, _ = parent.communicate(timeout=SECONDS)
    assert parent.returncode == (0 if command[0] == "watch" else 128 + signal.SIGTERM)
    assert ("./a.wfstate" in out, "./b.wfstate" in out) == (True, False)
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED
    assert state_file.read_head(str(later)).status is InstanceStatus.NEW


@pytest.mark.parametrize("command", ROUNDS, ids=["advance", "watch"])
def test_a_sigterm_to_the_process_and_to_its_group_is_one(desk, command):
    state = desk.new("a", "sleep")
    parent = desk.start(*command, own_group=True)
    read_until(parent.stderr, "sleeping")
    parent.terminate()
    os.killpg(parent.pid, signal.SIGTERM)
    read_until(parent.stderr, "stopping")
    (desk.folder / "inbox.wake").touch()
    parent.communicate(timeout=SECONDS)
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


@pytest.mark.parametrize("command", ROUNDS, ids=["advance", "watch"])
def test_a_second_sigterm_ends_running_passes_with_their_children(desk, command):
    state = desk.new("a", "child")
    parent = desk.start(*command, own_group=True)
    read_until(parent.stderr, "child started")
    parent.terminate()
    read_until(parent.stderr, "stopping")
    while parent.poll() is None:  # those that come at once are the same wish
        parent.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            parent.wait(timeout=0.1)
    parent.communicate(timeout=SECONDS)  # ends when the child, which holds the pipes, is gone as well
    assert parent.returncode == 128 + signal.SIGTERM
    assert state_file.read(str(state)).interrupted


@pytest.mark.parametrize("path", ["d.wfstate", "."])
def test_what_a_task_has_started_ends_with_it_at_the_time_limit(desk, path):
    state = desk.new(what="child")
    ended = desk.run(
        "advance", path, "--timeout", "2"
    )  # it would not end as long as the child holds the pipes
    assert ended.returncode == 1
    assert "child started" in ended.stderr
    assert "took longer than 2 s" in ended.stderr
    assert state_file.read(str(state)).interrupted
    assert "load was interrupted: stopped after 2 s, its time limit" in desk.run("why", state.name).stdout


def test_what_a_task_has_detached_outlives_the_time_limit(desk):
    desk.new(what="detach")
    ended = desk.run("advance", "d.wfstate", "--timeout", "2")
    assert ended.returncode == 1
    detached = int((desk.folder / "inbox.pid").read_text())
    os.kill(detached, signal.SIGKILL)  # raises if it is gone


def test_at_its_time_limit_a_pass_takes_signals_as_without(desk):
    state = desk.new(what="sleep")
    child = desk.start("advance", state.name, "--timeout", "50")
    read_until(child.stderr, "sleeping")
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=SECONDS)
    assert child.returncode == 130
    assert err.startswith("wfepy: stopped; load was running")
    child = desk.start("advance", state.name, "--timeout", "50")
    read_until(child.stderr, "sleeping")
    child.terminate()
    child.communicate(timeout=SECONDS)
    assert child.returncode == -signal.SIGTERM
    assert (
        desk.run("advance", desk.new("crash", "crash").name, "--timeout", "50").returncode == -signal.SIGSEGV
    )


@pytest.mark.parametrize("what", ["thread", "pool", "process"])
@pytest.mark.parametrize(
    "words", [["d.wfstate"], ["."], ["d.wfstate", "--timeout", "50"], [".", "--timeout", "50"]]
)
def test_what_a_task_has_left_running_does_not_keep_a_saved_pass_from_ending(desk, what, words):
    state = desk.new(what=what)
    ended = desk.run("advance", *words)
    printed = "receiving\n" if "." not in words else "./d.wfstate: receive: receiving\n"
    assert (ended.returncode, ended.stderr.replace(printed, "")) == (0, "")
    assert "finished" in ended.stdout
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


def test_a_worker_whose_parent_is_gone_ends_its_pass_and_itself_in_silence(desk):
    state = desk.new("a", "sleep")
    program = "import sys; from wfepy_core.passes.worker import main; sys.exit(main(*sys.argv[1:]))"
    words = [sys.executable, "-c", program, str(os.getpid()), PassOptions().to_json(), "0"]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    worker = subprocess.Popen(words, cwd=desk.folder, env=cron_environment(), text=True, **pipes)
    worker.stdin.write(json.dumps([str(state), "a.wfstate"]) + "\n")
    worker.stdin.flush()
    read_until(worker.stderr, "sleeping")
    worker.stdout.close()
    (desk.folder / "inbox.wake").touch()

    assert (worker.stderr.read(), worker.wait(SECONDS)) == ("receiving\n", 0)
    worker.stdin.close()
    worker.stderr.close()
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED
