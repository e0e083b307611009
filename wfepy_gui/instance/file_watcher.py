"""Notices that a state file, its journal or its folder changed, whoever did it, within a second.

The system's own notices are quick but not sure (network folders, renames); so the files are also looked at
(a `stat` takes some microseconds).
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from wfepy_core.storage.journal_lines import journal_path

POLL_MS = 1000
SETTLE_MS = 80
"""A save is several system calls; the answer waits until they are over."""

Mark = tuple[int, int, int]


class FileWatcher(QObject):
    """Watches one state file and its journal.

    Signals:
        changed: the file or its journal is not what it was; also when it vanished or came back.
        polled: a second passed (for those who look at something else as often).
    """

    changed = Signal()
    polled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[str, ...] = ()
        self._marks: tuple[Mark | None, ...] = ()
        self._system = QFileSystemWatcher(self)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._system.directoryChanged.connect(self._look)
        self._system.fileChanged.connect(self._look)
        self._poll.timeout.connect(self._look_now_and_then)
        self._settle.timeout.connect(self.changed)

    def watch(self, path: str) -> None:
        """Watch this state file instead of the one before."""
        self.stop()
        self._paths = (path, journal_path(path))
        self._marks = self._read_marks()
        self._system.addPath(str(Path(path).parent))
        self._watch_files()
        self._poll.start()

    def stop(self) -> None:
        """Watch nothing."""
        self._poll.stop()
        self._settle.stop()
        watched = [*self._system.files(), *self._system.directories()]
        if watched:
            self._system.removePaths(watched)
        self._paths = ()

    def _look_now_and_then(self) -> None:
        self._look()
        self.polled.emit()

    def _look(self) -> None:
        marks = self._read_marks()
        if marks != self._marks:
            self._marks = marks
            self._watch_files()
            if not self._settle.isActive():
                self._settle.start()

    def _watch_files(self) -> None:
        # A replaced file is another file: the system's watch has to be set anew.
        missing = [path for path in self._paths if path not in self._system.files() and Path(path).exists()]
        if missing:
            self._system.addPaths(missing)

    def _read_marks(self) -> tuple[Mark | None, ...]:
        return tuple(_mark(path) for path in self._paths)


def _mark(path: str) -> Mark | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
