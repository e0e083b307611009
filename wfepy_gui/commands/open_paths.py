"""Opens what the operator names: state files, folders, workflow modules, dumps of the old package.

Opening never runs code: a state file carries its graph. A module alone has to be imported to show anything,
so the operator is asked first, and a child process does it.
"""

from __future__ import annotations

import enum
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfepy_core.storage.file_names import STATE_SUFFIX
from wfepy_gui.preferences.interpreters import home_of, suggestion
from wfepy_gui.preferences.trust import find_code_files
from wfepy_gui.workers.background_query import BackgroundQuery
from wfepy_gui.workers.module_check import ModuleCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.loading.agreement import Agreement
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.window.services import Services

_PICKLE_STARTS = (b"\x80", b"(", b"}q", b"c")


@enum.unique
class PathKind(enum.Enum):
    """What a path is, for somebody who wants to open it."""

    STATE = enum.auto()
    FOLDER = enum.auto()
    MODULE = enum.auto()
    LEGACY = enum.auto()


def kind_of_path(path: str) -> PathKind:
    """What a path is; what cannot be told from its name or first bytes is taken for a state file."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            return PathKind.FOLDER
        if path.endswith(".py"):
            return PathKind.MODULE
        if path.endswith(STATE_SUFFIX) or not stat.S_ISREG(mode):
            return PathKind.STATE
        with Path(path).open("rb") as file:
            return PathKind.LEGACY if file.read(2).startswith(_PICKLE_STARTS) else PathKind.STATE
    except (OSError, ValueError):
        return PathKind.MODULE if path.endswith(".py") else PathKind.STATE


class PathOpener(QObject):
    """Sorts paths and hands them on.

    Signals:
        state_wanted: a state file is to be shown, unless changes are pending.
        folders_wanted: the instances panel shows folders, or several files, now.
        legacy_found: the path of a dump of the old package; it can be imported.
        module_wanted: a module's graph is to be shown by `show_module`, unless changes are pending: the path
            of the module and the snapshot of it.
        module_shown: a module's graph is shown, without an instance.
        remembered: the recent paths changed.
    """

    state_wanted = Signal(str)
    folders_wanted = Signal()
    legacy_found = Signal(str)
    module_wanted = Signal(str, object)
    module_shown = Signal()
    remembered = Signal()

    def __init__(self, *, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._suggested: set[Path] = set()
        self._suggestion = BackgroundQuery(services.pool, self)
        self._suggestion.answered.connect(self._on_python_found)
        self._check = ModuleCheck(self)
        self._check.checked.connect(self._on_checked)
        self._check.refused.connect(self._on_refused)
        services.session.instance_changed.connect(self._suggest_interpreter)

    # -- intents ------------------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[str]) -> None:
        """Open a state file; list folders and several files; show modules; offer to import a dump."""
        sorted_paths: dict[PathKind, list[str]] = {kind: [] for kind in PathKind}
        for path in paths:
            sorted_paths[kind_of_path(path)].append(str(Path(path).absolute()))
        files, folders = sorted_paths[PathKind.STATE], sorted_paths[PathKind.FOLDER]
        listed = folders + (files if len(files) > 1 else [])
        if listed:
            self._services.scanner.set_roots(listed)
            self.folders_wanted.emit()
        for path in files[:1]:
            self._services.trust_gate.drop(self)
            self._check.stop()
            self.state_wanted.emit(path)
        if sorted_paths[PathKind.MODULE]:
            self._ask_for_modules(tuple(sorted_paths[PathKind.MODULE]))
        for path in sorted_paths[PathKind.LEGACY][:1]:
            self.legacy_found.emit(path)
        self._remember([*folders, *sorted_paths[PathKind.MODULE], *files[:1]])

    def show_module(self, path: str, snapshot: Snapshot) -> None:
        """Show a module's graph in the place of what is open."""
        self._services.session.show_module(path, snapshot)
        self.module_shown.emit()

    def stop(self) -> None:
        """Drop what is under way: the window closes."""
        self._suggestion.forget()
        self._check.stop()

    # -- modules ------------------------------------------------------------------------------------------

    def _ask_for_modules(self, paths: tuple[str, ...]) -> None:
        missing = [path for path in paths if not Path(path).is_file()]
        if missing:
            self._services.notices.error(
                self.tr("{} does not exist").format(missing[0]),
                hint=self.tr("Open the module where it is now."),
            )
            return
        folder = Path(paths[0]).parent
        self._services.trust_gate.run(
            self, partial(find_code_files, paths, folder), partial(self._start_check, paths, folder)
        )

    def _start_check(self, paths: tuple[str, ...], folder: Path, agreement: Agreement) -> None:
        self._check.check(self._services.interpreters.program(paths, folder), paths, agreement)

    def _on_checked(self, paths: tuple[str, ...], snapshot: Snapshot) -> None:
        self.module_wanted.emit(paths[0], snapshot)

    def _on_refused(self, paths: tuple[str, ...], reason: str, hint: str, printed: str) -> None:
        self._services.notices.error(f"{Path(paths[0]).name}: {reason}", hint=hint, details=printed)

    # -- what is remembered -------------------------------------------------------------------------------

    def _remember(self, paths: Sequence[str]) -> None:
        for path in reversed(paths):
            self._services.settings.add_recent(path)
        if paths:
            self.remembered.emit()

    def _suggest_interpreter(self) -> None:
        """Say once that a workflow seems to have a Python of its own."""
        view = self._services.session.view
        if view is None:
            return
        home = home_of(view.snapshot.workflow.modules, self._services.session.folder)
        if home in self._suggested or self._services.settings.knows_interpreter(str(home)):
            return
        self._suggested.add(home)
        self._suggestion.ask(lambda: (home, suggestion(home)))

    def _on_python_found(self, found: tuple[Path, str]) -> None:
        home, python = found
        if python and python != self._services.interpreters.own[0]:
            self._services.notices.info(
                self.tr("{} has a Python of its own: {}").format(home.name, python),
                hint=self.tr("To run it with that one: Instance, Python interpreter."),
            )
