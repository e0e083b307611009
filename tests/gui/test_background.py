"""Answers of pool threads: one who is gone by then is told nothing, and nothing breaks."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import wfepy_gui

ASK_AND_GO = """
    import sys
    from PySide6.QtCore import QCoreApplication, QObject, QThreadPool
    from shiboken6 import delete
    from wfepy_gui.workers.background import Background

    application, pool = QCoreApplication([]), QThreadPool()
    pool.setMaxThreadCount(8)
    sys.setswitchinterval(1e-6)
    told = []
    for _ in range(400):
        parents = [QObject() for _ in range(20)]
        for parent in parents:
            asked = Background(pool, parent)
            asked.answered.connect(told.append)
            asked.ask(lambda: sum(range(200)))
        for parent in parents:
            delete(parent)
        QCoreApplication.sendPostedEvents()
    pool.waitForDone()
    print("still here")
"""


def test_whoever_asked_may_be_gone_when_the_answer_comes():
    # In a process of its own: what this guards against is a crash.
    folder = Path(wfepy_gui.__file__).parent.parent
    command = [sys.executable, "-c", textwrap.dedent(ASK_AND_GO)]

    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)

    assert (done.returncode, done.stdout.strip()) == (0, "still here"), done.stderr
