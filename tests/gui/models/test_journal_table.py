"""The table of events: rows that are the same stay, and each is told in words."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.item_models import FATAL, texts
from wfepy_core.model.events import PassStarted, TaskEnded, TaskStarted
from wfepy_core.model.status import TaskState
from wfepy_gui.models.journal_table import JournalModel, line_of
from wfepy_gui.text.time_format import Clock


def test_history_read_anew_keeps_the_rows_that_are_the_same():
    model = JournalModel(Clock())
    QAbstractItemModelTester(model, FATAL)
    first, second = PassStarted(1, 10, "ada", "ops1", 7), TaskStarted(1, 20, "a")
    model.show((first, second))
    kept = QPersistentModelIndex(model.index(0, 0))

    model.update((first, TaskStarted(1, 30, "b")))

    assert kept.isValid()
    assert texts(model, 2) == ["", "b"]


def test_an_event_is_told_in_words():
    ended = TaskEnded(1, 1, "sign", TaskState.WAITING, reason="no pen")
    assert line_of(ended, Clock()) == ("waits", "sign", "no pen")
    assert line_of(PassStarted(1, 1, "ada", "ops1", 7), Clock()).details == "by ada on ops1, process 7"
