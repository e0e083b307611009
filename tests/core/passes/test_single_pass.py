"""A pass over a state file: what it saves, what it journals, and what it leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.pass_samples import RELEASE, Instance
from tests.cron_environment import cron_environment
from wfepy_core.errors import (
    CodecError,
    LockedError,
    ModuleDriftError,
    StateConflictError,
    StateFileError,
    UnreadableStateError,
)
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.events import PassEnded, PassStarted, TaskStarted
from wfepy_core.model.status import InstanceStatus, TaskState, TaskStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock

# -- a pass -------------------------------------------------------------------------------------------------


def test_passes_take_an_instance_from_start_to_finish(release):
    told = []

    waiting = run_pass(release.path, listen=told.append)
    release.set_context(signed=True)
    finished = run_pass(release.path)

    assert waiting[:5] == (release.path, InstanceStatus.WAITING, 2, None, 3)
    assert finished[:5] == (release.path, InstanceStatus.FINISHED, 3, None, 2)
    assert release.read().context["log"] == ["prepare", "build", "publish"]
    assert set(release.statuses().values()) == {"complete"}
    assert [type(event) for event in (told[0], told[-1])] == [PassStarted, PassEnded]
    assert [event.task for event in told if isinstance(event, TaskStarted)] == ["prepare", "build", "sign"]


def test_a_finished_instance_is_not_written_again(tmp_path):
    instance = Instance(tmp_path, signed=True)
    run_pass(instance.path)
    before = instance.bytes()

    result = run_pass(instance.path)

    assert (result.status, result.generation, result.ran) == (InstanceStatus.FINISHED, 2, 0)
    assert instance.bytes() == before


@pytest.mark.parametrize("later", ["raise SystemError", "", None])
def test_an_instance_that_is_over_has_no_need_of_its_module(tmp_path, later):
    instance = Instance(tmp_path, signed=True)
    run_pass(instance.path)
    before = _lasting_files(tmp_path)
    if later is None:
        instance.module.unlink()
    else:
        instance.module.write_text(later)
    told = []

    result = _in_another_process(instance.path)
    here = run_pass(instance.path, listen=told.append)

    assert result.stderr == ""
    assert (here.status, here.generation, here.ran) == (InstanceStatus.FINISHED, 2, 0)
    assert [type(event) for event in told] == [PassStarted, PassEnded]
    assert before == _lasting_files(tmp_path)


def _lasting_files(folder):
    """All files of an instance but the one that says who holds it."""
    files = [file for file in folder.glob("*.wfstate*") if file.suffix != ".lock"]
    return sorted((file.name, file.read_bytes()) for file in files)


def test_an_instance_that_was_set_back_by_hand_goes_on(tmp_path):
    instance = Instance(tmp_path, signed=True)
    run_pass(instance.path)
    text = Path(instance.path).read_text().replace('"tokens": []', '"tokens": [["publish", "READY"]]')
    Path(instance.path).write_text(text)

    assert run_pass(instance.path).ran == 1


def test_members_that_did_not_change_are_copied_as_they_stand(release):
    run_pass(release.path)
    odd = release.bytes().replace(b'"line": 5', b'"line":  5').replace(b'"log": [', b'"log":  [')
    Path(release.path).write_bytes(odd)

    run_pass(release.path)

    lines = release.bytes().splitlines()
    assert lines[6] == odd.splitlines()[6]
    assert lines[4] == odd.splitlines()[4]
    assert lines[1] == odd.splitlines()[1]


def test_a_changed_function_body_is_noted_and_no_drift(release):
    run_pass(release.path)
    before = release.read()
    release.module.write_text("# New.\n" + RELEASE.replace('"no signature yet"', '"unsigned"'))

    _in_another_process(release.path)

    after = release.read()
    assert after.record("sign").reason == "unsigned"
    assert after.workflow.source_sha256 != before.workflow.source_sha256
    assert after.graph.tasks[0].line == before.graph.tasks[0].line + 1


def _in_another_process(path):
    """Run a pass where the module is imported anew."""
    code = f"from wfepy_core.passes.single_pass import run_pass; run_pass({path!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=cron_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


# -- failures -----------------------------------------------------------------------------------------------


def test_a_failing_task_is_told_with_its_traceback_and_tried_again(release):
    release.set_context(in_build="context['sent'] = 1; 1 / 0")

    result = run_pass(release.path)

    assert isinstance(result.error, ZeroDivisionError)
    assert result.status is InstanceStatus.FAILED
    error = release.read().record("build").error
    assert (error.type, error.message) == ("ZeroDivisionError", "division by zero")
    assert "in build" in error.traceback
    assert release.read().context["sent"] == 1
    assert release.statuses()["sign"] == "waiting"
    release.set_context(in_build="", signed=True)
    assert run_pass(release.path).status is InstanceStatus.FINISHED
    assert release.read().record("prepare").attempts == 1


def test_what_cannot_be_saved_fails_the_task_by_path_and_the_context_stays(release):
    release.set_context(in_build="context['n'] = 1; context['links'] = [1, object()]")

    result = run_pass(release.path)

    assert isinstance(result.error, CodecError)
    assert result.error.path == "context.links[1]"
    assert release.statuses()["build"] == "failed"
    assert "links" not in release.read().context
    assert release.read().context["log"] == ["prepare"]


def test_a_failing_task_keeps_of_its_context_what_can_be_saved(release):
    release.set_context(in_build="context['sent'] = 1; context['link'] = object(); 1 / 0")

    result = run_pass(release.path)

    assert isinstance(result.error, ZeroDivisionError)
    assert release.read().context["sent"] == 1
    assert "link" not in release.read().context


def test_an_exit_within_a_task_is_its_failure(release):
    release.set_context(in_build="import sys; sys.exit(3)")

    result = run_pass(release.path)

    assert "sys.exit(3)" in str(result.error)
    assert release.statuses()["build"] == "failed"


def test_an_exit_within_a_condition_is_its_failure(tmp_path):
    source = RELEASE.replace('"build" in context["log"]', 'exit(4) if "go" not in context else True')
    instance = Instance(tmp_path, source)

    result = run_pass(instance.path)

    assert "exit(4)" in str(result.error)
    assert instance.read().record("build").error.condition == "publish"
    assert instance.read().record("build").iterations == 1
    instance.set_context(go=1, signed=True)
    assert run_pass(instance.path).status is InstanceStatus.FINISHED
    assert instance.read().record("build").attempts == 1


def test_after_ctrl_c_the_running_task_is_interrupted_and_the_rest_is_saved(release):
    release.set_context(in_build="context['half'] = 1; raise KeyboardInterrupt")

    with pytest.raises(KeyboardInterrupt):
        run_pass(release.path)

    snapshot = release.read()
    assert (snapshot.running, snapshot.interrupted) == (("build",), True)
    assert state_file.summarize(release.path).status is InstanceStatus.INTERRUPTED
    assert task_statuses(snapshot)["build"] is TaskStatus.INTERRUPTED
    assert "half" not in snapshot.context
    release.set_context(in_build="", signed=True)
    assert run_pass(release.path).status is InstanceStatus.FINISHED
    assert release.read().record("build").attempts == 2


@pytest.mark.parametrize("ending", ["", "; import sys; sys.exit(0)", "; 1 / 0"])
@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_a_forked_child_that_returns_is_ended(release, ending):
    release.set_context(
        in_build="import os\npid = os.fork()\nif pid == 0:\n    context['child'] = 1" + ending
        + "\nelse:\n    context['child_status'] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])"
    )  # fmt: skip

    result = _in_another_process(release.path)

    assert release.read().context["child_status"] == 70
    assert "the child is ended here" in result.stderr
    assert sum('"e":"end"' in line and '"task":"build"' in line for line in release.lines()) == 1
    assert "child" not in release.read().context


# -- what stands in the way ---------------------------------------------------------------------------------


def test_a_module_with_other_tasks_is_drift_and_nothing_is_written(release):
    run_pass(release.path)
    before = release.bytes(), release.lines()
    other = release.module.with_name("other.py")
    other.write_text(RELEASE.replace("sign", "countersign"))

    with pytest.raises(ModuleDriftError) as caught:
        run_pass(release.path, modules=["other.py"])

    assert (caught.value.removed, caught.value.added) == (("sign",), ("countersign",))
    assert (release.bytes(), release.lines()) == before


def test_a_module_with_its_tasks_in_another_order_goes_on(release):
    run_pass(release.path)
    before = release.read()
    head, *tasks = RELEASE.split("@task()")
    other = release.module.with_name("other.py")
    other.write_text("@task()".join([head, *reversed(tasks)]))

    run_pass(release.path, modules=["other.py"])

    after = release.read()
    assert after.topology.names == tuple(reversed(before.topology.names))
    assert after.workflow.modules == ("other.py",)
    assert after.record("sign").polls == 2
    assert after.record("build") == before.record("build")
    assert after.records.decisions[after.topology.index["prepare"]] == "TT"


def test_a_locked_instance_is_left_alone(release):
    before = release.bytes()
    with StateLock(release.path), pytest.raises(LockedError):
        run_pass(release.path)

    assert release.bytes() == before


def test_an_unreadable_file_is_left_alone(release):
    torn = release.bytes()[:-30]
    Path(release.path).write_bytes(torn)

    with pytest.raises(UnreadableStateError):
        run_pass(release.path)

    assert release.bytes() == torn
    assert release.lines() == []


def test_a_save_in_spite_of_the_lock_is_a_conflict_and_both_are_kept(release):
    release.set_context(in_build="with open(context['path'], 'a') as f: f.write(' ')", path=release.path)

    with pytest.raises(StateConflictError, match=r"theirs is kept, ours is release\.wfstate\.conflict-2"):
        run_pass(release.path)

    assert release.bytes().endswith(b"\n ")
    ours = state_file.read(release.path + ".conflict-2")
    assert ours.context["log"] == ["prepare", "build"]


def test_a_new_instance_never_replaces_a_file(release):
    before = release.bytes()

    with pytest.raises(StateFileError, match="exists already"):
        new_instance(release.path, ["release.py"])

    assert release.bytes() == before


def test_a_new_instance_does_not_inherit_the_journal_of_an_earlier_one(release):
    run_pass(release.path)
    os.unlink(release.path)

    new_instance(release.path, ["release.py"])

    assert release.read().tokens == (("prepare", TaskState.NEW),)
