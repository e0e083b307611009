"""Questions answered in the background: the latest one counts."""

from __future__ import annotations

from threading import Event

from wfepy_gui.workers.background_query import BackgroundQuery

WAIT_MS = 20_000


def test_an_answer_that_was_overtaken_is_dropped(qtbot, pool):
    background = BackgroundQuery(pool)
    began, is_overtaken, answers = Event(), Event(), []
    background.answered.connect(answers.append)

    def slow():
        began.set()
        is_overtaken.wait(WAIT_MS / 1000)
        return "old"

    background.ask(slow)
    qtbot.waitUntil(began.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(background.answered, timeout=WAIT_MS):
        background.ask(lambda: "new")
        is_overtaken.set()
    pool.waitForDone()
    with qtbot.waitSignal(background.answered, timeout=WAIT_MS):
        background.ask(lambda: "newest")

    assert answers == ["new", "newest"]


def test_a_question_begins_when_whoever_asks_is_done(qtbot, pool):
    background, ran = BackgroundQuery(pool), []
    background.ask(lambda: ran.append("old"))
    background.ask(lambda: ran.append("new"))
    pool.waitForDone()
    assert ran == []
    assert background.is_busy

    qtbot.waitUntil(lambda: not background.is_busy, timeout=WAIT_MS)
    assert ran == ["new"]


def test_an_exception_in_the_background_comes_back_as_a_failure(qtbot, pool):
    background = BackgroundQuery(pool)
    with qtbot.waitSignal(background.failed, timeout=WAIT_MS) as failed:
        background.ask(lambda: 1 // 0)
    assert isinstance(failed.args[0], ZeroDivisionError)
