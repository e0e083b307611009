"""The context as a typed tree. Nothing is decoded: unknown and opaque values are shown as such."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from wfepy_core.storage.codec import kind_of, preview
from wfepy_gui.masking import DOTS, Masking
from wfepy_gui.models.context_diff import differences
from wfepy_gui.models.context_node import Node, accepting, find, members_of
from wfepy_gui.models.value_kinds import CONTAINERS, Kind, kind_of_value
from wfepy_gui.pending import ABSENT, same

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_gui.models.context_changes import ContextChanges

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ENCODED_ROLE = int(Qt.ItemDataRole.UserRole)
"""The value in JSON form."""
CHANGED_ROLE = ENCODED_ROLE + 1
"""Whether it, or something in it, is a pending change."""
HIT_ROLE = ENCODED_ROLE + 2
"""Whether the search finds it."""
MOST_HITS = 1000
TOP = "(context)"
"""Shown as the key of a context that is no container."""


class Column(enum.IntEnum):
    """The columns, left to right."""

    KEY = 0
    KIND = 1
    VALUE = 2


_HEADINGS = {Column.KEY: "Key", Column.KIND: "Type", Column.VALUE: "Value"}


class ContextTreeModel(QAbstractItemModel):
    """Tree over a context in the state file's JSON form.

    Another version of the context is merged in: rows that stay keep their place in the view, expansion
    and selection included. A value typed into a cell becomes a pending change; what is shown is the preview.

    Args:
        changes: takes what is typed; None: read-only.
    """

    def __init__(self, parent: QObject | None = None, changes: ContextChanges | None = None) -> None:
        super().__init__(parent)
        self._changes = changes
        self._root = Node("", {}, None, 0)
        self._is_wrapped = False
        self._filter = ""
        self._hits: frozenset[tuple[int, ...]] = frozenset()
        self._masking = Masking()
        self._old: dict[tuple[str, ...], Any] = {}
        self._touched: frozenset[tuple[str, ...]] = frozenset()
        self._bold = QFont()
        self._bold.setBold(True)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, context: Any) -> None:
        """Show the context of another instance."""
        self.beginResetModel()
        self._is_wrapped = members_of(context) is None
        self._root = Node("", {TOP: context} if self._is_wrapped else context, None, 0)
        self._root.accepted = accepting(self.find(self._filter)) if self._filter else None
        self.endResetModel()

    def update(self, context: Any) -> None:
        """Show another version of the same context."""
        if self._filter or members_of(context) is None or kind_of(context) != kind_of(self._root.encoded):
            self.show(context)
        elif context is not self._root.encoded:
            self._merge(self._root, QModelIndex(), context)

    def filter(self, text: str) -> None:
        """Hide what neither contains a text nor is in or around what does; an empty text shows all."""
        if text != self._filter:
            self._filter = text
            self.show(self.context)

    def mark(self, saved: Any, masking: Masking) -> None:
        """Mark what differs from the context as it was saved, and mask secrets."""
        found = differences(saved, self.context) if saved is not None else []
        old = {each.keys: each.before for each in found}
        if old == self._old and masking is self._masking:
            return
        self._old, self._masking = old, masking
        self._touched = frozenset(
            each.keys[:size] for each in found for size in range(len(each.keys) + (each.after is not ABSENT))
        )
        self._repaint(QModelIndex())

    def find(self, text: str) -> list[tuple[int, ...]]:
        """Places whose key or value contains a text, for `index_at`."""
        return find(self._root.encoded, text, MOST_HITS, self._masking) if text else []

    def highlight(self, places: list[tuple[int, ...]]) -> None:
        """Mark what a search found."""
        hits = frozenset(places)
        if hits != self._hits:
            self._hits = hits
            self._repaint(QModelIndex())

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def context(self) -> Any:
        """What the tree shows, in JSON form."""
        return self._root.encoded[TOP] if self._is_wrapped else self._root.encoded

    @property
    def masking(self) -> Masking:
        """Which values are masked."""
        return self._masking

    def index_at(self, place: tuple[int, ...]) -> QModelIndex:
        """The index at a place; invalid when it is gone or hidden."""
        index = QModelIndex()
        for position in place:
            children = self.node_at(index).children
            row = position
            if self._filter:
                row = next((child.row for child in children if child.position == position), -1)
            index = self.index(row, 0, index)
            if not index.isValid():
                break
        return index

    def place_of(self, index: Index) -> tuple[int, ...]:
        """The place of a value in the context; empty for the context as a whole."""
        return () if self._is_wrapped or not index.isValid() else self.node_at(index).place

    def index_of(self, place: tuple[int, ...]) -> QModelIndex:
        """The index of a place in the context, as `place_of` names it."""
        return self.index_at((0,) if self._is_wrapped else place)

    def is_masked(self, index: Index) -> bool:
        """Whether dots are shown in place of a value."""
        node = self.node_at(index)
        return self._masking.masks(node.keys, node.encoded)

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
        present = {child.key for child in node.children}
        for row, (key, value) in enumerate(members):
            self._place(node, index, row, key, value, present)
        self._cut(node, index, len(members))

    def _remove_missing(self, node: Node, index: QModelIndex, keys: set[str]) -> None:
        for row in reversed(range(len(node.children))):
            if node.children[row].key not in keys:
                self.beginRemoveRows(index, row, row)
                del node.children[row]
                node.renumber(row)
                self.endRemoveRows()

    def _place(
        self, node: Node, index: QModelIndex, row: int, key: str, value: Any, present: set[str]
    ) -> None:
        children = node.children
        if row < len(children) and children[row].key != key:
            later = _row_of(key, children, row + 1) if key in present else -1
            if later >= 0:
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
        child = children[row]
        if child.encoded is not value and not same(child.encoded, value):
            self._change(child, self.index(row, 0, index), value)

    def _change(self, child: Node, index: QModelIndex, value: Any) -> None:
        self._merge(child, index, value)
        self.dataChanged.emit(index, index.siblingAtColumn(Column.VALUE))

    def _cut(self, node: Node, index: QModelIndex, size: int) -> None:
        if len(node.children) > size:
            self.beginRemoveRows(index, size, len(node.children) - 1)
            del node.children[size:]
            self.endRemoveRows()

    def _repaint(self, parent: QModelIndex) -> None:
        """Marks, hits and masks are other ones: the rows somebody looks at are painted anew."""
        node = self.node_at(parent)
        if not node.is_built or not node.children:
            return
        last = len(node.children) - 1
        self.dataChanged.emit(self.index(0, 0, parent), self.index(last, len(Column) - 1, parent))
        for child in node.children:
            if child.is_built and child.children:
                self._repaint(self.index(child.row, 0, parent))

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
        if parent.column() > 0:
            return False
        node = self.node_at(parent)
        if type(node.encoded) not in (dict, list):
            return False
        return bool(node.children if node.is_built or node.accepted else members_of(node.encoded))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Captions."""
        if orientation is Qt.Orientation.Horizontal and role == _DISPLAY and 0 <= section < len(Column):
            return _HEADINGS[Column(section)]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values of the kinds that can be typed, and keys, can be edited."""
        flags = super().flags(index)
        if self._changes is not None and index.isValid() and self._is_editable(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _is_editable(self, index: Index) -> bool:
        node, column = self.node_at(index), index.column()
        if column == Column.KEY:
            return not self._is_wrapped and not node.key.startswith("[")
        if column == Column.KIND or self.is_masked(index):
            return False
        kind = kind_of_value(node.encoded)
        return kind not in CONTAINERS and kind not in (Kind.OTHER, Kind.NOTHING)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        node, column = self.node_at(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.EditRole:
            return node.key if column is Column.KEY else node.encoded
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(node)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(node, column) + (", changed" if node.keys in self._touched else "")
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if column is not Column.KIND and node.keys in self._touched else None
        return self._mark_of(node, role)

    def _mark_of(self, node: Node, role: int) -> Any:
        if role == ENCODED_ROLE:
            return node.encoded
        if role == CHANGED_ROLE:
            return node.keys in self._touched
        if role == HIT_ROLE:
            return bool(self._hits) and node.place in self._hits
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Make what was typed a pending change: a key as text, a value in JSON form."""
        if self._changes is None or role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if index.column() == Column.KEY:
            return self._changes.rename(self.place_of(index), str(value))
        return self._changes.set_value(self.place_of(index), value)

    def _tool_tip(self, node: Node) -> str:
        keys = node.keys
        lines = [node.path(), kind_of(node.encoded), self._masking.preview(keys, node.encoded, 1000)]
        if keys in self._old:
            before = self._old[keys]
            was = "not there" if before is ABSENT else self._masking.preview(keys, before, 1000)
            lines.append(f"saved: {was}")
        return "\n".join(lines)

    def _text(self, node: Node, column: Column) -> str:
        if column is Column.KEY:
            return node.key
        if column is Column.KIND:
            return kind_of(node.encoded)
        if self._masking.masks(node.keys, node.encoded):
            return DOTS
        if isinstance(node.encoded, str):
            return " ".join(node.encoded[:400].split("\n"))
        if isinstance(node.encoded, dict | list):
            return preview(self._masking.masked(node.keys, _beginning(node.encoded)), 200)
        return preview(node.encoded, 200)


def _row_of(key: str, children: list[Node], start: int) -> int:
    return next((row for row in range(start, len(children)) if children[row].key == key), -1)


def _beginning(encoded: Any) -> Any:
    """As much of a large container as a cell can show."""
    if isinstance(encoded, list):
        return encoded[:100]
    if len(encoded) > 100:
        return dict(list(encoded.items())[:100])
    return {
        key: value[:100] if isinstance(value, list) and key.startswith("$") else value
        for key, value in encoded.items()
    }
