"""Builds the actions of a window from rows: texts, keys, menus and groups. It knows no command by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import label_of, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wfepy_gui.window.command_ids import Command, Menu

H = TypeVar("H")
F = TypeVar("F")


class ActionRow(NamedTuple, Generic[H, F]):
    """One command.

    Attributes:
        command: its name in the code.
        menu: where it is found; rows of one menu follow one another there.
        text: what it is called, with its mnemonic; marked for translators.
        tip: what it does, in a few words; marked for translators.
        handler: finds, among the objects that handle commands, what does it.
        rule: why it may not be used now, given the facts; a sentence without its full stop, empty: it may.
        keys: its shortcuts; the first one is shown in the menu.
        short: what buttons call it, if that is another text.
        group: commands of one group exclude one another.
        line_above: whether a line separates it from the row before.
        checks: whether it is on or off.
        text_of: what it is called given the facts, translated; None: `text` whatever happens.
    """

    command: Command
    menu: Menu
    text: str
    tip: str
    handler: Callable[[H], Callable[..., object]]
    rule: Callable[[F], str]
    keys: tuple[str, ...] = ()
    short: str = ""
    group: str = ""
    line_above: bool = False
    checks: bool = False
    text_of: Callable[[F], str] | None = None


class ActionTable(QObject):
    """The rows as QActions, by command; nothing else enables or disables them."""

    def __init__(self, rows: Sequence[ActionRow[Any, Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = {row.command: row for row in rows}
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {row.command: self._make(row) for row in rows}
        self._obstacles: dict[Command, str] = {}
        self._warnings: dict[Command, str] = {}

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command]

    def caption(self, menu: Menu) -> str:
        """What a menu is called."""
        return label_of(menu)

    def of_menu(self, menu: Menu) -> Iterator[tuple[QAction, bool]]:
        """The actions of a menu in order, each with whether a line goes above it."""
        for command, row in self._rows.items():
            if row.menu is menu:
                yield self._actions[command], row.line_above

    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of the rows."""
        return tuple(self._actions.values())

    def connect_handlers(self, handlers: object) -> None:
        """Let each action do what its row says.

        Args:
            handlers: what the rows find their handlers in.
        """
        for command, row in self._rows.items():
            self._actions[command].triggered.connect(row.handler(handlers))

    def set_obstacles(self, obstacles: Mapping[Command, str], warnings: Mapping[Command, str]) -> None:
        """Enable the actions that may be used; tips say why others may not.

        Args:
            obstacles: for every command why it may not be used now; empty: it may.
            warnings: what speaks against some commands that may be used all the same; their tips say it.
        """
        for command, obstacle in obstacles.items():
            warning = warnings.get(command, "")
            if (obstacle, warning) != (self._obstacles.get(command), self._warnings.get(command)):
                self._obstacles[command], self._warnings[command] = obstacle, warning
                self._actions[command].setEnabled(not obstacle)
                _set_tips(self._actions[command], obstacle or warning)

    def set_texts(self, texts: Mapping[Command, str]) -> None:
        """Call some actions by another text than before."""
        for command, text in texts.items():
            self._actions[command].setText(text)

    def _make(self, row: ActionRow[Any, Any]) -> QAction:
        action = QAction(tr(row.text), self)
        action.setObjectName(row.command.name.lower())
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setWhatsThis(tr(row.tip))
        action.setCheckable(row.checks or bool(row.group))
        if row.short:
            action.setIconText(tr(row.short))
        if row.group:
            group = self._groups.setdefault(row.group, QActionGroup(self))
            group.addAction(action)
        _set_tips(action, "")
        return action


def _set_tips(action: QAction, obstacle: str) -> None:
    tip = action.whatsThis()
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tips = f"{tip} ({keys})" if keys else tip, tip
    if obstacle:
        not_now = tr("{}. Not now: {}")
        tips = not_now.format(tips[0], obstacle), not_now.format(tips[1], obstacle)
    action.setToolTip(plain_tip(tips[0]))
    action.setStatusTip(tips[1])
