"""Whatever happens during a migration, or a birth in a used place: whole, told, and nothing lost."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.delivery_state import CALLS, MODULE, NAME
from tests.histories import history
from wfepy_core.model.events import Intervened
from wfepy_core.model.status import InstanceStatus, InterventionKind
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.migration import move_to_module
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Case, Faults


def start(folder: Path) -> None:
    shutil.copy(MODULE, folder / "moved.py")
    new_instance(str(folder / NAME), [MODULE], {"folder": str(folder), "name": "earlier"})
    run_pass(str(folder / NAME))
    edit_context(str(folder / NAME), {"name": "earlier one"})


def move(folder: Path, tell: Callable[[object], None]) -> None:
    move_to_module(str(folder / NAME), {}, modules=["moved.py"])
    tell("moved")


def check_moved(folder: Path, case: Case) -> None:
    path = str(folder / NAME)
    left = state_file.read(path)
    is_done = left.workflow.modules == ("moved.py",)
    moves = [event for event in history(path) if getattr(event, "kind", None) is InterventionKind.MIGRATE]
    assert is_done == bool(moves)
    assert is_done or "moved" not in case.told
    assert case.error is None or not is_done or case.error == "NotDurableError"
    run_pass(path)
    assert (state_file.read(path).workflow.modules == ("moved.py",)) == is_done


def test_a_kill_during_a_migration_leaves_it_done_and_told_or_not_done(faults: Faults) -> None:
    assert faults.kill_everywhere(move, check_moved, prepare=start) >= 30


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_migration_that_is_refused_changes_nothing(faults: Faults, error: int) -> None:
    assert faults.fail_everywhere(move, check_moved, error=error, calls=CALLS, prepare=start) >= 10


# -- a name that was used before ----------------------------------------------------------------------------


def leave_files(folder: Path) -> None:
    start(folder)
    (folder / NAME).unlink()
    kept = folder / "kept"
    kept.mkdir()
    for file in folder.glob(f"{NAME}.*"):
        if file.suffix != ".lock":
            shutil.copy(file, kept)


def begin(folder: Path, tell: Callable[[object], None]) -> None:
    new_instance(str(folder / NAME), [MODULE], {"folder": str(folder), "name": "new"})
    tell("begun")


def check_begun(folder: Path, case: Case) -> None:
    path = folder / NAME
    assert path.exists() or "begun" not in case.told
    if not path.exists():
        begin(folder, lambda _: None)
    left = state_file.read(str(path))
    assert left.context["name"] == "new"
    assert state_file.summarize(str(path)).status is InstanceStatus.NEW
    assert not [event for event in history(str(path)) if isinstance(event, Intervened)]
    present = [file.read_bytes() for file in folder.iterdir() if file.is_file()]
    for file in (folder / "kept").iterdir():
        assert file.read_bytes() in present, file.name


def test_a_kill_during_a_birth_in_a_used_place_loses_nothing_of_the_earlier_instance(faults: Faults) -> None:
    assert faults.kill_everywhere(begin, check_begun, prepare=leave_files) >= 30


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_birth_that_is_refused_in_a_used_place_loses_nothing_either(faults: Faults, error: int) -> None:
    assert faults.fail_everywhere(begin, check_begun, error=error, calls=CALLS, prepare=leave_files) >= 10
