"""What each command of the table does in one window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from wfepy_gui.actions import Command
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.views.about import About, ShortcutSheet
from wfepy_gui.views.command_palette import CommandPalette
from wfepy_gui.views.notice_list import NoticeList

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.main_window import MainWindow, Services

_SCHEMES = {
    Command.THEME_SYSTEM: SchemeChoice.SYSTEM,
    Command.THEME_LIGHT: SchemeChoice.LIGHT,
    Command.THEME_DARK: SchemeChoice.DARK,
}


class WindowCommands(QObject):
    """Connects the actions of a window to sessions, panels and dialogs."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        actions = window.actions_table
        for command, handler in self._handlers().items():
            actions[command].triggered.connect(handler)
        for command, choice in _SCHEMES.items():
            actions[command].setChecked(services.theme.choice is choice)

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        window, session, graph = self._window, self._services.session, self._window.graph_panel.graph_view
        return {
            Command.OPEN: self._open,
            Command.OPEN_FOLDER: self._open_folder,
            Command.RELOAD: session.reload,
            Command.QUIT: window.close,
            Command.ADVANCE: session.advance,
            Command.CANCEL: session.cancel,
            Command.COPY_COMMAND: window.output_panel.copy_command,
            Command.FIT: graph.fit,
            Command.ACTUAL_SIZE: self._actual_size,
            Command.ZOOM_IN: graph.zoom_in,
            Command.ZOOM_OUT: graph.zoom_out,
            Command.FIND_TASK: self._find_task,
            Command.NEXT_URGENT: graph.navigation.go_to_next_failed,
            Command.SHOW_SELECTED: self._show_selected,
            Command.FIND_IN_CONTEXT: self._find_in_context,
            Command.FOCUS_GRAPH: self._focus_graph,
            Command.GO_INSTANCES: partial(window.go_to, "instances"),
            Command.GO_TASK: partial(window.go_to, "task"),
            Command.GO_CONTEXT: partial(window.go_to, "context"),
            Command.GO_TASKS: partial(window.go_to, "tasks"),
            Command.GO_HISTORY: partial(window.go_to, "history"),
            Command.GO_OUTPUT: partial(window.go_to, "output"),
            Command.THEME_SYSTEM: self._use_system,
            Command.THEME_LIGHT: self._use_light,
            Command.THEME_DARK: self._use_dark,
            Command.NOTICES: self._show_notices,
            Command.RESET_LAYOUT: window.reset_docks,
            Command.PALETTE: self._show_palette,
            Command.SHORTCUTS: self._show_shortcuts,
            Command.ABOUT: self._show_about,
        }

    # -- files --------------------------------------------------------------------------------------------

    def _open(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Open a state file"), self._start_folder())
        dialog.setNameFilters([self.tr("State files (*.wfstate)"), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog)

    def _open_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Open a folder of instances"), self._start_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_selected)
        dialog.open()

    def _open_selected(self, path: str) -> None:
        self._window.open_wanted.emit((path,))

    def _start_folder(self) -> str:
        path = self._services.session.path
        return str(Path(path).parent) if path else str(Path.cwd())

    # -- finding and focus --------------------------------------------------------------------------------

    def _actual_size(self) -> None:
        self._window.graph_panel.graph_view.zoom_to(1.0)

    def _find_task(self) -> None:
        self._window.show_dock("tasks")
        self._window.task_panel.start_search()

    def _find_in_context(self) -> None:
        self._window.show_dock("context")
        self._window.context_panel.start_search()

    def _show_selected(self) -> None:
        graph = self._window.graph_panel.graph_view
        graph.show_task(graph.graph_scene.selected)

    def _focus_graph(self) -> None:
        self._window.graph_panel.graph_view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- colours ------------------------------------------------------------------------------------------

    def _use_system(self) -> None:
        self._use(SchemeChoice.SYSTEM)

    def _use_light(self) -> None:
        self._use(SchemeChoice.LIGHT)

    def _use_dark(self) -> None:
        self._use(SchemeChoice.DARK)

    def _use(self, choice: SchemeChoice) -> None:
        self._services.theme.choose(choice)
        self._services.settings.scheme = choice

    # -- dialogs ------------------------------------------------------------------------------------------

    def _show_notices(self) -> None:
        NoticeList(self._services.notices.history, self._services.clipboard, self._window).open()

    def _show_palette(self) -> None:
        CommandPalette(self._window.actions_table.all(), self._window).open()

    def _show_shortcuts(self) -> None:
        ShortcutSheet(self._window.actions_table.all(), self._window).open()

    def _show_about(self) -> None:
        About(self._services.settings.path, self._window).open()
