"""The timer of the open instance: clocks of the test, passes by the real command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.automation.moved_clocks import MovedClocks
from tests.gui.pages.dialog_pages import TimersPage
from tests.gui.pages.fleet_page import FleetPage
from tests.gui.workflows import ONE_TASK, ONE_TASK_ENDS, ONE_TASK_FAILS
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_core.time_text import HOUR, MINUTE, SECOND
from wfepy_gui.automation.timers import Phase
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.models.fleet_table import FleetColumn
from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.preferences.timer_plan import Plan
from wfepy_gui.views.dialogs.confirmation import DiscardDialog
from wfepy_gui.views.passes.timer_list import TimerList
from wfepy_gui.window.command_ids import Command

WAIT_MS = 20_000


@pytest.fixture
def clocks():
    """What the desktop's timers count by."""
    return MovedClocks()


@pytest.fixture
def time(clocks, desktop):
    """The clocks of the desktop."""
    clocks.look = desktop.timers.check_due
    return clocks


def start(desktop, plan=Plan(5 * MINUTE)):  # noqa: B008  a frozen value
    desktop.open_timer.start(plan)
    return desktop.open_timer


def test_a_pass_runs_when_it_is_due_and_the_next_is_counted_from_its_end(
    qtbot, make_instance, open_instance, desktop, time
):
    path = make_instance(ONE_TASK)
    open_instance(path)
    timer = start(desktop)
    assert "next pass in 5:00" in timer.sentence

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert state_file.read(path).record("only").attempts == 1
    assert "next pass in 5:00" in timer.sentence
    assert desktop.handlers.passes.strip.isVisible()


def test_a_night_asleep_makes_one_pass_and_says_why(qtbot, make_instance, open_instance, desktop, time):
    path = make_instance(ONE_TASK)
    open_instance(path)
    timer = start(desktop)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(8 * HOUR, asleep=True)
    assert "slept" in timer.sentence
    for _ in range(3):
        time.passes(1 * SECOND)

    assert not desktop.session.is_busy
    assert state_file.read(path).record("only").attempts == 1


def test_failures_make_it_wait_longer_and_that_is_shown(qtbot, make_instance, open_instance, desktop, time):
    open_instance(make_instance(ONE_TASK_FAILS))
    timer = start(desktop)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert "next pass in 10:00" in timer.sentence
    assert "after a failure" in timer.sentence


def test_a_locked_instance_skips_one_pass(qtbot, make_instance, open_instance, desktop, time):
    path = make_instance(ONE_TASK)
    open_instance(path)
    timer = start(desktop)

    with StateLock(path):
        qtbot.waitUntil(lambda: desktop.health.holder is not None, timeout=WAIT_MS)
        time.passes(5 * MINUTE)

    assert "skipped: locked" in timer.sentence
    assert "next pass in 5:00" in timer.sentence
    assert timer.phase is Phase.COUNTING


def test_it_pauses_and_resumes_with_what_was_left(make_instance, open_instance, desktop, time):
    open_instance(make_instance(ONE_TASK))
    timer = start(desktop)
    time.passes(2 * MINUTE)
    pause = desktop.window.actions_table[Command.TIMER_PAUSE]

    pause.trigger()
    time.passes(HOUR)
    assert timer.phase is Phase.PAUSED
    assert "3:00 left" in timer.sentence
    assert not desktop.session.is_busy

    pause.trigger()
    assert "next pass in 3:00" in timer.sentence


def test_it_ends_with_the_instance(qtbot, make_instance, open_instance, desktop, time):
    open_instance(make_instance(ONE_TASK_ENDS))
    timer = start(desktop)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert timer.phase is Phase.PAUSED
    assert "the instance is finished" in timer.sentence


def test_cancelling_a_pass_pauses_it(qtbot, make_instance, open_instance, desktop, time):
    open_instance(make_instance(ONE_TASK.replace("return False", "time.sleep(60)")))
    timer = start(desktop)
    time.passes(5 * MINUTE)
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("only",), timeout=WAIT_MS)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.cancel()

    assert timer.phase is Phase.PAUSED
    assert "cancelled" in timer.sentence


def test_code_that_was_not_agreed_to_is_not_run_by_a_timer(
    qtbot, make_instance, open_instance, desktop, time
):
    open_instance(make_instance(ONE_TASK), trusted=False)
    timer = start(desktop)

    time.passes(5 * MINUTE)

    qtbot.waitUntil(lambda: timer.phase is Phase.PAUSED)
    assert "agreement" in timer.sentence
    assert not desktop.session.is_busy


def test_a_sandbox_never_has_a_timer(make_instance, open_instance, desktop):
    path = make_instance(ONE_TASK)
    sandbox = path.replace(".wfstate", ".sandbox.wfstate")
    shutil.copy(path, sandbox)
    open_instance(sandbox)

    timer = start(desktop)

    assert timer.phase is Phase.OFF
    assert not desktop.window.actions_table[Command.TIMER].isEnabled()


def test_after_a_restart_it_is_shown_and_stands_still(
    qtbot, qapp, make_instance, open_instance, desktop, tmp_path
):
    path = make_instance(ONE_TASK)
    open_instance(path)
    start(desktop)
    desktop.window.close_anyway()

    again = Desktop(qapp, Options(settings=str(tmp_path / "settings.ini")))
    qtbot.addWidget(again.window)
    again.start()
    with qtbot.waitSignal(again.window.panels.graph.get().picture_ready, timeout=WAIT_MS):
        again.open_paths((path,))

    timer = again.open_timer
    assert timer.phase is Phase.PAUSED
    assert "does not start by itself" in timer.sentence
    assert again.handlers.passes.strip.isVisible()
    again.window.close()


def attempts(path):
    return state_file.read(path).record("only").attempts


def two(make_instance, open_instance, first_source, second_source=ONE_TASK):
    first, second = make_instance(first_source, "first"), make_instance(second_source, "second")
    open_instance(first)
    return first, second


def test_it_goes_on_while_another_instance_is_shown(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop)
    open_instance(second)
    assert desktop.open_timer.phase is Phase.OFF, "the other has none"

    with qtbot.waitSignal(desktop.passes.ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert (attempts(first), attempts(second)) == (1, 0)
    assert not desktop.session.is_busy
    open_instance(first)
    assert desktop.open_timer.phase is Phase.COUNTING
    assert "next pass in 5:00" in desktop.open_timer.sentence


def test_each_instance_has_its_own(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop, Plan(5 * MINUTE))
    open_instance(second)
    start(desktop, Plan(2 * MINUTE))

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(2 * MINUTE)
    assert (attempts(first), attempts(second)) == (0, 1)
    with qtbot.waitSignals([desktop.passes.ended, desktop.passes.ended], timeout=WAIT_MS):
        time.passes(3 * MINUTE)

    assert (attempts(first), attempts(second)) == (1, 2)
    qtbot.waitUntil(lambda: not desktop.session.is_busy, timeout=WAIT_MS)
    assert desktop.handlers.timers.status_button.text() == "2 timers · next pass in 2:00"


def test_a_failure_beside_is_told_and_backs_off(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK_FAILS)
    start(desktop)
    open_instance(second)

    with qtbot.waitSignal(desktop.passes.ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert "first.wfstate, on its timer" in desktop.notices.history[-1].summary
    assert "next pass in 10:00" in desktop.timers.sentence(desktop.timers.of(first))


def test_a_night_asleep_makes_one_pass_of_each(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop)
    open_instance(second)

    with qtbot.waitSignal(desktop.passes.ended, timeout=WAIT_MS):
        time.passes(8 * HOUR, asleep=True)
    for _ in range(3):
        time.passes(1 * SECOND)

    assert not desktop.passes.running
    assert attempts(first) == 1
    assert "slept" in desktop.timers.sentence(desktop.timers.of(first))


def test_one_that_ends_beside_stands_still_and_says_so(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK_ENDS)
    start(desktop)
    open_instance(second)

    time.passes(5 * MINUTE)

    timer = desktop.timers.of(first)
    qtbot.waitUntil(lambda: timer.phase is Phase.PAUSED, timeout=WAIT_MS)
    assert "finished" in desktop.notices.history[-1].summary


def test_a_locked_or_missing_instance_beside_is_skipped(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop)
    open_instance(second)
    timer = desktop.timers.of(first)

    with StateLock(first):
        time.passes(5 * MINUTE)
        qtbot.waitUntil(lambda: "skipped: locked" in timer.note, timeout=WAIT_MS)
    Path(first).rename(f"{first}.away")
    time.passes(5 * MINUTE)
    qtbot.waitUntil(lambda: "skipped: missing" in timer.note, timeout=WAIT_MS)

    assert timer.phase is Phase.COUNTING
    assert not desktop.passes.running


def test_code_that_changed_beside_is_not_run(qtbot, make_instance, open_instance, desktop, time):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop)
    open_instance(second)
    desktop.settings.trusts = lambda _keys: False

    time.passes(5 * MINUTE)

    timer = desktop.timers.of(first)
    qtbot.waitUntil(lambda: timer.phase is Phase.PAUSED, timeout=WAIT_MS)
    assert "agreement" in timer.note
    assert attempts(first) == 0


def test_an_instance_that_is_opened_finds_its_pass_under_way(
    qtbot, make_instance, open_instance, desktop, time
):
    first, second = two(make_instance, open_instance, ONE_TASK.replace("return False", "time.sleep(60)"))
    start(desktop)
    open_instance(second)
    time.passes(5 * MINUTE)
    qtbot.waitUntil(lambda: bool(desktop.passes.running), timeout=WAIT_MS)

    open_instance(first)
    assert desktop.session.is_busy
    assert not desktop.session.can_advance
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("only",), timeout=WAIT_MS)
    assert len(desktop.passes.running) == 1
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.cancel()

    assert "only was running and is shown as interrupted" in desktop.notices.history[-1].summary
    assert desktop.open_timer.phase is Phase.PAUSED


def test_closing_tells_which_timers_and_passes_end(qtbot, make_instance, open_instance, desktop, time):
    _, second = two(make_instance, open_instance, ONE_TASK.replace("return False", "time.sleep(60)"))
    start(desktop)
    time.passes(5 * MINUTE)
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("only",), timeout=WAIT_MS)
    open_instance(second)

    desktop.window.close()

    asked = desktop.window.findChild(DiscardDialog)
    assert desktop.window.isVisible()
    assert "the pass of first.wfstate is stopped, now in only" in asked.informativeText()
    assert "the timer of first.wfstate ends" in asked.informativeText()
    assert asked.defaultButton().text() == "&Stay"
    asked.defaultButton().click()
    assert desktop.passes.running


def test_the_list_of_timers_pauses_resumes_and_removes(make_instance, open_instance, desktop):
    first, second = two(make_instance, open_instance, ONE_TASK)
    start(desktop)
    open_instance(second)
    desktop.window.actions_table[Command.TIMERS].trigger()
    listed = TimersPage(desktop.window.findChild(TimerList))
    assert listed.table.item(0, 0).text() == "first.wfstate"
    assert "next pass in" in listed.table.item(0, 3).text()

    listed.pause.click()
    assert desktop.timers.of(first).phase is Phase.PAUSED
    listed.resume.click()
    assert desktop.timers.of(first).phase is Phase.COUNTING
    listed.remove.click()

    assert desktop.timers.of(first) is None
    assert first not in desktop.settings.plans
    assert listed.table.rowCount() == 0
    listed.widget.reject()


_ROLES = ("AccessibleText", "ToolTip", "Decoration")


def test_the_list_of_instances_marks_those_with_a_timer(qtbot, make_instance, open_instance, desktop, time):
    timed, other = make_instance(ONE_TASK, "timed"), make_instance(ONE_TASK, "other")
    open_instance(timed)
    start(desktop)
    desktop.open_paths((str(Path(timed).parent),))
    fleet = FleetPage.of(desktop.window)
    table = fleet.table

    def cells():
        rows = [table.model().index(row, FleetColumn.NAME) for row in range(table.model().rowCount())]
        words, tip, sign = (getattr(Qt.ItemDataRole, f"{name}Role") for name in _ROLES)
        marked = {cell.data(NAME_ROLE) for cell in rows if cell.data(sign) is not None}
        assert marked == set(desktop.timers.marks)
        return {cell.data(words): cell.data(tip) for cell in rows}

    qtbot.waitUntil(lambda: cells().keys() == {"timed · timer", "other"}, timeout=WAIT_MS)
    time.passes(MINUTE)
    assert "next pass in 4:00" in cells()["timed · timer"]
    assert cells()["other"] == other
    desktop.timers.pause(timed)
    assert "paused, 4:00 left" in cells()["timed · timer paused"]
    fleet.filter.setText("paused")
    assert list(cells()) == ["timed · timer paused"]
    fleet.filter.clear()
    desktop.timers.remove(timed)
    assert cells().keys() == {"timed", "other"}
