"""A state file is read back as it was saved, in any layout, and its head without the rest."""

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.state_samples import release, snapshots
from wfepy_core.errors import StateFileError, UnreadableStateError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.events import Changes, PassStarted, TaskEnded, TaskStarted, encode
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InstanceStatus, TaskState
from wfepy_core.model.summary import summary_of
from wfepy_core.operations import interventions
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_core.storage.state_document import Document
from wfepy_core.storage.state_serialization import MEMBERS, compose, snapshot_text, summary_text

DATA = Path(__file__).parents[1] / "data" / "state"


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "release.wfstate")


def read_text(text):
    return Document("release.wfstate", text).snapshot()


@given(snapshots())
def test_what_is_saved_is_read_back_equal(snapshot):
    assert read_text(snapshot_text(snapshot)) == snapshot


@given(snapshots(), st.randoms(use_true_random=False), st.booleans())
def test_the_same_content_in_another_layout_is_read_the_same(snapshot, random, mark):
    members = list(json.loads(snapshot_text(snapshot)).items())
    random.shuffle(members)
    text = json.dumps(dict(members), indent=2, ensure_ascii=random.random() < 0.5)

    assert read_text(text.encode("utf-8-sig" if mark else "utf-8", "surrogatepass")) == snapshot


def test_each_member_has_a_line_and_the_first_says_what_a_fleet_needs():
    lines = snapshot_text(release()).decode("ascii").splitlines()

    assert lines[0] == (
        '{"format": "wfepy-state", "version": 1, "id": "5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c", '
        '"generation": 417, "status": "failed", '
        '"saved": {"at": "2026-11-18T11:06:40.123456+00:00", "by": "ops", "host": "ops1", "pid": 812, '
        '"journal": 0}, "summary": {"at": [["sign", "waiting", 1795000000002000, 1796000000000000, '
        '"no signature yet", "543448a4"]], "more": 0, "done": 2, "tasks": 4},'
    )
    assert [line.split('"')[1] for line in lines[1:] if not line.startswith(" ")] == list(MEMBERS)
    assert [line for line in lines if line.startswith(" ")] == [
        ' "n": 1,',
        ' "builds": {"$set": ["a", "b"]},',
        ' "ratio": 0.1,',
        ' "who": "Zo\\u00eb"},',
    ]


@given(snapshots())
def test_members_copied_as_bytes_make_the_same_file(snapshot):
    data = snapshot_text(snapshot)
    ours, other = Document("a", data), Document("a", json.dumps(json.loads(data), indent=1).encode())

    for document in (ours, other):
        head = document.head
        made = compose(head.id, head.generation, head.status, head.saved, head.summary, document.parts())
        assert made == data


def test_a_pass_does_not_read_the_graph_of_our_own_layout():
    data = snapshot_text(release()).replace(b'"line": 9', b'"line": 9x')
    document = Document("release.wfstate", data)

    contents = document.contents(release().topology.names)

    assert contents.tokens == release().tokens
    with pytest.raises(UnreadableStateError, match=r"release\.wfstate: not JSON at line 11"):
        _ = document.graph


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.wfstate")))
def test_every_file_version_ever_released_loads(name):
    told = json.loads((DATA / name).with_suffix(".json").read_text())

    snapshot = state_file.read(str(DATA / name))

    assert instance_status(snapshot).value == told["status"]
    assert [[task, state.name] for task, state in snapshot.tokens] == told["tokens"]
    assert snapshot.context == told["context"]
    assert {name: list(snapshot.record(name))[:9] for name in snapshot.topology.names} == told["records"]


# -- heads --------------------------------------------------------------------------------------------------


def test_the_head_is_read_without_what_follows(path):
    snapshot = release()
    state_file.write(path, snapshot)
    with open(path, "r+b") as file:
        file.truncate(800)

    head = state_file.read_head(path)

    assert head[:5] == (417, InstanceStatus.FAILED, snapshot.saved, "release", snapshot.id)
    assert head.summary == summary_of(snapshot)


@given(snapshots())
def test_the_head_says_what_the_whole_file_says(tmp_path_factory, snapshot):
    path = tmp_path_factory.mktemp("head") / "a.wfstate"
    data = snapshot_text(snapshot)
    for text in (data, json.dumps(json.loads(data), indent=2).encode()):
        path.write_bytes(text)

        head = state_file.read_head(str(path))

        assert head[:4] == (
            snapshot.generation,
            instance_status(snapshot),
            snapshot.saved,
            snapshot.workflow.name,
        )
        assert head.id == snapshot.id
        told, summary = head.summary, summary_of(snapshot)
        assert told[2:] == summary[2:]
        assert told.more + len(told.at) == summary.more + len(summary.at)
        assert [one[:4] for one in told.at] == [one[:4] for one in summary.at[: len(told.at)]]
        assert len(summary_text(summary)) <= 600


@pytest.mark.parametrize("name", ["v1-new", "v1-waiting", "v1-failed", "v1-interrupted"])
def test_a_file_of_an_older_version_gets_an_id_a_summary_and_lines_at_its_next_save(tmp_path, name):
    path = str(tmp_path / "old.wfstate")
    shutil.copy(DATA / f"{name}.wfstate", path)
    before = state_file.read(path)

    interventions.edit_context(path, {"added": {"a": 1}})

    head, text = state_file.read_head(path), Path(path).read_text(encoding="ascii")
    assert len(head.id) == 32
    assert head.summary == summary_of(state_file.read(path)._replace(interrupted=True))
    assert '\n "added": {"a": 1}},\n' in text
    interventions.edit_context(path, {"more": 2})
    assert state_file.read(path).id == head.id
    assert {**before.context, "added": {"a": 1}, "more": 2} == state_file.read(path).context


def test_a_list_is_told_where_a_file_of_an_older_version_stands():
    head = state_file.summarize(str(DATA / "v1-waiting.wfstate"))

    assert [one.status.value for one in head.summary.at][:1] == ["waiting"]


def test_a_summary_sees_what_the_journal_holds_beyond_the_file(path):
    snapshot = release()._replace(saved=release().saved._replace(journal=0))
    snapshot.records.errors.clear()
    state_file.write(path, snapshot)
    assert state_file.summarize(path).status is InstanceStatus.WAITING

    Path(path + ".journal").write_bytes(b"".join(encode(e) + b"\n" for e in _poll_begun()))

    assert state_file.summarize(path).status is InstanceStatus.INTERRUPTED
    with StateLock(path):
        assert state_file.summarize(path).status is InstanceStatus.RUNNING


def test_a_link_is_summed_up_as_what_it_leads_to(path, tmp_path):
    snapshot = release()
    snapshot.records.errors.clear()
    state_file.write(path, snapshot)
    Path(path + ".journal").write_bytes(b"".join(encode(e) + b"\n" for e in _poll_begun()))
    (tmp_path / "link.wfstate").symlink_to(path)

    assert state_file.summarize(str(tmp_path / "link.wfstate")).status is InstanceStatus.INTERRUPTED


def _poll_begun():
    return [PassStarted(417, 10, "ops", "ops1", 1), TaskStarted(417, 11, "sign")]


# -- the journal --------------------------------------------------------------------------------------------


def test_reading_adds_the_newer_events_of_the_journal(path):
    state_file.write(path, release())
    events = [
        *_poll_begun(),
        TaskEnded(417, 12, "sign", TaskState.COMPLETE, changes=Changes({"signed": "by"}), taken="T"),
    ]
    lines = [encode(event) for event in events]
    Path(path + ".journal").write_bytes(b"\n".join([*lines, b'{"e":"sta']))

    snapshot = state_file.read(path)

    assert snapshot == apply(release(), events)
    assert snapshot.tokens == (("publish", TaskState.READY),)
    assert snapshot.context["signed"] == "by"


def test_lines_before_the_size_noted_in_the_file_are_history(path):
    old = encode(TaskEnded(417, 12, "sign", TaskState.COMPLETE, taken="T")) + b"\n"
    Path(path + ".journal").write_bytes(old)
    state_file.write(path, release()._replace(saved=release().saved._replace(journal=len(old))))

    assert state_file.read(path).tokens == release().tokens


def test_a_task_that_was_running_is_interrupted_unless_a_pass_holds_the_lock(path):
    state_file.write(path, release()._replace(running=("sign",)))

    assert state_file.read(path).interrupted
    with StateLock(path):
        assert not state_file.read(path).interrupted
    assert state_file.read(path).interrupted


# -- saving -------------------------------------------------------------------------------------------------


def test_saving_keeps_the_version_before(path):
    state_file.write(path, release())
    state_file.write(path, release()._replace(generation=418))

    assert state_file.read(path).generation == 418
    assert state_file.read(path + ".bak").generation == 417


def test_a_context_json_has_no_word_for_is_refused_and_the_file_stays(path):
    state_file.write(path, release())

    for context in ({"n": float("nan")}, {"n": object()}, _nested(1_000_000)):
        with pytest.raises(StateFileError, match=r"cannot save .*release\.wfstate"):
            state_file.write(path, release()._replace(context=context))

    assert state_file.read(path) == release()
    assert sorted(os.listdir(os.path.dirname(path))) == ["release.wfstate"]


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value
