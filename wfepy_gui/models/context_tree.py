"""The context as a typed tree. Nothing is decoded: unknown and opaque values are shown as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from wfepy_core.storage.codec import kind_of, preview
from wfepy_gui.masking import DOTS, Masking
from wfepy_gui.models.context_cells import (
    CHANGED_ROLE,
    CHUNK,
    DISPLAY_ROLE,
    ENCODED_ROLE,
    FLAGS,
    HEADINGS,
    HIT_ROLE,
    MOST_HITS,
    TOP,
    Column,
    beginning,
    row_of,
)
from wfepy_gui.models.context_diff import differences
from wfepy_gui.models.context_node import Node, accepting, find, members_of
from wfepy_gui.models.kind_words import kind_word
from wfepy_gui.models.value_kinds import CONTAINERS, Kind, kind_of_value
from wfepy_gui.pending import ABSENT, same
from wfepy_gui.wording import said

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from wfepy_gui.models.context_changes import ContextChanges

Index = QModelIndex | QPersistentModelIndex


class ContextTreeModel(QAbstractItemModel):
    """Tree over a context in the state file's JSON form.

    Another version of the context is merged in: rows that stay keep their place in the view, expansion
    and selection included. A value typed into a cell becomes a pending change; what is shown is the preview.

    Attributes:
        found: the places that the filter found, and shows with what is around and in them.

    Signals:
        marks_changed: what is marked as changed, found or secret is another; everything in view is painted.

    Args:
        changes: takes what is typed; None: read-only.
    """

    marks_changed = Signal()

    def __init__(self, parent: QObject | None = None, changes: ContextChanges | None = None) -> None:
        super().__init__(parent)
        self._changes = changes
        self._root = Node("", {}, None, 0)
        self._is_wrapped = False
        self._shown = 0
        self._filter = ""
        self.found: list[tuple[int, ...]] = []
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
        self.found = self.find(self._filter)
        self._root.accepted = accepting(self.found) if self._filter else None
        self._shown = min(CHUNK, len(self._root.children))
        self.endResetModel()

    def update(self, context: Any) -> None:
        """Show another version of the same context."""
        if context is self.context:
            return
        if self._filter or members_of(context) is None or kind_of(context) != kind_of(self._root.encoded):
            self.show(context)
        else:
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
        self.marks_changed.emit()

    def find(self, text: str) -> list[tuple[int, ...]]:
        """Places whose key or value contains a text, for `index_at`."""
        return find(self._root.encoded, text, MOST_HITS, self._masking) if text else []

    def highlight(self, places: list[tuple[int, ...]]) -> None:
        """Mark what a search found."""
        hits = frozenset(places)
        if hits != self._hits:
            self._hits = hits
            self.marks_changed.emit()

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
            if not index.isValid() and row >= self._shown:
                self._show_rows(row + 1)
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
        children = node.children
        if [child.key for child in children] != [key for key, _ in members]:
            keys = {key for key, _ in members}
            self._remove_missing(node, index, keys)
            present = {child.key for child in children}
            for row, (key, value) in enumerate(members):
                self._place(node, index, row, key, value, present)
            self._cut(node, index, len(members))
        for row, (_, value) in enumerate(members):
            child = children[row]
            if child.encoded is not value:
                if same(child.encoded, value):
                    self._merge_quietly(child, index, row, value)
                else:
                    self._change(child, self.index(row, 0, index), value)

    def _merge_quietly(self, child: Node, index: QModelIndex, row: int, value: Any) -> None:
        """The same value read anew: kept, so that it costs nothing to compare next time."""
        if child.is_built:
            self._merge(child, self.index(row, 0, index), value)
        else:
            child.encoded = value

    def _rows_shown(self, node: Node) -> int:
        return self._shown if node is self._root else len(node.children)

    def _remove_missing(self, node: Node, index: QModelIndex, keys: set[str]) -> None:
        for row in reversed(range(len(node.children))):
            if node.children[row].key not in keys:
                self._remove_rows(node, index, row, row + 1)

    def _remove_rows(self, node: Node, index: QModelIndex, first: int, end: int) -> None:
        """Rows that are not shown yet go without a word."""
        shown_end = min(end, self._rows_shown(node))
        if first < shown_end:
            self.beginRemoveRows(index, first, shown_end - 1)
        del node.children[first:end]
        node.renumber(first)
        if first < shown_end:
            if node is self._root:
                self._shown -= shown_end - first
            self.endRemoveRows()

    def _place(
        self, node: Node, index: QModelIndex, row: int, key: str, value: Any, present: set[str]
    ) -> None:
        children = node.children
        if row < len(children) and children[row].key != key:
            later = row_of(key, children, row + 1) if key in present else -1
            if later >= 0:
                self._move_row(node, index, later, row)
        if row >= len(children) or children[row].key != key:
            self._insert_row(node, index, row, Node(key, value, node, row))

    def _move_row(self, node: Node, index: QModelIndex, later: int, row: int) -> None:
        if later >= self._rows_shown(node):
            self._insert_row(node, index, row, node.children.pop(later))
            return
        self.beginMoveRows(index, later, later, index, row)
        node.children.insert(row, node.children.pop(later))
        node.renumber(row)
        self.endMoveRows()

    def _insert_row(self, node: Node, index: QModelIndex, row: int, child: Node) -> None:
        is_shown = node is not self._root or row < self._shown or self._shown < CHUNK
        if is_shown:
            self.beginInsertRows(index, row, row)
        node.children.insert(row, child)
        node.renumber(row)
        if is_shown:
            self._shown += node is self._root
            self.endInsertRows()

    def _change(self, child: Node, index: QModelIndex, value: Any) -> None:
        self._merge(child, index, value)
        if index.isValid():
            self.dataChanged.emit(index, index.siblingAtColumn(Column.VALUE))

    def _cut(self, node: Node, index: QModelIndex, size: int) -> None:
        if len(node.children) > size:
            self._remove_rows(node, index, size, len(node.children))

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the top has rows that are not shown yet."""
        return not parent.isValid() and self._shown < len(self._root.children)

    def fetchMore(self, parent: Index) -> None:
        """Show some more rows of the top."""
        if not parent.isValid():
            self._show_rows(self._shown + CHUNK)

    def _show_rows(self, count: int) -> None:
        end = min(count, len(self._root.children))
        if end > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, end - 1)
            self._shown = end
            self.endInsertRows()

    # -- Qt -----------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's
        """A member of a container."""
        if parent.isValid() and parent.column() > 0:
            return QModelIndex()
        node = self.node_at(parent)
        if 0 <= row < self._rows_shown(node) and 0 <= column < len(Column):
            return self.createIndex(row, column, node.children[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008  Qt's signature
        """The container a value is in."""
        node = self.node_at(index).parent if index.isValid() else None
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """One row a member."""
        return 0 if parent.column() > 0 else self._rows_shown(self.node_at(parent))

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

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE) -> Any:
        """Captions."""
        if orientation is Qt.Orientation.Horizontal and role == DISPLAY_ROLE and 0 <= section < len(Column):
            return self.tr(HEADINGS[Column(section)])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values of the kinds that can be typed, and keys, can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can_hold = type(self.node_at(index).encoded) in (dict, list)
        is_editable = self._changes is not None and self._is_editable(index)
        return FLAGS[can_hold, is_editable]

    def _is_editable(self, index: Index) -> bool:
        node, column = self.node_at(index), index.column()
        if column == Column.KEY:
            return not self._is_wrapped and not node.key.startswith("[")
        if column == Column.KIND or self.is_masked(index):
            return False
        kind = kind_of_value(node.encoded)
        return kind not in CONTAINERS and kind not in (Kind.OTHER, Kind.NOTHING)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
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
            return self._text(node, column) + (said(", changed") if node.keys in self._touched else "")
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
        lines = [node.path(), kind_word(node.encoded), self._masking.preview(keys, node.encoded, 1000)]
        if keys in self._old:
            before = self._old[keys]
            was = said("not there") if before is ABSENT else self._masking.preview(keys, before, 1000)
            lines.append(said("saved: {}").format(was))
        return "\n".join(lines)

    def _text(self, node: Node, column: Column) -> str:
        if column is Column.KEY:
            return node.key
        if column is Column.KIND:
            return kind_word(node.encoded)
        if self._masking.masks(node.keys, node.encoded):
            return DOTS
        if isinstance(node.encoded, str):
            return " ".join(node.encoded[:400].split("\n"))
        if isinstance(node.encoded, dict | list):
            return preview(self._masking.masked(node.keys, beginning(node.encoded)), 200)
        return preview(node.encoded, 200)
