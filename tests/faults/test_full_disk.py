"""A disk that is really full: a small file system in memory, where this user may mount one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.errors import LockedError, StateFileError
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import note
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.atomic_file import replace_file
from wfepy_core.storage.journal_lines import JournalWriter, journal_path, read_lines
from wfepy_core.storage.lock import StateLock, read_holder

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None:
        pytest.skip("no mount command here; the injected full disk stands in for it")
    command = [mount, "-t", "tmpfs", "-o", "size=256k", "none", str(disk)]
    if subprocess.run(command, env=cron_environment(), check=False, capture_output=True).returncode:
        pytest.skip("no right to mount here; the injected full disk stands in for it")
    try:
        yield disk
    finally:
        # At once, though a process that was killed may still be letting go of it.
        subprocess.run([umount, "-l", str(disk)], env=cron_environment(), check=True)


def test_a_save_that_does_not_fit_keeps_the_old_version_and_takes_no_room(small_disk: Path) -> None:
    path = small_disk / "a.wfstate"
    with StateLock(str(path)):
        replace_file(str(path), b"old" * 1000)
        room = os.statvfs(small_disk).f_bfree
        with pytest.raises(StateFileError, match="the disk is full, 400,000 bytes are needed"):
            replace_file(str(path), b"x" * 400_000)
        assert os.statvfs(small_disk).f_bfree == room
    assert path.read_bytes() == b"old" * 1000


def test_a_journal_on_a_full_disk_goes_on_once_there_is_room(small_disk: Path) -> None:
    path = small_disk / "a.wfstate.journal"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 200_000)
    journal = JournalWriter(str(path), sync=True)
    line = b"y" * 3000
    with pytest.raises(StateFileError, match="the disk is full"):
        fill(journal, line)
    written = journal.size // (len(line) + 1)
    ballast.unlink()
    journal.append(b"after")
    journal.close()
    assert list(read_lines(str(path))) == [line] * written + [b"after"]


WORK = """
import os
from wfepy_core import Waiting, end_point, followed_by, start_point, task

def call(context, name):
    with open(os.path.join(context["elsewhere"], "calls"), "a") as file:
        file.write(name + "\\n")

@task()
@start_point()
@followed_by("answer")
def order(context):
    call(context, "order")
    context["order"] = "x" * 3000
    return True

@task()
@end_point()
def answer(context):
    call(context, "answer")
    return os.path.exists(os.path.join(context["elsewhere"], "answer")) or Waiting("no answer yet")
"""


def start(disk: Path, elsewhere: Path) -> str:
    """A new instance on the small disk; its tasks write down their calls elsewhere."""
    (elsewhere / "work.py").write_text(WORK)
    path = str(disk / "work.wfstate")
    new_instance(path, [str(elsewhere / "work.py")], {"elsewhere": str(elsewhere)})
    return path


def calls(elsewhere: Path) -> list[str]:
    file = elsewhere / "calls"
    return file.read_text().split() if file.exists() else []


def fill_up(disk: Path) -> Path:
    """Leave room for a few lines, and no more."""
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * (os.statvfs(disk).f_bfree * 4096 - 8192))
    return ballast


def test_no_task_is_called_where_what_it_leaves_finds_no_room(small_disk: Path, tmp_path: Path) -> None:
    path = start(small_disk, tmp_path)
    ballast = fill_up(small_disk)

    for _ in range(3):
        with pytest.raises(StateFileError, match=r"the disk is full, .* are needed; no task was called"):
            run_pass(path)
    assert calls(tmp_path) == []

    ballast.unlink()
    run_pass(path)
    assert calls(tmp_path) == ["order", "answer"]


def test_a_waiting_task_is_not_called_either(small_disk: Path, tmp_path: Path) -> None:
    path = start(small_disk, tmp_path)
    run_pass(path)
    ballast = fill_up(small_disk)
    (tmp_path / "answer").touch()

    for _ in range(3):
        with pytest.raises(StateFileError, match=r"the disk is full, .* are needed; no task was called"):
            run_pass(path)
    assert calls(tmp_path) == ["order", "answer"]

    ballast.unlink()
    assert run_pass(path).status is InstanceStatus.FINISHED


def test_a_note_that_finds_no_room_is_not_in_the_history(small_disk: Path, tmp_path: Path) -> None:
    path = start(small_disk, tmp_path)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (os.statvfs(small_disk).f_bfree * 4096))  # but the journal's last page
    journal = Path(journal_path(path))
    before = journal.read_bytes()

    with pytest.raises(StateFileError, match="the disk is full"):
        note(path, "called them")
    assert journal.read_bytes() == before

    ballast.unlink()
    note(path, "called them again")
    told = journal.read_bytes().removeprefix(before)
    assert b"called them again" in told
    assert told.count(b"\n") == 1


GREEDY = """
import os
import signal
from wfepy_core import end_point, followed_by, start_point, task

def fill_disk(context):
    with open(os.path.join(context["elsewhere"], "calls"), "a") as file:
        file.write("greedy\\n")
    if not os.fork():
        signal.pause()  # whoever has a copy of our descriptors keeps no room
    with open("ballast", "wb", 0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            context["result"] = "y" * 3000

@task()
@start_point()
@followed_by("greedy")
def ask(context):
    return True

@task()
@followed_by("after")
def greedy(context):
    if context.get("first", True):
        context["first"] = not context["polls"]
        if context["polls"]:
            return False
    fill_disk(context)
    return True

@task()
@end_point()
def after(context):
    with open(os.path.join(context["elsewhere"], "calls"), "a") as file:
        file.write("after\\n")
    return True
"""


def advance_alone(path: str, folder: Path, told: Path) -> str:
    """What a pass in a process of its own tells; what its tasks have started ends after it."""
    command = [sys.executable, "-m", "wfepy_core", "advance", path]
    with told.open("w") as file:
        advance = subprocess.Popen(
            command, env=cron_environment(), cwd=folder, stderr=file, start_new_session=True
        )
        try:
            advance.wait(timeout=60)
        finally:
            os.killpg(advance.pid, signal.SIGKILL)
            advance.wait()
    return told.read_text()


@pytest.mark.parametrize("is_polled", [False, True], ids=["called", "polled"])
def test_a_task_that_fills_the_disk_is_done_and_no_other_is_called(
    small_disk: Path, tmp_path: Path, is_polled: bool
) -> None:
    (tmp_path / "work.py").write_text(GREEDY)
    path = str(small_disk / "work.wfstate")
    new_instance(path, [str(tmp_path / "work.py")], {"elsewhere": str(tmp_path), "polls": is_polled})
    if is_polled:
        run_pass(path)
        assert calls(tmp_path) == []

    told = advance_alone(path, small_disk, tmp_path / "told")
    assert "no further task was called" in told
    assert state_file.read(path).context["result"] == "y" * 3000
    for _ in range(2):
        with pytest.raises(StateFileError, match="no task was called"):
            run_pass(path)
    assert calls(tmp_path) == ["greedy"]

    (small_disk / "ballast").unlink()
    assert run_pass(path).status is InstanceStatus.FINISHED
    assert calls(tmp_path) == ["greedy", "after"]


def test_a_limit_that_the_disk_does_not_tell_is_met_before_a_task_is_called(tmp_path: Path) -> None:
    path = start(tmp_path, tmp_path)
    limited = [sys.executable, "-c", LIMITED, path]
    for _ in range(3):
        done = subprocess.run(limited, env=cron_environment(), check=False, capture_output=True, text=True)
        assert "the file would be larger than this process may write" in done.stdout
        assert "no task was called" in done.stdout
    assert calls(tmp_path) == []


LIMITED = """
import resource, sys
from wfepy_core.errors import StateFileError
from wfepy_core.passes.single_pass import run_pass
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
try:
    run_pass(sys.argv[1])
except StateFileError as error:
    print(error)
"""


def fill(journal: JournalWriter, line: bytes) -> None:
    for _ in range(100):
        journal.append(line)


def test_a_lock_is_taken_and_names_nobody_when_there_is_no_room_for_a_name(small_disk: Path) -> None:
    path = str(small_disk / "a.wfstate")
    StateLock(path).acquire().release()
    (small_disk / "ballast").write_bytes(b"x" * (os.statvfs(small_disk).f_bfree * 4096))
    with StateLock(path):
        assert read_holder(path) == ("", 0, "", 0, "")
        with pytest.raises(LockedError, match="does not say who it is"):
            StateLock(path).acquire()
