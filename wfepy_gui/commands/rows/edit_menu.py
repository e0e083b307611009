"""The Edit menu: the context, its pending changes, and what tasks print. One row a command."""

from __future__ import annotations

from functools import partial

from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command, Menu

row = partial(CommandName, Menu.EDIT)

EDIT_ROWS: tuple[CommandRow, ...] = (
    row(Command.FIND_IN_OUTPUT, QT_TR_NOOP("Search in &output…"), QT_TR_NOOP("Find a text in the output"))
    .keys("Ctrl+Alt+O")
    .does(lambda to: to.passes.find_in_output, line_above=True),
    row(
        Command.FOLLOW_OUTPUT,
        QT_TR_NOOP("Go to the end o&f the output"),
        QT_TR_NOOP("Follow what tasks print"),
    )
    .keys("Ctrl+Alt+End")
    .does(lambda to: to.passes.follow_output),
    row(Command.COPY_OUTPUT, QT_TR_NOOP("Cop&y output"), QT_TR_NOOP("All of the output that is kept"))
    .keys("Ctrl+Alt+Y")
    .does(lambda to: to.passes.copy_output),
    row(Command.UNDO, QT_TR_NOOP("&Undo"), QT_TR_NOOP("Take the latest pending change back"))
    .keys("Ctrl+Z")
    .does(lambda to: to.session.editing.undo, rules.can_undo),
    row(Command.REDO, QT_TR_NOOP("&Redo"), QT_TR_NOOP("Bring back what was undone"))
    .keys("Ctrl+Shift+Z", "Ctrl+Y")
    .does(lambda to: to.session.editing.redo, rules.can_redo),
    row(Command.EDIT_VALUE, QT_TR_NOOP("&Edit value"), QT_TR_NOOP("Type another value for the selected key"))
    .keys("F2")
    .does(lambda to: to.contexts.edit_value, rules.can_change_value, line_above=True),
    row(Command.RENAME_KEY, QT_TR_NOOP("Re&name key"), QT_TR_NOOP("Type another name for the selected key"))
    .keys("Shift+F2")
    .does(lambda to: to.contexts.rename_key, rules.can_change_value),
    row(Command.ADD_VALUE, QT_TR_NOOP("&Add key or item…"), QT_TR_NOOP("Add a value to the context"))
    .keys("Ctrl+Shift+A")
    .short("+")
    .does(lambda to: to.contexts.add_value, rules.can_change_context),
    row(Command.REMOVE_VALUE, QT_TR_NOOP("Remo&ve value"), QT_TR_NOOP("Remove the selected value"))
    .keys("Ctrl+Shift+Del")
    .short("-")
    .does(lambda to: to.contexts.remove_value, rules.can_change_value),
    row(Command.MOVE_VALUE_UP, QT_TR_NOOP("Move value u&p"), QT_TR_NOOP("In front of the one before"))
    .keys("Ctrl+Shift+Up")
    .does(lambda to: to.contexts.move_value_up, rules.can_move_value_up),
    row(Command.MOVE_VALUE_DOWN, QT_TR_NOOP("Move value do&wn"), QT_TR_NOOP("Behind the next one"))
    .keys("Ctrl+Shift+Down")
    .does(lambda to: to.contexts.move_value_down, rules.can_move_value_down),
    row(Command.CHANGE_TYPE, QT_TR_NOOP("Change &type…"), QT_TR_NOOP("Make the selected value another type"))
    .keys("Ctrl+T")
    .does(lambda to: to.contexts.change_type, rules.can_change_value),
    row(Command.COPY_VALUE, QT_TR_NOOP("&Copy value as JSON"), QT_TR_NOOP("To the clipboard"))
    .keys("Ctrl+Shift+C")
    .does(lambda to: to.contexts.copy_value, rules.needs_context, line_above=True),
    row(Command.PASTE_VALUE, QT_TR_NOOP("Pa&ste value as JSON"), QT_TR_NOOP("In place of the selected one"))
    .keys("Ctrl+Shift+V")
    .does(lambda to: to.contexts.paste_value, rules.can_change_value),
    row(
        Command.REVEAL_VALUE,
        QT_TR_NOOP("Reveal or &mask secret"),
        QT_TR_NOOP("Show the selected secret, or hide it again"),
    )
    .keys("Ctrl+Shift+R")
    .does(lambda to: to.contexts.reveal_value, rules.needs_value),
    row(Command.EDIT_AS_JSON, QT_TR_NOOP("Edit conte&xt as JSON"), QT_TR_NOOP("The whole context as text"))
    .keys("Ctrl+Shift+J")
    .does(lambda to: to.contexts.edit_as_json, rules.needs_context),
    row(Command.APPLY_CHANGES, QT_TR_NOOP("App&ly pending changes"), QT_TR_NOOP("Save them at once"))
    .keys("Ctrl+S")
    .short(QT_TR_NOOP("Apply"))
    .does(lambda to: to.contexts.apply_changes, rules.can_apply, line_above=True),
    row(Command.DISCARD_CHANGES, QT_TR_NOOP("&Discard pending changes…"), QT_TR_NOOP("Forget them"))
    .keys("Ctrl+Shift+D")
    .short(QT_TR_NOOP("Discard…"))
    .does(lambda to: to.contexts.ask_discard, rules.can_discard),
    row(
        Command.COPY_AS_COMMANDS,
        QT_TR_NOOP("Copy c&hanges as commands"),
        QT_TR_NOOP("The pending changes as commands for a terminal; secrets are dots"),
    )
    .keys("Ctrl+Alt+K")
    .short(QT_TR_NOOP("As commands"))
    .does(lambda to: to.contexts.copy_as_commands, rules.needs_changes),
    row(Command.REVIEW_MERGE, QT_TR_NOOP("Review mer&ge…"), QT_TR_NOOP("Decide what both changed"))
    .keys("Ctrl+M")
    .short(QT_TR_NOOP("Review…"))
    .does(lambda to: to.contexts.review_merge, rules.can_merge),
)
