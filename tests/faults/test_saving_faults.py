"""Whatever happens during a save, the old or the new file is there, whole."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from wfepy_core.storage.atomic_file import replace_file
from wfepy_core.storage.lock import StateLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Case, Faults

OLDER, OLD, NEW = (letter * 300_000 for letter in (b"a", b"b", b"c"))
NAME = "release.wfstate"


def save(folder: Path, tell: Callable[[object], None]) -> None:
    path = str(folder / NAME)
    with StateLock(path):
        replace_file(path, NEW)
        tell("saved")


def write_two_versions(folder: Path) -> None:
    (folder / NAME).write_bytes(OLD)
    (folder / f"{NAME}.bak").write_bytes(OLDER)


def check_old_or_new(folder: Path, case: Case) -> None:
    current = (folder / NAME).read_bytes()
    kept = (folder / f"{NAME}.bak").read_bytes()
    assert (current, kept) in [(OLD, OLDER), (OLD, OLD), (NEW, OLD)]
    if "saved" in case.told:
        assert current == NEW


def check_recovery(folder: Path, case: Case) -> None:
    check_old_or_new(folder, case)
    current = (folder / NAME).read_bytes()
    with StateLock(str(folder / NAME)):
        replace_file(str(folder / NAME), b"next")
    assert (folder / NAME).read_bytes() == b"next"
    assert (folder / f"{NAME}.bak").read_bytes() == current
    assert sorted(os.listdir(folder)) == [NAME, f"{NAME}.bak", f"{NAME}.lock"]


def test_a_kill_at_any_call_leaves_old_or_new_and_the_next_save_clears_up(faults: Faults) -> None:
    assert faults.kill_everywhere(save, check_recovery, prepare=write_two_versions) >= 40


def test_a_kill_in_python_leaves_old_or_new_too(python_faults: Faults) -> None:
    assert python_faults.kill_everywhere(save, check_recovery, prepare=write_two_versions) >= 40


def first_save(folder: Path, tell: Callable[[object], None]) -> None:
    replace_file(str(folder / NAME), NEW)
    tell("saved")


def test_a_kill_during_a_first_save_leaves_no_half_file(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        if "saved" in case.told or (folder / NAME).exists():
            assert (folder / NAME).read_bytes() == NEW

    faults.kill_everywhere(first_save, check)


def test_the_order_of_the_calls_makes_an_acknowledged_save_survive_a_power_cut(faults: Faults) -> None:
    calls = faults.trace(save, prepare=write_two_versions).calls
    kinds = [call.split()[0] for call in calls if ".lock" not in call]
    written, synced = kinds.index("write"), kinds.index("fsync")
    kept, placed = (number for number, kind in enumerate(kinds) if kind == "rename")
    folder_synced = len(kinds) - 1 - kinds[::-1].index("fsync")
    assert written < synced < kept < placed < folder_synced
    assert kinds.index("link") < kept


@pytest.mark.parametrize(
    "error", [errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get
)
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "from then on"])
def test_a_refused_call_is_told_and_loses_nothing(faults: Faults, error: int, sticky: bool) -> None:
    def check(folder: Path, case: Case) -> None:
        check_old_or_new(folder, case)
        if case.error is None:
            assert case.told == ["saved"]
        else:
            assert case.error in ("StateFileError", "NotDurableError")
            doubtful = case.error == "NotDurableError"
            assert (folder / NAME).read_bytes() == (NEW if doubtful else OLD)
        if not sticky:
            check_recovery(folder, case)

    faults.fail_everywhere(
        save,
        check,
        error=error,
        sticky=sticky,
        calls=["create", "open", "open-read", "write", "fsync", "rename", "link", "fchmod"],
        prepare=write_two_versions,
    )


def test_a_full_disk_is_told_with_the_bytes_needed_and_leaves_no_litter(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        check_old_or_new(folder, case)
        assert case.error == "StateFileError"
        assert "the disk is full, 300,000 bytes are needed" in case.message
        assert "the old version is unchanged" in case.message
        assert sorted(os.listdir(folder)) == [NAME, f"{NAME}.bak"]

    faults.fill_disk(first_save, check, room=[0, 1, 4096, 299_999], prepare=write_two_versions)


def test_a_failed_sync_is_not_asked_again_of_the_same_file(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        assert case.error is None or "in place" in case.message
        assert (folder / NAME).read_bytes() == NEW

    assert faults.fail_everywhere(first_save, check, error=errno.EIO, calls=["fsync"]) == 2
