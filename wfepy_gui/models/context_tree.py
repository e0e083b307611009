"""The context as a typed tree. Nothing is decoded: unknown and opaque values are shown as such."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from wfepy_core.storage.codec import kind_of, preview
from wfepy_gui.models.context_node import Node, find, members_of

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHANGING = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole]
MOST_HITS = 1000


class Column(enum.IntEnum):
    """The columns, left to right."""

    KEY = 0
    KIND = 1
    VALUE = 2


_HEADINGS = {
    Column.KEY: "Key",
    Column.KIND: "Type",
    Column.VALUE: "Value",
}


class ContextTreeModel(QAbstractItemModel):
    """Read-only tree over a context in the state file's JSON form.

    Another version of the context is merged in: rows that stay keep their place in the view, expansion
    and selection included.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("", {}, None, 0)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, context: Any) -> None:
        """Show the context of another instance."""
        self.beginResetModel()
        self._root = Node("", context if members_of(context) is not None else {"(context)": context}, None, 0)
        self.endResetModel()

    def update(self, context: Any) -> None:
        """Show another version of the same context."""
        if members_of(context) is None or kind_of(context) != kind_of(self._root.encoded):
            self.show(context)
        else:
            self._merge(self._root, QModelIndex(), context)

    def find(self, text: str) -> list[tuple[int, ...]]:
        """Places whose key or value contains a text, for `index_at`."""
        return find(self._root.encoded, text, MOST_HITS) if text else []

    def index_at(self, place: tuple[int, ...]) -> QModelIndex:
        """The index at a place; invalid when it is gone."""
        index = QModelIndex()
        for row in place:
            index = self.index(row, 0, index)
            if not index.isValid():
                break
        return index

    def node_at(self, index: Index) -> Node:
        """The node behind an index; the root for an invalid one."""
        return index.internalPointer() if index.isValid() else self._root

    # -- merging ------------------------------------------------------------------------------------------

    def _merge(self, node: Node, index: QModelIndex, encoded: Any) -> None:
        node.encoded = encoded
        if not node.is_built:
            return
        members = members_of(encoded) or []
        keys = {key for key, _ in members}
        self._remove_missing(node, index, keys)
        for row, (key, value) in enumerate(members):
            self._place(node, index, row, key, value)
        self._cut(node, index, len(members))

    def _remove_missing(self, node: Node, index: QModelIndex, keys: set[str]) -> None:
        for row in reversed(range(len(node.children))):
            if node.children[row].key not in keys:
                self.beginRemoveRows(index, row, row)
                del node.children[row]
                node.renumber(row)
                self.endRemoveRows()

    def _place(self, node: Node, index: QModelIndex, row: int, key: str, value: Any) -> None:
        children = node.children
        if row < len(children) and children[row].key != key:
            later = next((at for at in range(row + 1, len(children)) if children[at].key == key), None)
            if later is not None:
                self.beginMoveRows(index, later, later, index, row)
                children.insert(row, children.pop(later))
                node.renumber(row)
                self.endMoveRows()
        if row >= len(children) or children[row].key != key:
            self.beginInsertRows(index, row, row)
            children.insert(row, Node(key, value, node, row))
            node.renumber(row)
            self.endInsertRows()
            return
        self._change(children[row], self.index(row, 0, index), value)

    def _change(self, child: Node, index: QModelIndex, value: Any) -> None:
        if child.encoded == value and type(child.encoded) is type(value):
            return
        self._merge(child, index, value)
        self.dataChanged.emit(index, index.siblingAtColumn(Column.VALUE), _CHANGING)

    def _cut(self, node: Node, index: QModelIndex, size: int) -> None:
        if len(node.children) > size:
            self.beginRemoveRows(index, size, len(node.children) - 1)
            del node.children[size:]
            self.endRemoveRows()

    # -- Qt -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's
        """A member of a container."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.node_at(parent).children[row])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008  Qt's signature
        """The container a value is in."""
        node = self.node_at(index).parent if index.isValid() else None
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row a member."""
        return 0 if parent.column() > 0 else len(self.node_at(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """See `Column`."""
        return len(Column)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008  Qt's signature
        """Whether it is a container that is not empty."""
        return parent.column() <= 0 and bool(members_of(self.node_at(parent).encoded))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Captions."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(Column):
            return self.tr(_HEADINGS[Column(section)])
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        node, column = self.node_at(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(node, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{node.path()}\n{kind_of(node.encoded)}\n{preview(node.encoded, 1000)}"
        return None


def _text(node: Node, column: Column) -> str:
    if column is Column.KEY:
        return node.key
    if column is Column.KIND:
        return kind_of(node.encoded)
    if isinstance(node.encoded, str):
        return " ".join(node.encoded[:400].split("\n"))
    return preview(node.encoded, 200)
