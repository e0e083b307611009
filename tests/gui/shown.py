"""What a person reads in a window: every text of every widget, cells, menus and tool tips included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QStatusBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Qt.ItemDataRole
CELL_ROLES = (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole)


def shown_in(root: QWidget, *, hidden: bool = False) -> Iterator[tuple[QWidget, str]]:
    """Every text of `root` and what it holds, with the widget that has it; with `hidden` of the rest too."""
    for widget in [root, *root.findChildren(QWidget)]:
        if (hidden or widget.isVisible()) and not _is_of_qt(widget):
            yield from ((widget, text) for text in (*_own(widget), *_typed(widget), *cells(widget)) if text)


def _is_of_qt(widget: QWidget) -> bool:
    return type(widget.parent()).__name__ == "QTabBar" or widget.objectName().startswith("qt_")


def _own(widget: QWidget) -> Iterator[str]:
    """Captions, names and tips."""
    yield widget.windowTitle() if widget.isWindow() else ""
    yield from (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, (QAbstractButton, QLabel)):
        yield widget.text()
    if isinstance(widget, (QMenu, QGroupBox)):
        yield widget.title()
    if isinstance(widget, QStatusBar):
        yield widget.currentMessage()
    if isinstance(widget, QTabWidget):
        yield from (widget.tabText(number) for number in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (text for action in widget.actions() for text in (action.text(), action.statusTip()))


def _typed(widget: QWidget) -> Iterator[str]:
    """What fields hold and ask for."""
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QLineEdit):
        yield widget.text()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QSpinBox):
        yield from (widget.prefix(), widget.suffix())


def cells(widget: QWidget) -> Iterator[str]:
    """Every cell and heading of a view; those of a headline by their view."""
    if not isinstance(widget, QAbstractItemView) or isinstance(widget, QHeaderView) or not widget.model():
        return
    model = widget.model()
    columns = range(1 if isinstance(widget, QListView) else model.columnCount(QModelIndex()))
    for column in columns:
        for role in (Role.DisplayRole, Role.ToolTipRole):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    waiting = [QModelIndex()]
    for parent in waiting:
        for row in range(model.rowCount(parent)):
            indexes = [model.index(row, column, parent) for column in columns]
            waiting += indexes[:1]
            yield from (str(index.data(role) or "") for index in indexes for role in CELL_ROLES)
