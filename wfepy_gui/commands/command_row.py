"""What a row of the table of commands is made of, and who handles the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from wfepy_gui.commands import rules
from wfepy_gui.commands.facts import CommandFacts
from wfepy_gui.window.action_table import ActionRow

if TYPE_CHECKING:
    from collections.abc import Callable

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
    from wfepy_gui.window.command_ids import Command, Menu
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


class CommandName:
    """The first half of a row, as the operator reads it; `does` makes it whole. See `ActionRow`."""

    def __init__(self, menu: Menu, command: Command, text: str, tip: str) -> None:
        self._menu, self._command, self._text, self._tip = menu, command, text, tip
        self._keys: tuple[str, ...] = ()
        self._short = ""

    def keys(self, *keys: str) -> Self:
        """Give it shortcuts; the first one is shown in the menu."""
        self._keys = keys
        return self

    def short(self, text: str) -> Self:
        """Let buttons call it by another text."""
        self._short = text
        return self

    def does(
        self,
        handler: Callable[[Handlers], Callable[..., object]],
        rule: Callable[[CommandFacts], str] = rules.always,
        *,
        text_of: Callable[[CommandFacts], str] | None = None,
        group: str = "",
        checks: bool = False,
        line_above: bool = False,
    ) -> CommandRow:
        """The row, with what the command does, and when it may; without a rule it may always."""
        return CommandRow(
            command=self._command,
            menu=self._menu,
            text=self._text,
            tip=self._tip,
            handler=handler,
            rule=rule,
            keys=self._keys,
            short=self._short,
            group=group,
            line_above=line_above,
            checks=checks,
            text_of=text_of,
        )
