"""What somebody puts in the place of a lock file harms nothing and holds up nobody."""

from __future__ import annotations

import os

import pytest

from wfepy_core.errors import StateFileError
from wfepy_core.storage.lock import StateLock, read_holder

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such links and pipes")


@pytest.fixture
def state(tmp_path):
    path = tmp_path / "a.wfstate"
    path.write_text("the state", encoding="utf-8")
    return path


@pytest.mark.parametrize("target", ["precious", "a.wfstate", "nothing", "/nowhere/at/all"])
def test_a_link_is_not_followed(state, target):
    (state.parent / "precious").write_text("precious", encoding="utf-8")
    os.symlink(os.path.join(state.parent, target), f"{state}.lock")

    with pytest.raises(StateFileError, match="it is a link"):
        StateLock(str(state)).acquire()

    assert read_holder(str(state)) is None
    assert state.read_text(encoding="utf-8") == "the state"
    assert (state.parent / "precious").read_text(encoding="utf-8") == "precious"
    assert not (state.parent / "nothing").exists()


def test_a_pipe_is_refused_at_once(state):
    os.mkfifo(f"{state}.lock")

    with pytest.raises(StateFileError, match="it is a device or a pipe"):
        StateLock(str(state)).acquire()

    assert read_holder(str(state)) is None
