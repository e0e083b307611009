"""Who is turned away by a lock, and what is said to them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.core.storage.lock_holders import HOLD, holding
from wfepy_core.errors import LockedError
from wfepy_core.storage.lock import Holder, StateLock
from wfepy_core.storage.lock_refusal import locked_error

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells who holds a file"
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "release.wfstate")


@pytest.mark.parametrize("how", ["LOCK_EX", "LOCK_SH"])
def test_a_holder_that_is_no_pass_is_told_as_such_with_its_process(path: str, how: str) -> None:
    StateLock(path).acquire().release()
    code = f"""
import fcntl, sys
file = open(sys.argv[1] + ".lock")
fcntl.flock(file, fcntl.{how})
print("held", flush=True)
sys.stdin.read()
"""
    with holding(code, path) as process:
        with pytest.raises(LockedError, match=f"process {process.pid}, which does not say who it is") as told:
            StateLock(path).acquire()
        process.kill()

    assert "fuser -v release.wfstate.lock" in told.value.hint


@pytest.mark.parametrize(
    ("pid", "host", "hint"),
    [
        (1, "", "stop the container in which it runs"),
        # No computer numbers so many: it is none of here.
        (2**22 + 5, "", "stop the container in which it runs"),
        (812, "another", "end process 812 there"),
    ],
)
def test_a_hint_never_names_a_process_that_is_another_one_here(
    path: str, pid: int, host: str, hint: str
) -> None:
    holder = Holder("ops", pid, host or os.uname().nodename, 0, "advance")

    assert locked_error(path, holder).hint.endswith(f"if it hangs, {hint}")


def test_a_holder_in_a_container_is_named_as_it_is_numbered_here(path: str) -> None:
    with holding(HOLD, path) as process:
        error = locked_error(path, Holder("ops", 1, "container", 0, "advance"))
        process.kill()

    assert f"end process {process.pid} on {os.uname().nodename}" in error.hint
