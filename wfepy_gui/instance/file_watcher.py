"""Watches the state file that is open: whoever changes it, its journal or its lock, is noticed in a second.

The system's own notifications are quick but not sure (network folders, renames), so the file is also looked
at again and again. That happens in a pool thread: a slow network folder must not hold up the window.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from wfepy_core.storage.file_names import JOURNAL_SUFFIX
from wfepy_gui.instance.file_probe import FileProbe, probe_file, stamps_of
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from PySide6.QtCore import QThreadPool

    from wfepy_gui.workers.file_stamp import FileStamp

POLL_MS = 1000
SETTLE_MS = 80
"""A save is several system calls; the answer waits until they are over."""


class FileWatcher(QObject):
    """Watches one state file, its journal, its lock file and what its tasks print.

    Signals:
        changed: one of the first three is not what it was; also when it vanished or came back.
        output_changed: there is more that its tasks printed, or another file of it.
        probed: the newest `FileProbe`, once a second, and sooner when it says something new.
    """

    changed = Signal()
    output_changed = Signal()
    probed = Signal(FileProbe)

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._stamps: tuple[FileStamp | None, ...] = ()
        self._output: FileStamp | None = None
        self._without_stamps: FileProbe | None = None
        self._is_settled = False
        self._system = QFileSystemWatcher(self)
        self._query = BackgroundQuery(pool, self)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._connect()

    def _connect(self) -> None:
        self._system.directoryChanged.connect(self._on_system_changed)
        self._system.fileChanged.connect(self._on_system_changed)
        self._query.answered.connect(self._on_probed)
        self._poll.timeout.connect(self._ask)
        self._settle.timeout.connect(self._on_settled)

    def watch(self, path: str) -> None:
        """Watch this state file instead of the one before; an empty path: none."""
        self.stop()
        if path:
            self._path, self._output = path, None
            self._stamps = stamps_of(path)
            self._system.addPath(os.path.dirname(path) or ".")
            self._watch_files()
            self._poll.start()
            self._ask()

    def stop(self) -> None:
        """Watch nothing."""
        self._poll.stop()
        self._settle.stop()
        self._query.forget()
        self._is_settled = False
        watched = [*self._system.files(), *self._system.directories()]
        if watched:
            self._system.removePaths(watched)
        self._path = ""

    def probe_now(self) -> None:
        """Look at it without waiting for the second to pass."""
        if self._path:
            self._query.forget()
            self._ask()

    def _ask(self) -> None:
        if not self._query.is_busy:
            self._query.ask(partial(probe_file, self._path))

    def _on_system_changed(self) -> None:
        if self._path and not self._settle.isActive():
            self._settle.start()

    def _on_settled(self) -> None:
        if self._query.is_busy:  # its answer may be older than the change
            self._settle.start()
        else:
            self._is_settled = True
            self._ask()

    def _on_probed(self, probe: FileProbe) -> None:
        stamps = (probe.file, probe.journal, probe.lock)
        is_settled, self._is_settled = self._is_settled, False
        if stamps != self._stamps and is_settled:
            self._stamps = stamps
            self._watch_files()
            self.changed.emit()
        elif stamps != self._stamps:
            self._on_system_changed()
        if probe.output != self._output:
            self._output = probe.output
            self.output_changed.emit()
        still = probe._replace(file=None, journal=None, lock=None, output=None)
        before, self._without_stamps = self._without_stamps, still
        if not is_settled or before != self._without_stamps:  # a pass changes its journal all the time
            self.probed.emit(probe)

    def _watch_files(self) -> None:
        # A replaced file is another file: the system's watch has to be set anew.
        watched = self._system.files()
        journal = os.path.realpath(self._path) + JOURNAL_SUFFIX  # also of a link that leads nowhere by now
        missing = [path for path in (self._path, journal) if path not in watched and os.path.exists(path)]
        if missing:
            self._system.addPaths(missing)
