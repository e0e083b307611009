"""Every command of the desktop, in one table: menus, shortcuts, tool bar and command palette come from it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from wfepy_gui.window.command_ids import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TABLE", "Actions", "Command", "Menu", "Spec"]


@enum.unique
class Menu(enum.Enum):
    """The menus, left to right. `value` is the caption."""

    FILE = "&File"
    EDIT = "&Edit"
    INSTANCE = "&Instance"
    GRAPH = "&Graph"
    VIEW = "&View"
    HELP = "&Help"


class Spec(NamedTuple):
    """One row of the table.

    `group` makes commands exclude one another, `ruled` draws a line above, `checks` shows an on and off.
    """

    command: Command
    menu: Menu
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    group: str = ""
    ruled: bool = False
    checks: bool = False


C, M = Command, Menu
TABLE: tuple[Spec, ...] = (
    # Files
    Spec(C.OPEN, M.FILE, "&Open…", "Open state files; no code is run", ("Ctrl+O",)),
    Spec(C.OPEN_FOLDER, M.FILE, "Open &folder…", "Show all instances in a folder", ("Ctrl+Shift+O",)),
    Spec(C.NEW_INSTANCE, M.FILE, "&New instance…", "Start one with its first context", ("Ctrl+N",)),
    Spec(C.IMPORT, M.FILE, "I&mport…", "Go on with an instance that wfepy 0.1.1 dumped; it is read as data"),
    Spec(C.RELOAD, M.FILE, "&Reload", "Read the state file again", ("Ctrl+R",)),
    Spec(
        C.REOPEN,
        M.FILE,
        "Reopen at &start",
        "At the next start show again what is open at the end",
        checks=True,
    ),
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
    # Passes and the state of the file
    Spec(
        C.ADVANCE_UNTIL_STILL,
        M.INSTANCE,
        "Advance until &nothing moves",
        "Repeat passes while one changes something",
        ("Ctrl+Shift+F5",),
    ),
    Spec(
        C.ADVANCE_WHEN_FREE,
        M.INSTANCE,
        "Advance when &free",
        "Wait until nobody else holds the instance, then run one pass",
        ("Alt+F5",),
    ),
    Spec(
        C.NO_FURTHER_PASS,
        M.INSTANCE,
        "No f&urther pass",
        "Stop waiting or repeating; a pass that runs goes on",
    ),
    Spec(
        C.TIMER,
        M.INSTANCE,
        "On a &timer…",
        "Advance this instance again and again",
        ("Ctrl+Shift+T",),
        ruled=True,
    ),
    Spec(C.TIMER_PAUSE, M.INSTANCE, "&Pause timer", "Let the timer stand still", ("Ctrl+Shift+Space",)),
    Spec(C.TIMER_REMOVE, M.INSTANCE, "Remo&ve timer", "Advance this instance by hand only"),
    Spec(C.TIMERS, M.INSTANCE, "Timers of ever&y instance…", "See, pause and remove them", ("Ctrl+Alt+I",)),
    Spec(
        C.MIGRATE,
        M.INSTANCE,
        "Move to the c&hanged module…",
        "Say what became of tasks that the module no longer has",
        ruled=True,
    ),
    Spec(C.LOCATE, M.FILE, "&Locate the file…", "The file was moved: say where it is now", ruled=True),
    Spec(C.CLOSE_INSTANCE, M.FILE, "Close &instance", "Show nothing", ("Ctrl+W",)),
    Spec(
        C.FIND_IN_OUTPUT,
        M.EDIT,
        "Search in &output…",
        "Find a text in the output",
        ("Ctrl+Alt+O",),
        ruled=True,
    ),
    Spec(
        C.FOLLOW_OUTPUT, M.EDIT, "Go to the end o&f the output", "Follow what tasks print", ("Ctrl+Alt+End",)
    ),
    Spec(C.COPY_OUTPUT, M.EDIT, "Cop&y output", "All of the output that is kept", ("Ctrl+Alt+Y",)),
    Spec(C.COPY_COMMAND, M.INSTANCE, "Copy c&ommand line", "The same pass for a terminal", ruled=True),
    Spec(C.INTERPRETER, M.INSTANCE, "Python &interpreter…", "Choose the Python that runs this workflow"),
    Spec(C.FIND_TASK, M.GRAPH, "&Find task…", "Filter the task table", ("Ctrl+Shift+G",)),
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
    Spec(C.PREVIOUS_PANE, M.VIEW, "Pre&vious panel", "The keyboard to the panel before", ("Shift+F6",)),
    Spec(
        C.FIND_IN_CONTEXT,
        M.VIEW,
        "&Search in context…",
        "Find a key or value of the context",
        ("Ctrl+Shift+F",),
    ),
    Spec(C.NOTICES, M.VIEW, "Notic&es…", "All notices so far", ("Ctrl+Shift+N",)),
    Spec(C.THEME_SYSTEM, M.VIEW, "Colours: as the s&ystem", "Follow the system", group="theme", ruled=True),
    Spec(C.THEME_LIGHT, M.VIEW, "Colours: &light", "Dark on light", group="theme"),
    Spec(C.THEME_DARK, M.VIEW, "Colours: &dark", "Light on dark", group="theme"),
    Spec(
        C.TIMES_LOCAL,
        M.VIEW,
        "Times: &zone of this machine",
        "On this machine's clock",
        group="times",
        ruled=True,
    ),
    Spec(C.TIMES_UTC, M.VIEW, "Times: &UTC", "In universal time", group="times"),
    Spec(C.TIMES_RELATIVE, M.VIEW, "Times: ho&w long ago", "As lengths of time", group="times"),
    Spec(C.RESET_LAYOUT, M.VIEW, "&Reset panels", "Put all panels where they were first", ruled=True),
    Spec(C.PALETTE, M.HELP, "&Commands…", "Find and run any command", ("Ctrl+Shift+P",)),
    Spec(C.SHORTCUTS, M.HELP, "&Shortcuts", "All commands with their keys", ("F1",)),
    Spec(C.ABOUT, M.HELP, "&About", "Versions of what runs here"),
    # Context and pending changes
    Spec(C.UNDO, M.EDIT, "&Undo", "Take the latest pending change back", ("Ctrl+Z",)),
    Spec(C.REDO, M.EDIT, "&Redo", "Bring back what was undone", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Spec(C.EDIT_VALUE, M.EDIT, "&Edit value", "Type another value for the selected key", ("F2",), ruled=True),
    Spec(C.RENAME_KEY, M.EDIT, "Re&name key", "Type another name for the selected key", ("Shift+F2",)),
    Spec(C.ADD_VALUE, M.EDIT, "&Add key or item…", "Add a value to the context", ("Ctrl+Shift+A",)),
    Spec(C.REMOVE_VALUE, M.EDIT, "Remo&ve value", "Remove the selected value", ("Ctrl+Shift+Del",)),
    Spec(C.MOVE_VALUE_UP, M.EDIT, "Move value u&p", "In front of the one before", ("Ctrl+Shift+Up",)),
    Spec(C.MOVE_VALUE_DOWN, M.EDIT, "Move value do&wn", "Behind the next one", ("Ctrl+Shift+Down",)),
    Spec(C.CHANGE_TYPE, M.EDIT, "Change &type…", "Make the selected value another type", ("Ctrl+T",)),
    Spec(C.COPY_VALUE, M.EDIT, "&Copy value as JSON", "To the clipboard", ("Ctrl+Shift+C",), ruled=True),
    Spec(C.PASTE_VALUE, M.EDIT, "Pa&ste value as JSON", "In place of the selected one", ("Ctrl+Shift+V",)),
    Spec(
        C.REVEAL_VALUE,
        M.EDIT,
        "Reveal or &mask secret",
        "Show the selected secret, or hide it again",
        ("Ctrl+Shift+R",),
    ),
    Spec(C.EDIT_AS_JSON, M.EDIT, "Edit conte&xt as JSON", "The whole context as text", ("Ctrl+Shift+J",)),
    Spec(C.APPLY_CHANGES, M.EDIT, "App&ly pending changes", "Save them at once", ("Ctrl+S",), ruled=True),
    Spec(C.DISCARD_CHANGES, M.EDIT, "&Discard pending changes…", "Forget them", ("Ctrl+Shift+D",)),
    Spec(
        C.COPY_AS_COMMANDS,
        M.EDIT,
        "Copy c&hanges as commands",
        "The pending changes as commands for a terminal; secrets are dots",
        ("Ctrl+Alt+K",),
    ),
    Spec(C.REVIEW_MERGE, M.EDIT, "Review mer&ge…", "Decide what both changed", ("Ctrl+M",)),
    Spec(
        C.FILTER_CONTEXT,
        M.VIEW,
        "&Filter context…",
        "Show only what contains a text",
        ("Ctrl+Alt+F",),
        ruled=True,
    ),
    Spec(C.GO_PENDING, M.VIEW, "Go to &pending changes", "Move the keyboard to what waits", ("Alt+7",)),
    # Why, what next, and changes by hand (hand_commands.py).
    Spec(C.WHY, M.INSTANCE, "&Why?", "Why the selected task does not move", ("Alt+8",), ruled=True),
    Spec(C.PREFLIGHT, M.INSTANCE, "Pref&light", "What an advance would do now; calls no task", ("F9",)),
    Spec(C.GO_ERROR, M.INSTANCE, "Last &error", "Traceback and source of the selected task", ("Alt+9",)),
    Spec(
        C.COMPLETE,
        M.INSTANCE,
        "Co&mplete…",
        "Let the selected tasks count as done",
        ("Ctrl+Alt+C",),
        ruled=True,
    ),
    Spec(C.SKIP, M.INSTANCE, "&Skip…", "Cancel the selected tasks; their branches end", ("Ctrl+Alt+S",)),
    Spec(C.RETRY, M.INSTANCE, "&Retry…", "Let the next pass run the selected tasks again", ("Ctrl+Alt+R",)),
    Spec(C.SET_TOKENS, M.INSTANCE, "Set to&kens…", "Say where the instance stands", ("Ctrl+Alt+T",)),
    Spec(
        C.RESTORE,
        M.INSTANCE,
        "Restore &backup…",
        "Go back to the previous version of the state file",
        ruled=True,
    ),
    Spec(C.FORK, M.INSTANCE, "Fork to a san&dbox", "Go on with a copy, to try things on"),
    # graph
    Spec(C.PRINT, M.FILE, "&Print…", "Look at the printed graph, then print it", ("Ctrl+P",)),
    Spec(
        C.ZOOM_AREA,
        M.GRAPH,
        "Zoom to &area",
        "Drag a frame around what to see, or place it with the arrow keys",
        ("Ctrl+8",),
    ),
    Spec(C.FIND_IN_GRAPH, M.GRAPH, "Find in grap&h…", "Find tasks by name or label", ("Ctrl+F",), ruled=True),
    Spec(C.FIND_NEXT, M.GRAPH, "Find ne&xt", "Go to the next task that was found", ("F3",)),
    Spec(C.FIND_PREVIOUS, M.GRAPH, "Find &previous", "Go to the one before", ("Shift+F3",)),
    Spec(C.NEXT_WAITING, M.GRAPH, "Next &waiting", "Go to the next waiting task", ("F7",)),
    Spec(C.NEXT_BY_AGE, M.GRAPH, "Next b&y age", "To what waits or failed longest, then on", ("Shift+F7",)),
    Spec(
        C.NEXT_TRANSITION,
        M.GRAPH,
        "Next &transition",
        "Select the next transition of the selected task (T in the graph)",
        ("F12",),
        ruled=True,
    ),
    Spec(
        C.PREVIOUS_TRANSITION,
        M.GRAPH,
        "Pre&vious transition",
        "Select the one before (Shift+T in the graph)",
        ("Shift+F12",),
    ),
    Spec(
        C.FOLLOW_TRANSITION,
        M.GRAPH,
        "Wal&k the transition",
        "Go to the task at the other end of the selected transition (Enter in the graph)",
        ("Ctrl+F12",),
    ),
    Spec(C.GRAPH_BACK, M.GRAPH, "&Back", "Go to the task visited before", ("Alt+Left",)),
    Spec(C.GRAPH_FORWARD, M.GRAPH, "Fo&rward", "Go to the task visited after it", ("Alt+Right",)),
    Spec(
        C.NEIGHBOURHOOD,
        M.GRAPH,
        "Neighbo&urhood only",
        "Show only what is near the selected task",
        ("Ctrl+D",),
        ruled=True,
        checks=True,
    ),
    Spec(C.DEEPER, M.GRAPH, "Lar&ger neighbourhood", "One transition further", ("Ctrl+]",)),
    Spec(C.SHALLOWER, M.GRAPH, "S&maller neighbourhood", "One transition less", ("Ctrl+[",)),
    Spec(
        C.HIDE_DONE,
        M.GRAPH,
        "Hide what is &done",
        "Draw complete and skipped tasks as placeholders",
        ("Ctrl+H",),
        checks=True,
    ),
    Spec(
        C.SHOW_HEAT,
        M.GRAPH,
        "Mark what is stu&ck",
        "Show how long tasks have waited or failed, from one to four",
        ("Ctrl+Shift+K",),
        checks=True,
    ),
    Spec(C.FILTER_LABEL, M.GRAPH, "Filt&er by label…", "Show only tasks with a label", ("Ctrl+L",)),
    Spec(C.SHOW_ALL, M.GRAPH, "Show a&ll", "Leave nothing out", ("Ctrl+Shift+H",)),
    Spec(C.GO_MAP, M.VIEW, "Go to &map", "Move the keyboard to the small map of the graph", ("Ctrl+Alt+M",)),
    Spec(C.ANIMATE, M.VIEW, "A&nimations", "Let the graph glide and running tasks pulse", checks=True),
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
        action.setCheckable(spec.checks or bool(spec.group))
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        return action
