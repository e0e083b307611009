"""A look at a state file every second: is it there, may it be written, who else holds it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.storage.file_names import BACKUP_SUFFIX
from wfepy_core.storage.lock import read_holder
from wfepy_gui.text.translation import tr
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool

    from wfepy_core.storage.lock import Holder

LOOK_MS = 1000


class Look(NamedTuple):
    """What was seen.

    Attributes:
        path: of the state file.
        exists: whether it is there.
        read_only: why it cannot be written; empty when it can.
        is_folder: whether it is the folder that cannot be written.
        holder: who holds its lock; None: nobody.
        has_backup: whether a previous version lies beside it.
    """

    path: str
    exists: bool
    read_only: str = ""
    is_folder: bool = False
    holder: Holder | None = None
    has_backup: bool = False


def look_at(path: str) -> Look:
    """Look at a state file now. Reads nothing of its content."""
    has_backup = Path(path + BACKUP_SUFFIX).exists()
    if not Path(path).exists():
        return Look(path, exists=False, has_backup=has_backup)
    reason, is_folder = read_only_reason(path), not _is_open(os.path.dirname(os.path.realpath(path)))
    return Look(path, True, reason, is_folder, read_holder(path), has_backup)


def read_only_reason(path: str) -> str:
    """Why a state file cannot be saved here; empty when it can.

    A save makes a new file beside it and takes its place, so the folder counts as much as the file.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if not _is_open(folder):
        return tr("the folder {} cannot be written by you").format(folder)
    if not os.access(target, os.W_OK):
        return tr("the file is write-protected")
    return ""


def _is_open(folder: str) -> bool:
    """Whether files can be made in a folder."""
    return os.access(folder, os.W_OK | os.X_OK)


class FileLooker(QObject):
    """Looks every second, in a pool thread: a slow network folder must not hold up the window.

    Signals:
        looked: the newest `Look`, each time.
    """

    looked = Signal(object)

    def __init__(
        self, pool: QThreadPool, look: Callable[[str], Look] = look_at, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._path = ""
        self._background = BackgroundQuery(pool, self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ask)
        self._background.answered.connect(self.looked)

    def watch(self, path: str) -> None:
        """Look at this file from now on, at once for the first time; an empty path: at none."""
        self._path = path
        self._background.forget()
        if path:
            self._timer.start()
            self._ask()
        else:
            self._timer.stop()

    def look_now(self) -> None:
        """Look again without waiting for the second to pass."""
        if self._path:
            self._background.forget()
            self._ask()

    def _ask(self) -> None:
        if not self._background.is_busy:
            self._background.ask(partial(self._look, self._path))
