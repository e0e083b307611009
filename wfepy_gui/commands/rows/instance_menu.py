"""The Instance menu: passes, timers, why, and changes by hand. One row a command."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wfepy_core.model.status import InterventionKind
from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.window.command_ids import Command, Menu
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from wfepy_gui.commands.facts import CommandFacts


def _pause_or_resume(facts: CommandFacts) -> str:
    return tr("&Resume timer") if facts.is_timer_paused else tr("&Pause timer")


INSTANCE_ROWS: tuple[CommandRow, ...] = (
    CommandRow(
        Command.ADVANCE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Advance"),
        tip=QT_TR_NOOP("Run one pass: everything that can run now"),
        keys=("F5", "Ctrl+Return"),
        handler=lambda to: to.session.advance,
        rule=rules.can_advance,
    ),
    CommandRow(
        Command.CANCEL,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Cancel pass"),
        tip=QT_TR_NOOP("Stop the running pass"),
        keys=("Ctrl+.", "Shift+F5"),
        handler=lambda to: to.session.cancel,
        rule=rules.can_cancel,
    ),
    CommandRow(
        Command.ADVANCE_UNTIL_STILL,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Advance until &nothing moves"),
        tip=QT_TR_NOOP("Repeat passes while one changes something"),
        keys=("Ctrl+Shift+F5",),
        handler=lambda to: to.passes.advance_until_still,
        rule=rules.can_advance_until_still,
    ),
    CommandRow(
        Command.ADVANCE_WHEN_FREE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Advance when &free"),
        tip=QT_TR_NOOP("Wait until nobody else holds the instance, then run one pass"),
        keys=("Alt+F5",),
        handler=lambda to: to.passes.advance_when_free,
        rule=rules.can_advance_when_free,
    ),
    CommandRow(
        Command.NO_FURTHER_PASS,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("No f&urther pass"),
        tip=QT_TR_NOOP("Stop waiting or repeating; a pass that runs goes on"),
        handler=lambda to: to.passes.start_no_further_pass,
        rule=rules.needs_sequence,
    ),
    CommandRow(
        Command.TIMER,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("On a &timer…"),
        tip=QT_TR_NOOP("Advance this instance again and again"),
        keys=("Ctrl+Shift+T",),
        handler=lambda to: to.timers.ask_timer_plan,
        rule=rules.can_have_timer,
        line_above=True,
    ),
    CommandRow(
        Command.TIMER_PAUSE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Pause timer"),
        tip=QT_TR_NOOP("Let the timer stand still"),
        keys=("Ctrl+Shift+Space",),
        handler=lambda to: to.timers.pause_or_resume,
        rule=rules.needs_timer,
        text_of=_pause_or_resume,
    ),
    CommandRow(
        Command.TIMER_REMOVE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Remo&ve timer"),
        tip=QT_TR_NOOP("Advance this instance by hand only"),
        handler=lambda to: to.timers.remove_timer,
        rule=rules.needs_timer,
    ),
    CommandRow(
        Command.TIMERS,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Timers of ever&y instance…"),
        tip=QT_TR_NOOP("See, pause and remove them"),
        keys=("Ctrl+Alt+I",),
        handler=lambda to: to.timers.list_timers,
        rule=rules.always,
    ),
    CommandRow(
        Command.MIGRATE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Move to the c&hanged module…"),
        tip=QT_TR_NOOP("Say what became of tasks that the module no longer has"),
        handler=lambda to: to.migration.ask_mapping,
        rule=rules.can_advance,
        line_above=True,
    ),
    CommandRow(
        Command.COPY_COMMAND,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Copy c&ommand line"),
        tip=QT_TR_NOOP("The same pass for a terminal"),
        handler=lambda to: to.passes.copy_command_line,
        rule=rules.needs_file,
        line_above=True,
    ),
    CommandRow(
        Command.INTERPRETER,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Python &interpreter…"),
        tip=QT_TR_NOOP("Choose the Python that runs this workflow"),
        handler=lambda to: to.files.ask_interpreter,
        rule=rules.needs_graph,
    ),
    CommandRow(
        Command.WHY,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Why?"),
        tip=QT_TR_NOOP("Why the selected task does not move"),
        keys=("Alt+8",),
        handler=lambda to: partial(to.window.go_to, PanelId.WHY),
        rule=rules.needs_graph,
        line_above=True,
    ),
    CommandRow(
        Command.PREFLIGHT,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Pref&light"),
        tip=QT_TR_NOOP("What an advance would do now; calls no task"),
        keys=("F9",),
        handler=lambda to: to.interventions.run_preflight,
        rule=rules.can_preflight,
    ),
    CommandRow(
        Command.GO_ERROR,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Last &error"),
        tip=QT_TR_NOOP("Traceback and source of the selected task"),
        keys=("Alt+9",),
        handler=lambda to: partial(to.window.go_to, PanelId.ERROR),
        rule=rules.needs_graph,
    ),
    CommandRow(
        Command.COMPLETE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Co&mplete…"),
        tip=QT_TR_NOOP("Let the selected tasks count as done"),
        keys=("Ctrl+Alt+C",),
        handler=lambda to: partial(to.interventions.ask_plan, InterventionKind.COMPLETE),
        rule=rules.can_complete,
        line_above=True,
    ),
    CommandRow(
        Command.SKIP,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Skip…"),
        tip=QT_TR_NOOP("Cancel the selected tasks; their branches end"),
        keys=("Ctrl+Alt+S",),
        handler=lambda to: partial(to.interventions.ask_plan, InterventionKind.SKIP),
        rule=rules.can_skip,
    ),
    CommandRow(
        Command.RETRY,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("&Retry…"),
        tip=QT_TR_NOOP("Let the next pass run the selected tasks again"),
        keys=("Ctrl+Alt+R",),
        handler=lambda to: partial(to.interventions.ask_plan, InterventionKind.RETRY),
        rule=rules.can_retry,
    ),
    CommandRow(
        Command.SET_TOKENS,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Set to&kens…"),
        tip=QT_TR_NOOP("Say where the instance stands"),
        keys=("Ctrl+Alt+T",),
        handler=lambda to: to.interventions.ask_tokens,
        rule=rules.can_intervene,
    ),
    CommandRow(
        Command.RESTORE,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Restore &backup…"),
        tip=QT_TR_NOOP("Go back to the previous version of the state file"),
        handler=lambda to: to.interventions.compare_backup,
        rule=rules.can_restore,
        line_above=True,
    ),
    CommandRow(
        Command.FORK,
        menu=Menu.INSTANCE,
        text=QT_TR_NOOP("Fork to a san&dbox"),
        tip=QT_TR_NOOP("Go on with a copy, to try things on"),
        handler=lambda to: to.interventions.fork_to_sandbox,
        rule=rules.can_fork,
    ),
)
