"""What somebody does to a state file with an editor is in the history, as what it changed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.core.signing import ONE_SIGNATURE
from tests.histories import history
from wfepy_core.errors import StateConflictError
from wfepy_core.model.events import Intervened, PassEnded
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.interventions import edit_context
from wfepy_core.operations.restore import Versions, restore_backup, restore_moment
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import locked_state, state_file
from wfepy_core.storage.moments import Moment, look_back


@pytest.fixture
def path(tmp_path):
    (tmp_path / "release.py").write_text(ONE_SIGNATURE)
    path = str(tmp_path / "r.wfstate")
    new_instance(path, ["release.py"], {"name": "spring", "draft": True})
    run_pass(path)
    return path


def edit_as_jq_does(path, change, **how):
    """Write another file, pretty-printed, and put it in the place of the state file."""
    document = json.loads(Path(path).read_text())
    change(document)
    other = Path(path).with_name("other")
    other.write_text(json.dumps(document, indent=2, **how))
    os.replace(other, path)


def outside(path):
    events = [event for event in history(path) if isinstance(event, Intervened)]
    return [event for event in events if event.kind is InterventionKind.OUTSIDE]


def rename(document):
    document["context"]["name"] = "summer"
    del document["context"]["draft"]


def test_what_an_editor_changed_is_told_by_whoever_takes_the_instance_up(path):
    saved = state_file.read(path)
    edit_as_jq_does(path, rename)

    run_pass(path)

    [event] = outside(path)
    assert (event.changes.set, event.changes.unset) == ({"name": "summer"}, ("draft",))
    assert event.old == {"name": "spring", "draft": True}
    assert event.by == ""
    now = state_file.read(path)
    assert (now.context["name"], now.generation > saved.generation) == ("summer", True)
    assert look_back(path, Moment(generation=saved.generation)).snapshot.context["name"] == "spring"
    assert look_back(path, Moment(generation=now.generation)).snapshot.context == now.context


def test_it_is_told_once(path):
    edit_as_jq_does(path, rename)
    run_pass(path)
    edit_context(path, {"more": 1})
    run_pass(path)

    assert len(outside(path)) == 1


def test_a_token_that_was_moved_by_hand_is_told_too(path):
    def complete(document):
        document["tokens"] = [["sign", "COMPLETE"]]

    edit_as_jq_does(path, complete)
    edit_context(path, {"more": 1})

    [event] = outside(path)
    assert [(name, state.name) for name, state in event.stood] == [("sign", "WAITING")]
    assert [(name, state.name) for name, state in event.tokens] == [("sign", "COMPLETE")]


def test_the_version_before_the_edit_can_still_be_looked_at(path):
    edit_context(path, {"name": "autumn"})
    edit_as_jq_does(path, rename)
    run_pass(path)
    last = outside(path)[0].generation

    assert look_back(path, Moment(generation=last)).snapshot.context["name"] == "autumn"


def test_who_looked_after_an_edit_by_other_means_may_change_what_was_seen(path):
    edit_as_jq_does(path, rename)
    seen = state_file.read(path).generation
    with pytest.raises(StateConflictError, match="you looked"):
        edit_context(path, {"more": 1}, expected_generation=seen - 1)

    edit_as_jq_does(path, lambda document: document["context"].update(name="autumn"))
    seen = state_file.read(path).generation
    edit_context(path, {"more": 1}, expected_generation=seen)
    assert state_file.read(path).context["name"] == "autumn"

    edit_as_jq_does(path, lambda document: document["context"].update(name="winter"))
    now = state_file.read(path).generation
    restore_moment(path, Moment(generation=now), expected_generation=now)
    assert state_file.read(path).context["name"] == "autumn"

    edit_as_jq_does(path, lambda document: document["context"].update(name="spring"))
    now = state_file.read(path).generation
    kept = state_file.read_document(path + state_file.BACKUP_SUFFIX).head.generation
    restore_backup(path, expected=Versions(kept, now))
    assert state_file.read(path).context["name"] == "winter"


def test_a_file_that_only_looks_different_or_was_copied_is_not_told(path):
    saved = state_file.read(path)
    edit_as_jq_does(path, lambda _: None, sort_keys=True)
    edit_context(path, {"more": 1})
    copy = path.replace("r.wfstate", "copy.wfstate")
    shutil.copyfile(path, copy)
    shutil.copyfile(path + ".journal", copy + ".journal")
    edit_context(copy, {"more": 2})

    assert outside(path) == outside(copy) == []
    assert state_file.read(path).generation == saved.generation + 1


def test_the_ways_of_this_package_are_not_taken_for_an_edit(path):
    edit_context(path, {"more": 1})
    restore_backup(path)
    run_pass(path)
    with open(path, "r+b") as file:
        file.truncate(100)
    restore_backup(path)
    edit_context(path, {"signed_by": "Ada"})
    run_pass(path)

    assert outside(path) == []


@pytest.fixture(params=[shutil.copyfile, shutil.copy2], ids=["cp", "cp -p"])
def put_back(request, path):
    """Put a copy of the state file, made now, in its place later."""
    kept = path + ".kept"
    request.param(path, kept)
    return lambda: request.param(kept, path)


def generations(path):
    """The generations that saves got, in order, as the journal has them."""
    saves = [event for event in history(path) if isinstance(event, Intervened | PassEnded)]
    return [event.generation + isinstance(event, Intervened) for event in saves]


def test_no_generation_is_used_twice_whatever_was_put_back(path, put_back):
    edit_context(path, {"name": "summer"})
    edit_context(path, {"name": "autumn"})
    put_back()
    edit_context(path, {"signed_by": "Ada"})
    put_back()
    run_pass(path)
    edit_context(path, {"name": "winter"})

    used = generations(path)
    assert used == sorted(set(used))
    now = state_file.read(path)
    assert now.generation == used[-1]
    assert (now.context["name"], now.context["signed_by"]) == ("winter", "Ada")


def test_a_copy_that_was_put_back_is_brought_up_to_date_and_told(path):
    seen = state_file.read(path).generation
    shutil.copyfile(path, path + ".kept")
    edit_context(path, {"name": "summer"})
    shutil.copyfile(path + ".kept", path)
    assert state_file.read(path).context["name"] == "summer"

    run_pass(path)

    [event] = outside(path)
    assert event.reason.endswith(f"as generation {seen}; what was done since is kept")
    assert state_file.read(path).context["name"] == "summer"
    restore_moment(path, Moment(generation=seen))
    assert state_file.read(path).context["name"] == "spring"


def test_a_copy_from_before_the_journal_was_begun_anew_is_brought_up_to_date(path, monkeypatch):
    kept, journal = Path(path).read_bytes(), Path(path + ".journal")
    monkeypatch.setattr(locked_state, "MAX_BYTES", -(1 << 20))
    edit_context(path, {"name": "summer"})
    edit_context(path, {"draft": False})
    last = journal.read_bytes().rstrip(b"\n").rfind(b"\n") + 1
    document = json.loads(kept)
    document["saved"]["journal"] = last

    Path(path).write_text(json.dumps(document))

    now = state_file.read(path)
    assert (now.context["name"], now.context["draft"]) == ("summer", False)
