"""What each command of the table does in one window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.window.action_table import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfepy_gui.window.main_window import MainWindow, Services

_SCHEMES = {
    Command.THEME_SYSTEM: SchemeChoice.SYSTEM,
    Command.THEME_LIGHT: SchemeChoice.LIGHT,
    Command.THEME_DARK: SchemeChoice.DARK,
}

_STYLES = {
    Command.TIMES_LOCAL: TimeStyle.LOCAL,
    Command.TIMES_UTC: TimeStyle.UTC,
    Command.TIMES_RELATIVE: TimeStyle.RELATIVE,
}
AGING_MS = 60_000
"""How often times are written anew that say how long ago something was."""


class ViewCommands(QObject):
    """Connects the actions of a window to sessions, panels and dialogs."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        actions = window.actions_table
        for command, handler in self._handlers().items():
            actions[command].triggered.connect(handler)
        for command, choice in _SCHEMES.items():
            actions[command].setChecked(services.theme.choice is choice)
        for command, style in _STYLES.items():
            actions[command].setChecked(services.clock.style is style)
        self._aging = QTimer(self)
        self._aging.setInterval(AGING_MS)
        self._aging.timeout.connect(services.clock.changed)
        self._aging.start()
        window.closing.connect(self._aging.stop)

    def _handlers(self) -> dict[Command, Callable[[], object]]:
        window, session, graph = self._window, self._services.session, self._window.graph_panel.graph_view
        return {
            Command.ADVANCE: session.advance,
            Command.CANCEL: session.cancel,
            Command.COPY_COMMAND: self._copy_command,
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
            Command.NEXT_PANE: partial(window.go_round, 1),
            Command.PREVIOUS_PANE: partial(window.go_round, -1),
            Command.TIMES_LOCAL: partial(self._tell_times, TimeStyle.LOCAL),
            Command.TIMES_UTC: partial(self._tell_times, TimeStyle.UTC),
            Command.TIMES_RELATIVE: partial(self._tell_times, TimeStyle.RELATIVE),
            Command.THEME_SYSTEM: self._use_system,
            Command.THEME_LIGHT: self._use_light,
            Command.THEME_DARK: self._use_dark,
            Command.NOTICES: self._show_notices,
            Command.RESET_LAYOUT: window.reset_docks,
            Command.PALETTE: self._show_palette,
            Command.SHORTCUTS: self._show_shortcuts,
            Command.ABOUT: self._show_about,
        }

    def _copy_command(self) -> None:
        self._services.clipboard.setText(self._services.session.command_line)

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

    # -- times ---------------------------------------------------------------------------------------------

    def _tell_times(self, style: TimeStyle) -> None:
        self._services.clock.choose(style)
        self._services.settings.time_style = style

    # -- dialogs ------------------------------------------------------------------------------------------

    def _show_notices(self) -> None:
        from wfepy_gui.views.notices.notice_list import NoticeList  # noqa: PLC0415  start-up time

        given = self._services
        NoticeList(given.notices.history, given.clipboard, given.clock, self._window).open()

    def _show_palette(self) -> None:
        from wfepy_gui.views.dialogs.command_palette import CommandPalette  # noqa: PLC0415  start-up time

        CommandPalette(self._window.actions_table.all(), self._window).open()

    def _show_shortcuts(self) -> None:
        from wfepy_gui.views.dialogs.about import ShortcutSheet  # noqa: PLC0415  start-up time

        ShortcutSheet(self._window.actions_table.all(), self._window).open()

    def _show_about(self) -> None:
        from wfepy_gui.views.dialogs.about import About  # noqa: PLC0415  start-up time

        About(self._services.settings.path, self._window).open()
