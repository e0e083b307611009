"""A lock that cannot be taken says why; one whose holder dies is free, wherever it died."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from wfepy_core.storage.lock import StateLock, read_holder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Case, Faults

NAME = "release.wfstate"


def lock_and_release(folder: Path, tell: Callable[[object], None]) -> None:
    with StateLock(str(folder / NAME)):
        tell("held")


def check_free(folder: Path, _: Case) -> None:
    path = str(folder / NAME)
    assert read_holder(path) is None
    with StateLock(path):
        assert read_holder(path) is not None


def test_a_holder_killed_at_any_call_leaves_a_free_lock(faults: Faults) -> None:
    assert faults.kill_everywhere(lock_and_release, check_free) >= 10


@pytest.mark.parametrize(
    ("error", "reason"),
    [(errno.EROFS, "the file system is read-only"), (errno.EACCES, "permission is denied")],
    ids=["EROFS", "EACCES"],
)
def test_a_place_where_no_lock_can_be_made_says_so(faults: Faults, error: int, reason: str) -> None:
    def check(folder: Path, case: Case) -> None:
        assert case.error == "StateFileError"
        assert f"cannot lock {folder / NAME}: {reason}" in case.message

    faults.fail_everywhere(lock_and_release, check, error=error, calls=["open", "create"], sticky=True)
