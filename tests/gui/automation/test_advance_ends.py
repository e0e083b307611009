"""How passes end, one after the other and when they are stopped: the real command in the real window."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.cron_environment import cron_environment
from tests.gui.pages.headline_page import HeadlinePage
from tests.gui.pages.output_page import OutputPage
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file
from wfepy_core.storage.lock import StateLock
from wfepy_gui.automation.pass_sequence import Mode
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.passes.pass_outcome import PassEnd, PassOutcome
from wfepy_gui.views.dialogs.confirmation import TrustDialog
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId
from wfepy_gui.workers.child_process import Stop

WAIT_MS = 20_000

STEPS = """
@task()
@start_point()
@end_point()
def count(context):
    context["n"] = context.get("n", 0) + 1
    return context["n"] >= context["enough"]
"""
HANGS = """
@task()
@start_point()
@followed_by("second")
def first(context):
    return True

@task()
@end_point()
def second(context):
    SIGNALS
    print("I hang", flush=True)
    while True:
        time.sleep(0.05)
"""
IGNORE = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


def trigger(desktop, command):
    desktop.window.actions_table[command].trigger()


def hang(qtbot, desktop, make_instance, open_instance, signals="pass"):
    open_instance(make_instance(HANGS.replace("SIGNALS", signals)))
    trigger(desktop, Command.ADVANCE)
    qtbot.waitUntil(lambda: "I hang" in OutputPage.of(desktop.window).text, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desktop.session.view.snapshot.running == ("second",), timeout=WAIT_MS)


def cancel(qtbot, desktop):
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        trigger(desktop, Command.CANCEL)
    return ended.args[0]


def test_passes_repeat_until_nothing_moves(qtbot, make_instance, open_instance, desktop):
    path = make_instance(STEPS, context='{"enough": 4}')
    open_instance(path)

    with qtbot.waitSignal(desktop.sequence.settled, timeout=WAIT_MS) as settled:
        trigger(desktop, Command.ADVANCE_UNTIL_STILL)

    assert settled.args[0] == "The instance is finished after 4 passes."
    assert instance_status(state_file.read(path)) is InstanceStatus.FINISHED


def test_a_poll_that_only_asks_again_is_no_move(qtbot, make_instance, open_instance, desktop):
    path = make_instance(STEPS.replace('context["n"] =', "n ="), context='{"enough": 4, "n": 1}')
    open_instance(path)

    with qtbot.waitSignal(desktop.sequence.settled, timeout=WAIT_MS) as settled:
        trigger(desktop, Command.ADVANCE_UNTIL_STILL)

    assert settled.args[0].startswith("Nothing moves any more")
    assert state_file.read(path).record("count").attempts == 2


def test_a_workflow_that_always_changes_something_is_stopped(
    qtbot, make_instance, open_instance, desktop, monkeypatch
):
    monkeypatch.setattr("wfepy_gui.automation.pass_sequence.MOST_PASSES", 3)
    path = make_instance(STEPS, context='{"enough": 1000}')
    open_instance(path)

    with qtbot.waitSignal(desktop.sequence.settled, timeout=WAIT_MS) as settled:
        trigger(desktop, Command.ADVANCE_UNTIL_STILL)

    assert "changes something in each" in settled.args[0]
    assert state_file.read(path).context["n"] == 3


def test_no_further_pass_lets_the_running_one_end(qtbot, make_instance, open_instance, desktop):
    path = make_instance(STEPS, context='{"enough": 1000}')
    open_instance(path)
    trigger(desktop, Command.ADVANCE_UNTIL_STILL)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        trigger(desktop, Command.NO_FURTHER_PASS)

    assert ended.args[0].end is PassEnd.DONE
    assert desktop.sequence.mode is Mode.ONE
    assert state_file.read(path).context["n"] == 1


def test_it_waits_until_the_other_holder_is_done_and_shows_who_that_is(
    qtbot, make_instance, open_instance, desktop
):
    path = make_instance(STEPS, context='{"enough": 1}')
    open_instance(path)
    states, said = desktop.health, []

    with StateLock(path):
        qtbot.waitUntil(lambda: states.state.problem is FileProblem.LOCKED, timeout=WAIT_MS)
        assert f"process {os.getpid()} on {os.uname().nodename}" in states.state.sentence
        trigger(desktop, Command.ADVANCE_WHEN_FREE)
        assert not desktop.session.is_busy
        assert desktop.sequence.mode is Mode.WHEN_FREE
    desktop.session.pass_started.connect(
        lambda: said.append(desktop.sequence.sentence)  # what the operator reads
    )
    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        pass

    assert ended.args[0].end is PassEnd.DONE
    assert "was free" in said[0]
    assert desktop.sequence.mode is Mode.ONE


def test_the_task_of_another_holder_is_named(qtbot, make_instance, open_instance, desktop, tmp_path):
    import subprocess  # noqa: PLC0415  this one test starts the pass that is in the way
    import sys  # noqa: PLC0415

    path = make_instance(HANGS.replace("SIGNALS", "pass"))
    open_instance(path)
    states = desktop.health
    other = subprocess.Popen(
        [sys.executable, "-m", "wfepy_core", "advance", path],
        env=cron_environment(),
        stdout=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    try:
        qtbot.waitUntil(lambda: "now in second" in states.state.sentence, timeout=WAIT_MS)
        assert f"process {other.pid}" in states.state.sentence
    finally:
        other.kill()
        other.wait()
    qtbot.waitUntil(lambda: states.state.problem is FileProblem.NONE, timeout=WAIT_MS)


def test_our_own_pass_is_no_other_holder(qtbot, make_instance, open_instance, desktop):
    hang(qtbot, desktop, make_instance, open_instance)
    states = desktop.health

    with qtbot.waitSignal(desktop.watcher.probed, timeout=WAIT_MS):
        states.probe_now()

    assert states.holder is None
    cancel(qtbot, desktop)


@pytest.mark.parametrize(
    ("signals", "stop"),
    [
        ("pass", Stop.ASKED),
        (IGNORE, Stop.TERMINATED),
        (f"{IGNORE}; signal.signal(signal.SIGTERM, signal.SIG_IGN)", Stop.KILLED),
    ],
)
def test_cancel_tells_what_it_took_what_was_cut_off_and_what_is_kept(
    qtbot, make_instance, open_instance, desktop, signals, stop
):
    hang(qtbot, desktop, make_instance, open_instance, signals)

    outcome = cancel(qtbot, desktop)

    assert (outcome.end, outcome.stop) == (PassEnd.CANCELLED, stop)
    notice = desktop.notices.history[-1]
    assert stop.value in notice.summary
    assert "second was running and is shown as interrupted" in notice.summary
    assert notice.hint == "first is complete and kept."
    qtbot.waitUntil(lambda: desktop.session.view.status is InstanceStatus.INTERRUPTED, timeout=WAIT_MS)


def test_a_pass_that_was_over_before_it_heard_of_the_cancel_is_done(
    qtbot, make_instance, open_instance, desktop
):
    hears = "signal.pthread_sigmask(signal.SIG_BLOCK, {2}); os.write(2, b'go'); signal.sigwait({2})"
    source = STEPS.replace('context["n"] =', f"import signal; {hears}; context['n'] =")
    open_instance(make_instance(source, context='{"enough": 1}'))
    trigger(desktop, Command.ADVANCE)
    qtbot.waitUntil(lambda: "go" in OutputPage.of(desktop.window).text, timeout=WAIT_MS)

    assert cancel(qtbot, desktop).end is PassEnd.DONE
    assert "before it could be cancelled" in desktop.window.statusBar().currentMessage()


def test_a_crash_is_told_by_its_signal_in_words(qtbot, make_instance, open_instance, desktop):
    hang(qtbot, desktop, make_instance, open_instance)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
        os.kill(desktop.session.live_pass.process_id, signal.SIGSEGV)

    assert "memory it does not have" in desktop.notices.history[-1].summary
    assert "SIGSEGV" in desktop.notices.history[-1].summary


def test_an_unknown_exit_code_is_not_taken_for_a_signal():
    assert "unknown exit code 9" in PassOutcome(PassEnd.CRASHED, 9).sentence
    assert "SIGKILL" in PassOutcome(PassEnd.CRASHED, -9).sentence


def test_a_module_in_the_working_directory_is_not_run(
    qtbot, make_instance, open_instance, desktop, tmp_path, monkeypatch
):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "json.py").write_text("open('it ran', 'w').close()\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.chdir(folder)
    path = make_instance_without_folder(make_instance)
    open_instance(path)

    with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS) as ended:
        trigger(desktop, Command.ADVANCE)

    assert ended.args[0].end is PassEnd.DONE
    assert not (folder / "it ran").exists()


def make_instance_without_folder(make_instance):
    path = make_instance(STEPS, context='{"enough": 1}')
    assert Path(path).is_absolute()
    return path


def test_the_running_task_and_its_time_are_in_the_headline(qtbot, make_instance, open_instance, desktop):
    hang(qtbot, desktop, make_instance, open_instance)

    headline = HeadlinePage.of(desktop.window)
    qtbot.waitUntil(
        lambda: any(text.startswith("second · ") for text in headline.texts),
        timeout=WAIT_MS,
    )

    cancel(qtbot, desktop)


def test_the_notice_of_a_failed_pass_goes_when_a_later_one_does_not_fail(
    qtbot, make_instance, open_instance, desktop
):
    other = make_instance(STEPS, name="other", context='{"enough": 1}')
    path = make_instance(STEPS, context='{"n": "no number", "enough": 1}')
    bar = desktop.window.panels.notice_bar.get()

    def advance():
        with qtbot.waitSignal(desktop.session.pass_ended, timeout=WAIT_MS):
            trigger(desktop, Command.ADVANCE)

    open_instance(path)
    advance()
    assert bar.isVisible()
    open_instance(other)
    assert not bar.isVisible()

    open_instance(path)
    advance()
    assert bar.isVisible()
    assert desktop.session.editing.stage_context({"n": 0, "enough": 1}, "set n")
    trigger(desktop, Command.APPLY_CHANGES)
    qtbot.waitUntil(lambda: not desktop.session.editing.has_unsaved, timeout=WAIT_MS)
    advance()
    assert not bar.isVisible()
    assert [notice.times for notice in desktop.notices.history] == [2]


def questions(desktop):
    return [each for each in desktop.window.findChildren(TrustDialog) if each.isVisible()]


def test_once_it_is_free_its_code_is_asked_about_once(qtbot, make_instance, open_instance, desktop):
    path = make_instance(STEPS, context='{"enough": 2}')
    open_instance(path, trusted=False)
    advancing, states = desktop.sequence, desktop.health
    with StateLock(path, purpose="edit"):
        qtbot.waitUntil(lambda: states.state.problem is FileProblem.LOCKED, timeout=WAIT_MS)
        advancing.when_free()

    qtbot.waitUntil(lambda: len(questions(desktop)) > 0, timeout=WAIT_MS)
    for _ in range(2):
        with qtbot.waitSignal(states.changed, timeout=WAIT_MS):
            states.probe_now()

    (question,) = questions(desktop)
    question.reject()
    assert advancing.mode is Mode.ONE


def test_what_is_no_value_ends_the_repeating_before_it_began(qtbot, make_instance, open_instance, desktop):
    open_instance(make_instance(STEPS, context='{"enough": 2}'))
    desktop.window.go_to(PanelId.CONTEXT)
    desktop.window.panels.context.get().show_json()
    edit = desktop.window.panels.context.get().json_pane.editor.edit
    qtbot.waitUntil(lambda: "enough" in edit.toPlainText(), timeout=WAIT_MS)
    qtbot.keyClicks(edit, "no JSON")

    trigger(desktop, Command.ADVANCE_UNTIL_STILL)

    assert not desktop.session.is_busy
    assert desktop.sequence.mode is Mode.ONE
