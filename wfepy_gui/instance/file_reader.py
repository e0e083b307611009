"""Reads one state file and its journal when they change, and tells only what is new.

Reading runs in a pool thread, which competes with the window for the interpreter: so nothing is read twice
that was read before or that a pass of ours has told, and of a file that changes all the time only some
versions are read.
"""

from __future__ import annotations

import json
import os
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from wfepy_core.errors import WfepyError
from wfepy_core.model.events import decode
from wfepy_core.model.json_values import equal, share_unchanged
from wfepy_core.storage import state_file
from wfepy_core.storage.journal_lines import journal_path, older_path, read_history
from wfepy_core.storage.lock import read_holder
from wfepy_gui.instance.file_watcher import FileWatcher
from wfepy_gui.instance.instance_view import InstanceView, changed_tasks, view_of
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QThreadPool

    from wfepy_core.model.events import Event
    from wfepy_core.storage.state_document import Document

REST = 8
"""After a reading it rests this many times as long as that took, ..."""
LONGEST_REST_MS = 1000
"""... but never longer: what others save must be shown within two seconds."""
MOST_EVENTS = 20_000
"""Events of the history that are kept, the latest; the journal has the rest."""

Stamp = tuple[tuple[int, int, int] | None, ...]


class Reading(NamedTuple):
    """What was read.

    Attributes:
        view: the instance.
        before: the view it was compared with; None: with none.
        names: of the tasks that differ from `before`; None: the graph is another one.
        is_same: nothing but perhaps the time of the save differs.
        stamp: which files that was, to know them again.
        took: seconds.
    """

    view: InstanceView
    before: InstanceView | None
    names: frozenset[str] | None
    is_same: bool
    stamp: Stamp
    took: float


class Past(NamedTuple):
    """The history as it was read: its events, and those that each line stands for."""

    events: tuple[Event, ...] = ()
    by_line: Mapping[bytes, Event] = {}
    stamp: Stamp = ()


class FileReader(QObject):
    """Follows one state file at a time.

    Signals:
        read: a `Reading`, when there is something new.
        unreadable: the exception that says why the file cannot be read.
        history_read: the events of the journal, oldest first, when there are others than before.
    """

    read = Signal(object)
    unreadable = Signal(object)
    history_read = Signal(object)

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._view: InstanceView | None = None
        self._stamp: Stamp = ()
        self._past = Past()
        self._told: Mapping[bytes, Event] = {}
        self._is_still = False
        self._reads, self._histories = BackgroundQuery(pool, self), BackgroundQuery(pool, self)
        self._watcher = FileWatcher(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._wants_more = self._wants_past = False
        self._reads.answered.connect(self._take)
        self._reads.failed.connect(self._fail)
        self._histories.answered.connect(self._take_past)
        self._rest.timeout.connect(self._look_again)
        self._watcher.changed.connect(self.look)
        self._watcher.polled.connect(self._look_after_others)

    # -- intents ------------------------------------------------------------------------------------------

    def follow(self, path: str) -> None:
        """Read this file, and again whenever it changes; an empty path: none."""
        self._forget()
        self._path, self._view, self._past, self._is_still = path, None, Past(), False
        if path:
            self._watcher.watch(path)
            self.reload()
        else:
            self._watcher.stop()

    def reload(self) -> None:
        """Read it now, whether it changed or not."""
        if self._path:
            self._stamp = ()
            self._ask()

    def hold_still(self, *, is_still: bool) -> None:
        """While a pass of ours tells what it does by events, there is nothing to be read."""
        self._is_still = is_still
        if is_still:
            self._reads.forget()
            self._rest.stop()

    def keep(self, view: InstanceView, told: Mapping[bytes, Event] | None = None) -> None:
        """What is known without reading: the file is only read as far as it takes to be sure of that.

        Args:
            view: the instance after a pass or a save of ours.
            told: events that the journal has now, by line.
        """
        self._view, self._told = view, told or {}
        if self._path:
            self._ask(is_known=True)

    def show(self, view: InstanceView) -> None:
        """What is shown of the file now, to compare with."""
        self._view = view

    def look(self) -> None:
        """Read it if it changed, now or after a rest."""
        if not self._path or self._is_still:
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
        self._wants_more = self._wants_past = False
        self._stamp, self._told = (), {}

    def _ask(self, *, is_known: bool = False) -> None:
        self._wants_more = False
        self._rest.stop()
        read = _confirm if is_known else _read
        self._reads.ask(partial(read, self._path, self._view, self._stamp))
        self._wants_past = self._histories.is_busy  # it may have passed over what is new
        if not self._wants_past:
            self._ask_past()

    def _ask_past(self) -> None:
        self._wants_past = False
        self._histories.ask(partial(_read_past, self._path, self._past, self._told))

    def _look_again(self) -> None:
        if self._wants_more:
            self.look()

    def _look_after_others(self) -> None:
        """Another process that dies while it runs a task changes no file; only the lock tells."""
        if self._view and self._view.snapshot.running and not self._view.snapshot.interrupted:
            self.look()

    def _take(self, reading: Reading | None) -> None:
        if reading is None:
            self._rest_for(0)
            return
        self._stamp = reading.stamp
        self._rest_for(reading.took)
        self.read.emit(reading)

    def _fail(self, error: Exception) -> None:
        self._stamp = ()
        self._rest_for(0)
        self.unreadable.emit(error)

    def _rest_for(self, took: float) -> None:
        self._rest.start(min(LONGEST_REST_MS, round(took * 1000 * REST)))

    def _take_past(self, past: Past) -> None:
        is_news = past.stamp != self._past.stamp
        self._past = past
        if self._wants_past:
            self._ask_past()
        else:
            self._told = {}
        if is_news:
            self.history_read.emit(past.events)


def _read(path: str, before: InstanceView | None, stamp: Stamp) -> Reading | None:
    """Read all of it; None if it is what it was."""
    began, now = time.perf_counter(), _stamp(path, journal_path(path))
    if stamp and now == stamp and not _has_lost_its_process(path, before):
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


def _confirm(path: str, known: InstanceView | None, stamp: Stamp) -> Reading | None:
    """Read no more than it takes to see that the file says what is known; if it does not, all of it."""
    began, now = time.perf_counter(), _stamp(path, journal_path(path))
    if known is None:
        return _read(path, known, stamp)
    document, snapshot = state_file.read_document(path), known.snapshot
    saved = document.head.saved
    if not _says(document, known) or (now[1] or (0, 0, 0))[2] not in (0, saved.journal):
        return _read(path, known, ())
    view = known._replace(snapshot=snapshot._replace(saved=saved))
    return Reading(view, known, frozenset(), True, now, time.perf_counter() - began)


def _says(document: Document, known: InstanceView) -> bool:
    """Whether a document is the save of what is known; its records then are, because events led to both."""
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


def _read_past(path: str, before: Past, told: Mapping[bytes, Event]) -> Past:
    """The latest events of the journal; lines that are known already are not taken apart again."""
    journal = journal_path(path)
    stamp = _stamp(journal, older_path(journal))
    if stamp == before.stamp:
        return before
    try:
        lines = read_history(journal)[-MOST_EVENTS:]
    except WfepyError:  # whoever reads the state file tells of it
        return before
    known = {**before.by_line, **told}
    by_line: dict[bytes, Event] = {}
    events = []
    for line in lines:
        event = known.get(line) or by_line.get(line) or _event(line)
        if event is not None:
            by_line[line] = event
            events.append(event)
    return Past(tuple(events), by_line, stamp)


def _event(line: bytes) -> Event | None:
    try:
        return decode(line)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _stamp(*paths: str) -> Stamp:
    return tuple(map(_identity, paths))


def _identity(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
