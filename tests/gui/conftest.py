"""What every test of the desktop gets: no real screen, and a look at what Qt still does after it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
from functools import partial
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from PySide6.QtCore import QCoreApplication, QEvent, QProcess, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.cron_environment import cron_environment
from wfepy_core.storage import state_file
from wfepy_gui.composition import Desktop, Options
from wfepy_gui.instance.instance_view import view_of
from wfepy_gui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from wfepy_gui.automation.countdown import Clocks
    from wfepy_gui.instance.instance_view import InstanceView

LONGEST_WAIT_MS = 20_000


@pytest.fixture(autouse=True, scope="session")
def _imports_out_of_sight() -> Iterator[None]:
    """What the imports made lives as long as this process: no test need look through it again."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_left_alive_in_qt(_nothing_left_running: None) -> Iterator[None]:
    """Fails a test after which timers fire, threads or processes run, or windows stand open.

    `qtbot.addWidget` closes windows; whatever a window owns must end with it. Warnings of Qt fail a test by
    the settings of pytest-qt.
    """
    before = {id(thing) for thing in _alive()}
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what deleteLater() promised
    gc.collect()
    left = [repr(thing) for thing in _alive() if id(thing) not in before]
    assert not left, f"left alive in Qt: {left}"


def _alive() -> list[QObject]:
    """Returns every active timer, running thread or process and visible window that Python knows of."""
    kinds = (QTimer, QThread, QProcess)
    things = [thing for thing in gc.get_objects() if issubclass(type(thing), kinds) and isValid(thing)]
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return [thing for thing in things if _acts(thing)] + windows


def _acts(thing: QObject) -> bool:
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QThread):
        return thing.isRunning() and thing is not QThread.currentThread()
    return thing.state() != QProcess.ProcessState.NotRunning


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """The one of pytest-qt, waiting as long as a busy machine may need unless a test says otherwise."""
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=LONGEST_WAIT_MS))
    return qtbot


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The colours; light or dark does not matter to most tests."""
    return Theme(qapp)


@pytest.fixture
def make_instance(tmp_path: Path) -> Callable[..., str]:
    """Starts an instance of a module given as text, by the real command; returns the state file's path."""

    def make(source: str, name: str = "work", context: str = "{}") -> str:
        module, state = tmp_path / f"{name}.py", tmp_path / f"{name}.wfstate"
        module.write_text(IMPORTS + textwrap.dedent(source), encoding="utf-8")
        command = ["new", str(state), "--module", module.name, "--context", context]
        run_command(command, tmp_path)
        return str(state)

    return make


IMPORTS = (
    "import os, sys, time\n"
    "from wfepy_core import Waiting, end_point, followed_by, join_point, start_point, task\n\n"
)


def run_command(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs `wfepy ARGUMENTS` as an operator would."""
    command = [sys.executable, "-m", "wfepy_core", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=cron_environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode in (0, 1), done.stderr
    return done


@pytest.fixture
def wfepy(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command beside the desktop, as cron does."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command(list(arguments), tmp_path)

    return run


@pytest.fixture
def clocks() -> Clocks | None:
    """What the timers of the desktop count by; tests of timers give their own."""
    return None


@pytest.fixture
def desktop(qapp, qtbot, tmp_path, monkeypatch, clocks) -> Iterator[Desktop]:
    """The whole desktop in a window, with settings of its own; it trusts no code yet."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    made = Desktop(qapp, Options(settings=str(tmp_path / "settings.ini")), clocks=clocks)
    made.theme.animates = False  # a test looks at once
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.start()
    yield made
    made.window.close_anyway()


@pytest.fixture
def open_instance(qtbot, desktop) -> Callable[[str], InstanceView]:
    """Opens a state file in the desktop and waits until its graph is drawn; the code counts as trusted."""

    def open_and_wait(path: str, *, trusted: bool = True) -> InstanceView:
        if trusted:
            desktop.settings.trusts = lambda _keys: True
        with qtbot.waitSignal(desktop.window.panels.graph.get().picture_ready, timeout=LONGEST_WAIT_MS):
            desktop.open_paths((path,))
        return desktop.session.view

    return open_and_wait


@pytest.fixture
def view_from() -> Callable[[str], InstanceView]:
    """Reads a state file as the session does."""
    return lambda path: view_of(state_file.read(path))


@pytest.fixture
def pool() -> Iterator[QThreadPool]:
    """Threads of this test's own, for what asks in the background."""
    made = QThreadPool()
    yield made
    made.waitForDone()
