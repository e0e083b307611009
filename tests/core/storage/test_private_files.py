"""What is private stays private: every file that is made from another has its permissions, or its mode."""

import os
import stat

import pytest

from tests.core.pass_samples import Instance
from wfepy_core.errors import StateConflictError
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.restore import restore_backup
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage.sandbox import fork


@pytest.fixture
def private(tmp_path):
    before = os.umask(0o022)
    instance = Instance(tmp_path, code="SECRET")
    run_pass(instance.path)
    for file in tmp_path.glob("release.wfstate*"):
        file.chmod(0o600)
    yield instance
    os.umask(before)


def modes(folder, pattern="*.wfstate*"):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob(pattern)}


def test_a_sandbox_and_all_its_files_are_as_private_as_the_instance(private, tmp_path):
    run_pass(fork(private.path))

    assert set(modes(tmp_path).values()) == {0o600}
    assert len(modes(tmp_path, "release.sandbox.*")) == 3


def test_a_restored_file_is_as_private_as_its_backup(private, tmp_path):
    for lost in ("", ".lock", ".journal"):
        os.unlink(private.path + lost)

    restore_backup(private.path)

    assert set(modes(tmp_path).values()) == {0o600}


def test_what_is_kept_of_a_conflict_is_as_private_as_the_file(private, tmp_path):
    edit_context(
        private.path,
        {
            "in_sign": "with open(context['path'], 'a') as f: f.write(' ')",
            "path": private.path,
            "signed": True,
        },
    )

    with pytest.raises(StateConflictError):
        run_pass(private.path)

    assert modes(tmp_path, "*.conflict-*")
    assert set(modes(tmp_path).values()) == {0o600}


def test_the_journal_becomes_private_with_its_state_file(private, tmp_path):
    os.chmod(private.path + ".journal", 0o644)

    edit_context(private.path, {"code": "OTHER"})

    assert modes(tmp_path)["release.wfstate.journal"] == 0o600


def test_what_lies_beside_a_file_that_is_made_private_follows_at_the_next_pass(tmp_path):
    instance = Instance(tmp_path, code="SECRET")
    run_pass(instance.path)
    edit_context(instance.path, {"more": "secrets"})
    for file in tmp_path.glob("release.wfstate*"):
        file.chmod(0o644)
    os.chmod(instance.path, 0o600)

    run_pass(instance.path)

    assert set(modes(tmp_path).values()) == {0o600}


def test_a_link_beside_a_file_that_is_made_private_is_left_alone(tmp_path):
    instance = Instance(tmp_path, code="SECRET")
    run_pass(instance.path)
    other = tmp_path / "other"
    other.write_text("of somebody", encoding="utf-8")
    other.chmod(0o644)
    os.symlink(other, f"{instance.path}.link")
    os.link(other, f"{instance.path}.hard")
    os.chmod(instance.path, 0o600)

    run_pass(instance.path)

    assert stat.S_IMODE(other.stat().st_mode) == 0o644
