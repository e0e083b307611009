"""The context as a typed tree. Nothing is decoded: unknown and opaque values are shown as such."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from wfepy_core.storage.codec_preview import kind_of, preview
from wfepy_gui.instance.context_difference import ABSENT
from wfepy_gui.models.context.cells import (
    CHANGED_ROLE,
    DISPLAY_ROLE,
    ENCODED_ROLE,
    FLAGS,
    HEADINGS,
    HIT_ROLE,
    MOST_HITS,
    TOP,
    CellValue,
    ContextColumn,
    beginning,
)
from wfepy_gui.models.context.merging_tree import MergingTree
from wfepy_gui.models.context.node import LONGEST_KEY, Group, Node, is_container, key_text
from wfepy_gui.models.context.search import accept_hits, find
from wfepy_gui.models.context.value_types import CONTAINERS, ValueType, type_of_value, type_word
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.secrets import DOTS, Masking
from wfepy_gui.text.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from wfepy_core.model.json_values import JsonValue
    from wfepy_gui.models.context.diff import Difference
    from wfepy_gui.models.context.search import Hit
    from wfepy_gui.models.context.staging import ContextStaging

Index = QModelIndex | QPersistentModelIndex


class ContextTreeModel(MergingTree):
    """Tree over a context in the state file's JSON form.

    Another version of the context is merged in: rows that stay keep their place in the view, expansion
    and selection included. A value typed into a cell becomes a pending change; what is shown is the preview.

    Attributes:
        is_filtered: whether a filter hides something.

    Signals:
        marks_changed: what is marked as changed, found or secret is another; everything in view is painted.

    Args:
        changes: takes what is typed; None: read-only.
    """

    marks_changed = Signal()

    def __init__(self, parent: QObject | None = None, changes: ContextStaging | None = None) -> None:
        super().__init__(parent)
        self._changes = changes
        self._is_wrapped = False
        self.is_filtered = False
        self._hits: frozenset[tuple[int, ...]] = frozenset()
        self._masking = Masking()
        self._old: dict[tuple[str, ...], Any] = {}
        self._touched: frozenset[tuple[str, ...]] = frozenset()
        self._bold = QFont()
        self._bold.setBold(True)

    # -- intents ------------------------------------------------------------------------------------------

    def show(self, context: JsonValue, found: list[Hit] | None = None) -> None:
        """Show a context anew: all of it, or what a filter found with what is around and in it."""
        self.beginResetModel()
        self._is_wrapped = not is_container(context)
        self._root = Node("", {TOP: context} if self._is_wrapped else context, None, 0)
        self._root.accepted = None if found is None else accept_hits(found)
        self.is_filtered = found is not None
        self.endResetModel()

    def update(self, context: JsonValue) -> None:
        """Show another version of the same context; what is new in it is shown whatever a filter hides."""
        if context is self.context:
            return
        if not is_container(context) or kind_of(context) != kind_of(self._root.encoded):
            self.show(context)
        else:
            self.merge(self._root, QModelIndex(), context)

    def filter(self, found: list[Hit] | None) -> None:
        """Hide what was not found and is neither in nor around what was; None shows all."""
        if found is not None or self.is_filtered:
            self.show(self.context, found)

    def mark(self, found: Sequence[Difference], masking: Masking) -> None:
        """Mark what differs from the context as it was saved, and mask secrets."""
        old = {each.keys: each.before for each in found}
        if old == self._old and masking is self._masking:
            return
        self._old = old
        self._masking = masking
        self._touched = frozenset(
            each.keys[:size] for each in found for size in range(len(each.keys) + (each.after is not ABSENT))
        )
        self.marks_changed.emit()

    def search(self, text: str) -> Callable[[], list[Hit]]:
        """Looks for what contains a text when it is called, in any thread; places are for `index_at`."""
        return partial(find, self._root.encoded, text, MOST_HITS, self._masking)

    def highlight(self, hits: list[Hit]) -> None:
        """Mark what a search found."""
        places = frozenset(hit.place for hit in hits)
        if places != self._hits:
            self._hits = places
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

    def place_of(self, index: Index) -> tuple[int, ...]:
        """The place of a value in the context; that of its container for a group; else none."""
        return () if self._is_wrapped or not index.isValid() else self.node_at(index).place

    def index_of(self, place: tuple[int, ...]) -> QModelIndex:
        """The index of a place in the context, as `place_of` names it."""
        return self.index_at((0,) if self._is_wrapped else place)

    def is_masked(self, index: Index) -> bool:
        """Whether dots are shown in place of a value."""
        node = self.node_at(index)
        return self._masking.masks(node.keys, node.encoded)

    # -- Qt -----------------------------------------------------------------------------------------------

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE) -> Any:
        """Captions."""
        if (
            orientation is Qt.Orientation.Horizontal
            and role == DISPLAY_ROLE
            and 0 <= section < len(ContextColumn)
        ):
            return tr(HEADINGS[ContextColumn(section)])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values of the kinds that can be typed, and keys, can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.is_group(index):
            return FLAGS[True, False]
        can_hold = type(self.node_at(index).encoded) in (dict, list)
        is_open = self._changes is not None and not self._changes.obstacle
        is_editable = is_open and self._is_editable(index)
        return FLAGS[can_hold, is_editable]

    def _is_editable(self, index: Index) -> bool:
        node, column = self.node_at(index), index.column()
        if column == ContextColumn.KEY:
            is_name = not node.key.startswith("[") and len(node.key) <= LONGEST_KEY
            return is_name and not self._is_wrapped
        if column == ContextColumn.TYPE or self.is_masked(index):
            return False
        kind = type_of_value(node.encoded)
        return kind not in CONTAINERS and kind not in (ValueType.OTHER, ValueType.NOTHING)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        node, column = self.node_at(index), ContextColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.EditRole:
            is_key = column is ContextColumn.KEY and self._changes is not None and self._is_editable(index)
            return (
                self._changes.key_text(node.place) if is_key and self._changes else self._text(node, column)
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tool_tip(node))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(node, column) + (tr(", changed") if self._is_touched(node) else "")
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if column is not ContextColumn.TYPE and self._is_touched(node) else None
        return self._mark_of(node, role)

    def _mark_of(self, node: Node, role: int) -> Any:
        if role == ENCODED_ROLE:
            return CellValue(node.encoded)
        if role == CHANGED_ROLE:
            return self._is_touched(node)
        if role == HIT_ROLE:
            return bool(self._hits) and not isinstance(node, Group) and node.place in self._hits
        return None

    def _is_touched(self, node: Node) -> bool:
        keys = node.keys
        if keys not in self._touched:
            return False
        return not isinstance(node, Group) or any((*keys, each.key) in self._touched for each in node.members)

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Make what was typed a pending change: a key as text, a value in JSON form."""
        if self._changes is None or role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if index.column() == ContextColumn.KEY:
            return self._changes.rename(self.place_of(index), str(value))
        return self._changes.set_value(self.place_of(index), value)

    def _tool_tip(self, node: Node) -> str:
        if isinstance(node, Group):
            return node.path()
        keys = node.keys
        lines = [
            node.path(),
            type_word(node.encoded),
            self._masking.preview(keys, beginning(node.encoded, 1000), 1000),
        ]
        if keys in self._old:
            before = self._old[keys]
            was = (
                tr("not there")
                if before is ABSENT
                else self._masking.preview(keys, beginning(before, 1000), 1000)
            )
            lines.append(tr("saved: {}").format(was))
        return "\n".join(lines)

    def _text(self, node: Node, column: ContextColumn) -> str:
        if isinstance(node, Group):
            if column is ContextColumn.KEY:
                return node.caption()
            if column is ContextColumn.TYPE:
                return self.tr("{} values").format(len(node.members))
        if column is ContextColumn.KEY:
            return key_text(node.key)
        if column is ContextColumn.TYPE:
            return type_word(node.encoded)
        if self._masking.masks(node.keys, node.encoded):
            return DOTS
        if isinstance(node.encoded, str):
            return " ".join(node.encoded[:400].split("\n"))
        if isinstance(node.encoded, dict | list):
            return preview(self._masking.mask(node.keys, beginning(node.encoded, 200)), 200)
        return preview(node.encoded, 200)
