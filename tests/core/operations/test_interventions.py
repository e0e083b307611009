"""What an operator may change by hand, what that would do, and what does not fit."""

from __future__ import annotations

import pytest

from tests.core.signing import SIGNING
from tests.histories import history
from wfepy_core.errors import CodecError, InterventionError, StateConflictError
from wfepy_core.explain.why import why
from wfepy_core.model.derived_status import instance_status, task_statuses
from wfepy_core.model.events import Changes
from wfepy_core.model.graph import Graph, GraphTask, GraphTransition
from wfepy_core.model.records import Records, TaskError
from wfepy_core.model.snapshot import Snapshot, WorkflowRef, apply
from wfepy_core.model.status import InstanceStatus, InterventionKind, TaskState, TaskStatus
from wfepy_core.operations import interventions
from wfepy_core.operations.context_path import value_at, with_value, without_value
from wfepy_core.operations.create import new_instance
from wfepy_core.operations.migration import move_to_module
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.state_edit import edit

READY, WAITING, BLOCKED, FAILED, COMPLETE = (
    TaskState.READY,
    TaskState.WAITING,
    TaskState.BLOCKED,
    TaskState.FAILED,
    TaskState.COMPLETE,
)


@pytest.fixture
def state(tmp_path):
    """A state file whose instance waits for a signature."""
    (tmp_path / "release.py").write_text(SIGNING)
    path = str(tmp_path / "r.wfstate")
    new_instance(path, ["release.py"], {"version": "1.4", "builds": [{"name": "a"}, {"name": "b"}]})
    run_pass(path)
    return path


def fork(*tokens):
    """A snapshot of s → (a, b) → join z, standing where `tokens` say."""
    edges = ("s", "a"), ("s", "b"), ("a", "z"), ("b", "z")
    graph = Graph(
        tuple(GraphTask(name, name == "s", name == "z", name == "z") for name in "sabz"),
        tuple(GraphTransition(*edge) for edge in edges),
    )
    records = Records(4)
    for number in range(4):
        records.note_start(number, 1)
    records.note_completion(0, 2)
    records.decisions[0] = "TT"
    return Snapshot(3, WorkflowRef("w", ()), graph, tokens, records, {})


def after(snapshot, kind, task):
    return apply(snapshot, [interventions.task_event(snapshot, kind, task, by="ops", reason="told so")])


def test_a_completed_task_moves_on_with_the_next_pass_and_says_who_did_it(state):
    interventions.complete(state, "sign", reason="signed on paper", by="ann")
    done = state_file.read(state)
    assert dict(done.tokens)["sign"] is COMPLETE
    assert done.record("sign").by_hand is InterventionKind.COMPLETE
    assert run_pass(state).status is InstanceStatus.FINISHED
    (event,) = [event for event in history(state) if getattr(event, "by", "") == "ann"]
    assert (event.kind, event.task, event.reason) == (InterventionKind.COMPLETE, "sign", "signed on paper")


def test_a_skipped_task_ends_its_branch_and_the_join_stops_waiting_for_it(state):
    interventions.skip(state, "sign", reason="not needed")
    assert task_statuses(state_file.read(state))["sign"] is TaskStatus.SKIPPED
    assert run_pass(state).status is InstanceStatus.FINISHED
    assert task_statuses(state_file.read(state))["sign"] is TaskStatus.SKIPPED


def test_a_retried_task_that_was_done_runs_once_more(state):
    interventions.retry(state, "build")
    before = state_file.read(state).record("build").attempts
    run_pass(state)
    assert state_file.read(state).record("build").attempts == before + 1


def test_a_retried_failure_is_ready_and_its_error_is_gone():
    snapshot = fork(("a", FAILED), ("b", WAITING))
    snapshot.records.note_failure(1, 5, TaskError("ValueError", "no", ""))
    retried = after(snapshot, InterventionKind.RETRY, "a")
    assert dict(retried.tokens)["a"] is READY
    assert task_statuses(retried)["a"] is TaskStatus.READY


def test_what_a_retry_will_really_do_is_told_before(tmp_path):
    (tmp_path / "gate.py").write_text(GATE)
    path = str(tmp_path / "gate.wfstate")
    new_instance(path, ["gate.py"], {})
    run_pass(path)

    told = interventions.consequences(state_file.read(path), InterventionKind.RETRY, "a")
    interventions.retry(path, "a")
    interventions.edit_context(path, {"ok": True})
    run_pass(path)

    assert "only evaluates the condition for b again; a is done and is not called" in told.sentence
    assert (told.is_called, told.warnings) == (False, ())
    assert state_file.read(path).context["calls"] == 1


GATE = """
from wfepy_core import end_point, followed_by, start_point, task

@task()
@start_point()
@followed_by("b", lambda context: context["ok"])
def a(context):
    context["calls"] = context.get("calls", 0) + 1
    return True

@task()
@end_point()
def b(context):
    return True
"""


def test_retrying_a_failed_condition_does_not_run_the_task_again():
    snapshot = fork(("a", COMPLETE), ("b", WAITING))
    snapshot.records.note_failure(1, 5, TaskError("KeyError", "x", "", condition="z"))
    retried = after(snapshot, InterventionKind.RETRY, "a")
    assert dict(retried.tokens)["a"] is COMPLETE
    assert retried.record("a").error is None


def test_a_skip_can_be_taken_back():
    skipped = after(fork(("a", WAITING), ("b", WAITING)), InterventionKind.SKIP, "a")
    assert dict(after(skipped, InterventionKind.RETRY, "a").tokens)["a"] is READY


@pytest.mark.parametrize(
    ("kind", "task", "way_out"),
    [
        (InterventionKind.COMPLETE, "z", "complete or skip those first"),
        (InterventionKind.COMPLETE, "s", "`retry` runs s again"),
        (InterventionKind.SKIP, "s", "`retry` runs s again"),
        (InterventionKind.RETRY, "z", "complete or skip those instead"),
        (InterventionKind.SKIP, "nobody", "its tasks include"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(kind, task, way_out):
    with pytest.raises(InterventionError) as caught:
        interventions.task_event(fork(("a", WAITING), ("z", BLOCKED)), kind, task, by="ops")
    assert way_out in caught.value.hint


def test_the_preview_of_a_skip_names_the_freed_join():
    found = interventions.consequences(fork(("a", WAITING), ("z", BLOCKED)), InterventionKind.SKIP, "a")
    assert found.sentence == "a is not run and its branch ends here; z no longer waits for it"
    assert found.freed == ("z",)
    assert not found.dead_end


def test_the_preview_warns_of_a_dead_end_and_it_comes_true():
    snapshot = fork(("a", WAITING))
    found = interventions.consequences(snapshot, InterventionKind.SKIP, "a")
    assert found.dead_end
    assert found.lost == ("z",)
    assert any("no token would be left" in warning for warning in found.warnings)
    assert instance_status(after(snapshot, InterventionKind.SKIP, "a")) is InstanceStatus.DEAD_END


def test_the_preview_of_running_a_done_task_again_warns_unless_its_author_calls_that_safe():
    snapshot = fork(("a", WAITING))
    assert interventions.consequences(snapshot, InterventionKind.RETRY, "s").warnings
    graph = snapshot.graph
    safe = graph._replace(tasks=tuple(task._replace(safe_to_repeat=True) for task in graph.tasks))
    assert not interventions.consequences(snapshot._replace(graph=safe), InterventionKind.RETRY, "s").warnings


def test_a_dead_end_after_a_skip_is_explained_by_it():
    sentence = why(after(fork(("a", WAITING)), InterventionKind.SKIP, "a"), now=10).sentence
    assert "a was skipped by hand: told so" in sentence


def test_a_context_edit_is_journaled_with_old_and_new_value(state):
    interventions.edit_context(state, {"version": "1.5", "builds[1].name": "c"}, by="ann", reason="typo")
    assert state_file.read(state).context["builds"] == [{"name": "a"}, {"name": "c"}]
    event = history(state)[-1]
    assert event.old["version"] == "1.4"
    assert event.changes.set["version"] == "1.5"


def test_an_edit_of_another_generation_than_the_one_looked_at_is_refused(state):
    seen = state_file.read(state).generation
    interventions.edit_context(state, {"version": "1.5"})
    with pytest.raises(StateConflictError):
        interventions.edit_context(state, {"version": "1.6"}, expected_generation=seen)


def test_an_edit_that_changes_nothing_is_refused_and_not_journaled(state):
    lines = len(history(state))
    with pytest.raises(InterventionError, match="nothing was changed"):
        interventions.edit_context(state, {"version": "1.4"})
    assert len(history(state)) == lines


def test_a_value_with_a_tag_that_means_nothing_is_refused_by_path(state):
    with pytest.raises(CodecError, match="version"):
        interventions.edit_context(state, {"version": {"$date": "tomorrow"}})


def test_one_and_true_are_different_values():
    snapshot = fork(("a", WAITING))._replace(context={"flag": True, "n": 1.0})
    event = interventions.context_event(snapshot, {"flag": 1, "n": 1}, by="ops")
    assert event.changes == Changes({"flag": 1, "n": 1})


def test_tokens_placed_by_hand_are_where_the_instance_stands(state):
    def place(task):
        return edit(state, lambda old: interventions.tokens_event(old, [(task, READY)], by="ada"))

    place("legal")
    assert state_file.read(state).tokens == (("legal", READY),)
    with pytest.raises(InterventionError, match="no task 'nobody'"):
        place("nobody")


# -- places in a context ------------------------------------------------------------------------------------

CONTEXT = {"a": {"b": [1, {"c": 2}]}, "x.y": 3, "s": {"$set": [1]}}


@pytest.mark.parametrize(
    ("path", "value"), [("a.b[0]", 1), ("a.b[-1].c", 2), ("x.y", 3), ("s", {"$set": [1]})]
)
def test_a_path_finds_its_place(path, value):
    assert value_at(CONTEXT, path) == value


def test_a_change_copies_only_the_way_to_its_place():
    twin = with_value(CONTEXT, "a.b[1].d", 4)
    assert twin["a"]["b"] == [1, {"c": 2, "d": 4}]
    assert CONTEXT["a"]["b"] == [1, {"c": 2}]
    assert twin["s"] is CONTEXT["s"]


def test_a_list_grows_at_its_end_and_shrinks_anywhere():
    assert with_value(CONTEXT, "a.b[2]", 9)["a"]["b"] == [1, {"c": 2}, 9]
    assert without_value(CONTEXT, "a.b[0]")["a"]["b"] == [{"c": 2}]


@pytest.mark.parametrize("path", ["a.b[7]", "a.q.r", "s.x", "x.y.z", "", "[0]", "a..b", "a.b[x]", "a[0]"])
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(InterventionError):
        without_value(CONTEXT, path)


# -- migration and restore ----------------------------------------------------------------------------------


def test_a_renamed_task_is_mapped_and_keeps_its_waiting_time(state, tmp_path):
    waiting_since = state_file.read(state).record("sign").waiting_since
    changed_module = SIGNING.replace('"sign"', '"approve"').replace("def sign", "def approve")
    (tmp_path / "release_two.py").write_text(changed_module)
    move_to_module(state, {"sign": "approve"}, modules=["release_two.py"], reason="renamed")
    snapshot = state_file.read(state)
    assert dict(snapshot.tokens)["approve"] is WAITING
    assert snapshot.record("approve").waiting_since == waiting_since
    assert run_pass(state).status is InstanceStatus.WAITING


def test_there_is_nothing_to_migrate_while_the_module_is_the_same(state):
    with pytest.raises(InterventionError, match="nothing to migrate"):
        move_to_module(state, {})
