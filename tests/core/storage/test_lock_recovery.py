"""Locks whose holder was killed, and that only what a C library forked of it keeps."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.core.storage.lock_holders import INCREMENT, start
from wfepy_core.errors import LockedError
from wfepy_core.storage.lock import StateLock, read_holder
from wfepy_core.storage.lock_recovery import put_new_lock_file

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells who holds a file"
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "release.wfstate")


FORK_IN_C = """
import ctypes, sys
from wfepy_core.storage.lock import StateLock
libc = ctypes.CDLL(None)
lock = StateLock(sys.argv[1], purpose="advance").acquire()
child = libc.fork()
if not child:
    libc.pause()
print(child, flush=True)
libc.pause()
"""


@pytest.fixture
def keeper(path: str) -> Iterator[int]:
    """What a C library had forked, and keeps the lock of a holder that was killed."""
    if os.readlink("/proc/self/ns/pid") != "pid:[4026531836]":
        pytest.skip("in a container nobody can tell that a process is gone that cannot be seen from there")
    with start(FORK_IN_C, path) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            assert read_holder(path).pid == process.pid
            with pytest.raises(LockedError, match=f"pid {process.pid} "):
                StateLock(path).acquire()
            process.kill()
            process.wait()
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


@pytest.fixture
def left_behind(path: str, keeper: int) -> str:
    """A state file whose lock is kept by nothing but such a child."""
    assert keeper
    return path


def test_what_a_c_library_forked_does_not_keep_the_lock_of_its_dead_parent(left_behind: str) -> None:
    assert read_holder(left_behind) is None

    with StateLock(left_behind) as lock:
        assert lock.predecessor is not None
        assert lock.predecessor.purpose == "advance"
        with pytest.raises(LockedError, match=f"pid {os.getpid()} "):
            StateLock(left_behind).acquire()

    assert sorted(os.listdir(os.path.dirname(left_behind))) == ["release.wfstate.lock"]


def test_of_many_that_find_a_lock_left_behind_one_has_it_at_a_time(left_behind: str) -> None:
    Path(left_behind).write_bytes(b"0")
    processes = [start(INCREMENT, left_behind) for _ in range(8)]

    assert [process.communicate() and process.returncode for process in processes] == [0] * 8
    assert Path(left_behind).read_bytes() == b"400"


ACT_BEFORE_THE_RENAME = """
import os, select, signal, sys
from wfepy_core.errors import LockedError
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.lock_recovery import put_new_lock_file
path, keeper, what = sys.argv[1], int(sys.argv[2]), sys.argv[3]

def act(event, arguments):
    if event != "os.rename":
        return
    watch = os.pidfd_open(keeper)
    os.kill(keeper, signal.SIGKILL)  # now the old file is free
    select.select([watch], [], [])
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    try:
        StateLock(path).acquire()
        print("the old one was taken")
    except LockedError:
        print("refused")

sys.addaudithook(act)
print(put_new_lock_file(path))
with StateLock(path).acquire():
    print("held")
"""


def test_a_lock_that_becomes_free_while_it_is_being_replaced_is_not_taken(path: str, keeper: int) -> None:
    with start(ACT_BEFORE_THE_RENAME, path, str(keeper), "go on") as process:
        assert process.communicate()[0] == "refused\nTrue\nheld\n"

    assert os.listdir(os.path.dirname(path)) == ["release.wfstate.lock"]


def test_who_is_killed_while_he_replaces_a_lock_leaves_it_to_the_next(path: str, keeper: int) -> None:
    with start(ACT_BEFORE_THE_RENAME, path, str(keeper), "die") as process:
        process.communicate()
        assert process.returncode == -signal.SIGKILL
    assert sorted(os.listdir(os.path.dirname(path))) == ["release.wfstate.lock", "release.wfstate.lock.next"]

    with StateLock(path), pytest.raises(LockedError, match=f"pid {os.getpid()} "):
        StateLock(path).acquire()

    assert os.listdir(os.path.dirname(path)) == ["release.wfstate.lock"]


def test_who_took_a_lock_before_it_was_to_be_replaced_keeps_it(path: str, keeper: int) -> None:
    os.kill(keeper, signal.SIGKILL)
    with StateLock(path).acquire(timeout=20):
        assert not put_new_lock_file(path)
        with pytest.raises(LockedError, match=f"pid {os.getpid()} "):
            StateLock(path).acquire()
