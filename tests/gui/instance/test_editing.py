"""Pending changes of real state files, while a real second process saves beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool

from tests.histories import history
from wfepy_core.model.events import Intervened
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import task_event
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.instance.editing import Editing
from wfepy_gui.notices import Level, Notices

pytestmark = pytest.mark.usefixtures("qapp")

WAIT_MS = 20_000
WORK = """
@task()
@start_point()
@followed_by("send")
def sign(context):
    return "signature" in context

@task()
@end_point()
def send(context):
    return True
"""


@pytest.fixture
def path(make_instance):
    return make_instance(WORK, context=json.dumps({"due": "Monday", "builds": [1, 2], "who": "Ann"}))


@pytest.fixture
def notices():
    return Notices()


@pytest.fixture
def editing(path, notices):
    pool = QThreadPool()
    made = Editing(pool, notices)
    made.begin(path)
    made.on_file_read(state_file.read(path))
    yield made
    pool.waitForDone()


def put(editing, **values):
    context = {**editing.preview.context, **values}
    return editing.stage_context(context, f"set {', '.join(values)}")


def apply(qtbot, editing, reason=""):
    with qtbot.waitSignal(editing.applied, timeout=WAIT_MS) as applied:
        editing.apply(reason)
    return applied.args[0]


def test_changes_wait_until_they_are_applied_as_one_save_with_the_reason(qtbot, editing, path):
    before = state_file.read(path)
    put(editing, due="Friday")
    put(editing, who="Bob")
    editing.stage(
        lambda snapshot: task_event(snapshot, InterventionKind.COMPLETE, "sign", by="ops"), "complete sign"
    )

    assert state_file.read(path) == before
    saved = apply(qtbot, editing, "the customer called")

    found = state_file.read(path)
    assert found.generation == saved.generation == before.generation + 1
    assert found.context == {"due": "Friday", "builds": [1, 2], "who": "Bob"}
    assert [token[1].name for token in found.tokens] == ["COMPLETE"]
    journaled = [event for event in history(path) if isinstance(event, Intervened)]
    assert [event.kind for event in journaled] == [
        InterventionKind.CONTEXT,
        InterventionKind.CONTEXT,
        InterventionKind.COMPLETE,
    ]
    assert {event.reason for event in journaled} == {"the customer called"}
    assert journaled[0].old == {"due": "Monday"}
    assert not editing.changes


def test_undo_and_redo_go_through_the_changes(editing):
    put(editing, due="Friday")
    put(editing, who="Bob")

    editing.undo()
    assert editing.preview.context["who"] == "Ann"
    editing.undo()
    editing.undo()
    assert editing.preview.context["due"] == "Monday"
    assert not editing.has_unsaved
    editing.redo()
    editing.redo()
    assert editing.preview.context == {"due": "Friday", "builds": [1, 2], "who": "Bob"}
    assert not editing.can_redo


def test_what_cannot_be_saved_is_refused_by_path_and_changes_nothing(editing, notices):
    assert not put(editing, due={"$datetime": "someday"})

    assert not editing.changes
    assert "context.due" in notices.history[-1].summary


def test_changes_that_do_not_clash_with_an_outside_save_move_on_top_of_it(
    qtbot, editing, notices, path, wfepy
):
    put(editing, due="Friday")
    wfepy("context", "set", path, "who=Eve")

    editing.on_file_read(state_file.read(path))

    assert editing.merge is None
    assert editing.preview.context == {"due": "Friday", "builds": [1, 2], "who": "Eve"}
    assert "your changes still fit" in notices.history[-1].summary
    assert apply(qtbot, editing).context["due"] == "Friday"


def test_a_save_nobody_saw_yet_is_noticed_when_applying(qtbot, editing, path, wfepy):
    put(editing, due="Friday")
    wfepy("context", "set", path, "due=Sunday")

    with qtbot.waitSignals([editing.refused, editing.outdated], timeout=WAIT_MS):
        editing.apply("")
    assert state_file.read(path).context["due"] == "Sunday"
    with qtbot.waitSignal(editing.conflict) as conflict:
        editing.on_file_read(state_file.read(path))

    [clash] = conflict.args[0].conflicts
    assert (clash.key, clash.base, clash.theirs, clash.ours) == ("due", "Monday", "Sunday", "Friday")
    assert editing.changes, "what was typed is still there"


def test_what_was_put_on_top_of_an_edit_with_another_program_is_saved(qtbot, editing, path):
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    document["context"]["who"] = "Ada"
    Path(path).write_text(json.dumps(document), encoding="utf-8")
    editing.on_file_read(state_file.read(path))
    put(editing, due="Friday")

    apply(qtbot, editing)

    assert state_file.read(path).context == {"due": "Friday", "builds": [1, 2], "who": "Ada"}


@pytest.mark.parametrize(("ours", "expected"), [(True, "Friday"), (False, "Sunday")])
def test_a_conflict_is_resolved_key_by_key(qtbot, editing, notices, path, wfepy, ours, expected):
    put(editing, due="Friday", who="Bob")
    wfepy("context", "set", path, "due=Sunday", "builds=[3]")
    editing.on_file_read(state_file.read(path))

    with qtbot.waitSignal(editing.conflict):  # nothing is saved over it
        editing.apply("")
    editing.resolve({"due": ours})

    assert apply(qtbot, editing).context == {"due": expected, "builds": [3], "who": "Bob"}
    told = [notice.details for notice in notices.history if notice.level is Level.WARNING]
    assert ("due: 'Friday'" in "".join(told)) is not ours


def test_taking_back_what_clashed_ends_the_conflict(editing, path, wfepy):
    put(editing, who="Bob")
    put(editing, due="Friday")
    wfepy("context", "set", path, "due=Sunday")
    editing.on_file_read(state_file.read(path))
    assert editing.merge is not None

    editing.undo()

    assert editing.merge is None
    assert editing.preview.context == {"due": "Sunday", "builds": [1, 2], "who": "Bob"}


def test_an_intervention_that_no_longer_fits_is_named(editing, path, wfepy):
    editing.stage(lambda snapshot: task_event(snapshot, InterventionKind.SKIP, "sign", by="ops"), "skip sign")
    wfepy("complete", path, "sign")
    wfepy("advance", path)

    editing.on_file_read(state_file.read(path))

    [(caption, problem)] = editing.merge.lost
    assert caption == "skip sign"
    assert "done already" in problem


def test_a_locked_instance_keeps_the_changes_pending(qtbot, editing, notices, path):
    put(editing, due="Friday")
    with StateLock(path, purpose="edit"), qtbot.waitSignal(editing.refused, timeout=WAIT_MS):
        editing.apply("")

    assert editing.changes
    assert state_file.read(path).context["due"] == "Monday"
    assert notices.history[-1].level is Level.ERROR
    assert apply(qtbot, editing).context["due"] == "Friday"


def test_a_change_made_while_saving_waits_for_the_next_save(qtbot, editing, path):
    put(editing, due="Friday")
    with qtbot.waitSignal(editing.applied, timeout=WAIT_MS):
        editing.apply("")
        put(editing, who="Bob")

    assert state_file.read(path).context["who"] == "Ann"
    assert [change.caption for change in editing.changes] == ["set who"]
    assert apply(qtbot, editing).context == {"due": "Friday", "builds": [1, 2], "who": "Bob"}


def test_a_context_that_is_no_dict_is_merged_as_a_whole(editing, path, wfepy):
    editing.stage_context([1, 2], "edit as JSON")
    wfepy("context", "set", path, "due=Sunday")
    editing.on_file_read(state_file.read(path))

    [clash] = editing.merge.conflicts
    editing.resolve({clash.key: True})

    assert editing.preview.context == [1, 2]


def test_discarding_forgets_everything(editing):
    put(editing, due="Friday")

    editing.discard()

    assert not editing.has_unsaved
    assert editing.preview.context["due"] == "Monday"
