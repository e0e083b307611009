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


TAKE_SLOWLY = """
import sys
from wfepy_core.storage.lock import StateLock

def wait_before_clearing_up(event, arguments):
    if event == "os.listdir":
        print("has it", flush=True)
        sys.stdin.readline()

sys.addaudithook(wait_before_clearing_up)
StateLock(sys.argv[1], purpose="edit").acquire()
print("held", flush=True)
sys.stdin.read()
"""
REPLACE_WHILE_IT_IS_TAKEN = """
import os, select, signal, subprocess, sys
from wfepy_core.errors import LockedError
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.lock_recovery import put_new_lock_file
path, keeper, take_slowly = sys.argv[1], int(sys.argv[2]), sys.argv[3]
renames = []

def act_before_renames(event, arguments):
    global holder
    if event != "os.rename":
        return
    renames.append(arguments)
    if len(renames) == 1:
        watch = os.pidfd_open(keeper)
        os.kill(keeper, signal.SIGKILL)
        select.select([watch], [], [])
        holder = subprocess.Popen([sys.executable, "-c", take_slowly, path], stdin=-1, stdout=-1, text=True)
        assert holder.stdout.readline() == "has it\\n"
    elif len(renames) == 2:
        holder.stdin.write("go on\\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\\n"

sys.addaudithook(act_before_renames)
put_new_lock_file(path)
try:
    StateLock(path).acquire()
except LockedError as error:
    print(len(renames), error.holder.pid == holder.pid)
holder.communicate()
"""


def test_a_lock_that_is_taken_while_it_is_being_replaced_stays_the_only_one(path: str, keeper: int) -> None:
    with start(REPLACE_WHILE_IT_IS_TAKEN, path, str(keeper), TAKE_SLOWLY) as process:
        assert process.communicate()[0] == "2 True\n"

    assert os.listdir(os.path.dirname(path)) == ["release.wfstate.lock"]
