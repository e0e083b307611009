"""What every test of the desktop gets: no real screen, and a look at what Qt still does after it."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

from PySide6.QtCore import QCoreApplication, QEvent, QProcess, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject


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
