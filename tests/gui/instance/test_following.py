"""What is followed of a pass, ours or another's, is in the end what the file says: real passes and files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from tests.histories import history
from wfepy_core.model.events import PassEnded, PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.status import InstanceStatus, TaskState
from wfepy_core.storage import state_file
from wfepy_gui.instance.instance_view import view_of
from wfepy_gui.models import journal_table
from wfepy_gui.models.journal_table import JournalModel
from wfepy_gui.text.time_format import Clock, TimeStyle

WAIT_MS = 20_000

CHAIN = """
@task()
@start_point()
@followed_by("choose")
def begin(context):
    context["n"] = context.get("n", 0) + 1
    return True

@task()
@followed_by("again", lambda context: context["n"] < 3)
@followed_by("rest", lambda context: context["n"] >= 3)
@followed_by("never", lambda context: False)
def choose(context):
    return True

@task()
@followed_by("choose")
def again(context):
    context["n"] += 1
    return True

@task()
@followed_by("end")
def never(context):
    return True

@task()
@followed_by("end")
def rest(context):
    return True

@task()
@join_point()
@end_point()
def end(context):
    return END
"""
ENDS = {
    "done": "True",
    "waiting": 'Waiting("not yet")',
    "failing": "1 // 0",
    "quiet poll": "False",
}
HANGS = """
@task()
@start_point()
@end_point()
def only(context):
    while True:
        time.sleep(0.05)
"""


def shown_as_read(desktop, path):
    """Compares all that is shown with a fresh look at the file."""
    view, fresh = desktop.session.view, view_of(state_file.read(path))
    assert view.statuses == fresh.statuses
    assert view.transitions == fresh.transitions
    assert view.status is fresh.status
    assert view.snapshot.tokens == fresh.snapshot.tokens
    assert view.snapshot.context == fresh.snapshot.context
    assert [*map(view.record, view.numbers)] == [*map(fresh.record, view.numbers)]
    assert view.snapshot.generation == fresh.snapshot.generation
    assert view.snapshot.workflow == fresh.snapshot.workflow


def advance(qtbot, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.advance()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_the_events_told_is_what_the_file_says(qtbot, make_instance, open_instance, desktop, end):
    path = make_instance(CHAIN.replace("END", end))
    open_instance(path)

    for _ in range(3):
        advance(qtbot, desktop)
        shown_as_read(desktop, path)

    saved = state_file.read(path).saved
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.saved == saved, timeout=WAIT_MS)
    shown_as_read(desktop, path)
    told = tuple(history(path))
    qtbot.waitUntil(lambda: desktop.session.history == told, timeout=WAIT_MS)


def test_a_file_that_somebody_wrote_by_hand_is_read_anew(qtbot, make_instance, open_instance, desktop):
    path = Path(make_instance(CHAIN.replace("END", "False")))
    open_instance(str(path))
    advance(qtbot, desktop)

    content = json.loads(path.read_text(encoding="utf-8"))
    content["context"]["n"] = 77
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")

    qtbot.waitUntil(lambda: desktop.session.view.snapshot.context == {"n": 77}, timeout=WAIT_MS)
    shown_as_read(desktop, str(path))


def test_a_module_that_changed_beside_a_pass_is_noticed(qtbot, make_instance, open_instance, desktop):
    path = make_instance(CHAIN.replace("END", "False"))
    open_instance(path)
    module = Path(path).with_suffix(".py")
    module.write_text(
        module.read_text(encoding="utf-8").replace("def rest", "\n\ndef rest"), encoding="utf-8"
    )

    advance(qtbot, desktop)

    graph = state_file.read(path).graph
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.graph == graph, timeout=WAIT_MS)
    shown_as_read(desktop, path)


def test_another_process_that_dies_leaves_its_task_interrupted(
    qtbot, make_instance, open_instance, desktop, tmp_path
):
    path = make_instance(HANGS)
    open_instance(path)
    other = subprocess.Popen(
        [sys.executable, "-m", "wfepy_core", "advance", path],
        env=cron_environment(),
        stdout=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    try:
        qtbot.waitUntil(lambda: desktop.session.view.status is InstanceStatus.RUNNING, timeout=WAIT_MS)
    finally:
        other.kill()
        other.wait()

    qtbot.waitUntil(lambda: desktop.session.view.status is InstanceStatus.INTERRUPTED, timeout=WAIT_MS)


def test_a_pass_that_began_before_its_instance_was_opened_again_is_followed_in_the_file(
    qtbot, make_instance, open_instance, desktop
):
    slow = CHAIN.replace("END", "True").replace(
        "def rest(context):",
        "def rest(context):\n    while not os.path.exists(__file__ + '.go'):\n        time.sleep(0.02)",
    )
    path, other = make_instance(slow, "slow"), make_instance(HANGS, "other")
    open_instance(path)
    desktop.session.advance()
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("rest",), timeout=WAIT_MS)
    open_instance(other)
    assert not desktop.session.is_busy

    open_instance(path)
    assert desktop.session.is_busy
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("rest",), timeout=WAIT_MS)
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        Path(path).with_suffix(".py.go").touch()

    qtbot.waitUntil(lambda: desktop.session.view.status is InstanceStatus.FINISHED, timeout=WAIT_MS)
    shown_as_read(desktop, path)


# -- the history's rows -------------------------------------------------------------------------------------


def events_of(count):
    """A pass over so many tasks."""
    found = [PassStarted(1, 1, "me", "here", 1)]
    for number in range(count):
        found.append(TaskStarted(1, number + 2, f"t{number}"))
        found.append(TaskEnded(1, number + 2, f"t{number}", TaskState.COMPLETE))
    return (*found, PassEnded(2, count + 3, InstanceStatus.FINISHED))


@pytest.fixture
def model(qapp, qtmodeltester):  # noqa: ARG001  models need an application
    made = JournalModel(Clock(TimeStyle.UTC))
    qtmodeltester.check(made)
    return made


def rows(model):
    return [model.index(row, 1).data() + model.index(row, 2).data() for row in range(model.rowCount())]


def test_rows_that_stay_are_never_taken_away_where_the_oldest_are_let_go(model, monkeypatch):
    monkeypatch.setattr(journal_table, "MOST_EVENTS", 20)
    events = events_of(20)
    model.update(events[:20])
    gone = []
    model.rowsAboutToBeRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    model.modelAboutToBeReset.connect(lambda: gone.append("all"))

    model.update(events[:25])

    assert gone == [(0, 4)]
    assert rows(model) == [*rows_of(events[5:25])]


def test_a_long_pass_lets_the_oldest_rows_go(model, monkeypatch):
    monkeypatch.setattr(journal_table, "MOST_EVENTS", 10)
    monkeypatch.setattr(journal_table, "SLACK", 4)
    events = events_of(12)

    for event in events:
        model.add((event,))

    assert 10 <= model.rowCount() <= 14
    assert rows(model) == [*rows_of(events[-model.rowCount() :])]


def test_lines_that_a_quiet_poll_took_back_go_again(model):
    events = events_of(3)
    model.update(events[:3])
    model.add(events[3:5])

    model.update((*events[:3], events[-1]))

    assert rows(model) == [*rows_of((*events[:3], events[-1]))]


def rows_of(events):
    clock = Clock(TimeStyle.UTC)
    for event in events:
        line = journal_table.line_of(event, clock)
        yield line.what + line.task
