"""The Graph menu: where to look, and how much of it. One row a command."""

from __future__ import annotations

from functools import partial

from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command, Menu

row = partial(CommandName, Menu.GRAPH)

GRAPH_ROWS: tuple[CommandRow, ...] = (
    row(Command.FIND_TASK, QT_TR_NOOP("&Find task…"), QT_TR_NOOP("Filter the task table"))
    .keys("Ctrl+Shift+G")
    .does(lambda to: to.views.find_task),
    row(
        Command.NEXT_URGENT,
        QT_TR_NOOP("&Next failed"),
        QT_TR_NOOP("Go to the next failed or interrupted task"),
    )
    .keys("F8")
    .does(lambda to: to.graph.navigation.go_to_next_failed, rules.needs_graph),
    row(Command.SHOW_SELECTED, QT_TR_NOOP("&Show selected task"), QT_TR_NOOP("Bring it into view"))
    .keys("Ctrl+J")
    .does(lambda to: to.graph.show_selected, rules.needs_graph),
    row(Command.FIT, QT_TR_NOOP("F&it"), QT_TR_NOOP("Show the whole graph"))
    .keys("Ctrl+9")
    .does(lambda to: to.graph.view.fit, rules.needs_graph, line_above=True),
    row(Command.ACTUAL_SIZE, QT_TR_NOOP("&100 %"), QT_TR_NOOP("Show the graph at its own size"))
    .keys("Ctrl+0")
    .does(lambda to: to.graph.show_actual_size, rules.needs_graph),
    row(Command.ZOOM_IN, QT_TR_NOOP("&Zoom in"), QT_TR_NOOP("Closer"))
    .keys("Ctrl++", "Ctrl+=")
    .does(lambda to: to.graph.view.zoom_in, rules.needs_graph),
    row(Command.ZOOM_OUT, QT_TR_NOOP("Zoom &out"), QT_TR_NOOP("Further away"))
    .keys("Ctrl+-")
    .does(lambda to: to.graph.view.zoom_out, rules.needs_graph),
    row(
        Command.ZOOM_AREA,
        QT_TR_NOOP("Zoom to &area"),
        QT_TR_NOOP("Drag a frame around what to see, or place it with the arrow keys"),
    )
    .keys("Ctrl+8")
    .does(lambda to: to.graph.view.begin_zoom_frame, rules.needs_graph),
    row(Command.FIND_IN_GRAPH, QT_TR_NOOP("Find in grap&h…"), QT_TR_NOOP("Find tasks by name or label"))
    .keys("Ctrl+F")
    .does(lambda to: to.graph.find, rules.needs_graph, line_above=True),
    row(Command.FIND_NEXT, QT_TR_NOOP("Find ne&xt"), QT_TR_NOOP("Go to the next task that was found"))
    .keys("F3")
    .does(lambda to: to.graph.find_next, rules.needs_graph),
    row(Command.FIND_PREVIOUS, QT_TR_NOOP("Find &previous"), QT_TR_NOOP("Go to the one before"))
    .keys("Shift+F3")
    .does(lambda to: to.graph.find_previous, rules.needs_graph),
    row(Command.NEXT_WAITING, QT_TR_NOOP("Next &waiting"), QT_TR_NOOP("Go to the next waiting task"))
    .keys("F7")
    .does(lambda to: to.graph.navigation.go_to_next_waiting, rules.needs_graph),
    row(
        Command.NEXT_BY_AGE,
        QT_TR_NOOP("Next b&y age"),
        QT_TR_NOOP("To what waits or failed longest, then on"),
    )
    .keys("Shift+F7")
    .does(lambda to: to.graph.navigation.go_to_next_by_age, rules.needs_graph),
    row(
        Command.NEXT_TRANSITION,
        QT_TR_NOOP("Next &transition"),
        QT_TR_NOOP("Select the next transition of the selected task (T in the graph)"),
    )
    .keys("F12")
    .does(lambda to: partial(to.graph.step_transition, 1), rules.needs_graph, line_above=True),
    row(
        Command.PREVIOUS_TRANSITION,
        QT_TR_NOOP("Pre&vious transition"),
        QT_TR_NOOP("Select the one before (Shift+T in the graph)"),
    )
    .keys("Shift+F12")
    .does(lambda to: partial(to.graph.step_transition, -1), rules.needs_graph),
    row(
        Command.FOLLOW_TRANSITION,
        QT_TR_NOOP("Wal&k the transition"),
        QT_TR_NOOP("Go to the task at the other end of the selected transition (Enter in the graph)"),
    )
    .keys("Ctrl+F12")
    .does(lambda to: to.graph.navigation.follow_transition, rules.needs_transition),
    row(Command.GRAPH_BACK, QT_TR_NOOP("&Back"), QT_TR_NOOP("Go to the task visited before"))
    .keys("Alt+Left")
    .does(lambda to: to.graph.navigation.go_back, rules.can_go_back),
    row(Command.GRAPH_FORWARD, QT_TR_NOOP("Fo&rward"), QT_TR_NOOP("Go to the task visited after it"))
    .keys("Alt+Right")
    .does(lambda to: to.graph.navigation.go_forward, rules.can_go_forward),
    row(
        Command.NEIGHBOURHOOD,
        QT_TR_NOOP("Neighbo&urhood only"),
        QT_TR_NOOP("Show only what is near the selected task"),
    )
    .keys("Ctrl+D")
    .does(lambda to: to.graph.toggle_neighbourhood, rules.needs_graph, checks=True, line_above=True),
    row(Command.DEEPER, QT_TR_NOOP("Lar&ger neighbourhood"), QT_TR_NOOP("One transition further"))
    .keys("Ctrl+]")
    .does(lambda to: partial(to.graph.change_depth, 1), rules.needs_neighbourhood),
    row(Command.SHALLOWER, QT_TR_NOOP("S&maller neighbourhood"), QT_TR_NOOP("One transition less"))
    .keys("Ctrl+[")
    .does(lambda to: partial(to.graph.change_depth, -1), rules.needs_neighbourhood),
    row(
        Command.HIDE_DONE,
        QT_TR_NOOP("Hide what is &done"),
        QT_TR_NOOP("Draw complete and skipped tasks as placeholders"),
    )
    .keys("Ctrl+H")
    .does(lambda to: to.graph.navigation.hide_done, rules.needs_graph, checks=True),
    row(
        Command.MARK_STUCK,
        QT_TR_NOOP("Mark what is stu&ck"),
        QT_TR_NOOP("Show how long tasks have waited or failed, from one to four"),
    )
    .keys("Ctrl+Shift+K")
    .does(lambda to: to.graph.set_marks_stuck, checks=True),
    row(Command.FILTER_LABEL, QT_TR_NOOP("Filt&er by label…"), QT_TR_NOOP("Show only tasks with a label"))
    .keys("Ctrl+L")
    .does(lambda to: to.graph.choose_label, rules.needs_graph),
    row(Command.SHOW_ALL, QT_TR_NOOP("Show a&ll"), QT_TR_NOOP("Leave nothing out"))
    .keys("Ctrl+Shift+H")
    .does(lambda to: to.graph.show_all, rules.needs_filter),
)
