"""What a row of the table of commands is made of, and who handles the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfepy_gui.commands.facts import CommandFacts
from wfepy_gui.window.action_table import ActionRow

if TYPE_CHECKING:
    from wfepy_gui.commands.context_commands import ContextCommands
    from wfepy_gui.commands.file_commands import FileCommands
    from wfepy_gui.commands.graph_commands import GraphCommands
    from wfepy_gui.commands.intervention_commands import InterventionCommands
    from wfepy_gui.commands.migration_commands import MigrationCommands
    from wfepy_gui.commands.pass_commands import PassCommands
    from wfepy_gui.commands.session_restore import SessionRestore
    from wfepy_gui.commands.timer_commands import TimerCommands
    from wfepy_gui.commands.view_commands import ViewCommands
    from wfepy_gui.instance.session import Session
    from wfepy_gui.window.main_window import MainWindow


class Handlers(NamedTuple):
    """The objects of one desktop that do what commands say."""

    window: MainWindow
    session: Session
    files: FileCommands
    contexts: ContextCommands
    passes: PassCommands
    timers: TimerCommands
    migration: MigrationCommands
    interventions: InterventionCommands
    graph: GraphCommands
    views: ViewCommands
    session_restore: SessionRestore


class CommandRow(ActionRow[Handlers, CommandFacts]):
    """A command with who handles it and what it depends on; see `ActionRow`."""

    __slots__ = ()
