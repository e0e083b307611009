"""Edits context values in their cells, with an input for each kind, and paints what changed or was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from wfepy_gui.models.context.cells import CHANGED_ROLE, HIT_ROLE, ContextColumn, encoded_at
from wfepy_gui.models.context.value_types import ValueType, type_of_value
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.views.context.value_editors import WIDEST, ValueInput, input_for

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

Index = QModelIndex | QPersistentModelIndex
_BAR = 2
_PADDING = 8
_HIT_ALPHA = 70
_COMMIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ContextDelegate(QStyledItemDelegate):
    """For the tree of context values.

    Signals:
        refused: what was typed into a cell is no value; why.
    """

    refused = Signal(str)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(HIT_ROLE):
            colour = QColor(option.palette.highlight().color())
            colour.setAlpha(_HIT_ALPHA)
            painter.fillRect(option.rect, colour)
        super().paint(painter, option, index)
        if index.column() == ContextColumn.VALUE and index.data(CHANGED_ROLE):
            bar = QRect(option.rect.left(), option.rect.top() + 1, _BAR, option.rect.height() - 2)
            painter.fillRect(bar, option.palette.link().color())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for an input."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), option.fontMetrics.height() + _PADDING))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == ContextColumn.KEY:
            line = QLineEdit(parent)
            line.setAccessibleName(self.tr("Key"))
            return line
        editor = input_for(encoded_at(index))
        if editor is None:
            return None  # type: ignore[return-value]  # Qt takes none for "not edited"
        editor.setParent(parent)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """An input is filled when it is made, once: what others save must not touch what is typed."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            if editor.isModified():
                model.setData(index, editor.text())
        elif isinstance(editor, ValueInput):
            problem = editor.problem()
            if problem:
                self.refused.emit(problem)
            else:
                model.setData(index, editor.encoded())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Pickers need more room than a narrow cell has: they reach to the left as far as they must."""
        place = QRect(option.rect)
        if index.column() == ContextColumn.VALUE:
            place.setLeft(max(0, min(place.left(), place.right() - editor.minimumSizeHint().width())))
        place.setHeight(max(place.height(), editor.sizeHint().height()))
        editor.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is no value is not taken: the input stays open and says what is wanted."""
        if (
            isinstance(watched, ValueInput)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _COMMIT_KEYS
        ):
            problem = watched.problem()
            if problem:
                place = watched.mapToGlobal(watched.rect().bottomLeft())
                QToolTip.showText(place, plain_tip(problem), watched)
                return True
        return super().eventFilter(watched, event)


def goes_into_pane(index: Index) -> bool:
    """Whether a value is edited in the pane below the tree: long text, and text of several lines."""
    encoded = encoded_at(index)
    if type_of_value(encoded) is ValueType.BYTES:
        return len(encoded["$bytes"]) > WIDEST // 2
    return isinstance(encoded, str) and (len(encoded) > WIDEST or "\n" in encoded)
