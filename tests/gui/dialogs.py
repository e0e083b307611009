"""Dialogs: the commands that open one, and waiting for the question before code runs."""

from wfepy_gui.views.dialogs.confirmation import TrustDialog
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
"""They open one while an instance is open whose only task at work has failed."""


def wait_for_question(qtbot, desktop):
    """Waits until the operator is asked whether code may run: which code that is, is looked for first."""

    def asked():
        return [each for each in desktop.window.findChildren(TrustDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(asked()))
    return asked()[-1]


def wait_for_count(qtbot, asked, count):
    """Waits until a gate has asked so often, and holds that it did not ask more often."""
    qtbot.waitUntil(lambda: len(asked) >= count)
    assert len(asked) == count
