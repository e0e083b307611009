"""Every command of the desktop, in one table: menus, shortcuts, tool bar and command palette come from it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterator


@enum.unique
class Menu(enum.Enum):
    """The menus, left to right. `value` is the caption."""

    FILE = "&File"
    INSTANCE = "&Instance"
    GRAPH = "&Graph"
    VIEW = "&View"
    HELP = "&Help"


@enum.unique
class Command(enum.Enum):
    """The commands by name."""

    OPEN = enum.auto()
    OPEN_FOLDER = enum.auto()
    NEW_INSTANCE = enum.auto()
    IMPORT = enum.auto()
    RELOAD = enum.auto()
    EXPORT = enum.auto()
    COPY_PICTURE = enum.auto()
    QUIT = enum.auto()
    ADVANCE = enum.auto()
    CANCEL = enum.auto()
    COPY_COMMAND = enum.auto()
    INTERPRETER = enum.auto()
    FIT = enum.auto()
    ACTUAL_SIZE = enum.auto()
    ZOOM_IN = enum.auto()
    ZOOM_OUT = enum.auto()
    FIND_TASK = enum.auto()
    NEXT_URGENT = enum.auto()
    SHOW_SELECTED = enum.auto()
    FIND_IN_CONTEXT = enum.auto()
    FOCUS_GRAPH = enum.auto()
    GO_INSTANCES = enum.auto()
    GO_TASK = enum.auto()
    GO_CONTEXT = enum.auto()
    GO_TASKS = enum.auto()
    GO_HISTORY = enum.auto()
    GO_OUTPUT = enum.auto()
    NEXT_PANE = enum.auto()
    PREVIOUS_PANE = enum.auto()
    TIMES_LOCAL = enum.auto()
    TIMES_UTC = enum.auto()
    TIMES_RELATIVE = enum.auto()
    THEME_SYSTEM = enum.auto()
    THEME_LIGHT = enum.auto()
    THEME_DARK = enum.auto()
    NOTICES = enum.auto()
    RESET_LAYOUT = enum.auto()
    PALETTE = enum.auto()
    SHORTCUTS = enum.auto()
    ABOUT = enum.auto()


class Spec(NamedTuple):
    """One row of the table; `group` makes commands exclude one another, `ruled` draws a line above."""

    command: Command
    menu: Menu
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    group: str = ""
    ruled: bool = False


C, M = Command, Menu
TABLE: tuple[Spec, ...] = (
    # Files
    Spec(C.OPEN, M.FILE, "&Open…", "Open state files; no code is run", ("Ctrl+O",)),
    Spec(C.OPEN_FOLDER, M.FILE, "Open &folder…", "Show all instances in a folder", ("Ctrl+Shift+O",)),
    Spec(
        C.NEW_INSTANCE,
        M.FILE,
        "&New instance…",
        "Start an instance of a workflow with its first context",
        ("Ctrl+N",),
    ),
    Spec(C.IMPORT, M.FILE, "&Import…", "Go on with an instance that wfepy 0.1.1 dumped; it is read as data"),
    Spec(C.RELOAD, M.FILE, "&Reload", "Read the state file again", ("Ctrl+R",)),
    Spec(C.EXPORT, M.FILE, "&Export picture…", "Save the graph as a picture", ("Ctrl+E",), ruled=True),
    Spec(C.COPY_PICTURE, M.FILE, "&Copy picture", "Copy the graph to the clipboard", ("Ctrl+Shift+E",)),
    Spec(C.QUIT, M.FILE, "&Quit", "Close the window", ("Ctrl+Q",), ruled=True),
    Spec(
        C.ADVANCE,
        M.INSTANCE,
        "&Advance",
        "Run one pass: everything that can run now",
        ("F5", "Ctrl+Return"),
    ),
    Spec(C.CANCEL, M.INSTANCE, "&Cancel pass", "Stop the running pass", ("Ctrl+.", "Shift+F5")),
    Spec(C.COPY_COMMAND, M.INSTANCE, "Copy c&ommand line", "The same pass for a terminal", ruled=True),
    Spec(C.INTERPRETER, M.INSTANCE, "Python &interpreter…", "Choose the Python that runs this workflow"),
    Spec(C.FIND_TASK, M.GRAPH, "&Find task…", "Filter the task table", ("Ctrl+F",)),
    Spec(C.NEXT_URGENT, M.GRAPH, "&Next failed", "Go to the next failed or interrupted task", ("F8",)),
    Spec(C.SHOW_SELECTED, M.GRAPH, "&Show selected task", "Bring it into view", ("Ctrl+J",)),
    Spec(C.FIT, M.GRAPH, "F&it", "Show the whole graph", ("Ctrl+9",), ruled=True),
    Spec(C.ACTUAL_SIZE, M.GRAPH, "&100 %", "Show the graph at its own size", ("Ctrl+0",)),
    Spec(C.ZOOM_IN, M.GRAPH, "&Zoom in", "Closer", ("Ctrl++", "Ctrl+=")),
    Spec(C.ZOOM_OUT, M.GRAPH, "Zoom &out", "Further away", ("Ctrl+-",)),
    Spec(C.FOCUS_GRAPH, M.VIEW, "Go to &graph", "Move the keyboard to the graph", ("Alt+0", "Ctrl+G")),
    Spec(C.GO_INSTANCES, M.VIEW, "Go to &instances", "Move the keyboard to the instances", ("Alt+1",)),
    Spec(C.GO_TASK, M.VIEW, "Go to t&ask", "Move the keyboard to the selected task", ("Alt+2",)),
    Spec(C.GO_CONTEXT, M.VIEW, "Go to &context", "Move the keyboard to the context", ("Alt+3",)),
    Spec(C.GO_TASKS, M.VIEW, "Go to &tasks", "Move the keyboard to the table of tasks", ("Alt+4",)),
    Spec(C.GO_HISTORY, M.VIEW, "Go to &history", "Move the keyboard to the history", ("Alt+5",)),
    Spec(C.GO_OUTPUT, M.VIEW, "Go to &output", "Move the keyboard to the output", ("Alt+6",)),
    Spec(C.NEXT_PANE, M.VIEW, "Ne&xt panel", "Move the keyboard to the next panel", ("F6",)),
    Spec(
        C.PREVIOUS_PANE,
        M.VIEW,
        "Pre&vious panel",
        "Move the keyboard to the panel before",
        ("Shift+F6",),
    ),
    Spec(
        C.FIND_IN_CONTEXT,
        M.VIEW,
        "&Search in context…",
        "Find a key or value of the context",
        ("Ctrl+Shift+F",),
    ),
    Spec(C.NOTICES, M.VIEW, "&Notices…", "All notices so far", ("Ctrl+Shift+N",)),
    Spec(C.THEME_SYSTEM, M.VIEW, "Colours: as the s&ystem", "Follow the system", group="theme", ruled=True),
    Spec(C.THEME_LIGHT, M.VIEW, "Colours: &light", "Dark on light", group="theme"),
    Spec(C.THEME_DARK, M.VIEW, "Colours: &dark", "Light on dark", group="theme"),
    Spec(C.TIMES_LOCAL, M.VIEW, "Ti&mes: local", "On this machine's clock", group="times", ruled=True),
    Spec(C.TIMES_UTC, M.VIEW, "Times: &UTC", "In universal time", group="times"),
    Spec(C.TIMES_RELATIVE, M.VIEW, "Tim&es: how long ago", "As lengths of time", group="times"),
    Spec(C.RESET_LAYOUT, M.VIEW, "&Reset panels", "Put all panels where they were first", ruled=True),
    Spec(C.PALETTE, M.HELP, "&Commands…", "Find and run any command", ("Ctrl+Shift+P",)),
    Spec(C.SHORTCUTS, M.HELP, "&Shortcuts", "All commands with their keys", ("F1",)),
    Spec(C.ABOUT, M.HELP, "&About", "Versions of what runs here"),
)


class Actions(QObject):
    """The table as QActions, by command."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {spec.command: self._make(spec) for spec in TABLE}

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command]

    def caption(self, menu: Menu) -> str:
        """What a menu is called."""
        return self.tr(menu.value)

    def of_menu(self, menu: Menu) -> Iterator[tuple[QAction, bool]]:
        """The actions of a menu in order, each with whether a line goes above it."""
        for spec in TABLE:
            if spec.menu is menu:
                yield self._actions[spec.command], spec.ruled

    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the table."""
        return tuple(self._actions.values())

    def _make(self, spec: Spec) -> QAction:
        action = QAction(self.tr(spec.text), self)
        action.setObjectName(spec.command.name.lower())
        action.setStatusTip(self.tr(spec.tip))
        keys = [QKeySequence(key) for key in spec.keys]
        action.setShortcuts(keys)
        shown = f" ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
        action.setToolTip(f"{self.tr(spec.tip)}{shown}")
        if spec.group:
            action.setCheckable(True)
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        return action
