"""What decides whether a command may be used now: one frozen value, collected in one place."""

from __future__ import annotations

from typing import NamedTuple


class Misfits(NamedTuple):
    """Why an intervention does not fit the selected tasks; empty: it does, or that is not known yet."""

    complete: str = ""
    skip: str = ""
    retry: str = ""


class CommandFacts(NamedTuple):
    """What is true of a desktop at one moment.

    Attributes:
        has_file: a state file is open, read or not.
        has_graph: the graph of an instance, or of a module alone, is shown.
        has_context: the context of an instance, with its pending changes, is known.
        obstacle: why nothing may be changed or advanced; see `Session.obstacle`.
        is_unreadable: the file cannot be read now.
        is_missing: the file is not where it was.
        is_sandbox: the file is a copy to try things on.
        holder: who else holds the instance, a sentence; empty: nobody.
        is_busy: a pass that was started here runs.
        is_stopping: that pass was asked to stop.
        is_sequence: passes follow one another, or wait for the instance to be free.
        has_timer: the instance has a timer, counting or paused.
        is_timer_paused: it has one, and that stands still.
        has_tasks: at least one task is selected.
        misfits: which interventions do not fit the selected tasks.
        has_changes: changes wait to be applied.
        has_unsaved: there are such changes, or text that was typed and is no change yet.
        is_saving: changes are being saved.
        can_undo, can_redo: the newest change can be taken back; one that was taken back can come again.
        has_merge: others saved while changes were pending, and both changed the same.
        has_value: a value of the context is selected.
        can_move_up, can_move_down: that value has one before it, or behind it, to change places with.
        has_neighbourhood: only what is near one task is drawn.
        is_filtered: something is left out of the graph.
        has_transition: a transition is selected.
        can_go_back, can_go_forward: a task was visited before the present one, or after it.
    """

    has_file: bool = False
    has_graph: bool = False
    has_context: bool = False
    obstacle: str = ""
    is_unreadable: bool = False
    is_missing: bool = False
    is_sandbox: bool = False
    holder: str = ""
    is_busy: bool = False
    is_stopping: bool = False
    is_sequence: bool = False
    has_timer: bool = False
    is_timer_paused: bool = False
    has_tasks: bool = False
    misfits: Misfits = Misfits()
    has_changes: bool = False
    has_unsaved: bool = False
    is_saving: bool = False
    can_undo: bool = False
    can_redo: bool = False
    has_merge: bool = False
    has_value: bool = False
    can_move_up: bool = False
    can_move_down: bool = False
    has_neighbourhood: bool = False
    is_filtered: bool = False
    has_transition: bool = False
    can_go_back: bool = False
    can_go_forward: bool = False
