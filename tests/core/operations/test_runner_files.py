"""A loop of one's own, with `Runner.load`, `run` and `dump`, never loses what somebody else did meanwhile."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.histories import history
from wfepy_core import Workflow, end_point, start_point, task
from wfepy_core.errors import StateConflictError
from wfepy_core.model.status import InterventionKind
from wfepy_core.operations.interventions import edit_context
from wfepy_core.storage.journal import MAX_BYTES
from wfepy_core.storage.moments import Moment, look_back
from wfepy_core.storage.segments import segments_of
from wfepy_core.storage.state_file import read


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "own.wfstate")


def new_runner():
    @task()
    @start_point()
    @end_point()
    def sign(context):
        context["asked"] = context.get("asked", 0) + 1
        return context.get("go", False)

    workflow = Workflow()
    workflow.load_tasks(SimpleNamespace(sign=sign))
    return workflow.create_runner({"who": "own"})


def loaded(path):
    new_runner().dump(path)
    runner = new_runner()
    runner.load(path)
    return runner


def change_as_an_editor_does(path):
    text = Path(path).read_text().replace('"own"', '"ada"')
    Path(path).write_text(text)


def tear(path):
    Path(path).write_text(Path(path).read_text()[:100])


def dump_another(path):
    other = new_runner()
    other.load(path)
    other.run()
    other.dump(path)


@pytest.mark.parametrize(
    "change",
    [lambda path: edit_context(path, {"go": True}), change_as_an_editor_does, dump_another, tear],
    ids=["an edit", "an editor", "another loop", "damage"],
)
def test_a_file_that_was_changed_since_it_was_loaded_is_kept_and_so_is_ours(path, change):
    runner = loaded(path)
    runner.run()
    change(path)
    theirs = Path(path).read_bytes()

    with pytest.raises(StateConflictError, match=r"ours is own\.wfstate\.conflict-"):
        runner.dump(path)

    [aside] = Path(path).parent.glob("*.conflict-*")
    assert Path(path).read_bytes() == theirs
    assert json.loads(aside.read_text())["context"]["asked"] == 1


def test_a_relative_path_names_the_same_file(path, monkeypatch):
    monkeypatch.chdir(Path(path).parent)
    runner = loaded("own.wfstate")
    edit_context(path, {"go": True})

    with pytest.raises(StateConflictError):
        runner.dump("own.wfstate")


def test_a_runner_dumps_again_and_again(path):
    runner = new_runner()
    for _ in range(3):
        runner.run()
        runner.dump(path)

    assert read(path).context["asked"] == 3


def test_an_edit_between_two_dumps_is_kept_too(path):
    runner = new_runner()
    runner.dump(path)
    edit_context(path, {"go": True})

    with pytest.raises(StateConflictError):
        runner.dump(path)

    runner.load(path)
    runner.run()
    runner.dump(path)
    assert read(path).context == {"who": "own", "go": True, "asked": 1}


def test_what_was_not_loaded_is_replaced_as_wfepy_does(path, tmp_path):
    runner = loaded(path)
    other = str(tmp_path / "other.wfstate")
    new_runner().dump(other)

    runner.dump(other)
    new_runner().dump(path)

    assert read(other).generation == read(path).generation == 2


def test_a_dump_over_a_file_with_a_journal_is_in_the_history(path):
    new_runner().dump(path)
    edit_context(path, {"go": True})
    runner = new_runner()
    runner.load(path)
    before = read(path)
    runner.run()
    runner.dump(path)
    runner.dump(path)  # in which nothing differs

    [event] = [one for one in history(path) if getattr(one, "kind", None) is InterventionKind.OUTSIDE]
    assert event.changes.set == {"asked": 1}
    assert event.reason.startswith("dumped by ")
    assert (before.tokens == event.stood, event.tokens) == (True, ())
    then = look_back(path, Moment(generation=event.generation + 1)).snapshot
    assert (then.context, then.tokens) == (read(path).context, ())
    assert look_back(path, Moment(generation=before.generation)).snapshot.context == before.context


def test_the_journal_is_closed_by_dumps_too(path):
    new_runner().dump(path)
    edit_context(path, {"filler": "x" * (MAX_BYTES + 1000)})
    runner = new_runner()
    runner.load(path)
    for number in range(3):
        runner.context.update(filler="", number=number)
        runner.dump(path)

    assert len(segments_of(path)) == 2
    dumped = [one for one in history(path) if getattr(one, "kind", None) is InterventionKind.OUTSIDE]
    assert [one.changes.set["number"] for one in dumped] == [0, 1, 2]
