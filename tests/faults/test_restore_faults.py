"""Whatever happens during a restore: it is done and in the history, or nothing is changed."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.delivery_state import CALLS, MODULE, NAME
from tests.histories import history
from wfepy_core.model.events import Intervened
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.restore import restore_backup
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.harness import Case, Faults


def start(folder: Path) -> None:
    new_instance(str(folder / NAME), [MODULE], {"folder": str(folder), "name": "first"})
    run_pass(str(folder / NAME))
    edit_context(str(folder / NAME), {"name": "second"})


def start_torn(folder: Path) -> None:
    start(folder)
    with (folder / NAME).open("r+b") as file:
        file.truncate(100)


def restore(folder: Path, tell: Callable[[object], None]) -> None:
    restore_backup(str(folder / NAME), reason="wrong name")
    tell("restored")


def restores(path: str) -> int:
    events = history(path)
    return sum(isinstance(event, Intervened) and event.kind is InterventionKind.RESTORE for event in events)


def check(folder: Path, case: Case) -> None:
    path = str(folder / NAME)
    left = state_file.read(path)
    is_done = left.context["name"] == "first"
    assert is_done == bool(restores(path))
    assert is_done or "restored" not in case.told
    assert case.error is None or not is_done or case.error == "NotDurableError"
    assert left.record("ask").reason == "nobody has answered yet"
    run_pass(path)


def test_a_kill_during_a_restore_leaves_it_done_and_told_or_not_done(faults: Faults) -> None:
    assert faults.kill_everywhere(restore, check, prepare=start) >= 40


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EFBIG, errno.EIO], ids=errno.errorcode.get)
def test_a_restore_that_is_refused_changes_nothing(faults: Faults, error: int) -> None:
    assert faults.fail_everywhere(restore, check, error=error, calls=CALLS, prepare=start) >= 10


def test_a_kill_during_the_repair_of_a_torn_file_loses_nothing(faults: Faults) -> None:
    def check_repair(folder: Path, case: Case) -> None:
        path = str(folder / NAME)
        if "restored" not in case.told and len(Path(path).read_bytes()) == 100:
            restore_backup(path)
        assert state_file.read(path).context["name"] == "second"
        assert state_file.read(path).generation > 3

    assert faults.kill_everywhere(restore, check_repair, prepare=start_torn) >= 40
