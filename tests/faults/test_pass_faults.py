"""Whatever ends a pass: no acknowledged task is repeated, and at most the running one is, and shows it."""

from __future__ import annotations

import errno
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.faults.delivery_state import CALLS, MODULE, NAME
from tests.histories import history
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.model.events import Intervened, TaskEnded, TaskStarted
from wfepy_core.model.status import Durability, InstanceStatus, InterventionKind, TaskState, TaskStatus
from wfepy_core.operations.create import new_instance
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.state_edit import edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.harness import Case, Faults
    from wfepy_core.model.events import Event
    from wfepy_core.model.snapshot import Snapshot


def start(folder: Path) -> None:
    new_instance(str(folder / NAME), [MODULE], {"folder": str(folder)})
    (folder / "answer").touch()


def start_waiting(folder: Path) -> None:
    start(folder)
    (folder / "answer").unlink()
    run_pass(str(folder / NAME))


def start_behind_a_lost_save(folder: Path) -> None:
    """The journal says that a pass is over, the state file does not: killed between the two."""
    start(folder)
    (folder / "answer").unlink()
    shutil.copy2(folder / NAME, folder / "before")  # with its time: nobody has changed it
    run_pass(str(folder / NAME))
    (folder / "before").replace(folder / NAME)
    (folder / "answer").touch()


def advance(folder: Path, tell: Callable[[object], None]) -> None:
    def listen(event: Event) -> None:
        if isinstance(event, TaskEnded) and event.state is TaskState.COMPLETE:
            tell(event.task)

    run_pass(str(folder / NAME), listen=listen)


def advance_lazily(folder: Path, tell: Callable[[object], None]) -> None:
    run_pass(str(folder / NAME), durability=Durability.PASS, listen=lambda event: tell(type(event).__name__))


def calls(folder: Path) -> Counter[str]:
    file = folder / "calls"
    return Counter(file.read_text().split()) if file.exists() else Counter()


def check_and_go_on(folder: Path, case: Case) -> None:
    """What is left is whole and honest, and the next pass takes it to the end."""
    path = str(folder / NAME)
    acknowledged = set(case.told)
    left = state_file.read(path)
    shown = task_statuses(left)
    before = calls(folder)

    assert state_file.read_document(path).head.generation in (1, 2, 3)
    assert all(shown[task] is TaskStatus.COMPLETE for task in acknowledged)
    assert len(left.running) <= 1
    if left.running:
        assert shown[left.running[0]] is TaskStatus.INTERRUPTED
        assert state_file.summarize(path).status is InstanceStatus.INTERRUPTED
    assert state_file.summarize(path).status is instance_status(left)
    done = {name for name, status in shown.items() if status is TaskStatus.COMPLETE}
    assert done <= set(before) <= done | set(left.running)

    assert run_pass(path).status is InstanceStatus.FINISHED

    finished = state_file.read(path)
    assert finished.context["log"].count("publish") == 1
    assert Counter(finished.context["log"]) == Counter(["collect", "count", "ask", "publish"])
    repeated = {name for name, times in calls(folder).items() if times > 1}
    assert repeated <= set(left.running)
    assert max(calls(folder).values()) <= 2


def test_a_kill_at_any_call_of_a_pass_repeats_at_most_the_running_task(faults: Faults) -> None:
    assert faults.kill_everywhere(advance, check_and_go_on, prepare=start) >= 100


def test_a_kill_at_any_python_call_of_a_pass_does_neither(python_faults: Faults) -> None:
    assert python_faults.kill_everywhere(advance, check_and_go_on, prepare=start) >= 80


def test_a_second_kill_after_a_lost_save_does_not_either(faults: Faults) -> None:
    assert faults.kill_everywhere(advance, check_and_go_on, prepare=start_behind_a_lost_save) >= 80


def test_each_completed_task_waits_for_the_disk_once_and_the_file_comes_after_the_journal(
    faults: Faults,
) -> None:
    eager, lazy = (faults.trace(operation, prepare=start).calls for operation in (advance, advance_lazily))

    for made, syncs in ((eager, 5), (lazy, 1)):
        kinds = [call.split()[0] for call in made]
        last_line = max(
            number for number, call in enumerate(made) if call.startswith("write") and "journal" in call
        )
        assert kinds.count("fdatasync") == syncs
        assert kinds.index("rename") > kinds.index("fdatasync", last_line)


def advance_and_tell(folder: Path, tell: Callable[[object], None]) -> None:
    run_pass(str(folder / NAME))
    tell("over")


def start_idle(folder: Path) -> None:
    start_waiting(folder)
    run_pass(str(folder / NAME))
    for name in (NAME, f"{NAME}.bak", f"{NAME}.journal"):
        (folder / name).chmod(0o600)
    (folder / "before").write_bytes(lasting(folder))


def lasting(folder: Path) -> bytes:
    return b"".join((folder / f"{NAME}{suffix}").read_bytes() for suffix in ("", ".bak", ".journal"))


def test_a_kill_at_any_call_of_an_idle_pass_loses_nothing(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        path = str(folder / NAME)
        left = state_file.read(path)
        shown = task_statuses(left)
        assert lasting(folder) == (folder / "before").read_bytes()
        assert left.running in ((), ("ask",))
        assert shown["ask"] is (TaskStatus.INTERRUPTED if left.running else TaskStatus.WAITING)
        assert state_file.summarize(path).status is instance_status(left)
        assert left.record("ask").reason == "nobody has answered yet"
        assert left.record("ask").polls in ((3,) if "over" in case.told else (2, 3))
        assert left.last_pass is not None
        is_told = left.running
        assert run_pass(path).status is InstanceStatus.WAITING
        assert (lasting(folder) == (folder / "before").read_bytes()) == (not is_told)
        interrupted = [event for event in history(path) if event == TaskStarted(2, event.at, "ask")]
        assert len(interrupted) == len(is_told)
        (folder / "answer").touch()
        assert run_pass(path).status is InstanceStatus.FINISHED
        assert set(calls(folder).values()) == {1}

    assert faults.kill_everywhere(advance_and_tell, check, prepare=start_idle) >= 30


def test_a_disk_that_refuses_an_idle_pass_loses_nothing(faults: Faults) -> None:
    def check(folder: Path, _case: Case) -> None:
        left = state_file.read(str(folder / NAME))
        assert lasting(folder) == (folder / "before").read_bytes()
        assert not left.running
        assert left.record("ask").reason == "nobody has answered yet"

    faults.fail_everywhere(advance, check, error=errno.ENOSPC, calls=CALLS, prepare=start_idle)


def test_a_kill_during_a_poll_that_changes_nothing_changes_nothing(faults: Faults) -> None:
    def check(folder: Path, _case: Case) -> None:
        path = str(folder / NAME)
        left = state_file.read(path)
        shown = task_statuses(left)
        assert left.running in ((), ("ask",))
        assert shown["ask"] is (TaskStatus.INTERRUPTED if left.running else TaskStatus.WAITING)
        assert left.record("ask").reason == "nobody has answered yet"
        assert run_pass(path).status is InstanceStatus.WAITING
        (folder / "answer").touch()
        assert run_pass(path).status is InstanceStatus.FINISHED
        assert set(calls(folder).values()) == {1}

    assert faults.kill_everywhere(advance_lazily, check, prepare=start_waiting) >= 30


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "from then on"])
def test_a_disk_that_refuses_loses_no_acknowledged_task(faults: Faults, error: int, sticky: bool) -> None:
    def check(folder: Path, case: Case) -> None:
        assert case.error in (None, "StateFileError", "NotDurableError", "OSError"), case.message
        check_and_go_on(folder, case)

    faults.fail_everywhere(advance, check, error=error, sticky=sticky, calls=CALLS, prepare=start)


def test_a_disk_that_fills_up_during_a_pass_loses_no_acknowledged_task(faults: Faults) -> None:
    faults.fill_disk(advance, check_and_go_on, room=range(0, 4000, 150), prepare=start)


def test_a_line_that_finds_no_room_is_written_in_the_room_that_is_kept(faults: Faults) -> None:
    in_journal: list[str] = []

    def check(folder: Path, case: Case) -> None:
        if case.call.endswith(".journal"):
            in_journal.append(case.call)
            assert case.error is None
            assert state_file.read(str(folder / NAME)).tokens == ()
            assert calls(folder) == Counter(["collect", "count", "ask", "publish"])

    faults.fail_everywhere(advance, check, error=errno.ENOSPC, calls=["write"], prepare=start)
    assert len(in_journal) >= 8


def skip_ask(folder: Path, tell: Callable[[object], None]) -> None:
    def skip(old: Snapshot) -> Intervened:
        return Intervened(old.generation, 5, InterventionKind.SKIP, "ops", "ask", "no need", tokens=())

    edit(str(folder / NAME), skip)
    tell("skipped")


def test_a_kill_during_an_intervention_leaves_it_done_or_not(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        left = state_file.read(str(folder / NAME))
        done = left.record("ask").by_hand is InterventionKind.SKIP
        assert (left.tokens == ()) == done
        assert done or "skipped" not in case.told
        assert run_pass(str(folder / NAME)).status in (InstanceStatus.DEAD_END, InstanceStatus.WAITING)
        assert calls(folder) == Counter(["collect", "count"])

    assert faults.kill_everywhere(skip_ask, check, prepare=start_waiting) >= 40


def test_a_disk_that_refuses_an_intervention_leaves_everything_as_it_was(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        left = state_file.read(str(folder / NAME))
        done = left.record("ask").by_hand is InterventionKind.SKIP
        assert done == ("skipped" in case.told or "in place" in case.message)

    faults.fail_everywhere(skip_ask, check, error=errno.ENOSPC, calls=CALLS, prepare=start_waiting)
