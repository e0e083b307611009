"""An intervention goes through one door: locked, checked, journaled, saved with a backup."""

from pathlib import Path

import pytest

from tests.core.state_samples import release
from tests.histories import history
from wfepy_core.errors import InterventionError, LockedError, StateConflictError, StateFileError
from wfepy_core.model.events import Changes, Intervened, TaskEnded, encode
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InterventionKind, TaskState
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import newer_events
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_edit import edit
from wfepy_core.storage.versions import read_version


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / "release.wfstate")
    state_file.write(path, release())
    return path


def raise_n(_old):
    return Intervened(
        0, 7, InterventionKind.CONTEXT, "ann", reason="typo", changes=Changes({"n": 2}), old={"n": 1}
    )


def test_an_edit_is_saved_one_generation_on_and_is_history(path):
    new = edit(path, raise_n, expected_generation=417)

    assert new == state_file.read(path)
    assert (new.generation, new.context["n"], new.saved.by) == (418, 2, "ann")
    assert history(path) == [raise_n(None)._replace(generation=417)]
    assert list(newer_events(path, new.saved, new.id, new.generation)) == []
    before = state_file.read_document(path + ".bak").snapshot()
    assert before._replace(saved=release().saved) == release()


def test_an_edit_builds_on_what_the_journal_holds_beyond_the_file(path):
    done = TaskEnded(417, 5, "sign", TaskState.COMPLETE, changes=Changes({"signed": True}), taken="T")
    Path(path + ".journal").write_bytes(encode(done) + b"\n")

    new = edit(path, raise_n)

    assert new.context == {**release().context, "signed": True, "n": 2}
    assert new.tokens == (("publish", TaskState.READY),) == state_file.read(path).tokens


def test_an_edit_of_something_older_than_the_file_is_refused(path):
    before = Path(path).read_bytes()

    with pytest.raises(StateConflictError, match="at generation 417, not 416"):
        edit(path, raise_n, expected_generation=416)

    assert Path(path).read_bytes() == before


def test_an_edit_that_does_not_fit_changes_nothing(path):
    def refuse(_old):
        raise InterventionError("publish does not wait")

    with pytest.raises(InterventionError):
        edit(path, refuse)

    assert state_file.read(path) == release()
    assert history(path) == []


def test_an_edit_waits_for_nobody_unless_asked_to(path):
    with StateLock(path), pytest.raises(LockedError):
        edit(path, raise_n)


def test_an_edit_json_has_no_word_for_is_refused_before_its_line(path):
    def spoil(_old):
        return Intervened(0, 7, InterventionKind.CONTEXT, "ann", changes=Changes({"n": float("inf")}))

    with pytest.raises(StateFileError):
        edit(path, spoil)

    assert state_file.read(path)._replace(saved=release().saved) == release()
    assert history(path) == []


def test_an_instance_that_is_replaced_as_a_whole_stands_in_the_journal_as_a_whole(path):
    def restore(old):
        event = Intervened(
            0, 7, InterventionKind.RESTORE, "ann", reason="wrong file", tokens=(("prepare", TaskState.NEW),)
        )
        return old._replace(tokens=(("prepare", TaskState.NEW),), context={"n": 0}), event

    new = edit(path, restore)

    assert new == state_file.read(path)
    assert (new.generation, new.context) == (418, {"n": 0})
    assert [event.kind for event in history(path)] == [InterventionKind.RESTORE]
    assert list(newer_events(path, new.saved, new.id, new.generation)) == []
    journaled = apply(release(), history(path), read_version)
    assert journaled._replace(generation=418, saved=new.saved, id=new.id) == new


def test_what_its_readers_would_refuse_is_not_saved(path):
    state_file.write(path, release()._replace(generation=2**53 - 1))

    with pytest.raises(StateFileError, match=r"could not be read again: .*generation"):
        edit(path, raise_n)

    left = state_file.read(path)
    assert (left.generation, left.context) == (2**53 - 1, release().context)
