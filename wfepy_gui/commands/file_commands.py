"""What the commands of the File menu do, and those that choose what runs a workflow."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wfepy_core.loading.code_files import is_file_name
from wfepy_core.storage.file_names import SANDBOX_SUFFIX, STATE_SUFFIX
from wfepy_gui import views
from wfepy_gui.preferences.interpreters import home_of, suggestion
from wfepy_gui.preferences.trust import find_code_files
from wfepy_gui.window.command_ids import Command
from wfepy_gui.workers.child_process import agreed_command
from wfepy_gui.workers.command_process import CommandProcess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfepy_core.loading.agreement import Agreement
    from wfepy_gui.commands.open_paths import PathOpener
    from wfepy_gui.views.dialogs.new_instance_dialog import BaseInstanceDialog, Request
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services
    from wfepy_gui.workers.command_process import CommandOutcome


class FileCommands(QObject):
    """Asks for files, for new instances and for the Python that runs a workflow."""

    def __init__(self, *, window: MainWindow, services: Services, opener: PathOpener) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._dialog: BaseInstanceDialog | None = None
        self._request: Request | None = None
        self._maker = CommandProcess(self)
        self._maker.ended.connect(self._on_made)
        opener.legacy_found.connect(self.ask_import)
        opener.module_shown.connect(self._on_module_shown)

    def stop(self) -> None:
        """Drop what is under way: the window closes."""
        self._maker.stop()

    # -- files --------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for state files and modules to open."""
        dialog = views.FileDialog(self._window, self.tr("Open"), self._start_folder())
        dialog.setNameFilters(
            [
                self.tr("State files and workflow modules (*.wfstate *.py)"),
                self.tr("All files, dumps of wfepy 0.1.1 included (*)"),
            ]
        )
        dialog.setFileMode(views.FileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._open)
        dialog.open()

    def choose_folder(self) -> None:
        """Ask for a folder whose instances are shown."""
        dialog = views.FileDialog(self._window, self.tr("Open a folder of instances"), self._start_folder())
        dialog.setFileMode(views.FileDialog.FileMode.Directory)
        dialog.filesSelected.connect(self._open)
        dialog.open()

    def _open(self, paths: Sequence[str]) -> None:
        self._window.open_wanted.emit(tuple(paths))

    def locate_file(self) -> None:
        """Ask where the file that is open was moved to."""
        folder = str(self._services.session.folder)
        dialog = views.FileDialog(self._window, self.tr("Where is it now?"), folder)
        dialog.setNameFilters([self.tr("State files (*.wfstate)"), self.tr("All files (*)")])
        dialog.setFileMode(views.FileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(self._open)
        dialog.open()

    def choose_legacy_dump(self) -> None:
        """Ask for a dump of the old package to import."""
        dialog = views.FileDialog(
            self._window, self.tr("Import an instance of wfepy 0.1.1"), self._start_folder()
        )
        dialog.setFileMode(views.FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.ask_import)
        dialog.open()

    def _start_folder(self) -> str:
        session = self._services.session
        return str(session.folder) if session.name else str(Path.cwd())

    # -- instances ----------------------------------------------------------------------------------------

    def ask_new_instance(self) -> None:
        """Ask for the first context of another instance of the workflow that is shown, or of any."""
        session = self._services.session
        modules: Sequence[str] = ()
        if session.view is not None:
            spelled = session.view.snapshot.workflow.modules
            modules = [_as_written(name, session.folder) for name in spelled]
        state = _free_name(Path(self._start_folder()), session.name)
        self._ask(
            views.NewInstanceDialog(
                modules=modules,
                state=state,
                theme=self._services.theme,
                pool=self._services.pool,
                parent=self._window,
            )
        )

    def ask_import(self, legacy: str) -> None:
        """Ask for the module of a dump of the old package."""
        self._ask(views.ImportDialog(legacy, self._window))

    def _ask(self, dialog: BaseInstanceDialog) -> None:
        self._maker.stop()
        self._dialog = dialog
        dialog.wanted.connect(self._on_wanted)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None
        self._maker.stop()

    def _on_wanted(self, request: Request) -> None:
        folder = Path.cwd()
        # Files are named from here; dotted names are looked for beside the new state file.
        modules = [_as_written(module, folder) for module in request.modules]
        search_path = self._services.interpreters.search_paths.find(request.modules, folder)
        find_code = partial(find_code_files, modules, Path(request.state).absolute().parent, search_path)
        self._services.trust_gate.run(self, find_code, partial(self._start, request, folder))

    def _start(self, request: Request, folder: Path, agreement: Agreement) -> None:
        if self._dialog is None:
            return
        self._request = request
        self._dialog.wait()
        named = [word for module in request.modules for word in ("--module", module)]
        program = self._services.interpreters.program(request.modules, folder)
        arguments = (*request.arguments, *named)
        self._maker.run(*agreed_command(program, agreement, arguments, request.given.encode()))

    def _on_made(self, answer: CommandOutcome) -> None:
        dialog, request = self._dialog, self._request
        if dialog is None or request is None:
            return
        if answer.code == 0:
            dialog.accept()
            self._window.open_wanted.emit((request.state,))
        else:
            dialog.refuse(" ".join(filter(None, answer.reason)))

    # -- modules and what runs them -----------------------------------------------------------------------

    def _on_module_shown(self) -> None:
        keys = self._window.actions_table[Command.NEW_INSTANCE].shortcut().toString()
        self._services.notices.info(
            self.tr("{} is a workflow module; this is its graph, there is no instance yet.").format(
                self._services.session.name
            ),
            hint=self.tr("Start one: File, New instance ({}).").format(keys),
        )

    def ask_interpreter(self) -> None:
        """Ask which Python runs the workflow that is shown."""
        session, known = self._services.session, self._services.interpreters
        if session.view is None:
            return
        home = home_of(session.view.snapshot.workflow.modules, session.folder)
        dialog = views.InterpreterDialog(
            home=home,
            own=known.own[0],
            present=known.python_for(home),
            suggested=suggestion(home),
            parent=self._window,
        )
        dialog.chosen.connect(partial(self._use_interpreter, home))
        dialog.open()

    def _use_interpreter(self, home: Path, python: str, answer: str) -> None:
        if python:
            self._services.interpreters.remember_probe(python, answer)
        self._services.interpreters.choose(home, python)
        shown = python or self._services.interpreters.own[0]
        self._services.session.summary_changed.emit()
        self._window.statusBar().showMessage(self.tr("Workflows in {} run with {}").format(home, shown), 8000)

    def forget_trust(self) -> None:
        """Take back every agreement to run code."""
        count = self._services.trust_gate.forget()
        told = self.tr("Agreements forgotten: {}. Every workflow asks again before its code runs").format(
            count
        )
        self._window.statusBar().showMessage(told, 8000)


def _as_written(module: str, folder: Path) -> str:
    """A module as it is named from anywhere: an absolute path, or the dotted name."""
    # Not the resolved path: a link in the name (`current/flow.py`) is another release after a deployment.
    return os.path.abspath(folder / module) if is_file_name(module) else module


def _free_name(folder: Path, like: str) -> str:
    """A state file that does not exist yet, named after what is shown."""
    stem = Path(like.removesuffix(SANDBOX_SUFFIX)).stem if like else "instance"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    paths = (folder / f"{name}{STATE_SUFFIX}" for name in names)
    return str(next((path for path in paths if not path.exists()), folder / f"new{STATE_SUFFIX}"))
