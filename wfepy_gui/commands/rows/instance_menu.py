"""The Instance menu: passes, timers, why, and changes by hand. One row a command."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wfepy_core.model.status import InterventionKind
from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP, tr
from wfepy_gui.window.command_ids import Command, Menu
from wfepy_gui.window.panel_registry import PanelId

if TYPE_CHECKING:
    from wfepy_gui.commands.facts import CommandFacts


def _pause_or_resume(facts: CommandFacts) -> str:
    return tr("&Resume timer") if facts.is_timer_paused else tr("&Pause timer")


row = partial(CommandName, Menu.INSTANCE)

INSTANCE_ROWS: tuple[CommandRow, ...] = (
    row(Command.ADVANCE, QT_TR_NOOP("&Advance"), QT_TR_NOOP("Run one pass: everything that can run now"))
    .keys("F5", "Ctrl+Return")
    .does(lambda to: to.session.advance, rules.can_advance),
    row(Command.CANCEL, QT_TR_NOOP("&Cancel pass"), QT_TR_NOOP("Stop the running pass"))
    .keys("Ctrl+.", "Shift+F5")
    .does(lambda to: to.session.cancel, rules.can_cancel),
    row(
        Command.ADVANCE_UNTIL_STILL,
        QT_TR_NOOP("Advance until &nothing moves"),
        QT_TR_NOOP("Repeat passes while one changes something"),
    )
    .keys("Ctrl+Shift+F5")
    .does(lambda to: to.passes.advance_until_still, rules.can_advance_until_still),
    row(
        Command.ADVANCE_WHEN_FREE,
        QT_TR_NOOP("Advance when &free"),
        QT_TR_NOOP("Wait until nobody else holds the instance, then run one pass"),
    )
    .keys("Alt+F5")
    .does(lambda to: to.passes.advance_when_free, rules.can_advance_when_free),
    row(
        Command.NO_FURTHER_PASS,
        QT_TR_NOOP("No f&urther pass"),
        QT_TR_NOOP("Stop waiting or repeating; a pass that runs goes on"),
    ).does(lambda to: to.passes.start_no_further_pass, rules.needs_sequence),
    row(Command.TIMER, QT_TR_NOOP("On a &timer…"), QT_TR_NOOP("Advance this instance again and again"))
    .keys("Ctrl+Shift+T")
    .does(lambda to: to.timers.ask_timer_plan, rules.can_have_timer, line_above=True),
    row(Command.TIMER_PAUSE, QT_TR_NOOP("&Pause timer"), QT_TR_NOOP("Let the timer stand still"))
    .keys("Ctrl+Shift+Space")
    .does(lambda to: to.timers.pause_or_resume, rules.needs_timer, text_of=_pause_or_resume),
    row(
        Command.TIMER_REMOVE, QT_TR_NOOP("Remo&ve timer"), QT_TR_NOOP("Advance this instance by hand only")
    ).does(lambda to: to.timers.remove_timer, rules.needs_timer),
    row(Command.TIMERS, QT_TR_NOOP("Timers of ever&y instance…"), QT_TR_NOOP("See, pause and remove them"))
    .keys("Ctrl+Alt+I")
    .does(lambda to: to.timers.list_timers),
    row(
        Command.MIGRATE,
        QT_TR_NOOP("Move to the c&hanged module…"),
        QT_TR_NOOP("Say what became of tasks that the module no longer has"),
    ).does(lambda to: to.migration.ask_mapping, rules.can_advance, line_above=True),
    row(
        Command.COPY_COMMAND, QT_TR_NOOP("Copy c&ommand line"), QT_TR_NOOP("The same pass for a terminal")
    ).does(lambda to: to.passes.copy_command_line, rules.needs_file, line_above=True),
    row(
        Command.INTERPRETER,
        QT_TR_NOOP("Python &interpreter…"),
        QT_TR_NOOP("Choose the Python that runs this workflow"),
    ).does(lambda to: to.files.ask_interpreter, rules.needs_graph),
    row(
        Command.FORGET_TRUST,
        QT_TR_NOOP("For&get trusted code"),
        QT_TR_NOOP("Ask again before the code of any workflow runs"),
    ).does(lambda to: to.files.forget_trust),
    row(Command.WHY, QT_TR_NOOP("&Why?"), QT_TR_NOOP("Why the selected task does not move"))
    .keys("Alt+8")
    .does(lambda to: partial(to.window.go_to, PanelId.WHY), rules.needs_graph, line_above=True),
    row(
        Command.PREFLIGHT, QT_TR_NOOP("Pref&light"), QT_TR_NOOP("What an advance would do now; calls no task")
    )
    .keys("F9")
    .does(lambda to: to.interventions.run_preflight, rules.can_preflight),
    row(Command.GO_ERROR, QT_TR_NOOP("Last &error"), QT_TR_NOOP("Traceback and source of the selected task"))
    .keys("Alt+9")
    .does(lambda to: partial(to.window.go_to, PanelId.ERROR), rules.needs_graph),
    row(Command.COMPLETE, QT_TR_NOOP("Co&mplete…"), QT_TR_NOOP("Let the selected tasks count as done"))
    .keys("Ctrl+Alt+C")
    .does(
        lambda to: partial(to.interventions.ask_plan, InterventionKind.COMPLETE),
        rules.can_complete,
        line_above=True,
    ),
    row(Command.SKIP, QT_TR_NOOP("&Skip…"), QT_TR_NOOP("Cancel the selected tasks; their branches end"))
    .keys("Ctrl+Alt+S")
    .does(lambda to: partial(to.interventions.ask_plan, InterventionKind.SKIP), rules.can_skip),
    row(Command.RETRY, QT_TR_NOOP("&Retry…"), QT_TR_NOOP("Let the next pass run the selected tasks again"))
    .keys("Ctrl+Alt+R")
    .does(lambda to: partial(to.interventions.ask_plan, InterventionKind.RETRY), rules.can_retry),
    row(Command.SET_TOKENS, QT_TR_NOOP("Set to&kens…"), QT_TR_NOOP("Say where the instance stands"))
    .keys("Ctrl+Alt+T")
    .does(lambda to: to.interventions.ask_tokens, rules.can_intervene),
    row(
        Command.RESTORE,
        QT_TR_NOOP("Restore &backup…"),
        QT_TR_NOOP("Go back to the previous version of the state file"),
    ).does(lambda to: to.interventions.compare_backup, rules.can_restore, line_above=True),
    row(
        Command.FORK, QT_TR_NOOP("Fork to a san&dbox"), QT_TR_NOOP("Go on with a copy, to try things on")
    ).does(lambda to: to.interventions.fork_to_sandbox, rules.can_fork),
)
