"""Looks at instances of timers, in a pool thread: can a pass be made, has one ended them?"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from wfepy_core.model.status import InstanceStatus
from wfepy_core.storage import state_file
from wfepy_gui.instance.file_health import FileProblem
from wfepy_gui.instance.file_probe import probe_file
from wfepy_gui.preferences.trust import find_code_files
from wfepy_gui.workers.background_query import BackgroundQuery

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QThreadPool

    from wfepy_gui.preferences.interpreters import SearchPaths
    from wfepy_gui.preferences.trust import CodeFile


class Readiness(NamedTuple):
    """What was seen of an instance whose pass is due.

    Attributes:
        problem: why there can be no pass now; NONE: there can.
        code: of its workflow, as it would run.
        spelled: its modules, as the state file spells them.
        folder: where the state file lies, the target of a link.
    """

    problem: FileProblem
    code: tuple[CodeFile, ...] = ()
    spelled: tuple[str, ...] = ()
    folder: str = ""


class TimedInstances(QObject):
    """Answers one question about each instance at a time; a newer one takes the place of an older.

    Signals:
        readiness_known: the state file and its `Readiness`.
        status_known: the state file and its `InstanceStatus`.
        unreadable: the state file that cannot be read.
    """

    readiness_known = Signal(str, Readiness)
    status_known = Signal(str, InstanceStatus)
    unreadable = Signal(str)

    def __init__(self, pool: QThreadPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._queries: dict[str, BackgroundQuery] = {}

    def ask_readiness(self, path: str, search_paths: SearchPaths) -> None:
        """Ask whether a pass of this state file can be made, and of which code."""
        self._ask(path, partial(_readiness_of, search_paths))

    def ask_status(self, path: str) -> None:
        """Ask how this instance stands."""
        self._ask(path, _status_of)

    def stop(self) -> None:
        """Drop all questions."""
        for query in self._queries.values():
            query.forget()

    def _ask(self, path: str, function: Callable[[str], Readiness | InstanceStatus]) -> None:
        if path not in self._queries:
            self._queries[path] = query = BackgroundQuery(self._pool, self)
            query.answered.connect(partial(self._on_answered, path))
            query.failed.connect(partial(self._on_failed, path))
        self._queries[path].ask(partial(function, path))

    def _on_answered(self, path: str, answer: Readiness | InstanceStatus) -> None:
        if isinstance(answer, Readiness):
            self.readiness_known.emit(path, answer)
        else:
            self.status_known.emit(path, answer)

    def _on_failed(self, path: str, _error: Exception) -> None:
        self.unreadable.emit(path)


def _readiness_of(search_paths: SearchPaths, path: str) -> Readiness:
    probe = probe_file(path)
    if not probe.exists:
        return Readiness(FileProblem.MISSING)
    if probe.read_only:
        return Readiness(FileProblem.READ_ONLY)
    if probe.holder is not None:
        return Readiness(FileProblem.LOCKED)
    workflow = state_file.read_document(path).workflow
    modules = workflow.modules
    folder = os.path.dirname(os.path.realpath(path))
    search_path = search_paths.find(modules, Path(folder))
    code = find_code_files(modules, Path(folder), search_path)
    return Readiness(FileProblem.NONE, code, modules, folder)


def _status_of(path: str) -> InstanceStatus:
    return state_file.read_head(path).status
