"""Type a few letters of any command, press Enter. Made from the same table as the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.views.widgets.labels import by_font, keys_of
from wfepy_gui.views.widgets.one_shot import make_one_shot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def distance(typed: str, caption: str, tip: str) -> int | None:
    """How far a command is from what was typed: 0 begins with it, and so on; None: it does not match.

    Nearest are captions that begin with it or have a word that does, then those with it inside, then
    explanations with it inside, then those where only its letters occur in this order.
    """
    typed, caption, tip = typed.casefold().strip(), caption.casefold(), tip.casefold()
    grades = (
        caption.startswith(typed),
        f" {typed}" in caption,
        typed in caption,
        typed in tip,
        _has_letters(typed, caption),
        _has_letters(typed, f"{caption} {tip}"),
    )
    return grades.index(True) if any(grades) else None


def _has_letters(typed: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in typed if not letter.isspace())


class CommandPalette(QDialog):
    """All commands with their keys; those that cannot be used now are greyed."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._typed = QLineEdit(self)
        self._list = QTreeWidget(self)
        self._build()
        self._fill("")
        self._typed.textChanged.connect(self._fill)
        self._typed.returnPressed.connect(self._run)
        self._list.itemActivated.connect(self._run)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Commands"))
        make_one_shot(self)
        self.resize(by_font(self, 560), by_font(self, 420))
        self._typed.setPlaceholderText(self.tr("Type a command"))
        self._typed.setAccessibleName(self.tr("Type a command"))
        self._typed.installEventFilter(self)
        self._list.setAccessibleName(self.tr("Commands that match"))
        self._list.setAccessibleDescription(self.tr("One row a command; Enter runs the chosen one."))
        self._list.setColumnCount(2)
        self._list.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self._list.setColumnWidth(0, by_font(self, 380))
        self._list.setRootIsDecorated(False)
        column = QVBoxLayout(self)
        column.addWidget(self._typed)
        column.addWidget(self._list)

    def _fill(self, typed: str) -> None:
        self._list.clear()
        for number in self._matching(typed):
            action = self._actions[number]
            item = QTreeWidgetItem([_caption(action), keys_of(action)])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setToolTip(0, plain_tip(action.statusTip()))
            item.setDisabled(not action.isEnabled())
            self._list.addTopLevelItem(item)
            if action.isEnabled() and self._list.currentItem() is None:
                self._list.setCurrentItem(item)

    def _matching(self, typed: str) -> list[int]:
        """The numbers of the actions that match, nearest first."""
        found = []
        for number, action in enumerate(self._actions):
            far = distance(typed, _caption(action), action.whatsThis())
            if far is not None:
                found.append((far, number))
        return [number for _, number in sorted(found)]

    def _run(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isDisabled():
            action = self._actions[item.data(0, Qt.ItemDataRole.UserRole)]
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the text field move in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _MOVES:
            self._list.keyPressEvent(event)
            return True
        return bool(super().eventFilter(watched, event))


def _caption(action: QAction) -> str:
    return action.text().replace("&", "")
