"""The tree of context values with everything an operator does to the selected one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView, QWidget

from wfepy_gui.models.context import operations
from wfepy_gui.models.context.cells import ContextColumn, encoded_at
from wfepy_gui.models.context.diff import path_text
from wfepy_gui.models.context.json_text import parse
from wfepy_gui.models.context.node import is_container
from wfepy_gui.models.context.tree_model import ContextTreeModel
from wfepy_gui.models.context.value_types import CHOICES, ValueType, type_of_value
from wfepy_gui.text.secrets import holds_dots
from wfepy_gui.text.translation import label_of, tr
from wfepy_gui.views.context.delegate import ContextDelegate, goes_into_pane
from wfepy_gui.views.context.new_value_dialog import NewValueDialog, Target
from wfepy_gui.views.widgets.labels import by_font

if TYPE_CHECKING:
    from PySide6.QtGui import QClipboard, QContextMenuEvent, QMouseEvent

    from wfepy_gui.instance.editing import Editing
    from wfepy_gui.models.context.node import Place
    from wfepy_gui.models.context.staging import ContextStaging


class ContextTreeView(QTreeView):
    """Shows a `ContextTreeModel` and edits it.

    Signals:
        pane_wanted: the selected value is edited in the pane below.
    """

    pane_wanted = Signal()

    def __init__(
        self, editing: Editing, changes: ContextStaging, clipboard: QClipboard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._changes = changes
        self._clipboard = clipboard
        self.tree_model = ContextTreeModel(self, changes)
        self._delegate = ContextDelegate(self)
        self._menu_actions: list[QAction | None] = []
        self._build()
        self._delegate.refused.connect(self._on_refused)
        self.tree_model.marks_changed.connect(self.viewport().update)

    def _build(self) -> None:
        self.setModel(self.tree_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Context"))
        self.setAccessibleDescription(self.tr("Keys, kinds and values; Enter edits a value."))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(ContextColumn.KEY, by_font(self, 135))
        header.resizeSection(ContextColumn.TYPE, by_font(self, 75))
        for key, react in (
            (QKeySequence.StandardKey.Copy, self.copy_value),
            (QKeySequence.StandardKey.Paste, self.paste_value),
            (QKeySequence.StandardKey.Delete, self.remove_value),
        ):
            self._listen(QKeySequence(key), react)
        self._listen(QKeySequence(Qt.Key.Key_Insert), self.add_value)
        self._listen(QKeySequence(Qt.Key.Key_Return), self.edit_value)

    def _listen(self, key: QKeySequence, react: Any) -> None:
        shortcut = QShortcut(key, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(react)

    # -- the selected value -------------------------------------------------------------------------------

    @property
    def is_chosen(self) -> bool:
        """Whether a value is selected."""
        index = self.currentIndex()
        return index.isValid() and not self.tree_model.is_group(index)

    def _place(self) -> Place:
        return self.tree_model.place_of(self.currentIndex())

    def _select(self, place: Place) -> None:
        index = self.tree_model.index_of(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _may_begin(self) -> bool:
        """Whether a change can be made; else a notice says why not."""
        if self._changes.obstacle:
            self._editing.refuse(ValueError(self._changes.obstacle))
        return not self._changes.obstacle

    def can_move(self, step: int) -> bool:
        """Whether the selected value can go up (-1) or down (1)."""
        place = self._place()
        return bool(place) and self.is_chosen and operations.can_move(self._changes.context, place, step)

    def edit_value(self) -> None:
        """Type another value: in the cell, or in the pane below when it is long."""
        index = self.currentIndex().siblingAtColumn(ContextColumn.VALUE)
        if not index.isValid():
            return
        if is_container(encoded_at(index)) and not self.tree_model.is_masked(index):
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))
        elif not self._may_begin():
            return
        elif self.tree_model.is_masked(index):
            self._editing.refuse(ValueError(tr("this value is masked: reveal it before you change it")))
        elif goes_into_pane(index):
            self.pane_wanted.emit()
        elif self.tree_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)
        elif type_of_value(encoded_at(index)) is ValueType.NOTHING:
            self.choose_kind()
        else:
            self._editing.refuse(
                ValueError(tr("a value of this type stays as it is; it can be copied or removed"))
            )

    def rename_key(self) -> None:
        """Type another key."""
        index = self.currentIndex().siblingAtColumn(ContextColumn.KEY)
        if not self._may_begin():
            return
        if self.is_chosen and self.tree_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)
        elif self.is_chosen:
            self._editing.refuse(ValueError(tr("an item has a position, not a key; move it instead")))

    def remove_value(self) -> None:
        """Take the selected value out."""
        if self.is_chosen and self._may_begin():
            self._changes.remove(self._place())

    def move_up(self) -> None:
        """Move the selected value up among its siblings."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the selected value down among its siblings."""
        self._move(1)

    def _move(self, step: int) -> None:
        place = self._place()
        if place and self.is_chosen and self._may_begin() and self._changes.move(place, step):
            self._select((*place[:-1], place[-1] + step))

    def add_value(self) -> None:
        """Ask for a new key or item, within the selected container or beside the selected value."""
        if not self._may_begin():
            return
        targets = self._targets()
        if not targets:
            self._editing.refuse(ValueError(tr("this context is a single value; give it another type first")))
            return
        dialog = NewValueDialog(targets, self)
        dialog.wanted.connect(self._on_value_wanted)
        dialog.open()

    def _on_value_wanted(self, place: Place, key: object, encoded: object) -> None:
        if self._changes.add(place, key, encoded):
            self._select(place)

    def _targets(self) -> list[Target]:
        """Where a new value can go, the most likely place first."""
        found = []
        place = self._place()
        context = self._changes.context
        for outer in dict.fromkeys((place, place[:-1])):
            inside = operations.open_container(operations.value_at(context, outer))
            if inside is None:
                continue
            is_beside = bool(place) and outer == place[:-1] and (bool(outer) or inside.keys is None)
            row = place[-1] + 1 if is_beside else len(inside.values)
            name = path_text(self._keys_of(outer)) if outer else self.tr("the context")
            keys = tuple(inside.keys) if inside.keys is not None else None
            found.append(Target(self.tr("in {}").format(name), (*outer, row), keys))
        return found

    def _keys_of(self, place: Place) -> tuple[str, ...]:
        return self.tree_model.node_at(self.tree_model.index_of(place)).keys

    def choose_kind(self) -> None:
        """Offer the types that the selected value can be made."""
        if not self.is_chosen or not self._may_begin():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place, current = self._place(), type_of_value(encoded_at(self.currentIndex()))
        for kind in CHOICES:
            action = menu.addAction(label_of(kind))
            action.setCheckable(True)
            action.setChecked(kind is current)
            action.triggered.connect(partial(self.change_kind, place, kind))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def change_kind(self, place: Place, kind: ValueType) -> None:
        """Make the value at a place one of another type, keeping what can be kept."""
        if kind is not type_of_value(operations.value_at(self._changes.context, place)):
            self._changes.change_kind(place, kind)

    # -- clipboard and secrets ----------------------------------------------------------------------------

    def copy_value(self) -> None:
        """Put the selected value, or else the whole context, on the clipboard as JSON."""
        self._clipboard.setText(self._changes.json_of(self._place()))

    def paste_value(self) -> None:
        """Put the JSON on the clipboard in the place of the selected value."""
        if not self.is_chosen or not self._may_begin():
            return
        try:
            value = parse(self._clipboard.text())
        except ValueError as error:
            self._editing.refuse(ValueError(tr("what is on the clipboard is no JSON: {}").format(error)))
            return
        if holds_dots(value):
            self._editing.refuse(
                ValueError(
                    tr("what is on the clipboard has dots for secrets: reveal them, and copy it again")
                )
            )
            return
        self._changes.set_value(self._place(), value)

    def reveal(self) -> None:
        """Show the selected secret, or mask it again."""
        index = self.currentIndex()
        keys = self.tree_model.node_at(index).keys
        if self.is_chosen and self._editing.masking.is_secret(keys):
            self._editing.reveal(keys, shown=self.tree_model.is_masked(index))
        elif self.is_chosen:
            self._editing.refuse(ValueError(tr("this value is not masked: its key names no secret")))

    # -- Qt -----------------------------------------------------------------------------------------------

    def offer(self, actions: list[QAction | None]) -> None:
        """Set what the context menu shows; None for a line."""
        self._menu_actions = actions

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)  # why something is grey
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._menu_actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        place = event.globalPos()
        if event.reason() is event.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self._keyboard_point())
        menu.popup(place)

    def _keyboard_point(self) -> QPoint:
        return self.visualRect(self.currentIndex()).bottomLeft() if self.is_chosen else QPoint(0, 0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a key: another key; elsewhere: another value; on a container: open or close it."""
        index = self.indexAt(event.position().toPoint())
        encoded = encoded_at(index)
        if not index.isValid() or is_container(encoded):
            super().mouseDoubleClickEvent(event)
            return
        self.setCurrentIndex(index)
        if index.column() == ContextColumn.KEY and not index.data().startswith("["):
            self.rename_key()
        else:
            self.edit_value()

    def _on_refused(self, problem: str) -> None:
        self._editing.refuse(ValueError(problem))
