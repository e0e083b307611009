"""The View menu: panels, colours and times. One row a command."""

from __future__ import annotations

from functools import partial

from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.time_format import TimeStyle
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.theme import SchemeChoice
from wfepy_gui.window.command_ids import Command, Menu
from wfepy_gui.window.panel_registry import PanelId

row = partial(CommandName, Menu.VIEW)

VIEW_ROWS: tuple[CommandRow, ...] = (
    row(Command.FOCUS_GRAPH, QT_TR_NOOP("Go to &graph"), QT_TR_NOOP("Move the keyboard to the graph"))
    .keys("Alt+0", "Ctrl+G")
    .does(lambda to: to.graph.focus_graph),
    row(
        Command.GO_INSTANCES, QT_TR_NOOP("Go to &instances"), QT_TR_NOOP("Move the keyboard to the instances")
    )
    .keys("Alt+1")
    .does(lambda to: partial(to.window.go_to, PanelId.INSTANCES)),
    row(Command.GO_TASK, QT_TR_NOOP("Go to t&ask"), QT_TR_NOOP("Move the keyboard to the selected task"))
    .keys("Alt+2")
    .does(lambda to: partial(to.window.go_to, PanelId.TASK)),
    row(Command.GO_CONTEXT, QT_TR_NOOP("Go to &context"), QT_TR_NOOP("Move the keyboard to the context"))
    .keys("Alt+3")
    .does(lambda to: partial(to.window.go_to, PanelId.CONTEXT)),
    row(Command.GO_TASKS, QT_TR_NOOP("Go to &tasks"), QT_TR_NOOP("Move the keyboard to the table of tasks"))
    .keys("Alt+4")
    .does(lambda to: partial(to.window.go_to, PanelId.TASKS)),
    row(Command.GO_HISTORY, QT_TR_NOOP("Go to &history"), QT_TR_NOOP("Move the keyboard to the history"))
    .keys("Alt+5")
    .does(lambda to: partial(to.window.go_to, PanelId.HISTORY)),
    row(Command.GO_OUTPUT, QT_TR_NOOP("Go to &output"), QT_TR_NOOP("Move the keyboard to the output"))
    .keys("Alt+6")
    .does(lambda to: partial(to.window.go_to, PanelId.OUTPUT)),
    row(Command.NEXT_PANE, QT_TR_NOOP("Ne&xt panel"), QT_TR_NOOP("Move the keyboard to the next panel"))
    .keys("F6")
    .does(lambda to: partial(to.window.go_round, 1)),
    row(Command.PREVIOUS_PANE, QT_TR_NOOP("Pre&vious panel"), QT_TR_NOOP("The keyboard to the panel before"))
    .keys("Shift+F6")
    .does(lambda to: partial(to.window.go_round, -1)),
    row(
        Command.FIND_IN_CONTEXT,
        QT_TR_NOOP("&Search in context…"),
        QT_TR_NOOP("Find a key or value of the context"),
    )
    .keys("Ctrl+Shift+F")
    .does(lambda to: to.contexts.find_in_context),
    row(Command.NOTICES, QT_TR_NOOP("Notic&es…"), QT_TR_NOOP("All notices so far"))
    .keys("Ctrl+Shift+N")
    .does(lambda to: to.views.show_notices),
    row(Command.THEME_SYSTEM, QT_TR_NOOP("Colours: as the s&ystem"), QT_TR_NOOP("Follow the system")).does(
        lambda to: partial(to.views.set_scheme, SchemeChoice.SYSTEM), group="theme", line_above=True
    ),
    row(Command.THEME_LIGHT, QT_TR_NOOP("Colours: &light"), QT_TR_NOOP("Dark on light")).does(
        lambda to: partial(to.views.set_scheme, SchemeChoice.LIGHT), group="theme"
    ),
    row(Command.THEME_DARK, QT_TR_NOOP("Colours: &dark"), QT_TR_NOOP("Light on dark")).does(
        lambda to: partial(to.views.set_scheme, SchemeChoice.DARK), group="theme"
    ),
    row(
        Command.TIMES_LOCAL, QT_TR_NOOP("Times: &zone of this machine"), QT_TR_NOOP("On this machine's clock")
    ).does(lambda to: partial(to.views.set_time_style, TimeStyle.LOCAL), group="times", line_above=True),
    row(Command.TIMES_UTC, QT_TR_NOOP("Times: &UTC"), QT_TR_NOOP("In universal time")).does(
        lambda to: partial(to.views.set_time_style, TimeStyle.UTC), group="times"
    ),
    row(Command.TIMES_RELATIVE, QT_TR_NOOP("Times: ho&w long ago"), QT_TR_NOOP("As lengths of time")).does(
        lambda to: partial(to.views.set_time_style, TimeStyle.RELATIVE), group="times"
    ),
    row(
        Command.RESET_LAYOUT, QT_TR_NOOP("&Reset panels"), QT_TR_NOOP("Put all panels where they were first")
    ).does(lambda to: to.window.reset_docks, line_above=True),
    row(Command.FILTER_CONTEXT, QT_TR_NOOP("&Filter context…"), QT_TR_NOOP("Show only what contains a text"))
    .keys("Ctrl+Alt+F")
    .does(lambda to: to.contexts.filter_context, rules.needs_context, line_above=True),
    row(
        Command.GO_PENDING,
        QT_TR_NOOP("Go to &pending changes"),
        QT_TR_NOOP("Move the keyboard to what waits"),
    )
    .keys("Alt+7")
    .short(QT_TR_NOOP("Show them"))
    .does(lambda to: partial(to.window.go_to, PanelId.PENDING)),
    row(
        Command.GO_MAP,
        QT_TR_NOOP("Go to &map"),
        QT_TR_NOOP("Move the keyboard to the small map of the graph"),
    )
    .keys("Ctrl+Alt+M")
    .does(lambda to: partial(to.window.go_to, PanelId.MAP)),
    row(
        Command.ANIMATE, QT_TR_NOOP("A&nimations"), QT_TR_NOOP("Let the graph glide and running tasks pulse")
    ).does(lambda to: to.graph.set_animates, checks=True),
)
