"""When a panel is filled anew: once for a burst, at once when told to, and when it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QWidget

from wfepy_gui.views.widgets import refresher as refreshing
from wfepy_gui.views.widgets.refresher import Refresher

WAIT_MS = 20_000


@pytest.fixture
def pool(qapp):
    threads = QThreadPool(qapp)
    yield threads
    threads.waitForDone()


class Panel(QWidget):
    """Counts how often it is filled."""

    def __init__(self, pool, *, only_visible=False):
        super().__init__()
        self.fills = 0
        self.refresher = Refresher(self, self.fill, pool, only_visible=only_visible)

    def fill(self):
        self.fills += 1


def test_a_burst_of_changes_is_one_refresh(qtbot, pool):
    panel = Panel(pool)
    qtbot.addWidget(panel)
    for _ in range(5):
        panel.refresher.refresh_soon()
    assert panel.fills == 0
    qtbot.waitUntil(lambda: panel.fills > 0, timeout=WAIT_MS)
    assert panel.fills == 1


def test_a_refresh_at_once_is_the_end_of_a_burst(qtbot, pool, monkeypatch):
    monkeypatch.setattr(refreshing, "BURST_MS", 1)
    panel = Panel(pool)
    qtbot.addWidget(panel)
    panel.refresher.refresh_soon()
    panel.refresher.refresh()
    with qtbot.waitSignal(
        panel.refresher.answered, timeout=WAIT_MS
    ):  # an answer comes after any timer of 1 ms
        panel.refresher.ask(lambda: None)
    assert panel.fills == 1


def test_what_is_only_filled_when_it_is_seen_is_filled_as_soon_as_it_is(qtbot, pool):
    panel = Panel(pool, only_visible=True)
    qtbot.addWidget(panel)
    panel.refresher.refresh_soon()
    panel.show()
    assert panel.fills == 1


def test_ages_grow_while_somebody_can_see_them(qtbot, pool, monkeypatch):
    monkeypatch.setattr(refreshing, "AGES_MS", 1)
    panel = Panel(pool)
    qtbot.addWidget(panel)
    assert panel.fills == 0
    panel.show()
    qtbot.waitUntil(lambda: panel.fills > 2, timeout=WAIT_MS)
    panel.hide()
    seen = panel.fills
    with qtbot.waitSignal(panel.refresher.answered, timeout=WAIT_MS):
        panel.refresher.ask(lambda: None)
    assert panel.fills == seen


def test_only_the_answer_to_the_newest_question_counts(qtbot, pool):
    panel = Panel(pool)
    qtbot.addWidget(panel)
    answers = []
    panel.refresher.answered.connect(answers.append)
    panel.refresher.ask(lambda: "old")
    panel.refresher.ask(lambda: "new")
    assert panel.refresher.is_asking
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    assert answers == ["new"]
    assert not panel.refresher.is_asking


def test_what_a_question_raises_is_handed_on(qtbot, pool):
    panel = Panel(pool)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.refresher.failed, timeout=WAIT_MS) as failure:
        panel.refresher.ask(lambda: {}["key"])
    assert isinstance(failure.args[0], KeyError)
