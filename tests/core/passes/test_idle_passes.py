"""A pass after which nothing differs but counters writes nothing; that it took place stays known."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.pass_samples import Instance
from tests.cron_environment import cron_environment
from tests.histories import history
from wfepy_core.errors import ModuleLoadError, UnreadableStateError
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.events import Interrupted, PassEnded, PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.status import InstanceStatus, TaskStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.restore import restore_backup
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import BACKUP_SUFFIX, JOURNAL_SUFFIX, LOCK_SUFFIX
from wfepy_core.storage.lock import StateLock, read_lock

LASTING = ("", BACKUP_SUFFIX, JOURNAL_SUFFIX)

# Waits twice without a reason, so that both of a wave are polled.
TWO = """
import os, signal
from wfepy_core import end_point, start_point, task

@task()
@start_point()
@end_point()
def one(context):
    if os.path.exists("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.path.exists("go") or False

@task()
@start_point()
@end_point()
def two(context):
    return False
"""


@pytest.fixture
def waiting(tmp_path):
    instance = Instance(tmp_path)
    edit_context(instance.path, {"owner": "Grace"})
    run_pass(instance.path)
    return instance


def digest(instance):
    content = [Path(instance.path + suffix).read_bytes() for suffix in LASTING]
    times = [os.stat(instance.path + suffix).st_mtime_ns for suffix in LASTING]
    return hashlib.sha256(b"".join(content)).hexdigest(), times


def test_idle_passes_leave_the_files_as_they_are_and_are_counted(waiting):
    before, snapshot = digest(waiting), waiting.read()

    for _ in range(13):
        result = run_pass(waiting.path)
        assert (result.generation, result.ran) == (snapshot.generation, 1)

    assert digest(waiting) == before
    after = waiting.read()
    assert after.record("sign").polls == after.record("sign").attempts == 14
    assert after.record("sign").last_start > snapshot.record("sign").last_start
    assert after.last_pass.ended == "waiting"
    assert (after.last_pass.command, after.last_pass.pid) == ("advance", os.getpid())


def test_restoring_after_idle_passes_takes_the_last_edit_back(waiting):
    edit_context(waiting.path, {"owner": "nobody"})
    run_pass(waiting.path)
    run_pass(waiting.path)

    restore_backup(waiting.path)

    assert waiting.read().context["owner"] == "Grace"


def test_other_code_is_written_down_once_and_leaves_the_way_back_to_the_last_edit(waiting):
    edit_context(waiting.path, {"owner": "nobody"})
    generation = waiting.read().generation
    source = waiting.module.read_text(encoding="utf-8")
    waiting.module.write_text(f"{source}# deployed\n", encoding="utf-8")

    assert [run_pass(waiting.path).generation for _ in range(3)] == [generation + 1] * 3

    last = history(waiting.path)[-2:]
    assert [type(event) for event in last] == [PassStarted, PassEnded]
    restore_backup(waiting.path)
    assert waiting.read().context["owner"] == "Grace"


def test_what_the_idle_passes_counted_is_saved_with_the_next_change(waiting):
    for _ in range(3):
        run_pass(waiting.path)

    edit_context(waiting.path, {"owner": "Ada"})
    assert waiting.read().record("sign").polls == 4
    run_pass(waiting.path)
    waiting.set_context(signed=True)
    run_pass(waiting.path)

    os.unlink(waiting.path + LOCK_SUFFIX)
    assert waiting.read().record("sign").attempts == 6


def test_a_poll_that_something_comes_of_is_told_with_the_moment_it_began(waiting):
    waiting.set_context(signed=True)
    told = []

    run_pass(waiting.path, listen=told.append)

    starts = [event for event in told if isinstance(event, TaskStarted)]
    ends = [event for event in told if isinstance(event, TaskEnded)]
    events = history(waiting.path)
    assert starts[0].task == "sign"
    assert starts[0] in events
    assert events.index(starts[0]) + 1 == events.index(ends[0])


def test_while_a_task_is_polled_readers_see_it_running(waiting):
    seen = []

    def look(event):
        if isinstance(event, (TaskStarted, TaskEnded)):
            snapshot = waiting.read()
            status = state_file.summarize(waiting.path).status
            seen.append((snapshot.running, status, task_statuses(snapshot)["sign"].value))

    run_pass(waiting.path, listen=look)

    assert seen == [
        (("sign",), InstanceStatus.RUNNING, "running"),
        ((), InstanceStatus.WAITING, "waiting"),
    ]


def test_a_pass_that_dies_of_a_poll_is_seen_at_once_and_told_by_the_next_holder(tmp_path):
    instance = Instance(tmp_path, TWO)
    run_pass(instance.path)
    generation = instance.read().generation
    (tmp_path / "die").touch()
    code = "import sys; from wfepy_core.passes.single_pass import run_pass; run_pass(sys.argv[1])"
    dead = subprocess.run(
        [sys.executable, "-c", code, instance.path], cwd=tmp_path, env=cron_environment(), check=False
    )
    assert dead.returncode == -signal.SIGKILL

    left = instance.read()
    assert task_statuses(left) == {"one": TaskStatus.INTERRUPTED, "two": TaskStatus.WAITING}
    assert state_file.summarize(instance.path).status is InstanceStatus.INTERRUPTED
    assert left.last_pass.ended == "its process died"
    assert left.record("one").attempts == 2

    (tmp_path / "die").unlink()
    edit_context(instance.path, {"note": "seen"})

    events = history(instance.path)
    at = left.record("one").last_start
    assert events.count(TaskStarted(generation, at, "one")) == 1
    assert instance.read().running == ("one",)
    assert run_pass(instance.path).status is InstanceStatus.WAITING
    assert task_statuses(instance.read())["one"] is TaskStatus.WAITING
    assert history(instance.path).count(TaskStarted(generation, at, "one")) == 1


def test_a_killed_poll_is_seen_under_a_clock_that_went_back(tmp_path):
    instance = Instance(tmp_path, TWO)
    run_pass(instance.path)
    before = instance.read().record("one").last_start
    (tmp_path / "die").touch()
    code = """
import sys, time
true = time.time_ns
time.time_ns = lambda: true() - 3_600 * 10**9
from wfepy_core.passes.single_pass import run_pass
run_pass(sys.argv[1])
"""
    command = [sys.executable, "-c", code, instance.path]
    dead = subprocess.run(command, cwd=tmp_path, env=cron_environment(), check=False)
    assert dead.returncode == -signal.SIGKILL

    left = instance.read()
    assert left.running == ("one",)
    assert left.record("one").last_start < before
    assert state_file.summarize(instance.path).status is InstanceStatus.INTERRUPTED

    (tmp_path / "die").unlink()
    run_pass(instance.path)

    assert instance.read().running == ()
    told = [event.started for event in history(instance.path) if isinstance(event, Interrupted)]
    assert told == [left.record("one").last_start]


def test_ctrl_c_during_a_poll_shows_the_task_as_interrupted(waiting):
    waiting.module.write_text(
        waiting.module.read_text(encoding="utf-8").replace(
            'exec(context.get("in_sign", ""), {"context": context})', "raise KeyboardInterrupt"
        ),
        encoding="utf-8",
    )

    with pytest.raises(KeyboardInterrupt):
        run_pass(waiting.path)

    assert task_statuses(waiting.read())["sign"] is TaskStatus.INTERRUPTED
    assert state_file.summarize(waiting.path).status is InstanceStatus.INTERRUPTED
    assert waiting.read().record("sign").attempts == 2
    assert waiting.read().last_pass.ended == "KeyboardInterrupt"


def test_a_pass_that_could_not_take_place_is_remembered_with_its_error(waiting):
    run_pass(waiting.path)
    waiting.module.write_text("import nothing_of_this_name\n", encoding="utf-8")

    with pytest.raises(ModuleLoadError):
        run_pass(waiting.path)

    assert waiting.read().last_pass.ended.startswith("ModuleLoadError: ")
    assert waiting.read().record("sign").polls == 2


def test_a_pass_whose_file_cannot_be_read_is_remembered_with_its_error(waiting):
    os.truncate(waiting.path, 100)

    with pytest.raises(UnreadableStateError):
        run_pass(waiting.path)

    last = read_lock(waiting.path)
    assert last.last.ended.startswith("UnreadableStateError: ")
    restore_backup(waiting.path)
    assert waiting.read().last_pass == last.last


def test_a_finished_instance_remembers_its_passes_too(waiting):
    waiting.set_context(signed=True)
    run_pass(waiting.path)
    before = digest(waiting), waiting.read().last_pass

    run_pass(waiting.path)

    assert digest(waiting) == before[0]
    assert waiting.read().last_pass.at > before[1].at
    assert waiting.read().last_pass.ended == "finished"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"torn {",
        b"[1]\n",
        b'{"polls": {"generation": 2, "tasks": {"sign": [-1, 5]}}}\n',
        b'{"polls": 7, "last": {"at": "x"}, "interrupted": [[1]], "polling": {}}\n',
        b'{"polls": {"generation": 99, "tasks": {"sign": [3, 5]}}}\n',
        b'{"polls": {"generation": 3, "tasks": {"nobody": [3, 5], "build": [3, 5]}}}\n',
        b'{"interrupted": [[3, 5, "nobody"], [3, 5, "build"], [1, 9, "sign"]]}\n',
    ],
)
def test_statistics_that_make_no_sense_are_just_not_there(waiting, text):
    generation = waiting.read().generation
    assert generation == 3
    Path(waiting.path + LOCK_SUFFIX).write_bytes(text)

    snapshot = waiting.read()

    assert snapshot.record("sign").polls == 1
    assert snapshot.record("build").attempts == 1
    assert not snapshot.running
    assert run_pass(waiting.path).generation == generation
    assert waiting.read().record("sign").polls == 2


def test_a_lock_file_at_rest_can_be_told_by_its_size(waiting):
    run_pass(waiting.path)
    path = waiting.path + LOCK_SUFFIX
    assert os.path.getsize(path) % 64 == 0

    for purpose in ("a" * n for n in range(64)):
        with StateLock(waiting.path, purpose=purpose) as lock:
            assert os.path.getsize(path) % 64
            lock.note_poll(TaskStarted(3, 10, "sign" * len(purpose)))
            assert os.path.getsize(path) % 64
            assert read_lock(waiting.path).polling[0].task == "sign" * len(purpose)
            lock.note_poll_end("sign" * len(purpose))
            assert read_lock(waiting.path).polling == ()
        assert os.path.getsize(path) % 64 == 0
    assert json.loads(Path(path).read_bytes())["polls"]["tasks"]["sign"][0] == 1


ALWAYS_FAILS = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("wait")
@followed_by("fail")
def begin(context):
    return True

@task()
@end_point()
def wait(context):
    return False

@task()
@end_point()
def fail(context):
    raise ConnectionError("the partner does not answer")
"""


def test_a_restore_takes_a_mistake_back_however_often_a_branch_failed_in_the_same_way(tmp_path):
    (tmp_path / "flow.py").write_text(ALWAYS_FAILS, encoding="utf-8")
    path = str(tmp_path / "a.wfstate")
    new_instance(path, ["flow.py"], {"manager": "Grace"})
    run_pass(path)
    edit_context(path, {"manager": "Wrong"})
    for _ in range(3):
        run_pass(path)

    restored = restore_backup(path)

    assert restored.context == {"manager": "Grace"}


def test_another_failure_is_a_change(tmp_path):
    (tmp_path / "flow.py").write_text(ALWAYS_FAILS, encoding="utf-8")
    path = str(tmp_path / "a.wfstate")
    new_instance(path, ["flow.py"], {})
    run_pass(path)
    before = state_file.read(path).generation
    text = ALWAYS_FAILS.replace("does not answer", "is not there")
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    run_pass(path)

    assert state_file.read_head(f"{path}.bak").generation == before


def test_an_instance_whose_module_has_drifted_says_that_no_pass_takes_place(tmp_path, capsys):
    from wfepy_core.cli import main  # noqa: PLC0415  only here

    (tmp_path / "flow.py").write_text(ALWAYS_FAILS, encoding="utf-8")
    path = str(tmp_path / "a.wfstate")
    new_instance(path, ["flow.py"], {})
    run_pass(path)
    (tmp_path / "flow.py").write_text(ALWAYS_FAILS.replace("fail", "phone"), encoding="utf-8")
    main(["advance", path])
    capsys.readouterr()

    assert main(["why", path]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("no pass takes place: the module has changed since the instance was started")
    assert main(["status", path]) == 0
    assert "no pass takes place: the module has changed" in capsys.readouterr().out

    (tmp_path / "flow.py").write_text(ALWAYS_FAILS, encoding="utf-8")
    main(["advance", path])
    capsys.readouterr()
    main(["why", path])
    assert "no pass takes place" not in capsys.readouterr().out
