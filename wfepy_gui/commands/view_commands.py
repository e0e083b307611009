"""What the commands do that choose how things are shown, or show lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from wfepy_gui import views
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.window.command_ids import Command
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from wfepy_gui.window.main_window import MainWindow
    from wfepy_gui.window.services import Services

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
    """Applies and remembers colours and times; opens the lists of notices and commands."""

    def __init__(self, *, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        actions = window.actions_table
        for command, choice in _SCHEMES.items():
            actions[command].setChecked(services.theme.choice is choice)
        for command, style in _STYLES.items():
            actions[command].setChecked(services.clock.style is style)
        self._aging = QTimer(self)
        self._aging.setInterval(AGING_MS)
        self._aging.timeout.connect(services.clock.changed)
        self._aging.start()
        window.closing.connect(self._aging.stop)

    def find_task(self) -> None:
        """Let the operator type what the table of tasks is filtered by."""
        self._window.show_dock(PanelId.TASKS)
        self._window.panels.tasks.get().start_search()

    def set_scheme(self, choice: SchemeChoice) -> None:
        """Use these colours, also at the next start."""
        self._services.theme.choose(choice)
        self._services.settings.scheme = choice

    def set_time_style(self, style: TimeStyle) -> None:
        """Tell times this way, also at the next start."""
        self._services.clock.choose(style)
        self._services.settings.time_style = style

    # -- dialogs ------------------------------------------------------------------------------------------

    def show_notices(self) -> None:
        """List all notices."""
        given = self._services
        views.NoticeList(
            history=given.notices.history, clipboard=given.clipboard, clock=given.clock, parent=self._window
        ).open()

    def show_palette(self) -> None:
        """Let the operator find a command."""
        views.CommandPalette(self._window.actions_table.all(), self._window).open()

    def show_shortcuts(self) -> None:
        """List the commands with their keys."""
        views.ShortcutSheet(self._window.actions_table.all(), self._window).open()

    def show_about(self) -> None:
        """Show the versions of what runs here."""
        given = self._services
        views.About(
            settings_path=given.settings.path,
            log_path=given.log_path,
            clipboard=given.clipboard,
            parent=self._window,
        ).open()
