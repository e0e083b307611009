"""A tree model over nodes: another version of the value is merged in, so that what stays keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

from wfepy_core.model.json_values import equal
from wfepy_gui.models.context.cells import ContextColumn
from wfepy_gui.models.context.node import Group, Node, Shown, fitting_size, has_members

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.models.context.node import Place

Index = QModelIndex | QPersistentModelIndex


class MergingTree(QAbstractItemModel):
    """The structure: rows, parents, and what becomes of them when the value is another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("", {}, None, 0)

    def node_at(self, index: Index) -> Node:
        """The node behind an index; the root for an invalid one."""
        return index.internalPointer() if index.isValid() else self._root

    def is_group(self, index: Index) -> bool:
        """Whether a row stands for some members of a large container, and is no value itself."""
        return index.isValid() and isinstance(self.node_at(index), Group)

    def index_at(self, place: Place) -> QModelIndex:
        """The index at a place; invalid when it is gone or hidden."""
        node: Node | None = self._root
        for position in place:
            node = node.member_at(position) if node is not None else None
        return QModelIndex() if node is None or node is self._root else self.createIndex(node.row, 0, node)

    # -- merging ------------------------------------------------------------------------------------------

    def merge(self, node: Node, index: QModelIndex, encoded: JsonValue) -> None:
        """Let a node hold another version of its value; what is not built costs nothing."""
        node.become(encoded)
        if not node.is_built:
            return
        size = fitting_size(node.count, node.group_size)
        if size != node.group_size:
            self._rebuild(node, index)
        elif size:
            self._merge_groups(node, index)
        else:
            self._merge_rows(node, index, node.members)

    def _rebuild(self, node: Node, index: QModelIndex) -> None:
        """Show rows in groups that were not, or the other way round."""
        if node.children:
            self._remove_rows(node, index, 0, len(node.children))
        if not node.count:
            node.build()
            return
        count = -(-node.count // (fitting_size(node.count, 0) or 1))
        self.beginInsertRows(index, 0, count - 1)
        node.build()
        self.endInsertRows()

    def _merge_groups(self, node: Node, index: QModelIndex) -> None:
        count, groups = -(-node.count // node.group_size), node.children
        if count < len(groups):
            self._remove_rows(node, index, count, len(groups))
        elif count > len(groups):
            self.beginInsertRows(index, len(groups), count - 1)
            groups.extend(Group(node, row) for row in range(len(groups), count))
            self.endInsertRows()
        for row, group in enumerate(groups):
            if group.is_built:
                self._merge_rows(group, self.index(row, 0, index), group.members)
        self.dataChanged.emit(self.index(0, 0, index), self.index(count - 1, len(ContextColumn) - 1, index))

    def _merge_rows(self, node: Node, index: QModelIndex, members: list[Shown]) -> None:
        children = node.children
        if [child.key for child in children] != [shown.key for shown in members]:
            self._remove_missing(node, index, {shown.key for shown in members})
            present = {child.key for child in children}
            for row, shown in enumerate(members):
                self._place(node, index, row, shown, shown.key in present)
            if len(children) > len(members):
                self._remove_rows(node, index, len(members), len(children))
        for child, shown in zip(children, members, strict=True):
            child.position = shown.position
            if child.encoded is not shown.encoded:
                self._change(child, self.index(child.row, 0, index), shown.encoded)

    def _change(self, child: Node, index: QModelIndex, value: JsonValue) -> None:
        is_same = equal(child.encoded, value)
        self.merge(child, index, value)  # even the same value: it costs nothing to compare then
        if not is_same:
            self.dataChanged.emit(index, index.siblingAtColumn(ContextColumn.VALUE))

    def _remove_missing(self, node: Node, index: QModelIndex, keys: set[str]) -> None:
        for row in reversed(range(len(node.children))):
            if node.children[row].key not in keys:
                self._remove_rows(node, index, row, row + 1)

    def _remove_rows(self, node: Node, index: QModelIndex, first: int, end: int) -> None:
        self.beginRemoveRows(index, first, end - 1)
        del node.children[first:end]
        node.renumber(first)
        self.endRemoveRows()

    def _place(self, node: Node, index: QModelIndex, row: int, shown: Shown, is_present: bool) -> None:
        """Put the row of a member where it belongs: the one there is, or a new one."""
        children = node.children
        if row < len(children) and children[row].key == shown.key:
            return
        later = _row_of(shown.key, children, row + 1) if is_present else -1
        if later >= 0:
            self.beginMoveRows(index, later, later, index, row)
            children.insert(row, children.pop(later))
            node.renumber(row)
            self.endMoveRows()
        else:
            self.beginInsertRows(index, row, row)
            children.insert(row, node.child(row, shown))
            node.renumber(row)
            self.endInsertRows()

    # -- Qt -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's
        """A row of a container or group."""
        if parent.isValid() and parent.column() > 0:
            return QModelIndex()
        rows = self.node_at(parent).children
        if 0 <= row < len(rows) and 0 <= column < len(ContextColumn):
            return self.createIndex(row, column, rows[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008  Qt's signature
        """The container or group a value is in."""
        node = self.node_at(index).parent if index.isValid() else None
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row a member, or a group of them."""
        return 0 if parent.column() > 0 else len(self.node_at(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return len(ContextColumn)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008  Qt's signature
        """Whether it is a container that is not empty."""
        if parent.column() > 0:
            return False
        node = self.node_at(parent)
        if isinstance(node, Group):
            return True
        return bool(node.children) if node.is_built or node.accepted else has_members(node.encoded)


def _row_of(key: str, children: list[Node], start: int) -> int:
    """The row of a key among siblings, from one row on; -1 if there is none."""
    return next((row for row in range(start, len(children)) if children[row].key == key), -1)
