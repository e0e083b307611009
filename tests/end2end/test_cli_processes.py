"""The `wfepy` command as cron, shells and programs meet it: a process of its own each time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from tests.end2end.delivery_desk import MODULE, SECONDS, Desk, read_until
from wfepy_core.model.events import PassEnded, PassStarted, TaskEnded, TaskStarted, decode
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_an_instance_lives_across_processes_as_cron_starts_them(desk):
    state = desk.new(arrived=False)
    for passes in ("1 pass", "2 passes"):
        ended = desk.run("advance", state.name)
        assert (ended.returncode, ended.stdout) == (0, "receiving\nd.wfstate: waiting\n")
        assert f"nothing has arrived ({passes})" in desk.run("why", state.name).stdout
    desk.inbox.touch()
    assert desk.run("advance", state.name).stdout == "receiving\nd.wfstate: finished\n"
    last = state_file.read(str(state)).generation
    assert desk.run("advance", state.name).returncode == 0  # cron does not know that it is over
    assert state_file.read(str(state)).generation == last


@pytest.mark.parametrize("path", [".", "d.wfstate"])
def test_after_a_deployment_finished_instances_are_silent(desk, path):
    desk.new()
    assert desk.run("advance", path).returncode == 0
    module = desk.folder / "delivery.py"
    module.write_text(MODULE.replace("receive", "accept"))
    renamed = desk.run("advance", path, "--quiet")
    module.unlink()
    gone = desk.run("advance", path, "--quiet")
    assert [(ended.returncode, ended.stdout, ended.stderr) for ended in (renamed, gone)] == [(0, "", "")] * 2


def test_each_exit_code_tells_what_it_should(desk):
    assert desk.run("advance", desk.new("ok").name).returncode == 0
    failed = desk.run("advance", desk.new("fail", "fail").name)
    assert failed.returncode == 1
    assert "ValueError: bad input" in failed.stderr
    assert desk.run("advance").returncode == 2
    assert desk.run("advance", "ok.wfstate", "--durability", "maybe").returncode == 2
    (desk.folder / "bad.wfstate").write_text("{")
    assert desk.run("advance", "bad.wfstate").returncode == 65
    held = desk.new("held")
    with StateLock(str(held)):
        locked = desk.run("advance", held.name)
    assert locked.returncode == 75
    assert str(os.getpid()) in locked.stderr
    many = desk.run("advance", ".", "--jobs", "2")
    assert many.returncode == 65
    assert many.stdout == (
        "unreadable\t./bad.wfstate\nfailed\t./fail.wfstate\nfinished\t./held.wfstate\nfinished\t./ok.wfstate\n"
    )
    for ended in (failed, locked, many):
        assert "Traceback" not in ended.stderr


def test_prints_of_tasks_and_their_children_cannot_forge_events(desk):
    state = desk.new(what="forge")
    ended = desk.run("advance", state.name, "--events")
    events = [decode(line) for line in ended.stdout.encode().splitlines()]
    kinds = [type(event) for event in events]
    assert kinds == [PassStarted, *[TaskStarted, TaskEnded] * 3, PassEnded]
    assert {event.generation for event in events} == {1, 2}
    assert events[-1].status is InstanceStatus.FINISHED
    assert '"forged"' in ended.stderr
    assert "forged by a child" in ended.stderr


def test_a_pass_goes_on_when_nobody_reads_its_events_any_more(desk):
    state = desk.new()
    child = desk.start("advance", state.name, "--events")
    child.stdout.close()
    _, err = child.communicate(timeout=SECONDS)
    assert child.returncode == 0, err
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
def test_a_pass_for_a_program_dies_with_the_program(desk):
    state = desk.new(what="sleep")
    program = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    parent = subprocess.Popen(
        [sys.executable, "-c", program, *desk.command("advance", state.name, "--events")],
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    read_until(parent.stderr, "sleeping")
    parent.kill()
    parent.communicate(timeout=SECONDS)  # ends when the pass, which holds the pipes, is gone as well
    assert state_file.read(str(state)).interrupted


def test_a_time_limit_ends_even_a_task_that_holds_the_interpreter(desk):
    state = desk.new(what="hang")
    ended = desk.run("advance", state.name, "--timeout", "2")
    assert ended.returncode == 1
    assert ended.stderr == (
        "hanging\nwfepy: d.wfstate: the pass took longer than 2 s and was ended; load was running and is"
        " shown as interrupted, the next pass runs it again\n"
    )
    snapshot = state_file.read(str(state))
    assert (snapshot.running, snapshot.interrupted) == (("load",), True)
    assert snapshot.record("receive").iterations == 1


def test_ctrl_c_ends_a_pass_and_keeps_what_was_done(desk):
    state = desk.new(what="sleep")
    child = desk.start("advance", state.name)
    read_until(child.stderr, "sleeping")
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=SECONDS)
    assert child.returncode == 130
    told = "wfepy: stopped; load was running and is shown as interrupted, the next pass runs it again\n"
    assert err == told
    snapshot = state_file.read(str(state))
    assert (snapshot.running, snapshot.interrupted) == (("load",), True)


def test_passes_in_the_background_ignore_the_ctrl_c_of_the_terminal(desk):
    state = desk.new(what="sleep")
    desk.new("other", "sleep")
    command = ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *desk.command("advance", ".", "--jobs", "2")]
    with subprocess.Popen(
        command,
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        read_until(parent.stderr, "sleeping")
        read_until(parent.stderr, "sleeping")
        os.killpg(parent.pid, signal.SIGINT)
        desk.inbox.with_name(f"{desk.inbox.name}.wake").touch()
        _, err = parent.communicate(timeout=SECONDS)
    assert (parent.returncode, "stopped" in err) == (0, False)
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


def test_ctrl_c_in_a_terminal_ends_all_workers_quietly(desk):
    state = desk.new(what="sleep")
    desk.new("other", "sleep")
    parent = desk.start("advance", ".", "--jobs", "2", own_group=True)
    read_until(parent.stderr, "sleeping")
    read_until(parent.stderr, "sleeping")
    os.killpg(parent.pid, signal.SIGINT)
    _, err = parent.communicate(timeout=SECONDS)
    told = "wfepy: stopped; tasks that were running are shown as interrupted\n"
    assert (parent.returncode, err) == (130, told)
    assert state_file.read(str(state)).interrupted


def test_while_a_pass_runs_why_and_status_say_what_and_who(desk):
    state = desk.new(what="sleep")
    child = desk.start("advance", state.name)
    read_until(child.stderr, "sleeping")
    why = desk.run("why", state.name).stdout
    assert why.startswith("load is running for ")
    assert f"process {child.pid}" in why.splitlines()[0]
    assert desk.run("status", ".").stdout.startswith("running\t")
    assert desk.run("complete", state.name, "load").returncode == 75
    (desk.folder / "inbox.wake").touch()
    child.communicate(timeout=SECONDS)
    assert child.returncode == 0


def test_a_reader_that_leaves_early_is_no_error(desk):
    state = desk.new()
    for number in range(300):
        desk.folder.joinpath(f"copy{number}.wfstate").write_bytes(state.read_bytes())
    child = desk.start("status", ".", "--json", "--tasks")
    child.stdout.close()
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, err) == (0, "")


def test_watch_finds_new_files_skips_locked_ones_and_stops_cleanly(desk):
    first, held = desk.new("a"), desk.new("b")
    with StateLock(str(held)):
        watch = desk.start("watch", ".", "--interval", "0.1")
        read_until(watch.stdout, "./a.wfstate: finished")
        desk.new("c")
        read_until(watch.stdout, "./c.wfstate: finished")
        watch.send_signal(signal.SIGTERM)
        out, err = watch.communicate(timeout=SECONDS)
    assert watch.returncode == 0
    assert "stopping" in err
    assert "b.wfstate" not in out + err
    assert state_file.read_head(str(first)).status is InstanceStatus.FINISHED
    assert state_file.read_head(str(held)).status is InstanceStatus.NEW


def test_watch_finishes_the_running_pass_before_it_stops(desk):
    state = desk.new(what="sleep")
    watch = desk.start("watch", ".", "--once")
    read_until(watch.stderr, "sleeping")
    watch.send_signal(signal.SIGINT)
    read_until(watch.stderr, "stopping")
    (desk.folder / "inbox.wake").touch()
    out, _ = watch.communicate(timeout=SECONDS)
    assert watch.returncode == 0
    assert "finished" in out
    assert state_file.read_head(str(state)).status is InstanceStatus.FINISHED


def test_a_worker_does_not_outlive_a_killed_parent(desk):
    state = desk.new(what="sleep")
    desk.new("other", "sleep")
    parent = desk.start("advance", ".", "--jobs", "2")
    read_until(parent.stderr, "sleeping")
    read_until(parent.stderr, "sleeping")
    drain = threading.Thread(target=parent.stderr.read)
    parent.kill()
    drain.start()
    drain.join(SECONDS)  # ends when the last worker, which holds the pipe, is gone
    assert not drain.is_alive()
    parent.communicate(timeout=SECONDS)
    assert state_file.read(str(state)).interrupted


def test_a_crashing_instance_does_not_keep_the_others_back(desk):
    desk.new("a", "crash")
    desk.new("b")
    ended = desk.run("advance", ".")
    assert ended.returncode == 1
    assert ended.stdout == "died\t./a.wfstate\nfinished\t./b.wfstate\n"
    assert "the next pass runs it again" in ended.stderr


def test_check_prints_the_graph_a_state_file_would_hold_whatever_the_module_prints(desk):
    module = desk.folder / "delivery.py"
    module.write_text('import os\nos.write(1, b"noise")\nprint("more noise")\n' + MODULE)
    checked = desk.run("check", "delivery.py", "--json")

    found = json.loads(checked.stdout)
    made = json.loads(desk.new().read_text())
    assert found["graph"] == made["graph"]
    assert found["workflow"] == made["workflow"]
    assert "noise" in checked.stderr

    module.write_text("1/0")
    refused = desk.run("check", "delivery.py", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
