"""When commands may be used: each rule says why not, in a sentence without its full stop, or nothing.

Where several things stand in the way the first that the operator can do something about is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from wfepy_gui.commands.facts import CommandFacts


def always(_facts: CommandFacts) -> str:
    """It may always be used."""
    return ""


# -- what is open -----------------------------------------------------------------------------------------


def needs_file(facts: CommandFacts) -> str:
    """A state file must be open, whether it can be read or not."""
    return "" if facts.has_file else facts.obstacle or tr("Nothing is open")


def needs_graph(facts: CommandFacts) -> str:
    """A graph must be shown."""
    return "" if facts.has_graph else facts.obstacle or tr("Nothing is open")


def needs_lost_file(facts: CommandFacts) -> str:
    """The file must have gone from its place."""
    return needs_file(facts) or ("" if facts.is_missing else tr("The file is where it was"))


def can_fork(facts: CommandFacts) -> str:
    """There must be an instance to copy; that it may not be changed does not matter."""
    return needs_file(facts) or needs_graph(facts)


def can_restore(facts: CommandFacts) -> str:
    """A file that cannot be read is what a backup is for: only what forbids writing stands in its way."""
    cannot_write = facts.obstacle if facts.has_graph and not facts.is_unreadable else ""
    pending = tr("Apply or discard your pending changes first") if facts.has_changes else ""
    return needs_file(facts) or _while_busy(facts) or pending or cannot_write


def can_preflight(facts: CommandFacts) -> str:
    """There must be an instance that was read; a module alone has none."""
    alone = tr("There is no instance yet") if facts.has_graph and not facts.has_file else ""
    return alone or needs_file(facts) or needs_graph(facts)


# -- passes and timers ------------------------------------------------------------------------------------


def can_advance(facts: CommandFacts) -> str:
    """Nothing may stand in the way of a pass, and none may run. Who holds the instance is only warned of."""
    return facts.obstacle or _while_busy(facts)


def can_advance_until_still(facts: CommandFacts) -> str:
    """Passes that follow one another cannot begin while others follow, or while another holds the file."""
    return can_advance(facts) or _while_sequence(facts) or facts.holder


def can_advance_when_free(facts: CommandFacts) -> str:
    """To wait until the instance is free only makes sense while it is not."""
    is_free = "" if facts.holder else tr("Nobody else holds the instance")
    return can_advance(facts) or _while_sequence(facts) or is_free


def can_cancel(facts: CommandFacts) -> str:
    """A pass must run that was not asked to stop yet."""
    if not facts.is_busy:
        return tr("No pass is running")
    return tr("The pass is being stopped") if facts.is_stopping else ""


def needs_sequence(facts: CommandFacts) -> str:
    """Passes must follow one another."""
    return "" if facts.is_sequence else tr("No further pass is planned")


def can_have_timer(facts: CommandFacts) -> str:
    """Any instance may have a timer that is not a sandbox."""
    sandbox = tr("A sandbox has no timer") if facts.is_sandbox else ""
    return needs_file(facts) or needs_graph(facts) or sandbox


def needs_timer(facts: CommandFacts) -> str:
    """The instance must have a timer."""
    return "" if facts.has_timer else tr("This instance has no timer")


# -- interventions ----------------------------------------------------------------------------------------


def can_intervene(facts: CommandFacts) -> str:
    """The instance must be one that can be changed now."""
    return facts.obstacle or _while_busy(facts) or _while_saving(facts)


def can_complete(facts: CommandFacts) -> str:
    """Complete must fit the selected tasks."""
    return _on_tasks(facts) or facts.misfits.complete


def can_skip(facts: CommandFacts) -> str:
    """Skip must fit the selected tasks."""
    return _on_tasks(facts) or facts.misfits.skip


def can_retry(facts: CommandFacts) -> str:
    """Retry must fit the selected tasks."""
    return _on_tasks(facts) or facts.misfits.retry


def _on_tasks(facts: CommandFacts) -> str:
    return can_intervene(facts) or ("" if facts.has_tasks else tr("Select a task first"))


# -- the context and its pending changes ------------------------------------------------------------------


def needs_context(facts: CommandFacts) -> str:
    """A context must be known."""
    return "" if facts.has_context else facts.obstacle or tr("Nothing is open")


def needs_value(facts: CommandFacts) -> str:
    """A value of the context must be selected."""
    selected = "" if facts.has_value else tr("Select a value of the context first")
    return needs_context(facts) or selected


def can_change_context(facts: CommandFacts) -> str:
    """The context must be one that can be changed; a pass may run meanwhile."""
    return needs_context(facts) or facts.obstacle


def can_change_value(facts: CommandFacts) -> str:
    """The selected value must be one that can be changed."""
    return can_change_context(facts) or needs_value(facts)


def can_move_value_up(facts: CommandFacts) -> str:
    """The selected value must have another one before it."""
    first = "" if facts.can_move_up else tr("There is no value before it to change places with")
    return can_change_value(facts) or first


def can_move_value_down(facts: CommandFacts) -> str:
    """The selected value must have another one behind it."""
    last = "" if facts.can_move_down else tr("There is no value behind it to change places with")
    return can_change_value(facts) or last


def can_undo(facts: CommandFacts) -> str:
    """A change must be pending."""
    nothing = "" if facts.can_undo else tr("No change is pending")
    return _while_saving(facts) or nothing


def can_redo(facts: CommandFacts) -> str:
    """A change must have been taken back."""
    nothing = "" if facts.can_redo else tr("No change was taken back")
    return _while_saving(facts) or nothing


def needs_changes(facts: CommandFacts) -> str:
    """A change must be pending."""
    return "" if facts.has_changes else tr("No change is pending")


def can_discard(facts: CommandFacts) -> str:
    """Something must be pending, or typed, that is not being saved."""
    nothing = "" if facts.has_unsaved else tr("No change is pending")
    return nothing or _while_saving(facts)


def can_apply(facts: CommandFacts) -> str:
    """Something must be pending, and the file one that can be saved now."""
    return can_discard(facts) or can_advance(facts)


def can_merge(facts: CommandFacts) -> str:
    """Others must have saved what is changed here, too."""
    nothing = "" if facts.has_merge else tr("Nobody saved what you change")
    return nothing or _while_saving(facts)


# -- the graph --------------------------------------------------------------------------------------------


def needs_neighbourhood(facts: CommandFacts) -> str:
    """Only what is near one task must be drawn."""
    whole = "" if facts.has_neighbourhood else tr("No neighbourhood is shown")
    return needs_graph(facts) or whole


def needs_filter(facts: CommandFacts) -> str:
    """Something must be left out."""
    return needs_graph(facts) or ("" if facts.is_filtered else tr("Nothing is left out"))


def needs_transition(facts: CommandFacts) -> str:
    """A transition must be selected."""
    return "" if facts.has_transition else tr("Select a transition first")


def can_go_back(facts: CommandFacts) -> str:
    """A task must have been visited before this one."""
    first = "" if facts.can_go_back else tr("No task was visited before this one")
    return needs_graph(facts) or first


def can_go_forward(facts: CommandFacts) -> str:
    """A task must have been visited after this one."""
    last = "" if facts.can_go_forward else tr("No task was visited after this one")
    return needs_graph(facts) or last


# -- parts ------------------------------------------------------------------------------------------------


def _while_busy(facts: CommandFacts) -> str:
    return tr("A pass is running") if facts.is_busy else ""


def _while_sequence(facts: CommandFacts) -> str:
    return tr("Passes are under way already") if facts.is_sequence else ""


def _while_saving(facts: CommandFacts) -> str:
    return tr("Your changes are being saved") if facts.is_saving else ""
