"""The Help menu. One row a command."""

from __future__ import annotations

from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command, Menu

HELP_ROWS: tuple[CommandRow, ...] = (
    CommandRow(
        Command.PALETTE,
        menu=Menu.HELP,
        text=QT_TR_NOOP("&Commands…"),
        tip=QT_TR_NOOP("Find and run any command"),
        keys=("Ctrl+Shift+P",),
        handler=lambda to: to.views.show_palette,
        rule=rules.always,
    ),
    CommandRow(
        Command.SHORTCUTS,
        menu=Menu.HELP,
        text=QT_TR_NOOP("&Shortcuts"),
        tip=QT_TR_NOOP("All commands with their keys"),
        keys=("F1",),
        handler=lambda to: to.views.show_shortcuts,
        rule=rules.always,
    ),
    CommandRow(
        Command.ABOUT,
        menu=Menu.HELP,
        text=QT_TR_NOOP("&About"),
        tip=QT_TR_NOOP("Versions of what runs here, and a report of faults"),
        handler=lambda to: to.views.show_about,
        rule=rules.always,
    ),
)
