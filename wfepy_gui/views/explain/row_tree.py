"""A tree of explaining rows; activating one that names a task leads to that task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from wfepy_gui.models.rows_model import NAME_ROLE
from wfepy_gui.text.bounded_text import bounded
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.theme.status_icons import StatusIcons

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QResizeEvent

    from wfepy_gui.models.explanations.rows import Row
    from wfepy_gui.theme import Theme


_INDENT = 16
_MARGINS, _ICON = 10, 20


class _Wrapping(QStyledItemDelegate):
    """Rows as high as their text needs in the width there is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QTreeWidget):
            return hint
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        self.initStyleOption(option, index)
        beside = _MARGINS + (0 if option.icon.isNull() else _ICON)
        width = max(80, view.viewport().width() - depth * _INDENT - beside)
        room = QRect(0, 0, width, 10_000)
        needed = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, option.text)
        return QSize(width, max(hint.height(), needed.height() + 4))


class RowTree(QTreeWidget):
    """Shows rows. Showing others keeps the current row, what was collapsed, and the place.

    Signals:
        task_activated: Enter or a double click on a row that names a task.
    """

    task_activated = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = StatusIcons(theme)
        self._rows: tuple[Row, ...] = ()
        self._is_outdated = False
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setIndentation(_INDENT)
        self.setItemDelegate(_Wrapping(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.itemActivated.connect(self._on_item_activated)
        theme.changed.connect(self._on_theme_changed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; headings are those on top that have rows below."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._rebuild()

    def forget_place(self) -> None:
        """The next rows are about something else: begin at the top of them."""
        self.setCurrentIndex(QModelIndex())
        self.verticalScrollBar().setValue(0)

    def set_outdated(self, is_outdated: bool) -> None:
        """Grey everything: it is no longer true."""
        if is_outdated != self._is_outdated:
            self._is_outdated = is_outdated
            self._rebuild()

    def _on_theme_changed(self) -> None:
        self._rebuild()

    def _rebuild(self) -> None:
        place = self.verticalScrollBar().value()
        current = _path(self.currentItem())
        closed = {_path(item) for item in self._items() if item.childCount() and not item.isExpanded()}
        self.clear()
        for row in self._rows:
            self.addTopLevelItem(self._item(row, is_heading=bool(row.children)))
        for item in self._items():
            item.setExpanded(_path(item) not in closed)
            if _path(item) == current:
                self.setCurrentItem(item)
        self.verticalScrollBar().setValue(place)

    def _item(self, row: Row, *, is_heading: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([bounded(row.text)])
        item.setToolTip(0, plain_tip(row.text))
        item.setData(0, NAME_ROLE, row.task)
        if row.status is not None:
            item.setIcon(0, self._icons.icon(row.status))
        if row.is_false or self._is_outdated:
            item.setForeground(0, self._theme.look.muted)
        if is_heading:
            font = self.font()
            font.setBold(True)
            item.setFont(0, font)
        for child in row.children:
            item.addChild(self._item(child, is_heading=False))
        return item

    def _items(self) -> Iterator[QTreeWidgetItem]:
        left = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        while left:
            item = left.pop(0)
            if item is not None:
                yield item
                left += [item.child(number) for number in range(item.childCount())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_item_activated(self, item: QTreeWidgetItem) -> None:
        task = item.data(0, NAME_ROLE)
        if task:
            self.task_activated.emit(task)


def _path(item: QTreeWidgetItem | None) -> tuple[str, ...]:
    """Where an item stands, by the names of tasks or else by text, which may hold ages that grow."""
    path: list[str] = []
    while item is not None:
        path.insert(0, item.data(0, NAME_ROLE) or item.text(0))
        item = item.parent()
    return tuple(path)
