"""Going back to the version before: under the lock, and only to what was looked at."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from tests.histories import history
from wfepy_core.errors import LockedError, StateConflictError, UnreadableStateError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InstanceStatus, TaskState
from wfepy_core.operations import interventions, restore
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.migration import move_to_module
from wfepy_core.operations.restore import Versions, restore_backup
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock

MODULE = """
from wfepy_core import Waiting, end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("sign")
def build(context):
    return True

@task()
@end_point()
def sign(context):
    return Waiting("no signature yet")
"""


@pytest.fixture
def state(tmp_path):
    (tmp_path / "release.py").write_text(MODULE)
    path = str(tmp_path / "r.wfstate")
    new_instance(path, ["release.py"], context={"version": "1.4"})
    run_pass(path)
    return path


def break_file(state):
    with open(state, "r+b") as file:
        file.truncate(200)


def test_a_restore_goes_back_one_version_and_a_second_one_forth(state):
    interventions.edit_context(state, {"version": "2.0"})
    restore_backup(state)
    assert state_file.read(state).context["version"] == "1.4"
    restore_backup(state)
    assert state_file.read(state).context["version"] == "2.0"


def test_a_broken_state_file_is_rebuilt_from_its_backup_and_the_journal(state):
    interventions.complete(state, "sign")
    run_pass(state)
    whole = state_file.read(state)
    break_file(state)
    restore_backup(state, reason="disk trouble")
    rebuilt = state_file.read(state)
    assert rebuilt.tokens == whole.tokens
    assert rebuilt.generation > whole.generation
    assert instance_status(rebuilt) is InstanceStatus.FINISHED
    with open(state, encoding="utf-8") as file:
        assert json.load(file)["status"] == "finished"


def test_a_file_that_breaks_after_a_restore_is_rebuilt_as_what_was_restored(state):
    interventions.edit_context(state, {"signed_by": "Ada"})
    interventions.complete(state, "sign")
    run_pass(state)
    restored = restore_backup(state)
    break_file(state)

    rebuilt = restore_backup(state)

    assert rebuilt._replace(generation=0, saved=restored.saved) == restored._replace(generation=0)
    assert rebuilt.generation > restored.generation
    assert state_file.read(state)._replace(last_pass=None) == rebuilt


def test_the_history_says_to_which_generation_a_restore_went_back(state):
    interventions.edit_context(state, {"version": "2.0"})
    restore_backup(state, reason="a typo")

    assert (history(state)[-1].target, history(state)[-1].reason) == (2, "a typo")


@pytest.mark.parametrize("is_broken", [False, True])
def test_the_backup_is_read_while_nobody_else_can_save(state, monkeypatch, is_broken):
    """A save between the reading of the backup and the lock would make it an older one than the backup."""
    if is_broken:
        break_file(state)
    read_document, looks = state_file.read_document, []

    def look_at_the_lock(path):
        if path.endswith(state_file.BACKUP_SUFFIX):
            try:
                with StateLock(state, purpose="advance"):
                    looks.append("free")
            except LockedError:
                looks.append("held")
        return read_document(path)

    monkeypatch.setattr(restore.state_file, "read_document", look_at_the_lock)
    restore_backup(state)

    assert looks == ["held"]


def test_a_backup_that_is_not_the_expected_one_by_now_is_not_restored(state):
    seen = Versions(backup=1, present=2)
    interventions.edit_context(state, {"version": "2.0"})
    before = state_file.read(state)

    with pytest.raises(StateConflictError, match="since you looked"):
        restore_backup(state, expected=seen)

    assert state_file.read(state) == before
    restore_backup(state, expected=Versions(backup=2, present=3))
    assert state_file.read(state).context["version"] == "1.4"


def test_a_file_that_somebody_repaired_meanwhile_is_left_alone(state):
    seen = Versions(backup=1, present=None)
    before = state_file.read(state)

    with pytest.raises(StateConflictError):
        restore_backup(state, expected=seen)

    assert state_file.read(state) == before


def test_a_broken_backup_changes_nothing(state):
    with open(state + state_file.BACKUP_SUFFIX, "r+b") as file:
        file.truncate(100)
    before = state_file.read(state)

    with pytest.raises(UnreadableStateError, match="bak"):
        restore_backup(state)

    assert state_file.read(state) == before


def test_a_restore_waits_its_turn_behind_a_running_pass(state):
    with StateLock(state, purpose="advance"), pytest.raises(LockedError):
        restore_backup(state)


@pytest.fixture
def migrated(state, tmp_path):
    """The instance, migrated to a module with another name for `sign`; and the file as it was before."""
    (tmp_path / "release2.py").write_text(MODULE.replace("sign", "approve"))
    shutil.copy2(state, tmp_path / "before")
    move_to_module(state, {"sign": "approve"}, modules=["release2.py"])
    return state, str(tmp_path / "before")


def test_a_file_that_breaks_after_a_migration_is_rebuilt_as_what_was_migrated(migrated):
    state, _ = migrated
    before = state_file.read(state)
    break_file(state)

    restored = restore_backup(state)

    assert restored.tokens == before.tokens == (("approve", TaskState.WAITING),)
    assert (restored.graph, restored.workflow) == (before.graph, before.workflow)
    assert restored.records == before.records
    assert restored.generation > before.generation
    assert run_pass(state).status is InstanceStatus.WAITING


def test_a_migration_whose_save_was_lost_goes_on_in_the_new_module(migrated):
    state, before = migrated
    os.replace(before, state)  # as a kill between the line in the journal and the save leaves it

    assert run_pass(state).status is InstanceStatus.WAITING

    snapshot = state_file.read(state)
    assert snapshot.tokens == (("approve", TaskState.WAITING),)
    assert snapshot.workflow.modules == ("release2.py",)
    assert state_file.read_document(state).workflow == snapshot.workflow
    assert history(state)[-1].generation == snapshot.generation
