"""Whatever happens while a journal is closed, begun or pruned: no line is lost, and none is told twice."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.delivery_state import CALLS, MODULE, NAME
from tests.histories import history
from wfepy_core.model.events import Changes, Intervened, encode
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.prune import prune
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import MAX_BYTES, journal_size
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import segments_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.harness import Case, Faults
    from wfepy_core.model.events import Event

LATER = 4_000_000_000_000_000


def start(folder: Path) -> None:
    """An instance whose next writer closes the journal."""
    path = str(folder / NAME)
    new_instance(path, [MODULE], {"folder": str(folder), "name": "first"})
    run_pass(path)
    saved = state_file.read(path)
    changes = Changes({"name": "first", "filler": "x" * (MAX_BYTES // 4)})
    line = encode(Intervened(saved.generation, 5, InterventionKind.CONTEXT, "ops", changes=changes))
    with Path(path + ".journal").open("ab") as journal:
        journal.write((line + b"\n") * 5)
    # All of it is contained in the file, as it would be after as many edits.
    size = journal_size(path)
    state_file.write(
        path, saved._replace(generation=saved.generation + 1, saved=saved.saved._replace(journal=size))
    )


def start_with_old_segments(folder: Path) -> None:
    start(folder)
    rename(folder, lambda _: None)
    edit_context(str(folder / NAME), {"name": "third"})


def rename(folder: Path, tell: Callable[[object], None]) -> None:
    edit_context(str(folder / NAME), {"name": "second"})
    tell("renamed")


def prune_all(folder: Path, tell: Callable[[object], None]) -> None:
    prune(str(folder / NAME), LATER, by="ann")
    tell("pruned")


def edits(path: str) -> list[Event]:
    return [event for event in history(path) if isinstance(event, Intervened)]


def check_history(folder: Path, case: Case) -> None:
    path = str(folder / NAME)
    left, saved = state_file.read(path), state_file.read_document(path).snapshot()
    is_done = left.context["name"] == "second"
    assert is_done or "renamed" not in case.told
    assert len(edits(path)) == 5 + is_done
    assert left.record("ask").reason == "nobody has answered yet"
    edit_context(path, {"name": "last"})
    assert state_file.read(path).context == {**left.context, "name": "last"}
    assert len(edits(path)) == 6 + is_done
    numbers = [segment.number for segment in segments_of(path)]
    assert numbers == sorted(set(numbers))
    assert look_back(path, Moment(generation=saved.generation)).snapshot.context == saved.context


def test_a_kill_while_a_journal_is_closed_loses_no_line_and_doubles_none(faults: Faults) -> None:
    assert faults.kill_everywhere(rename, check_history, prepare=start) >= 60


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("sticky", [False, True], ids=["once", "from then on"])
def test_a_disk_that_refuses_to_close_a_journal_loses_no_line(
    faults: Faults, error: int, sticky: bool
) -> None:
    faults.fail_everywhere(
        rename, check_history, error=error, sticky=sticky, calls=[*CALLS, "unlink"], prepare=start
    )


def test_a_kill_while_history_is_pruned_leaves_no_gap_and_says_what_went(faults: Faults) -> None:
    def check(folder: Path, case: Case) -> None:
        path = str(folder / NAME)
        left = state_file.read(path)
        assert left.context["name"] == "third"
        segments = segments_of(path)
        notes = [event for event in edits(path) if event.by == "ann"]
        assert len(segments) == 2 or notes
        assert len(segments) == 1 or "pruned" not in case.told
        assert look_back(path, Moment(generation=left.generation)).snapshot.context == left.context
        run_pass(path)

    assert faults.kill_everywhere(prune_all, check, prepare=start_with_old_segments) >= 30


def edit_by_other_means(folder: Path) -> None:
    """The journal is full, and somebody changes the file as an editor does: as another file in its place."""
    start(folder)
    document = json.loads((folder / NAME).read_bytes())
    document["context"]["name"] = "by hand"
    (folder / "other").write_text(json.dumps(document))
    (folder / "other").rename(folder / NAME)


def change_more(folder: Path, tell: Callable[[object], None]) -> None:
    edit_context(str(folder / NAME), {"more": 1})
    tell("changed")


def test_a_kill_while_a_journal_is_closed_does_not_hide_what_was_changed_by_other_means(
    faults: Faults,
) -> None:
    def check(folder: Path, _case: Case) -> None:
        path = str(folder / NAME)
        edit_context(path, {"last": True})
        assert state_file.read(path).context["name"] == "by hand"
        told = [event for event in history(path) if isinstance(event, Intervened)]
        assert [event.kind for event in told].count(InterventionKind.OUTSIDE) == 1

    assert faults.kill_everywhere(change_more, check, prepare=edit_by_other_means) >= 60
