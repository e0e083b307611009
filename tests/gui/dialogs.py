"""The commands that open a dialog while an instance is open whose only task at work has failed."""

from wfepy_gui.window.command_ids import Command

DIALOGS = (
    Command.NEW_INSTANCE,
    Command.INTERPRETER,
    Command.NOTICES,
    Command.PALETTE,
    Command.SHORTCUTS,
    Command.ABOUT,
    Command.EXPORT,
    Command.TIMER,
    Command.SET_TOKENS,
    Command.RETRY,
    Command.SKIP,
    Command.RESTORE,
    Command.ADD_VALUE,
)
