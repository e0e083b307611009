"""A disk that is really full: a small file system in memory, where this user may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cron_environment import cron_environment
from wfepy_core.errors import LockedError, StateFileError
from wfepy_core.storage.atomic_file import replace_file
from wfepy_core.storage.journal_lines import JournalWriter, read_lines
from wfepy_core.storage.lock import StateLock, read_holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
        subprocess.run([umount, str(disk)], env=cron_environment(), check=True)


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


def fill(journal: JournalWriter, line: bytes) -> None:
    for _ in range(100):
        journal.append(line)


def test_a_lock_is_taken_and_names_nobody_when_there_is_no_room_for_a_name(small_disk: Path) -> None:
    path = str(small_disk / "a.wfstate")
    StateLock(path).acquire().release()
    (small_disk / "ballast").write_bytes(b"x" * (os.statvfs(small_disk).f_bfree * 4096))
    with StateLock(path):
        assert read_holder(path) == ("", 0, "", 0, "")
        with pytest.raises(LockedError, match="is locked by another process"):
            StateLock(path).acquire()
