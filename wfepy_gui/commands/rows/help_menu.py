"""The Help menu. One row a command."""

from __future__ import annotations

from functools import partial

from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command, Menu

row = partial(CommandName, Menu.HELP)

HELP_ROWS: tuple[CommandRow, ...] = (
    row(Command.PALETTE, QT_TR_NOOP("&Commands…"), QT_TR_NOOP("Find and run any command"))
    .keys("Ctrl+Shift+P")
    .does(lambda to: to.views.show_palette),
    row(Command.SHORTCUTS, QT_TR_NOOP("&Shortcuts"), QT_TR_NOOP("All commands with their keys"))
    .keys("F1")
    .does(lambda to: to.views.show_shortcuts),
    row(
        Command.ABOUT, QT_TR_NOOP("&About"), QT_TR_NOOP("Versions of what runs here, and a report of faults")
    ).does(lambda to: to.views.show_about),
)
