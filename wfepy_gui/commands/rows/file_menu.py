"""The File menu. One row a command."""

from __future__ import annotations

from functools import partial

from wfepy_gui.commands import rules
from wfepy_gui.commands.command_row import CommandName, CommandRow
from wfepy_gui.text.translation import QT_TR_NOOP
from wfepy_gui.window.command_ids import Command, Menu

row = partial(CommandName, Menu.FILE)

FILE_ROWS: tuple[CommandRow, ...] = (
    row(Command.OPEN, QT_TR_NOOP("&Open…"), QT_TR_NOOP("Open state files; no code is run"))
    .keys("Ctrl+O")
    .does(lambda to: to.files.choose_files),
    row(Command.OPEN_FOLDER, QT_TR_NOOP("Open &folder…"), QT_TR_NOOP("Show all instances in a folder"))
    .keys("Ctrl+Shift+O")
    .does(lambda to: to.files.choose_folder),
    row(Command.NEW_INSTANCE, QT_TR_NOOP("&New instance…"), QT_TR_NOOP("Start one with its first context"))
    .keys("Ctrl+N")
    .does(lambda to: to.files.ask_new_instance),
    row(
        Command.IMPORT,
        QT_TR_NOOP("I&mport…"),
        QT_TR_NOOP("Go on with an instance that wfepy 0.1.1 dumped; it is read as data"),
    ).does(lambda to: to.files.choose_legacy_dump),
    row(Command.RELOAD, QT_TR_NOOP("&Reload"), QT_TR_NOOP("Read the state file again"))
    .keys("Ctrl+R")
    .does(lambda to: to.session.reload, rules.needs_file),
    row(
        Command.REOPEN,
        QT_TR_NOOP("Reopen at &start"),
        QT_TR_NOOP("At the next start show again what is open at the end"),
    ).does(lambda to: to.session_restore.set_reopens, checks=True),
    row(Command.EXPORT, QT_TR_NOOP("&Export picture…"), QT_TR_NOOP("Save the graph as a picture"))
    .keys("Ctrl+E")
    .does(lambda to: to.graph.ask_export, rules.needs_graph, line_above=True),
    row(Command.COPY_PICTURE, QT_TR_NOOP("&Copy picture"), QT_TR_NOOP("Copy the graph to the clipboard"))
    .keys("Ctrl+Shift+E")
    .does(lambda to: to.graph.copy_picture, rules.needs_graph),
    row(Command.QUIT, QT_TR_NOOP("&Quit"), QT_TR_NOOP("Close the window"))
    .keys("Ctrl+Q")
    .does(lambda to: to.window.close, line_above=True),
    row(
        Command.LOCATE, QT_TR_NOOP("&Locate the file…"), QT_TR_NOOP("The file was moved: say where it is now")
    ).does(lambda to: to.files.locate_file, rules.needs_lost_file, line_above=True),
    row(Command.CLOSE_INSTANCE, QT_TR_NOOP("Close &instance"), QT_TR_NOOP("Show nothing"))
    .keys("Ctrl+W")
    .does(lambda to: to.contexts.close_instance, rules.needs_file),
    row(Command.PRINT, QT_TR_NOOP("&Print…"), QT_TR_NOOP("Look at the printed graph, then print it"))
    .keys("Ctrl+P")
    .does(lambda to: to.graph.print_picture, rules.needs_graph),
)
