"""What the commands of the File menu do, and those that choose what runs a workflow."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.storage.file_names import SANDBOX_SUFFIX, STATE_SUFFIX
from wfepy_gui.preferences.interpreters import home_of, suggestion
from wfepy_gui.preferences.trust import seen_modules
from wfepy_gui.window.action_table import Command
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfepy_gui.commands.open_paths import PathOpener
    from wfepy_gui.preferences.interpreters import Interpreters
    from wfepy_gui.views.dialogs.new_instance_dialog import BaseInstanceDialog, Request
    from wfepy_gui.window.main_window import MainWindow, Services
    from wfepy_gui.workers.command_process import CommandOutcome


class FileCommands(QObject):
    """Connects the actions about files to the session, the opening of paths and their dialogs."""

    def __init__(
        self, window: MainWindow, services: Services, opening: PathOpener, interpreters: Interpreters
    ) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._opening, self._interpreters = opening, interpreters
        self._dialog: BaseInstanceDialog | None = None
        self._request: Request | None = None
        self._maker = CommandProcess(self)
        self._maker.ended.connect(self._finish)
        opening.legacy_found.connect(self.offer_import)
        opening.module_shown.connect(self._greet_module)
        services.session.summary_changed.connect(self._enable)
        for command, handler in self._handlers().items():
            window.actions_table[command].triggered.connect(handler)
        self._enable()

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        return {
            Command.OPEN: self._open,
            Command.OPEN_FOLDER: self._open_folder,
            Command.NEW_INSTANCE: self.new_instance,
            Command.IMPORT: self._choose_legacy,
            Command.RELOAD: self._services.session.reload,
            Command.INTERPRETER: self._choose_interpreter,
            Command.QUIT: self._window.close,
        }

    def stop(self) -> None:
        """Drop what is under way: the window closes."""
        self._maker.stop()

    def _enable(self) -> None:
        session, actions = self._services.session, self._window.actions_table
        actions[Command.RELOAD].setEnabled(bool(session.path))
        actions[Command.INTERPRETER].setEnabled(session.view is not None)

    # -- files --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        from wfepy_gui.views.dialogs.file_dialog import FileDialog  # noqa: PLC0415  start-up time

        dialog = FileDialog(self._window, self.tr("Open"), self._start_folder())
        dialog.setNameFilters(
            [
                self.tr("State files and workflow modules (*.wfstate *.py)"),
                self.tr("All files, dumps of wfepy 0.1.1 included (*)"),
            ]
        )
        dialog.setFileMode(FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._want)
        dialog.open()

    def _open_folder(self) -> None:
        from wfepy_gui.views.dialogs.file_dialog import FileDialog  # noqa: PLC0415  start-up time

        dialog = FileDialog(self._window, self.tr("Open a folder of instances"), self._start_folder())
        dialog.setFileMode(FileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self._want)
        dialog.open()

    def _want(self, paths: Sequence[str]) -> None:
        self._window.open_wanted.emit(tuple(paths))

    def _choose_legacy(self) -> None:
        from wfepy_gui.views.dialogs.file_dialog import FileDialog  # noqa: PLC0415  start-up time

        dialog = FileDialog(self._window, self.tr("Import an instance of wfepy 0.1.1"), self._start_folder())
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.offer_import)
        dialog.open()

    def _start_folder(self) -> str:
        session = self._services.session
        return str(session.folder) if session.name else str(Path.cwd())

    # -- instances ----------------------------------------------------------------------------------------

    def new_instance(self) -> None:
        """Ask for the first context of another instance of the workflow that is shown, or of any."""
        from wfepy_gui.views.dialogs.new_instance_dialog import NewInstanceDialog  # noqa: PLC0415  start-up time

        session = self._services.session
        modules: Sequence[str] = ()
        if session.view is not None:
            spelled = session.view.snapshot.workflow.modules
            modules = [_as_written(name, session.folder) for name in spelled]
        state = _free_name(Path(self._start_folder()), session.name)
        self._ask(NewInstanceDialog(modules, state, self._services.theme, self._services.pool, self._window))

    def offer_import(self, legacy: str) -> None:
        """Ask for the module of a dump of the old package."""
        from wfepy_gui.views.dialogs.new_instance_dialog import ImportDialog  # noqa: PLC0415  start-up time

        self._ask(ImportDialog(legacy, self._window))

    def _ask(self, dialog: BaseInstanceDialog) -> None:
        self._maker.stop()
        self._dialog = dialog
        dialog.wanted.connect(self._make)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self._dialog = None
        self._maker.stop()

    def _make(self, request: Request) -> None:
        folder = Path.cwd()
        find_modules = partial(seen_modules, request.modules, folder)
        self._services.trust_gate.run(find_modules, partial(self._start, request, folder))

    def _start(self, request: Request, folder: Path) -> None:
        if self._dialog is None:
            return
        self._request = request
        self._dialog.wait()
        named = [word for module in request.modules for word in ("--module", module)]
        program = self._interpreters.program(request.modules, folder)
        self._maker.run((*program, *request.arguments, *named), request.given.encode())

    def _finish(self, answer: CommandOutcome) -> None:
        dialog, request = self._dialog, self._request
        if dialog is None or request is None:
            return
        if answer.code == 0:
            dialog.accept()
            self._window.open_wanted.emit((request.state,))
        else:
            dialog.refuse(" ".join(filter(None, answer.reason)))

    # -- modules and what runs them -----------------------------------------------------------------------

    def _greet_module(self) -> None:
        keys = self._window.actions_table[Command.NEW_INSTANCE].shortcut().toString()
        self._services.notices.info(
            self.tr("{} is a workflow module; this is its graph, there is no instance yet.").format(
                self._services.session.name
            ),
            hint=self.tr("Start one: File, New instance ({}).").format(keys),
        )

    def _choose_interpreter(self) -> None:
        from wfepy_gui.views.dialogs.interpreter_dialog import InterpreterDialog  # noqa: PLC0415  start-up time

        session, known = self._services.session, self._interpreters
        if session.view is None:
            return
        home = home_of(session.view.snapshot.workflow.modules, session.folder)
        found = known.chosen(home), suggestion(home)
        dialog = InterpreterDialog(home, known.own[0], *found, self._window)
        dialog.chosen.connect(partial(self._use_interpreter, home))
        dialog.open()

    def _use_interpreter(self, home: Path, python: str) -> None:
        self._interpreters.choose(home, python)
        shown = python or self._interpreters.own[0]
        self._services.session.summary_changed.emit()
        self._window.statusBar().showMessage(self.tr("Workflows in {} run with {}").format(home, shown), 8000)


def _as_written(module: str, folder: Path) -> str:
    """A module as it is named from anywhere: an absolute path, or the dotted name."""
    from wfepy_gui.preferences.trust import module_path  # noqa: PLC0415  start-up time

    path = module_path(module, folder)
    return str(path) if path is not None else module


def _free_name(folder: Path, like: str) -> str:
    """A state file that does not exist yet, named after what is shown."""
    stem = Path(like.removesuffix(SANDBOX_SUFFIX)).stem if like else "instance"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    paths = (folder / f"{name}{STATE_SUFFIX}" for name in names)
    return str(next((path for path in paths if not path.exists()), folder / f"new{STATE_SUFFIX}"))
