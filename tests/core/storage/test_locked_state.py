"""Whatever goes wrong while an instance is held, its lock is free afterwards; the error is one of ours."""

import os

import pytest

from tests.core.pass_samples import Instance
from wfepy_core.errors import StateFileError
from wfepy_core.storage import locked_state
from wfepy_core.storage.journal_lines import journal_path
from wfepy_core.storage.lock import read_holder
from wfepy_core.storage.locked_state import LockedState


@pytest.fixture
def path(tmp_path):
    return Instance(tmp_path).path


def descriptor_of(path):
    folder = "/proc/self/fd"
    [found] = [name for name in os.listdir(folder) if os.path.realpath(f"{folder}/{name}") == path]
    return int(found)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="asks /proc for the open files")
def test_a_journal_that_somebody_has_closed_does_not_keep_the_lock(path):
    locked = LockedState(path, purpose="edit")
    locked.open_journal()
    os.close(descriptor_of(os.path.realpath(journal_path(path))))

    with locked:
        pass

    assert read_holder(path) is None


def test_a_file_that_vanishes_while_it_is_opened_is_told_as_any_other_error(path, monkeypatch):
    read = locked_state.read_document

    def read_and_remove(name):
        document = read(name)
        os.unlink(name)
        return document

    monkeypatch.setattr(locked_state, "read_document", read_and_remove)
    with pytest.raises(StateFileError, match="cannot read"):
        LockedState(path, purpose="edit")

    assert read_holder(path) is None
