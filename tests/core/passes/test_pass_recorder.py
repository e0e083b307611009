"""What a pass writes into the journal: enough to lead from each file to the next, and no more."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from tests.core.pass_samples import RELEASE, Instance, workflows
from tests.histories import history, read_events
from wfepy_core.errors import WorkflowError
from wfepy_core.model.derived_status import task_statuses
from wfepy_core.model.events import PassEnded, PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.snapshot import apply
from wfepy_core.model.status import InstanceStatus
from wfepy_core.operations.interventions import edit_context
from wfepy_core.passes.single_pass import run_pass
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import MAX_BYTES, newer_events
from wfepy_core.storage.segments import segments_of


def test_a_poll_that_changes_nothing_counts_but_leaves_no_line(release):
    run_pass(release.path)
    lines, before = release.lines(), release.read()
    told = []

    result = run_pass(release.path, listen=told.append)

    assert result.status is InstanceStatus.WAITING
    assert release.lines() == lines
    assert release.read().record("sign").polls == before.record("sign").polls + 1
    assert [type(event) for event in told] == [PassStarted, TaskStarted, TaskEnded, PassEnded]


def test_a_poll_with_another_reason_is_history(release):
    run_pass(release.path)
    lines = release.lines()
    release.set_context(in_sign="context['asked'] = 2")

    run_pass(release.path)

    assert len(release.lines()) == len(lines) + 4
    assert release.read().context["asked"] == 2


def test_of_polls_side_by_side_only_those_leave_lines_that_something_came_of(tmp_path):
    source = "from wfepy_core import *\n" + "".join(
        f"@task()\n@start_point()\n@end_point()\ndef t{n}(context):\n    return context.get('go') == {n}\n\n"
        for n in range(4)
    )
    instance = Instance(tmp_path, source)
    with ThreadPoolExecutor(2) as pool:
        run_pass(instance.path, executor=pool)
        lines = instance.lines()
        run_pass(instance.path, executor=pool)
        assert instance.lines() == lines
        instance.set_context(go=2)
        before = instance.read()

        run_pass(instance.path, executor=pool)

    assert instance.statuses() == {"t0": "waiting", "t1": "waiting", "t2": "complete", "t3": "waiting"}
    events = read_events(line.encode() for line in instance.lines()[len(lines) :])
    assert [getattr(event, "task", "") for event in events] == ["", "t2", "t2", ""]
    assert apply(before, events).running == ()
    assert _lasting(apply(before, events)) == _lasting(instance.read())
    assert [instance.read().record(f"t{n}").polls for n in range(4)] == [3, 3, 0, 3]


def test_a_listener_that_fails_does_not_stop_the_pass_and_leaves_a_trace_in_the_log(release, caplog):
    told = []

    def listen(event):
        told.append(event)
        raise BrokenPipeError

    release.set_context(signed=True)

    assert run_pass(release.path, listen=listen).status is InstanceStatus.FINISHED
    assert len(told) == 1
    assert [record.exc_info[0] for record in caplog.records if record.name == "wfepy.passes"] == [
        BrokenPipeError
    ]


def test_a_moment_no_file_can_hold_is_saved_as_the_nearest(release):
    moment = "datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)"
    source = "import datetime\n" + RELEASE.replace('"no signature yet"', f'"never", {moment}')
    release.module.with_name("old.py").write_text(source)

    run_pass(release.path, modules=["old.py"])

    assert release.read().record("sign").reason == "never"
    assert release.read().record("sign").until == 0


def test_a_large_journal_is_closed_and_nothing_is_lost(release):
    fill_journal(release.path)
    run_pass(release.path)
    before = release.read()
    release.set_context(signed=True)

    run_pass(release.path)

    assert [segment.number for segment in segments_of(release.path)] == [1, 2]
    assert before.tokens != release.read().tokens == ()
    ends = [event.task for event in history(release.path) if isinstance(event, TaskEnded)]
    assert ends == ["prepare", "build", "sign", "sign", "publish"]


def fill_journal(path):
    """Make a journal so long that it is closed by whoever writes next."""
    size = MAX_BYTES // 2
    for value in ("a" * size, "b" * size, "c" * size, ""):
        edit_context(path, {"note": value})


def test_after_somebody_deleted_the_journal_newer_lines_still_count(release):
    run_pass(release.path)
    os.unlink(release.path + ".journal")
    release.set_context(in_sign="raise KeyboardInterrupt")
    told = []

    def look(event):
        if isinstance(event, TaskStarted):
            told.append((release.read().running, state_file.summarize(release.path).status))

    with pytest.raises(KeyboardInterrupt):
        run_pass(release.path, listen=look)

    assert told == [(("sign",), InstanceStatus.RUNNING)]


@pytest.mark.parametrize("workers", [0, 2], ids=["one by one", "side by side"])
@settings(max_examples=40)
@given(workflow=workflows(), keep_going=st.booleans())
def test_the_journal_alone_leads_from_each_file_to_the_next(tmp_path_factory, workers, workflow, keep_going):
    source, context = workflow
    try:
        instance = Instance(tmp_path_factory.mktemp("journal"), source, **context)
    except WorkflowError:
        reject()  # not every graph with loops is a workflow
    for _ in range(3):
        before = instance.read()
        told = []

        with ThreadPoolExecutor(workers) if workers else nullcontext() as pool:
            run_pass(instance.path, keep_going=keep_going, listen=told.append, executor=pool)

        after = instance.read()
        journaled = apply(before, newer_events(instance.path, before.saved, before.id, before.generation))
        shown = apply(before, told)
        for snapshot in (journaled, shown):
            assert snapshot.context == after.context
            assert _lasting(snapshot) == _lasting(after)
        assert _facts(shown.records) == _facts(after.records)
        assert shown.tokens == after.tokens


def _lasting(snapshot):
    """Statuses and counts that a poll without a line does not change."""
    facts = _facts(snapshot.records)
    return task_statuses(snapshot), [facts[name] for name in ("iterations", "end", "decisions", "errors")]


def _facts(records):
    """What records say; that a task without transitions decided nothing need not be said."""
    facts = {name: getattr(records, name) for name in records.__slots__}
    return {**facts, "decisions": {task: taken for task, taken in records.decisions.items() if taken}}
