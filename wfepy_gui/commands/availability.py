"""Which commands may be used now, why the others may not, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.commands.rows import TABLE
from wfepy_gui.window.command_ids import Command

if TYPE_CHECKING:
    from wfepy_gui.commands.facts import CommandFacts


def obstacles(facts: CommandFacts) -> dict[Command, str]:
    """For every command why it may not be used now: a sentence without its full stop; empty: it may."""
    return {row.command: row.rule(facts) for row in TABLE}


def warnings(facts: CommandFacts) -> dict[Command, str]:
    """What speaks against commands that may be used all the same.

    Who holds an instance may let it go at any moment: Advance tries, and its tip tells who stands in the way.
    """
    return {Command.ADVANCE: facts.holder}


def texts(facts: CommandFacts) -> dict[Command, str]:
    """What commands are called now whose text depends on the facts, with the mnemonic."""
    return {row.command: row.text_of(facts) for row in TABLE if row.text_of is not None}
