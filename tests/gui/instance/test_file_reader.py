"""State file and journal, read while others write them."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool

from tests.gui.workflows import asking_for
from wfepy_core.storage.journal_lines import journal_path
from wfepy_gui.instance.file_reader import FileReader
from wfepy_gui.instance.file_watcher import FileWatcher

WAIT_MS = 20_000


class HeldPool(QThreadPool):
    """Answers nothing until it is told to."""

    def __init__(self, parent):
        super().__init__(parent)
        self.held = []

    def start(self, question):
        self.held.append(question)

    def answer(self, meanwhile=lambda: None):
        """Answer all; `meanwhile` happens when the files were read and nobody has heard of it yet."""
        questions, self.held = self.held, []
        for question in questions:
            thread = Thread(target=question.run)
            thread.start()
            thread.join()  # Qt delivers what it answered when this thread looks for events
        meanwhile()
        QCoreApplication.processEvents()


def test_a_line_of_the_journal_that_comes_while_it_is_read_is_not_missed(qtbot, qapp, make_instance, wfepy):
    path = make_instance(asking_for("n"), context='{"n": 1}')
    wfepy("advance", path)
    owner = QObject(qapp)
    pool = HeldPool(owner)
    file, told = FileReader(pool, FileWatcher(QThreadPool(owner), owner), owner), []
    file.history_read.connect(told.append)
    file.follow(path)

    def somebody_saves():
        wfepy("context", "set", path, "n=2")
        file.reload()

    qtbot.waitUntil(lambda: len(pool.held) == 2, timeout=WAIT_MS)
    pool.answer(somebody_saves)
    qtbot.waitUntil(lambda: len(pool.held) == 2, timeout=WAIT_MS)
    pool.answer()
    file.stop()

    assert len(told[-1]) == len(Path(journal_path(path)).read_bytes().splitlines())
    owner.deleteLater()
