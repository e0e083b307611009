"""What is shown of the open instance, and what changed when it is another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.model.json_values import equal
from wfepy_gui.instance.instance_view import changed_tasks, summary_of

if TYPE_CHECKING:
    from wfepy_core.model.events import Event
    from wfepy_gui.instance.instance_view import InstanceView


class ShownInstance(QObject):
    """The instance as views read it; the `Session` is the one that changes it.

    Signals:
        instance_changed: another file, or another graph: build everything anew.
        tasks_changed: names of the tasks whose status or record changed, a frozenset.
        context_changed: the context is another one.
        summary_changed: status, generation, running tasks, problem or busy changed.
        history_changed: `history` was read anew.
    """

    instance_changed = Signal()
    tasks_changed = Signal(frozenset)
    context_changed = Signal()
    summary_changed = Signal()
    history_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._module = ""
        self._view: InstanceView | None = None
        self._history: tuple[Event, ...] = ()
        self._problem: Exception | None = None

    @property
    def path(self) -> str:
        """The state file; empty when nothing is open."""
        return self._path

    @property
    def module(self) -> str:
        """The workflow module whose graph is shown without an instance; else empty."""
        return self._module

    @property
    def name(self) -> str:
        """The name of the state file or the module, for titles."""
        return Path(self._path or self._module).name

    @property
    def folder(self) -> Path:
        """Where the state file or the module lies, the target of a link; module paths are relative to it."""
        return Path(os.path.realpath(self._path or self._module)).parent

    @property
    def view(self) -> InstanceView | None:
        """What is known of the instance; None until its file was read."""
        return self._view

    @property
    def history(self) -> tuple[Event, ...]:
        """The journal's events, oldest first, as read last."""
        return self._history

    @property
    def problem(self) -> Exception | None:
        """Why the file cannot be read now; the view shows what it held before."""
        return self._problem

    def _reset(self, path: str, module: str) -> None:
        """Show nothing yet of a state file, or of a module."""
        self._path = path
        self._module = module
        self._view = None
        self._problem = None
        self._history = ()

    def _differences(self, view: InstanceView) -> frozenset[str] | None:
        """Names of the tasks that differ from what is shown; None: the graph does."""
        before = self._view
        if before is None or before.snapshot.graph != view.snapshot.graph:
            return None
        return changed_tasks(before, view)

    def _set_history(self, events: tuple[Event, ...]) -> None:
        self._history = events
        self.history_changed.emit()

    def _announce(self, before: InstanceView | None, names: frozenset[str] | None) -> None:
        """Emit what changed.

        Args:
            before: what was shown before `view`.
            names: of the tasks that differ; None: everything does.
        """
        after = self._view
        if before is None or after is None or names is None:
            self.instance_changed.emit()
            self.summary_changed.emit()
            return
        if names:
            self.tasks_changed.emit(names)
        if not equal(before.snapshot.context, after.snapshot.context):
            self.context_changed.emit()
        if summary_of(before) != summary_of(after):
            self.summary_changed.emit()
