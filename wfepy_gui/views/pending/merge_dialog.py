"""Three versions side by side, key by key: when editing began, as others saved it, and as it is pending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfepy_core.explain.list_text import and_more
from wfepy_gui.instance.context_difference import ABSENT, WHOLE
from wfepy_gui.instance.editing import who_saved
from wfepy_gui.models.context.diff import changes_text, of_keys, value_text
from wfepy_gui.text.plain_tip import plain_tip
from wfepy_gui.text.translation import tr
from wfepy_gui.views.pending.pending_bar import merge_sentence
from wfepy_gui.views.widgets.labels import PlainLabel, by_font
from wfepy_gui.views.widgets.one_shot import make_one_shot, without_pictures

if TYPE_CHECKING:
    from wfepy_core.model.json_values import JsonValue
    from wfepy_core.model.snapshot import Snapshot
    from wfepy_gui.instance.merge import Merge
    from wfepy_gui.text.secrets import Masking

KEY, BASE, THEIRS, OURS = range(4)
_SHORT, _LONG = 300, 3000
_MOST_TOLD = 20
_MOST_ROWS = 200
"""Keys listed that only one side changed: there is nothing to decide about them."""


class MergeDialog(QDialog):
    """Show it with `open()`. Nothing is chosen beforehand: each conflict is decided by the operator.

    Signals:
        resolved: for each conflicting key, whether the operator's own value counts.
    """

    resolved = Signal(object)

    def __init__(
        self, merge: Merge, base: Snapshot, preview: Snapshot, masking: Masking, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._merge = merge
        self._masking = masking
        self._base = base.context
        self._preview = preview.context
        self._summary = PlainLabel(parent=self)
        self._table = QTableWidget(0, 4, self)
        self._all_theirs = QPushButton(self.tr("All &theirs"), self)
        self._all_ours = QPushButton(self.tr("All &yours"), self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        without_pictures(self._buttons)
        self._merge_button = self._buttons.addButton(
            self.tr("&Merge"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._build()
        self._fill()
        self._connect()
        self._show_progress()

    def _build(self) -> None:
        make_one_shot(self)
        self.setWindowTitle(self.tr("Merge with what was saved meanwhile"))
        self._summary.setWordWrap(True)
        self._table.setAccessibleName(self.tr("Keys that differ"))
        self._table.setHorizontalHeaderLabels(
            [
                self.tr("Key"),
                self.tr("When you began"),
                self.tr("Saved by {}").format(who_saved(self._merge.theirs)),
                self.tr("Yours"),
            ]
        )
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KEY, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self._table.verticalHeader().hide()
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        row = QHBoxLayout()
        row.addWidget(self._all_theirs)
        row.addWidget(self._all_ours)
        row.addStretch(1)
        row.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.addWidget(self._summary)
        column.addWidget(self._table)
        column.addLayout(row)
        self.resize(by_font(self, 860), by_font(self, 420))

    def _connect(self) -> None:
        self._table.itemChanged.connect(self._on_item_changed)
        self._all_theirs.clicked.connect(self._on_all_theirs_clicked)
        self._all_ours.clicked.connect(self._on_all_ours_clicked)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)

    def _fill(self) -> None:
        merge = self._merge
        for conflict in merge.conflicts:
            self._add(conflict.key, conflict.base, conflict.theirs, conflict.ours, is_conflict=True)
        theirs = merge.theirs.context
        for key in merge.their_keys[:_MOST_ROWS]:
            self._add(key, _at(self._base, key), _at(theirs, key), None, is_conflict=False)
        for key in merge.our_keys[:_MOST_ROWS]:
            self._add(key, _at(self._base, key), None, _at(self._preview, key), is_conflict=False)
        more = sum(max(0, len(keys) - _MOST_ROWS) for keys in (merge.their_keys, merge.our_keys))
        if more:
            row = self._table.rowCount()
            self._table.insertRow(row)
            self._table.setItem(row, KEY, QTableWidgetItem(and_more(more, tr)))
        if self._table.rowCount():
            self._table.setCurrentCell(0, THEIRS)

    def _add(self, key: str, base: Any, theirs: Any, ours: Any, *, is_conflict: bool) -> None:
        row = self._table.rowCount()
        self._table.insertRow(row)
        self._table.setItem(row, KEY, QTableWidgetItem(tr(key) if key == WHOLE else key))
        for column, value in ((BASE, base), (THEIRS, theirs), (OURS, ours)):
            is_same = value is None and not is_conflict and column != BASE
            item = QTableWidgetItem(
                self.tr("unchanged") if is_same else value_text(self._masking, (key,), value, _SHORT)
            )
            item.setToolTip("" if is_same else plain_tip(self._tool_tip(key, base, value)))
            if is_conflict and column != BASE:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            elif is_same or column == BASE:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._table.setItem(row, column, item)

    def _tool_tip(self, key: str, base: Any, value: JsonValue) -> str:
        """What one side changed within the value, and the value."""
        lines = [value_text(self._masking, (key,), value, _LONG)]
        if base is not value and ABSENT not in (base, value):
            lines += [
                "",
                *changes_text(self._masking, of_keys({key: base}, {key: value})[:_MOST_TOLD], _SHORT),
            ]
        return "\n".join(lines)

    # -- choosing -----------------------------------------------------------------------------------------

    def choices(self) -> dict[str, bool]:
        """For each conflicting key that was decided, whether the operator's own value counts."""
        found = {}
        for row, conflict in enumerate(self._merge.conflicts):
            if self._is_checked(row, OURS):
                found[conflict.key] = True
            elif self._is_checked(row, THEIRS):
                found[conflict.key] = False
        return found

    def choose(self, row: int, column: int) -> None:
        """Decide one conflict: THEIRS or OURS."""
        self._item(row, column).setCheckState(Qt.CheckState.Checked)

    def _is_checked(self, row: int, column: int) -> bool:
        return self._item(row, column).checkState() is Qt.CheckState.Checked

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self._table.item(row, column)
        if item is None:
            raise IndexError(f"row {row} of the table is not filled")
        return item

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        """The two boxes of a conflict exclude one another."""
        if item.checkState() is Qt.CheckState.Checked:
            other = self._item(item.row(), OURS if item.column() == THEIRS else THEIRS)
            other.setCheckState(Qt.CheckState.Unchecked)
        self._show_progress()

    def _on_all_theirs_clicked(self) -> None:
        self._choose_all(THEIRS)

    def _on_all_ours_clicked(self) -> None:
        self._choose_all(OURS)

    def _choose_all(self, column: int) -> None:
        was_blocked = self._table.blockSignals(True)  # or each box would count all others
        for row in range(len(self._merge.conflicts)):
            for side in (THEIRS, OURS):
                state = Qt.CheckState.Checked if side == column else Qt.CheckState.Unchecked
                self._item(row, side).setCheckState(state)
        self._table.blockSignals(was_blocked)
        self._table.viewport().update()
        self._show_progress()

    def _show_progress(self) -> None:
        left = len(self._merge.conflicts) - len(self.choices())
        self._merge_button.setEnabled(left == 0)
        for button in (self._all_theirs, self._all_ours):
            button.setVisible(bool(self._merge.conflicts))
        todo = (
            self.tr("Tick for each key that both changed whose value counts; {} to go.").format(left)
            if left
            else self.tr("Merge puts your changes on top of what was saved; they stay pending.")
        )
        lost = "".join(f"\n✗ {caption}: {problem}" for caption, problem in self._merge.lost)
        self._summary.setText(f"{merge_sentence(self._merge)}\n{todo}{lost}")

    def _on_accepted(self) -> None:
        choices = self.choices()
        self.accept()
        self.resolved.emit(choices)


def _at(context: JsonValue, key: str) -> Any:
    return context.get(key, ABSENT) if isinstance(context, dict) else context
