"""Reads one state file and its journal when they change, and reports only what is new.

Reading runs in a pool thread, which competes with the window for the interpreter: so nothing is read twice
that was read before or that came as an event of a pass of ours, and of a file that changes all the time only
some versions are read.
"""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.errors import WfepyError
from wfepy_core.model.json_values import equal, share_unchanged
from wfepy_core.storage import state_file
from wfepy_core.storage.journal import read_event
from wfepy_core.storage.journal_lines import journal_path
from wfepy_core.storage.lock import lock_path, read_holder, read_lock
from wfepy_core.storage.segments import latest_lines
from wfepy_gui.instance.instance_view import InstanceView, changed_tasks, view_of
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.file_stamp import FileStamp, stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.events import Event
    from wfepy_core.storage.state_document import Document
    from wfepy_gui.instance.file_watcher import FileWatcher

REST_FACTOR = 8
"""After a reading it rests this many times as long as that took, ..."""
LONGEST_REST_MS = 1000
"""... but never longer: what others save must be shown within two seconds."""
MOST_EVENTS = 20_000
"""Events of the history that are kept, the latest; the journal has the rest."""

Stamps = tuple[FileStamp | None, ...]


class Reading(NamedTuple):
    """What was read.

    Attributes:
        view: the instance.
        before: the view it was compared with; None: with none.
        names: of the tasks that differ from `before`; None: the graph is another one.
        is_same: nothing but perhaps the time of the save differs.
        stamps: which version of state file, journal and lock file that was.
        took: seconds.
    """

    view: InstanceView
    before: InstanceView | None
    names: frozenset[str] | None
    is_same: bool
    stamps: Stamps
    took: float


class JournalReading(NamedTuple):
    """The journal as it was read: its events, and the event of each line."""

    events: tuple[Event, ...] = ()
    by_line: Mapping[bytes, Event] = {}
    stamps: Stamps = ()


class FileReader(QObject):
    """Follows one state file at a time.

    Signals:
        read: a `Reading`, when there is something new.
        unreadable: the exception that says why the file cannot be read.
        history_read: the events of the journal, oldest first, when there are others than before.
    """

    read = Signal(Reading)
    unreadable = Signal(Exception)
    history_read = Signal(tuple)

    def __init__(self, pool: QThreadPool, watcher: FileWatcher, parent: QObject | None = None) -> None:
        """Read in a pool.

        Args:
            pool: its threads read.
            watcher: says when something changed; it watches what is followed here.
            parent: owns this.
        """
        super().__init__(parent)
        self._watcher = watcher
        self._path = ""
        self._view: InstanceView | None = None
        self._stamps: Stamps = ()
        self._history = JournalReading()
        self._known_events: Mapping[bytes, Event] = {}
        self._is_paused = False
        self._wants_more = False
        self._wants_history = False
        self._reads = BackgroundQuery(pool, self)
        self._histories = BackgroundQuery(pool, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._connect()

    def _connect(self) -> None:
        self._reads.answered.connect(self._on_read)
        self._reads.failed.connect(self._on_read_failed)
        self._histories.answered.connect(self._on_history_read)
        self._rest.timeout.connect(self._on_rested)
        self._watcher.changed.connect(self.refresh)
        self._watcher.probed.connect(self._on_probed)

    # -- intents ------------------------------------------------------------------------------------------

    def follow(self, path: str) -> None:
        """Read this file, and again whenever it changes; an empty path: none."""
        self._forget()
        self._path, self._view = path, None
        self._history, self._is_paused = JournalReading(), False
        self._watcher.watch(path)
        self.reload()

    def reload(self) -> None:
        """Read it now, whether it changed or not."""
        if self._path:
            self._stamps = ()
            self._ask()

    def pause(self, *, is_paused: bool) -> None:
        """While the events of a pass of ours say what it does, there is nothing to be read."""
        self._is_paused = is_paused
        if is_paused:
            self._reads.forget()
            self._rest.stop()

    def adopt_known_state(
        self, view: InstanceView, events_by_line: Mapping[bytes, Event] | None = None
    ) -> None:
        """Take over what is known already; the file is read only as far as it takes to confirm it.

        Args:
            view: the instance after a pass or a save of ours.
            events_by_line: events that the journal has now, by line.
        """
        self._view, self._known_events = view, events_by_line or {}
        if self._path:
            self._ask(is_known=True)

    def set_shown(self, view: InstanceView) -> None:
        """Set what is shown of the file now, to compare with."""
        self._view = view

    def refresh(self) -> None:
        """Read it if it changed, now or after a rest."""
        if not self._path or self._is_paused:
            return
        if self._reads.is_busy or self._rest.isActive():
            self._wants_more = True
        else:
            self._ask()

    def stop(self) -> None:
        """Read nothing any more."""
        self._forget()
        self._watcher.stop()

    # -- reading ------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._rest.stop()
        self._reads.forget()
        self._histories.forget()
        self._wants_more = self._wants_history = False
        self._stamps, self._known_events = (), {}

    def _ask(self, *, is_known: bool = False) -> None:
        self._wants_more = False
        self._rest.stop()
        read = _confirm if is_known else _read
        self._reads.ask(partial(read, self._path, self._view, self._stamps))
        self._wants_history = self._histories.is_busy  # it may have passed over what is new
        if not self._wants_history:
            self._ask_history()

    def _ask_history(self) -> None:
        self._wants_history = False
        self._histories.ask(partial(_read_history, self._path, self._history, self._known_events))

    def _on_rested(self) -> None:
        if self._wants_more:
            self.refresh()

    def _on_probed(self) -> None:
        """Another process that dies while it runs a task changes no file; only the lock shows it."""
        if self._view and self._view.snapshot.running and not self._view.snapshot.interrupted:
            self.refresh()

    def _on_read(self, reading: Reading | None) -> None:
        if reading is None:
            self._rest_for(0)
            return
        self._stamps = reading.stamps
        self._rest_for(reading.took)
        self.read.emit(reading)

    def _on_read_failed(self, error: Exception) -> None:
        self._stamps = ()
        self._rest_for(0)
        self.unreadable.emit(error)

    def _rest_for(self, took: float) -> None:
        self._rest.start(min(LONGEST_REST_MS, round(took * 1000 * REST_FACTOR)))

    def _on_history_read(self, history: JournalReading) -> None:
        is_news = history.stamps != self._history.stamps
        self._history = history
        if self._wants_history:
            self._ask_history()
        else:
            self._known_events = {}
        if is_news:
            self.history_read.emit(history.events)


def _read(path: str, before: InstanceView | None, stamps: Stamps) -> Reading | None:
    """Read all of it; None if it is what it was."""
    began, now = time.perf_counter(), _stamps_of(path, journal_path(path), lock_path(path))
    if stamps and now == stamps and not _has_lost_its_process(path, before):
        return None
    snapshot = state_file.read(path)
    if before is not None:
        # The same objects: the window compares them in no time.
        snapshot = snapshot._replace(context=share_unchanged(before.snapshot.context, snapshot.context))
    if before is not None and snapshot.graph == before.snapshot.graph:
        # The same object: what is known of its shape stays known.
        snapshot = snapshot._replace(graph=before.snapshot.graph)
        view = view_of(snapshot)
        names = changed_tasks(before, view)
        old = before.snapshot
        is_same = snapshot.context is old.context and snapshot._replace(saved=old.saved) == old
        return Reading(view, before, names, is_same, now, time.perf_counter() - began)
    return Reading(view_of(snapshot), before, None, False, now, time.perf_counter() - began)


def _confirm(path: str, known: InstanceView | None, _stamps: Stamps) -> Reading | None:
    """Read no more than it takes to see that the file says what is known; if it does not, all of it."""
    began, now = time.perf_counter(), _stamps_of(path, journal_path(path), lock_path(path))
    if known is None:
        return _read(path, known, ())
    document, snapshot = state_file.read_document(path), known.snapshot
    saved = document.head.saved
    if not _matches(document, known) or (now[1].size if now[1] else 0) not in (0, saved.journal):
        return _read(path, known, ())
    known_now = snapshot._replace(saved=saved, last_pass=read_lock(path).last)
    view = known._replace(snapshot=known_now)
    return Reading(view, known, frozenset(), True, now, time.perf_counter() - began)


def _matches(document: Document, known: InstanceView) -> bool:
    """Whether a document is the save of what is known. Its records then are, because events led to both."""
    snapshot, head = known.snapshot, document.head
    return (
        not snapshot.running
        and head.generation == snapshot.generation
        and head.status is known.status
        and document.workflow == snapshot.workflow
        and json.loads(document.text("tokens")) == [[name, state.name] for name, state in snapshot.tokens]
        and equal(json.loads(document.text("context")), snapshot.context)
    )


def _has_lost_its_process(path: str, view: InstanceView | None) -> bool:
    if view is None or not view.snapshot.running or view.snapshot.interrupted:
        return False
    return read_holder(path) is None


def _read_history(path: str, before: JournalReading, known_events: Mapping[bytes, Event]) -> JournalReading:
    """The latest events of the journal; lines that are known already are not taken apart again."""
    try:
        stamps = _stamps_of(journal_path(path))
        if stamps == before.stamps:
            return before
        lines = latest_lines(path, MOST_EVENTS)
    except WfepyError:  # whoever reads the state file reports it
        return before
    known = {**before.by_line, **known_events}
    by_line: dict[bytes, Event] = {}
    events = []
    for line in lines:
        event = known.get(line) or by_line.get(line) or read_event(line)
        if event is not None:
            by_line[line] = event
            events.append(event)
    return JournalReading(tuple(events), by_line, stamps)


def _stamps_of(*paths: str) -> Stamps:
    return tuple(map(stamp_of, paths))
