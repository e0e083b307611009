"""One holder at a time, across processes, forks and deaths."""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import stat
import time
from pathlib import Path

import pytest

from tests.core.storage.lock_holders import HOLD, INCREMENT, holding, start
from wfepy_core.errors import LockedError, StateFileError
from wfepy_core.model.events import TaskStarted
from wfepy_core.model.snapshot import LastPass
from wfepy_core.storage import lock as lock_module
from wfepy_core.storage.lock import Holder, StateLock, read_holder, read_lock
from wfepy_core.storage.lock_text import MAX_BYTES, LockText, Polls, free_text, held_text, parse_lock_text

HOLD_AND_FORK = """
import os, sys
from wfepy_core.storage.lock import StateLock
lock = StateLock(sys.argv[1]).acquire()
if os.fork() == 0:
    assert not lock.is_held
    lock.release()
    print("held", flush=True)
sys.stdin.read()
"""
LOOK = """
import sys
from wfepy_core.storage.lock import read_lock
print("held", flush=True)
told = set()
while True:
    ended = read_lock(sys.argv[1]).last.ended
    if ended not in told:
        told.add(ended)
        print(ended, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "release.wfstate")


def test_a_second_holder_is_turned_away_and_told_who_has_it(path: str) -> None:
    before = time.time_ns() // 1000
    with holding(HOLD, path) as process:
        holder = read_holder(path)
        assert holder is not None
        assert holder[:3] == ("ops", process.pid, os.uname().nodename)
        assert before <= holder.since <= time.time_ns() // 1000
        assert holder.purpose == "edit"
        with pytest.raises(LockedError) as caught:
            StateLock(path).acquire()
    then = time.strftime("%H:%M UTC", time.gmtime(holder.since // 1_000_000))
    assert caught.value.message.startswith(f"release.wfstate is locked by ops (pid {process.pid} on ")
    assert caught.value.message.endswith(then)
    assert caught.value.holder == holder
    assert "edit" in caught.value.hint


def test_a_lock_taken_on_another_day_is_told_with_its_date(path: str) -> None:
    text = {"user": "ops", "pid": 812, "host": "ops1", "since": 1_700_000_000_000_000, "purpose": "advance"}
    with StateLock(path):
        Path(f"{path}.lock").write_text(json.dumps(text) + "\n")
        with pytest.raises(LockedError, match=r"by ops \(pid 812 on ops1\) since 2023-11-14 22:13 UTC"):
            StateLock(path).acquire()


def test_a_released_lock_is_held_by_nobody_and_its_file_stays(path: str) -> None:
    with StateLock(path) as lock:
        assert lock.is_held
        assert read_holder(path) is not None
    assert not lock.is_held
    assert read_holder(path) is None
    assert Path(f"{path}.lock").exists()
    lock.release()


def test_two_locks_of_one_process_exclude_each_other(path: str) -> None:
    first, second = StateLock(path), StateLock(path)
    first.acquire()
    for lock in (second, first):
        with pytest.raises(LockedError):
            lock.acquire()
    assert first.is_held
    first.release()
    with second:
        assert second.is_held


def test_a_killed_holder_frees_the_lock_and_the_next_removes_what_its_save_left(path: str) -> None:
    with holding(HOLD, path) as process:
        process.kill()
        process.wait()
        assert read_holder(path) is None
        leftover = Path(path).parent / f".release.wfstate.{process.pid}-00ff00ff.tmp"
        leftover.write_bytes(b"half")
        with StateLock(path) as lock:
            assert lock.is_held
            assert not leftover.exists()


def test_a_forked_child_does_not_keep_the_lock_of_its_dead_parent(path: str) -> None:
    with holding(HOLD_AND_FORK, path) as process:
        with pytest.raises(LockedError):  # the child let go, and freed nothing
            StateLock(path).acquire()
        process.kill()
        process.wait()
        with StateLock(path):
            pass


def test_a_started_program_does_not_keep_the_lock(path: str) -> None:
    lock = StateLock(path).acquire()
    with start("import sys; print('held', flush=True); sys.stdin.read()", path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        lock.release()
        with StateLock(path):
            process.kill()


def test_who_waits_gets_the_lock_when_it_is_free(path: str) -> None:
    with holding(HOLD, path) as process:
        with pytest.raises(LockedError):
            StateLock(path).acquire(timeout=0.01)
        process.kill()
        with StateLock(path).acquire(timeout=60) as lock:
            assert lock.is_held


def test_eight_processes_lose_no_update(path: str) -> None:
    Path(path).write_bytes(b"0")
    processes = [start(INCREMENT, path) for _ in range(8)]
    assert [process.communicate() and process.returncode for process in processes] == [0] * 8
    assert Path(path).read_bytes() == b"400"


def test_looking_at_a_free_lock_turns_nobody_away(path: str) -> None:
    with StateLock(path) as lock:
        lock.note_pass("waiting", None)
    with holding(LOOK, path) as process:
        for _ in range(3000):
            StateLock(path).acquire().release()
        process.kill()
        told, _ = process.communicate()
    assert told in ("", "waiting\n")


def test_a_holder_that_lets_go_while_somebody_looks_has_not_died(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = StateLock(path).acquire()
    ask = lock_module.is_marked

    def let_go_before(descriptor: int) -> bool | None:
        if holder.is_held:
            holder.note_pass("waiting", None)
            holder.release()
        return ask(descriptor)

    monkeypatch.setattr(lock_module, "is_marked", let_go_before)
    text = read_lock(path)
    assert (text.holder, text.last and text.last.ended) == (None, "waiting")


def test_a_text_never_grows_longer_than_it_is_read() -> None:
    starts = tuple(TaskStarted(3, 1_764_600_000_000_000, f"task_{number}") for number in range(17_000))
    polls = Polls(3, {start.task: (1, start.at) for start in starts})
    holder, last = (
        Holder("ops", 812, "ops1", 5, "edit"),
        LastPass(7, "ops", "ops1", 812, "advance", "waiting"),
    )

    texts = [
        free_text(LockText(last=last, polls=polls)),
        free_text(LockText(last=last, polls=polls, interrupted=starts)),
        "".join(held_text(LockText(holder, last, polls, starts, starts))),
    ]

    assert max(map(len, texts)) <= MAX_BYTES
    read = [parse_lock_text(text.encode()) for text in texts]
    assert [text and text.last for text in read] == [last] * 3
    assert read[2] is not None
    assert read[2].holder == holder
    assert read[2].polling == starts[: len(read[2].polling)] != ()


def test_every_name_of_a_linked_state_shares_one_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.wfstate").write_bytes(b"")
    (tmp_path / "link.wfstate").symlink_to("real/a.wfstate")
    with StateLock(str(tmp_path / "link.wfstate")):
        assert read_holder(str(tmp_path / "real" / "a.wfstate")) is not None
        with pytest.raises(LockedError):
            StateLock(str(tmp_path / "real" / "a.wfstate")).acquire()


def test_a_lock_file_deleted_under_its_holder_does_not_trap_the_next(path: str) -> None:
    first = StateLock(path).acquire()
    os.unlink(f"{path}.lock")
    second = StateLock(path).acquire()
    first.release()
    with pytest.raises(LockedError):
        StateLock(path).acquire()
    second.release()


def test_a_lock_file_deleted_while_it_is_being_locked_is_not_taken_for_a_lock(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock

    def delete_then_lock(descriptor: int, how: int) -> None:
        monkeypatch.undo()
        os.unlink(f"{path}.lock")
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", delete_then_lock)
    with StateLock(path), pytest.raises(LockedError):
        StateLock(path).acquire()


@pytest.mark.parametrize(
    ("of_state", "of_lock"), [(0o644, 0o600), (0o664, 0o660), (0o640, 0o600), (0o666, 0o666), (0o400, 0o600)]
)
def test_who_may_write_the_state_may_lock_it_and_nobody_else(
    tmp_path: Path, of_state: int, of_lock: int
) -> None:
    state = tmp_path / "a.wfstate"
    state.write_bytes(b"")
    state.chmod(of_state)

    StateLock(str(state)).acquire().release()
    first = stat.S_IMODE(os.stat(f"{state}.lock").st_mode)
    os.chmod(f"{state}.lock", 0o644)  # as older versions made it
    StateLock(str(state)).acquire().release()

    assert (first, stat.S_IMODE(os.stat(f"{state}.lock").st_mode)) == (of_lock, of_lock)


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o600), (0o002, 0o660), (0o077, 0o600)])
def test_where_there_is_no_state_yet_the_umask_says_who_may_lock_it(path: str, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        StateLock(path).acquire().release()
    finally:
        os.umask(before)

    assert stat.S_IMODE(os.stat(f"{path}.lock").st_mode) == mode


@pytest.mark.parametrize(
    "text",
    [
        "",
        "garbage",
        "[" * 4000,
        "[]",
        '{"user": 1}',
        '{"user": "a", "pid": 1, "host": "h", "since": Infinity, "purpose": ""}',
        '{"user": "a", "pid": 1, "host": "h", "since": 99999999999999999999999, "purpose": ""}',
    ],
)
def test_a_lock_file_with_strange_text_still_locks(path: str, text: str) -> None:
    Path(f"{path}.lock").write_text(text)
    with StateLock(path) as lock:
        Path(f"{path}.lock").write_text(text)
        assert isinstance(read_holder(path), Holder)
        with pytest.raises(LockedError, match="is locked by"):
            StateLock(path).acquire()
        assert lock.is_held


def test_a_holder_without_a_login_name_is_named_by_its_account(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    with StateLock(path):
        holder = read_holder(path)
    assert holder is not None
    account = os.geteuid()
    try:
        assert holder.user == pwd.getpwuid(account).pw_name
    except KeyError:  # a container's user without a name
        assert holder.user == str(account)


def test_a_lock_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateFileError, match=r"cannot lock .*: the folder .*missing does not exist"):
        StateLock(str(tmp_path / "missing" / "a.wfstate")).acquire()
    assert read_holder(str(tmp_path / "missing" / "a.wfstate")) is None


def test_who_comes_in_the_moment_before_the_holder_is_named_is_told_the_name_too(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StateLock(path):
        file = Path(f"{path}.lock")
        named = file.read_bytes()
        file.write_bytes(b"")
        monkeypatch.setattr(time, "sleep", lambda _seconds: file.write_bytes(named))
        with pytest.raises(LockedError, match=f"pid {os.getpid()}"):
            StateLock(path).acquire()
