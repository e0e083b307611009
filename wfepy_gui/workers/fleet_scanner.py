"""Looks at folders of state files, in the background, again and again: only what changed is read."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.errors import WfepyError
from wfepy_core.model.derived_status import instance_status
from wfepy_core.model.status import InstanceStatus
from wfepy_core.model.summary import summary_of
from wfepy_core.storage import state_file
from wfepy_core.storage.file_names import JOURNAL_SUFFIX, STATE_SUFFIX
from wfepy_core.storage.lock import lock_path
from wfepy_core.storage.lock_text import is_at_rest
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.file_stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.snapshot import Snapshot
    from wfepy_core.model.summary import Summary
    from wfepy_core.storage.state_file import Head
    from wfepy_gui.workers.file_stamp import FileStamp

POLL_MS = 1500
READ_WHOLE_UP_TO = 1 << 20
WHOLE_READS = 300
"""State files read whole in one scan; the rest follow in the next ones."""

_MAY_CHANGE = (InstanceStatus.WAITING, InstanceStatus.NEW, InstanceStatus.RUNNING)


class FleetEntry(NamedTuple):
    """One state file among many.

    Attributes:
        stamp: of the file; changes with every save.
        journal_size: in bytes; 0: it has none.
        status: None when the file cannot be read; then `problem` says why.
        until: the earliest moment a task waits for, microseconds since 1970 UTC; 0: none known.
        whole: whether nothing more is to be learned from the whole file: it was read, or its head is enough.
        lock: stamp of the lock file, which tells of who runs it now; None: there is none.
        summary: where it stands; None while that is not known, as in a file of an older form.
    """

    path: str
    stamp: FileStamp
    journal_size: int
    status: InstanceStatus | None
    saved_at: int = 0
    saved_by: str = ""
    problem: str = ""
    until: int = 0
    whole: bool = False
    lock: FileStamp | None = None
    summary: Summary | None = None

    def needs_me(self, current: int) -> bool:
        """Whether a person should look: failed, interrupted, dead end, unreadable, or waiting too long."""
        if self.status in (InstanceStatus.WAITING, InstanceStatus.RUNNING):
            return 0 < self.until < current
        return self.status not in (InstanceStatus.NEW, InstanceStatus.FINISHED)


def scan(roots: Sequence[str], known: Mapping[str, FleetEntry], whole_reads: int) -> list[FleetEntry]:
    """All state files in folders (and single files), by path; what has not changed is taken from `known`."""
    found = []
    for path, stamp in sorted(_stamped_files(roots)):
        before, journal_size, lock = known.get(path), _journal_size(path), _lock_stamp(path)
        now = stamp, journal_size, lock
        # The end of a process that ran it changes no file: only its lock is free then.
        if (
            before is None
            or (before.stamp, before.journal_size, before.lock) != now
            or before.status is InstanceStatus.RUNNING
        ):
            found.append(_from_head(path, stamp, journal_size, lock))
        elif not before.whole and before.status is not None and whole_reads > 0:
            whole_reads -= 1
            found.append(_from_whole(before))
        else:
            found.append(before)
    return found


def _stamped_files(roots: Sequence[str]) -> Iterator[tuple[str, FileStamp]]:
    seen = set()
    for root in roots:
        for path in _state_files_in(root) if Path(root).is_dir() else [root]:
            stamp = stamp_of(path)
            if stamp is not None and path not in seen:
                seen.add(path)
                yield path, stamp


def _state_files_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [entry.path for entry in found if entry.name.endswith(STATE_SUFFIX)]
    except OSError:  # it vanished, or may not be read: it has nothing to show now
        return []


def _journal_size(path: str) -> int:
    journal = stamp_of(path + JOURNAL_SUFFIX)
    return journal.size if journal is not None else 0


def _lock_stamp(path: str) -> FileStamp | None:
    try:
        return stamp_of(lock_path(path))
    except WfepyError:  # its link leads nowhere now
        return None


def _from_head(path: str, stamp: FileStamp, journal_size: int, lock: FileStamp | None) -> FleetEntry:
    try:
        head = state_file.read_head(path)
    except (WfepyError, OSError) as error:
        problem = getattr(error, "message", str(error))
        return FleetEntry(path, stamp, journal_size, None, problem=problem, lock=lock)
    entry = FleetEntry(
        path,
        stamp,
        journal_size,
        head.status,
        head.saved.at,
        head.saved.by,
        until=_earliest(one.until for one in head.summary.at) if head.summary else 0,
        whole=_is_enough(head),
        lock=lock,
        summary=head.summary,
    )
    # A journal longer than the save knew of, or a holder: a pass runs, or was interrupted.
    is_at_work = journal_size > head.saved.journal or not is_at_rest(lock.size if lock else 0)
    return _from_whole(entry) if is_at_work else entry


def _is_enough(head: Head) -> bool:
    """Whether a head tells all that a list shows: of many waiting tasks it names a few, not each moment."""
    if head.summary is None:
        return head.status is InstanceStatus.FINISHED
    return not head.summary.more or head.status not in _MAY_CHANGE


def _from_whole(entry: FleetEntry) -> FleetEntry:
    if entry.stamp.size > READ_WHOLE_UP_TO:
        return entry._replace(whole=True)
    try:
        snapshot = state_file.read(entry.path)
    except (WfepyError, OSError) as error:
        return entry._replace(status=None, problem=getattr(error, "message", str(error)), whole=True)
    return entry._replace(
        status=instance_status(snapshot), until=_until(snapshot), whole=True, summary=summary_of(snapshot)
    )


def _until(snapshot: Snapshot) -> int:
    return _earliest(snapshot.records.untils.values())


def _earliest(moments: Iterable[int]) -> int:
    return min(filter(None, moments), default=0)


class FleetScanner(QObject):
    """Scans again every one and a half seconds.

    Signals:
        scanned: all entries, a list of `FleetEntry` by path.
    """

    scanned = Signal(object)  # Signal(list) would copy it

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: tuple[str, ...] = ()
        self._known: dict[str, FleetEntry] = {}
        self._is_first = True
        self._background = BackgroundQuery(pool, self)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._ask)
        self._background.answered.connect(self._on_scanned)

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders and files looked at."""
        return self._roots

    def set_roots(self, roots: Sequence[str]) -> None:
        """Look at these folders and files from now on."""
        self._roots = tuple(str(Path(root).absolute()) for root in roots)
        self._known, self._is_first = {}, True
        self._background.forget()
        self._ask()
        self._timer.start()

    def stop(self) -> None:
        """Look at nothing any more."""
        self._timer.stop()
        self._background.forget()

    def _ask(self) -> None:
        if not self._background.is_busy:
            budget = 0 if self._is_first else WHOLE_READS
            self._background.ask(partial(scan, self._roots, self._known, budget))

    def _on_scanned(self, entries: list[FleetEntry]) -> None:
        known = {entry.path: entry for entry in entries}
        is_news = self._is_first or known != self._known
        was_first, self._is_first = self._is_first, False
        self._known = known
        if is_news:
            self.scanned.emit(entries)
        if was_first:
            self._ask()
