"""The timer of the open instance: clocks of the test, passes by the real command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wfepy_core.durations import HOUR, MINUTE, SECOND
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.actions import Command
from wfepy_gui.countdown import Clocks, Countdown, Plan
from wfepy_gui.desktop import Desktop, Options
from wfepy_gui.timed_advance import Phase

WAIT_MS = 20_000

WAITS = """
@task()
@start_point()
@end_point()
def only(context):
    return False
"""
FAILS = WAITS.replace("return False", "raise ValueError('no')")
ENDS = WAITS.replace("return False", "return True")


@pytest.fixture
def time(desktop):
    """Moves the clocks of the desktop's timer; the wall clock alone when the machine sleeps."""

    class Time:
        monotonic = 0
        wall = 1_700_000_000 * SECOND

        def passes(self, length, *, asleep=False):
            self.monotonic += 0 if asleep else length
            self.wall += length
            desktop.pass_commands.timer.look()

    made = Time()
    desktop.pass_commands.timer._clock = Clocks(lambda: made.monotonic, lambda: made.wall)
    return made


def start(desktop, plan=Plan(5 * MINUTE)):  # noqa: B008  a frozen value
    desktop.pass_commands.timer.start(plan)
    return desktop.pass_commands.timer


def test_a_pass_runs_when_it_is_due_and_the_next_is_counted_from_its_end(
    qtbot, make_instance, open_instance, desktop, time
):
    path = make_instance(WAITS)
    open_instance(path)
    timer = start(desktop)
    assert "next pass in 5:00" in timer.sentence

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert state_file.read(path).record("only").attempts == 1
    assert "next pass in 5:00" in timer.sentence
    assert desktop.pass_commands.strip.isVisible()


def test_a_night_asleep_makes_one_pass_and_says_why(qtbot, make_instance, open_instance, desktop, time):
    path = make_instance(WAITS)
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
    open_instance(make_instance(FAILS))
    timer = start(desktop)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert "next pass in 10:00" in timer.sentence
    assert "after a failure" in timer.sentence


def test_a_locked_instance_skips_one_pass(qtbot, make_instance, open_instance, desktop, time):
    path = make_instance(WAITS)
    open_instance(path)
    timer = start(desktop)

    with StateLock(path):
        qtbot.waitUntil(lambda: desktop.pass_commands.states.holder is not None, timeout=WAIT_MS)
        time.passes(5 * MINUTE)

    assert "skipped: locked" in timer.sentence
    assert "next pass in 5:00" in timer.sentence
    assert timer.phase is Phase.COUNTING


def test_it_pauses_and_resumes_with_what_was_left(make_instance, open_instance, desktop, time):
    open_instance(make_instance(WAITS))
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
    open_instance(make_instance(ENDS))
    timer = start(desktop)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        time.passes(5 * MINUTE)

    assert timer.phase is Phase.PAUSED
    assert "the instance is finished" in timer.sentence


def test_cancelling_a_pass_pauses_it(qtbot, make_instance, open_instance, desktop, time):
    open_instance(make_instance(WAITS.replace("return False", "time.sleep(60)")))
    timer = start(desktop)
    time.passes(5 * MINUTE)
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("only",), timeout=WAIT_MS)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        desktop.session.cancel()

    assert timer.phase is Phase.PAUSED
    assert "cancelled" in timer.sentence


def test_code_that_was_not_agreed_to_is_not_run_by_a_timer(make_instance, open_instance, desktop, time):
    open_instance(make_instance(WAITS), trusted=False)
    timer = start(desktop)

    time.passes(5 * MINUTE)

    assert timer.phase is Phase.PAUSED
    assert "agreement" in timer.sentence
    assert not desktop.session.is_busy


def test_a_sandbox_never_has_a_timer(make_instance, open_instance, desktop):
    path = make_instance(WAITS)
    sandbox = path.replace(".wfstate", ".sandbox.wfstate")
    shutil.copy(path, sandbox)
    open_instance(sandbox)

    timer = start(desktop)

    assert timer.phase is Phase.OFF
    assert not desktop.window.actions_table[Command.TIMER].isEnabled()


def test_after_a_restart_it_is_shown_and_stands_still(
    qtbot, qapp, make_instance, open_instance, desktop, tmp_path
):
    path = make_instance(WAITS)
    open_instance(path)
    start(desktop)
    desktop.window.close()

    again = Desktop(qapp, Options(settings=str(tmp_path / "settings.ini")))
    qtbot.addWidget(again.window)
    again.start()
    with qtbot.waitSignal(again.window.graph_panel.picture_ready, timeout=WAIT_MS):
        again.open_paths((path,))

    timer = again.pass_commands.timer
    assert timer.phase is Phase.PAUSED
    assert "does not start by itself" in timer.sentence
    assert again.pass_commands.strip.isVisible()
    again.window.close()


def test_another_instance_stops_the_timer_of_the_one_before(make_instance, open_instance, desktop, time):
    first, second = make_instance(WAITS, "first"), make_instance(WAITS, "second")
    open_instance(first)
    timer = start(desktop)

    open_instance(second)
    time.passes(HOUR)
    assert timer.phase is Phase.OFF
    assert not desktop.session.is_busy

    open_instance(first)
    assert timer.phase is Phase.PAUSED
    assert isinstance(timer._countdown, Countdown)
    assert Path(desktop.session.path) == Path(first)
